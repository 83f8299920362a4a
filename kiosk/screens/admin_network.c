/* The machine's ways to a network, as the kernel sees them. Nothing is chosen here. */
#include "app/network.h"
#include "screens/bar.h"
#include "screens/office.h"
#include "screens/screens.h"

#define LOOK_MS 3000 /* somebody plugs and waits */

static void network_frame(struct app *app, void *state, struct ui *ui)
{
    struct network_port ports[NETWORK_PORTS_MAX];
    size_t n = network_read(NETWORK_SYS, ports);
    struct rect r =
        desk_frame(app, ui, DESK_SETTINGS, text_key(T_nw_title), text_of(T_nw_title));
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 66, 56, 62)), back;
    float gap = ui_dim(ui, 12, 7, 10), h = ui_dim(ui, 100, 72, 96);

    (void)state;
    rect_cut_bottom(&r, gap);
    office_note(ui, rect_cut_bottom(&r, ui_dim(ui, 50, 44, 66)), STR(nw_note));
    for (size_t i = 0; i < n; i++) {
        const struct network_port *p = &ports[i];
        const char *name = text_fill(
            ui_arena(ui), text_of(p->air ? T_nw_air : T_nw_wire), "ten", p->name, NULL);
        const char *state_words =
            p->address[0]
                ? text_fill(ui_arena(ui), text_of(T_nw_on), "dia", p->address, NULL)
            : p->up ? text_of(T_nw_noaddr)
                    : text_of(T_nw_off);

        office_line(ui, rect_cut_top(&r, h),
                    arena_printf(ui_arena(ui), "nw.port#%zu", i + 1),
                    p->up ? "wifi" : "wifioff", name, state_words, 0, false);
        rect_cut_top(&r, gap);
    }
    if (!n)
        ui_label(ui, UI_ROLE_TEXT, STR(nw_none), r, staff_font(ui, STAFF_BODY), INK2,
                 UI_LEFT);
    foot.h -= LIP;
    back = rect_cut_right(&foot, staff_button_width(ui, text_of(T_of_back), "back"));
    if (staff_button(ui, STR(of_back), back, UI_BUTTON_SECONDARY, "back", 0))
        app_goto(app, "admin_settings", 0);
    ui_wake_in(ui, LOOK_MS);
}

const struct screen screen_admin_network = {
    .name = "admin_network",
    .frame = network_frame,
};
