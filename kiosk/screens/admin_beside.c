/* The packs that stand beside the lessons: whose they are, putting one away, and those that
 * came with the program and can be put there. */
#include "app/packs.h"
#include "app/upkeep.h"
#include "screens/bar.h"
#include "screens/office.h"
#include "screens/screens.h"

#include <stdio.h>

#define ROWS_LEAST 8 /* so that a single one does not fill the page */

struct beside_page {
    char asking[PACKS_NAME_BYTES]; /* id of the pack to be put away; "": none */
    enum text_id said;             /* T_COUNT: nothing */
    struct packs_spare spares[PACK_BESIDE_MAX];
    size_t n_spares;
};

static void beside_enter(struct app *app, void *state, size_t arg)
{
    struct beside_page *s = state;

    (void)arg;
    s->said = T_COUNT;
    if (!app->pack || !app->packs)
        app_goto(app, "admin_packs", 0);
    else
        s->n_spares = packs_spares(app->packs, &app->nav.page_arena, s->spares);
}

static void draw_pack(struct app *app, struct beside_page *s, struct ui *ui,
                      struct rect r, size_t i)
{
    const struct pack_beside *b = &pack_info(app->pack)->beside[i];
    bool may = app_may(app, MAY_ADMINISTER);
    float w = may ? staff_button_width(ui, text_of(T_pb_away), "close") + 16 : 0;
    const char *line = text_fill(ui_arena(ui), text_of(T_pb_line), "ban",
                                 page_number(ui, (long long)b->ver), "ai", b->author,
                                 "phep", b->licence, NULL);
    struct rect at = office_line(ui, r, text_key_n(ui_arena(ui), T_pb_title, i + 1),
                                 "pack", b->title, line, w, false);

    if (!may)
        return;
    at = rect_centre(at, w - 16, ui_dim(ui, 62, 54, 58));
    if (staff_button(ui, text_key_n(ui_arena(ui), T_pb_away, i + 1), text_of(T_pb_away),
                     at, UI_BUTTON_SECONDARY, "close", 0))
        snprintf(s->asking, sizeof(s->asking), "%s", b->id);
}

static void draw_spare(struct app *app, struct beside_page *s, struct ui *ui,
                       struct rect r, size_t i)
{
    bool may = app_may(app, MAY_ADMINISTER);
    float w = may ? staff_button_width(ui, text_of(T_pb_add), "plus") + 16 : 0;
    const char *line =
        text_fill(ui_arena(ui), text_of(T_pb_here), "ai", s->spares[i].author, NULL);
    struct rect at = office_line(ui, r, text_key_n(ui_arena(ui), T_pb_here, i + 1),
                                 "pack", s->spares[i].title, line, w, false);

    if (!may)
        return;
    at = rect_centre(at, w - 16, ui_dim(ui, 62, 54, 58));
    if (!staff_button(ui, text_key_n(ui_arena(ui), T_pb_add, i + 1), text_of(T_pb_add),
                      at, UI_BUTTON_SECONDARY, "plus", 0))
        return;
    if (packs_add_folder(app->packs, s->spares[i].folder)) {
        s->said = T_of_unsaved;
        return;
    }
    upkeep_note(app, AUDIT_PACK, "au.e.pack_add", s->spares[i].title);
    app_goto(app, "admin_packs", 0); /* which tells how it goes on */
}

static void put_away(struct app *app, struct beside_page *s)
{
    if (packs_put_away(app->packs, s->asking)) {
        s->said = T_of_unsaved;
        return;
    }
    app->repack = true;
    upkeep_note(app, AUDIT_PACK, "au.e.pack_away", s->asking);
    s->said = T_pb_soon;
}

static void ask(struct app *app, struct beside_page *s, struct ui *ui)
{
    int answer = desk_ask(ui, "pb.ask", text_of(T_pb_q), text_of(T_pb_p),
                          text_of(T_of_no), text_of(T_pb_away), UI_BUTTON_PRIMARY);

    if (answer > 0)
        put_away(app, s);
    if (answer)
        s->asking[0] = 0;
}

static void beside_frame(struct app *app, void *state, struct ui *ui)
{
    struct beside_page *s = state;
    size_t n = app->pack ? pack_info(app->pack)->n_beside : 0, all = n + s->n_spares;
    bool back;
    struct rect r = desk_step(ui, T_bar_back, "back", text_key(T_pb_title),
                              text_of(T_pb_title), 0, 0, &back),
                foot;

    if (back) {
        app_goto(app, "admin_packs", 0);
        return;
    }
    foot = rect_cut_bottom(&r, ui_dim(ui, 64, 50, 60));
    if (!all)
        office_line(ui, rect_cut_top(&r, ui_dim(ui, 124, 78, 130)), text_key(T_pb_none),
                    "pack", text_of(T_pb_none), "", 0, false);
    for (size_t i = 0; i < all; i++) {
        struct rect cell = office_cell(ui, r, i, all < ROWS_LEAST ? ROWS_LEAST : all);

        if (i < n)
            draw_pack(app, s, ui, cell, i);
        else
            draw_spare(app, s, ui, cell, i - n);
    }
    if (s->said != T_COUNT)
        desk_say(ui, foot, text_of(s->said),
                 s->said == T_pb_soon ? CHIP_LUA : CHIP_NGHE);
    else
        office_note(ui, foot, text_key(T_pb_note), text_of(T_pb_note));
    if (s->asking[0])
        ask(app, s, ui);
}

const struct screen screen_admin_beside = {
    .name = "beside",
    .state_size = sizeof(struct beside_page),
    .enter = beside_enter,
    .frame = beside_frame,
};
