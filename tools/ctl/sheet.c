/* A pack for the command, where no kiosk lends one. */
#include "sheet.h"

#include <stdbool.h>
#include <stdio.h>
#include <sysexits.h>

#include "base/buf.h"
#include "base/options.h"
#include "files.h"
#include "items/items.h"
#include "lesson/pack.h"
#include "machine.h"

#define PATH_BYTES 4096
#define WHY_BYTES 256
#define SAID_MAX 65536

/* Complains itself when it returns NULL. */
static struct pack *open_pack(const struct options *o)
{
    const char *folder = options_get(o, "pack"), *file = options_get(o, "pack-key");
    char beside[PATH_BYTES], why[WHY_BYTES] = "";
    struct pack_key key;
    struct pack *pack = NULL;

    if (!folder) {
        (void)snprintf(beside, sizeof(beside), "%s/pack", options_get(o, "data"));
        folder = beside;
    }
    if (!file || pack_key_read(file, &key))
        options_complain(o, file ? file : "no kiosk runs", "no public key of a pack",
                         "name one with --pack-key");
    else if (pack_open(folder, &key, 1, 0, items_table, &pack, why, sizeof(why)))
        options_complain(o, folder, why, "name a built pack with --pack");
    return pack;
}

static int ask(struct machine *m, int argc, const char *const *argv)
{
    struct buf out;
    int code;

    buf_init(&out, SAID_MAX);
    code = machine_ask(m, argc, argv, &out);
    if (code)
        fprintf(stderr, "bdhvs-ctl: %s", buf_text(&out));
    else
        fputs(buf_text(&out), stdout);
    buf_finish(&out);
    return code;
}

int sheet_run(struct machine *m, const struct options *o, const char *const *words)
{
    char path[2 * PATH_BYTES];
    const char *argv[] = { words[0], words[1],
                           files_absolute(words[2], path, sizeof(path)), NULL };
    struct pack *pack = NULL;
    int code;

    if (!machine_runs(m)) {
        pack = open_pack(o);
        if (!pack)
            return EX_NOINPUT;
        machine_use_pack(m, pack);
    }
    code = ask(m, 3, argv);
    machine_use_pack(m, NULL);
    pack_close(pack);
    return code;
}
