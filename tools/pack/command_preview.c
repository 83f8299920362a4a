/* preview: done by bdhvs-preview, which has the pages of the kiosk; this program, which a
 * server has too, has none. */
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/options.h"
#include "commands.h"

#define PROGRAM "bdhvs-preview"

int command_preview(const struct options *o, char **words)
{
    struct arena arena = { 0 };
    const char *program = command_beside(PROGRAM, &arena);
    const char *out = options_get(o, "out"), *overlay = options_get(o, "overlay");

    if (!out)
        out = arena_printf(&arena, "preview-%s", words[1]);
    if (program)
        execl(program, PROGRAM, "--out", out, "--window", options_get(o, "window"),
              "--text-step", options_get(o, "text-step"), "--overlay",
              overlay ? overlay : "", "--", words[0], words[1], (char *)NULL);
    options_complain(o, PROGRAM, "is not beside this program", "install it there");
    arena_finish(&arena);
    return EXIT_FAILURE;
}
