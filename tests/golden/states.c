/* Draws the page of states without a display and compares it with the stored picture.
 * golden_states SIZE PART WANTED.png GOT.png: exit 0 when they are alike; otherwise the
 * way to accept GOT.png is told. Whole pages of the kiosk come from replays. */
#include <stdio.h>
#include <stdlib.h>

#include "compare.h"
#include "platform/platform.h"
#include "states_page.h"
#include "ui/ui_core.h"

int main(int argc, char **argv)
{
    struct platform_options o = { 0 };
    struct platform *p;
    struct ui *ui;
    enum err err;

    if (argc != 5 || sscanf(argv[1], "%dx%d", &o.w, &o.h) != 2) {
        fprintf(stderr, "usage: golden_states WxH PART WANTED.png GOT.png\n");
        return 64;
    }
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    if (platform_sdl_create(&o, &p) != ERR_OK)
        return 1;
    ui = ui_create(&p->metrics, p->w, p->h, 0);
    ui_begin(ui);
    states_page(ui, argv[2][0] == '1');
    ui_end(ui);
    platform_present(p, ui, "states");
    err = platform_sdl_save_png(p, argv[4]);
    ui_destroy(ui);
    platform_destroy(p);
    return err ? 1 : compare_pictures(argv[3], argv[4]);
}
