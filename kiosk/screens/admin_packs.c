/* Lessons: the open pack, the one before it, one that is coming, from a stick or the
 * server. A change waits until nobody learns. */
#include "app/packs.h"

#include <stdio.h>

#include "app/updates.h"
#include "app/upkeep.h"
#include "app/uplink.h"
#include "screens/bar.h"
#include "screens/office.h"
#include "screens/screens.h"

#define LOOK_MS 500 /* files come by themselves */

struct packs_page {
    bool asking;       /* whether to go back */
    enum text_id said; /* T_COUNT: nothing */
    int64_t free_mb;
};

static void packs_enter(struct app *app, void *state, size_t arg)
{
    struct packs_page *s = state;

    (void)arg;
    s->said = T_COUNT;
    s->free_mb = app->db ? db_free_mb(app->db) : -1;
}

static enum text_id trouble_words(enum packs_trouble trouble)
{
    switch (trouble) {
    case PACKS_NO_PACK:
        return T_pk_t_none;
    case PACKS_SIGNATURE:
        return T_pk_bad;
    case PACKS_OLDER:
        return T_pk_t_older;
    case PACKS_SAME:
        return T_pk_t_same;
    case PACKS_BROKEN:
        return T_pk_t_broken;
    case PACKS_SPACE:
        return T_pk_t_space;
    case PACKS_GONE:
        return T_pk_t_gone;
    case PACKS_NEWER_APP:
        return T_pk_t_newer;
    case PACKS_OTHER:
        return T_pk_t_other;
    case PACKS_TOO_MANY:
        return T_pk_t_many;
    case PACKS_FINE:
        break;
    }
    return T_COUNT;
}

static void add_from_stick(struct app *app, struct packs_page *s)
{
    const char *stick = app->usb ? usb_path(app->usb) : NULL;
    char folder[PACKS_PATH_BYTES];
    struct packs_status st;

    s->said = T_COUNT;
    if (!stick || !app->packs)
        return;
    if (snprintf(folder, sizeof(folder), "%s/" USB_FOLDER "/in/pack", stick) >=
        (int)sizeof(folder))
        return;
    if (packs_add_folder(app->packs, folder)) {
        packs_status(app->packs, &st);
        s->said = trouble_words(st.trouble);
        return;
    }
    upkeep_note(app, AUDIT_PACK, "au.e.pack", NULL);
}

static void draw_head(struct app *app, struct packs_page *s, struct ui *ui,
                      struct rect *page)
{
    struct ui_font font = staff_font(ui, STAFF_TITLE);
    struct usb_status usb = { .present = false };
    float h = ui_dim(ui, 62, 54, 60), w, chip;
    struct rect head = rect_cut_top(page, h + 4), at;
    const char *space = text_fill(ui_arena(ui), text_of(T_pk_space), "cho",
                                  office_space(ui, s->free_mb), NULL);
    enum text_id word;

    head.h = h;
    if (app->usb)
        usb_status(app->usb, &usb);
    word = usb.present ? T_pk_usb : T_sy_nousb;
    w = staff_button_width(ui, text_of(word), "usb");
    at = rect_cut_right(&head, w);
    if (staff_button(ui, text_key(T_pk_usb), text_of(word), at, UI_BUTTON_SECONDARY,
                     "usb", usb.present ? 0 : UI_DISABLED))
        add_from_stick(app, s);
    ui_text_middle(ui, head, text_of(T_pk_title), font, INK, UI_LEFT);
    ui_node(ui, UI_ROLE_TITLE, STR(pk_title), head, 0);
    if (s->free_mb >= 0 && ui_panel(ui) != PANEL_POR) {
        chip = staff_chip_width(ui, space, "disk");
        staff_chip(ui, text_key(T_pk_space), space, "disk", head.x + head.w - chip - 8,
                   head.y + head.h / 2, CHIP_SAND);
    }
    rect_cut_top(page, ui_dim(ui, 14, 8, 10));
}

static void draw_open(struct app *app, struct ui *ui, struct rect r,
                      const struct packs_status *st)
{
    const struct pack_info *info = app->pack ? pack_info(app->pack) : NULL;
    const char *chip = text_of(st->on_trial ? T_pk_trial : T_pk_ok);
    float w = info ? staff_chip_width(ui, chip, "shield") + 8 : 0;
    const char *line =
        info ? text_fill(ui_arena(ui), text_of(T_pk_line), "ban",
                         page_number(ui, info->ver), "n",
                         page_number(ui, (long long)info->n_lessons), NULL)
             : "";
    struct rect at =
        office_line(ui, r, "pk.open", "pack", info ? info->title : text_of(T_pk_none),
                    line, w, !info);

    if (info)
        staff_chip(ui, text_key(T_pk_ok), chip, "shield", at.x, at.y + at.h / 2,
                   CHIP_LUA);
}

static void draw_coming(struct app *app, struct ui *ui, struct rect r,
                        const struct packs_status *st)
{
    size_t n = st->n_files ? st->n_files : 1;
    bool copying = st->step == PACKS_FILLING;
    const char *name =
        text_fill(ui_arena(ui), text_of(T_pk_coming), "ten", st->coming, NULL);
    const char *words =
        st->step == PACKS_READY    ? text_of(T_pk_ready)
        : st->step == PACKS_FAILED ? text_of(trouble_words(st->trouble))
        : copying ? text_fill(ui_arena(ui), text_of(T_pk_loading), "pt",
                              page_number(ui, (long long)(st->n_done * 100 / n)), NULL)
                  : text_of(T_pk_checking);
    float w = copying ? staff_button_width(ui, text_of(T_pk_stop), "close") : 0;
    struct rect at, bar;

    if (st->step == PACKS_FAILED)
        name = text_of(T_pk_not);
    at = office_line(ui, r, "pk.coming", st->step == PACKS_FAILED ? "warn" : "down",
                     name, words, w + (w > 0 ? 16 : 0), st->step == PACKS_FAILED);
    if (!copying)
        return;
    bar = (struct rect){ r.x + 90, r.y + r.h - 22, r.w - w - 140, 12 };
    ui_box(ui, bar, &(struct ui_box_style){ .fill = SAND, .radius = 6 });
    bar.w *= (float)st->n_done / (float)n;
    if (bar.w > 0)
        ui_box(ui, bar, &(struct ui_box_style){ .fill = LUA, .radius = 6 });
    at = rect_centre(at, w, ui_dim(ui, 62, 54, 58));
    if (staff_button(ui, STR(pk_stop), at, UI_BUTTON_SECONDARY, "close", 0))
        packs_cancel(app->packs);
}

static const char *former(const struct packs_status *st)
{
    return st->previous[0] ? st->previous : text_of(T_pk_bundled);
}

static void draw_previous(struct app *app, struct packs_page *s, struct ui *ui,
                          struct rect r, const struct packs_status *st)
{
    bool may = app_may(app, MAY_ADMINISTER);
    float w = may ? staff_button_width(ui, text_of(T_pk_back), "undo") : 0;
    const char *name =
        text_fill(ui_arena(ui), text_of(T_pk_prev), "ten", former(st), NULL);
    struct rect at = office_line(ui, r, text_key(T_pk_prev), "undo", name,
                                 text_of(T_pk_prev_sub), w + 16, false);

    if (!may)
        return;
    at = rect_centre(at, w, ui_dim(ui, 62, 54, 58));
    if (staff_button(ui, STR(pk_back), at, UI_BUTTON_SECONDARY, "undo", 0))
        s->asking = true;
}

static void ask_back(struct app *app, struct packs_page *s, struct ui *ui,
                     const struct packs_status *st)
{
    int answer =
        desk_ask(ui, "pk.back.ask", text_of(T_pk_back_q),
                 text_fill(ui_arena(ui), text_of(T_pk_back_p), "ten", former(st), NULL),
                 text_of(T_of_no), text_of(T_pk_back_yes), UI_BUTTON_PRIMARY);

    if (!answer)
        return;
    s->asking = false;
    if (answer < 0)
        return;
    if (packs_go_back(app->packs)) {
        s->said = T_of_unsaved;
        return;
    }
    app->repack = true;
    upkeep_note(app, AUDIT_PACK, "au.e.pack_back", former(st));
    s->said = T_pk_back_soon;
}

static void draw_offer(struct app *app, struct ui *ui, struct rect r,
                       const struct packs_status *st, const struct uplink_status *up)
{
    int64_t open = app->pack ? pack_info(app->pack)->ver : 0;

    if (up->pack_ver <= open || st->step != PACKS_EMPTY)
        return;
    office_line(ui, r, text_key(T_pk_offer), "cloud",
                text_fill(ui_arena(ui), text_of(T_pk_offer), "ban",
                          page_number(ui, up->pack_ver), NULL),
                text_of(T_pk_offer_sub), 0, false);
}

/* It says so where a new program waits. */
static void draw_update_door(struct app *app, struct ui *ui, struct rect at)
{
    const char *words = text_of(T_up_title);
    struct updates_status st;

    updates_status(app->updates, &st);
    if (st.incoming.ver)
        words = text_fill(ui_arena(ui), text_of(T_up_door_new), "ban",
                          st.incoming.version, NULL);
    at.w = staff_button_width(ui, words, "down");
    if (staff_button(ui, "up.door", words, at,
                     st.incoming.ver ? UI_BUTTON_PRIMARY : UI_BUTTON_SECONDARY, "down",
                     0))
        app_goto(app, "admin_update", 0);
}

/* At the foot, for those who may: recording, and the packs beside this one. */
static void draw_door(struct app *app, struct ui *ui, struct rect *r)
{
    struct rect foot = rect_cut_bottom(r, ui_dim(ui, 76, 60, 72));

    foot.h -= 4;
    foot.w = staff_button_width(ui, text_of(T_vo_title), "mic");
    if (staff_button(ui, "vo.door", text_of(T_vo_title), foot, UI_BUTTON_SECONDARY,
                     "mic", 0))
        app_goto(app, "record", 0);
    foot.x += foot.w + 16;
    foot.w = staff_button_width(ui, text_of(T_pb_title), "pack");
    if (staff_button(ui, "pb.door", text_of(T_pb_title), foot, UI_BUTTON_SECONDARY,
                     "pack", 0))
        app_goto(app, "beside", 0);
    foot.x += foot.w + 16;
    if (ui_panel(ui) == PANEL_POR) { /* three are too wide for one row */
        rect_cut_bottom(r, 8);
        foot = rect_cut_bottom(r, foot.h + 4);
        foot.h -= 4;
    }
    if (app->updates)
        draw_update_door(app, ui, foot);
    rect_cut_bottom(r, 8);
}

static void packs_frame(struct app *app, void *state, struct ui *ui)
{
    struct packs_page *s = state;
    struct packs_status st = { .step = PACKS_EMPTY };
    struct uplink_status up = { .pack_ver = 0 };
    float h = ui_dim(ui, 124, 78, 130), gap = ui_dim(ui, 12, 7, 10);
    struct rect r = desk_frame(app, ui, DESK_PACKS, NULL, NULL);

    if (app->packs)
        packs_status(app->packs, &st);
    if (app->uplink)
        uplink_status(app->uplink, &up);
    draw_head(app, s, ui, &r);
    if (app->pack && app_may(app, MAY_EDIT_CONTENT))
        draw_door(app, ui, &r);
    draw_open(app, ui, rect_cut_top(&r, h), &st);
    rect_cut_top(&r, gap);
    if (st.step != PACKS_EMPTY) {
        draw_coming(app, ui, rect_cut_top(&r, h), &st);
        rect_cut_top(&r, gap);
    } else if (up.pack_ver) {
        draw_offer(app, ui, rect_cut_top(&r, h), &st, &up);
        rect_cut_top(&r, gap);
    }
    if (st.may_go_back)
        draw_previous(app, s, ui, rect_cut_top(&r, h), &st);
    if (s->said != T_COUNT)
        desk_say(ui, r, text_of(s->said),
                 s->said == T_pk_back_soon ? CHIP_LUA : CHIP_NGHE);
    else if (st.fell_back)
        desk_say(ui, r, text_of(T_pk_fell), CHIP_NGHE);
    if (s->asking)
        ask_back(app, s, ui, &st);
    ui_wake_in(ui, LOOK_MS);
}

const struct screen screen_admin_packs = {
    .name = "admin_packs",
    .state_size = sizeof(struct packs_page),
    .enter = packs_enter,
    .frame = packs_frame,
};
