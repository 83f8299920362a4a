/* What a lesson gives to take home and to the loudspeakers of the commune: its sheet is
 * printed here, and each time its bulletin was played is noted down. */
#include "app/class_day.h"
#include "app/sheet.h"
#include "base/buf.h"
#include "screens/bar.h"
#include "screens/card_paper.h"
#include "screens/class_words.h"
#include "screens/screens.h"

#include <stdint.h>

struct sheets_page {
    size_t chosen, first; /* chosen SIZE_MAX: none yet */
    int64_t plays;        /* of the chosen one; -1: could not be read */
    const char *say;      /* with {n}: the plays */
    enum chip_tone tone;
};

static void sheets_enter(struct app *app, void *state, size_t arg)
{
    struct sheets_page *s = state;

    (void)arg;
    s->chosen = SIZE_MAX;
    printing_forget(&app->printing);
    if (!app->pack)
        app_goto(app, "cards", 0);
}

static const char *lesson_text(void *ctx, struct ui *ui, size_t i)
{
    const struct app *app = ctx;

    (void)ui;
    return pack_info(app->pack)->lessons[i].title;
}

static const char *lesson_id(const struct app *app, const struct sheets_page *s)
{
    return pack_info(app->pack)->lessons[s->chosen].id;
}

static void count_plays(struct app *app, struct sheets_page *s)
{
    if (!app->db || notice_plays(app->db, lesson_id(app, s), &s->plays))
        s->plays = -1;
}

static void note(struct app *app, struct sheets_page *s, bool back)
{
    const char *lesson = lesson_id(app, s);
    enum err err = !app->db ? ERR_OFFLINE
                   : back   ? notice_undo(app->db, lesson, app_actor(app))
                            : notice_played(app->db, lesson, app_actor(app));

    printing_forget(&app->printing);
    s->say = err == ERR_REJECTED ? text_of(T_ts_no_play)
             : err               ? class_trouble(err)
                                 : text_of(back ? T_ts_undone : T_ts_noted);
    s->tone = err ? CHIP_SON : CHIP_LUA;
    count_plays(app, s);
}

static void print(struct app *app, struct sheets_page *s, struct ui *ui)
{
    struct paper_place place = paper_place_here(app, ui, "");
    struct buf json;
    enum err err;

    s->say = NULL;
    buf_init(&json, SHEET_DOCUMENT_MAX);
    err = sheet_document(app->pack, s->chosen, &place, &json);
    if (!err) {
        paper_print(app, &json,
                    arena_printf(ui_arena(ui), "bai-%s.pdf", lesson_id(app, s)));
        return;
    }
    buf_finish(&json);
    s->say = text_of(err == ERR_REJECTED ? T_ts_no_picture : T_sh_failed);
    s->tone = CHIP_SON;
}

/* One row of buttons, or in portrait two. */
static bool button(struct ui *ui, struct rect *row, enum text_id id, const char *icon,
                   enum ui_button_kind kind, bool off)
{
    float w = staff_button_width(ui, text_of(id), icon);
    struct rect at = rect_cut_left(row, w);

    rect_cut_left(row, ui_dim(ui, 16, 10, 12));
    return staff_button(ui, text_key(id), text_of(id), at, kind, icon,
                        off ? UI_DISABLED : 0) &&
           !off;
}

static void draw_deeds(struct app *app, struct sheets_page *s, struct ui *ui,
                       struct rect r)
{
    bool none = s->chosen == SIZE_MAX, upright = ui_panel(ui) == PANEL_POR;
    float h = ui_dim(ui, 76, 58, 70);
    struct rect row = rect_cut_top(&r, h);

    if (button(ui, &row, T_ts_print, "print", UI_BUTTON_PRIMARY,
               none || printing_busy(&app->printing)))
        print(app, s, ui);
    if (upright) {
        rect_cut_top(&r, 12);
        row = rect_cut_top(&r, h);
    }
    if (button(ui, &row, T_ts_played, "speaker", UI_BUTTON_SECONDARY, none))
        note(app, s, false);
    if (button(ui, &row, T_ts_undo, "undo", UI_BUTTON_SECONDARY, none || s->plays <= 0))
        note(app, s, true);
}

static void draw_said(struct app *app, struct sheets_page *s, struct ui *ui,
                      struct rect r)
{
    const char *n = page_number(ui, s->plays);

    if (s->say) {
        desk_say(ui, r, text_fill(ui_arena(ui), s->say, "n", n, NULL), s->tone);
    } else if (app->printing.state != PRINTING_IDLE) {
        paper_state(app, ui, r);
    } else if (s->chosen == SIZE_MAX) {
        desk_say(ui, r, text_of(T_ts_note), CHIP_SAND);
    } else if (s->plays >= 0) {
        desk_say(ui, r, text_fill(ui_arena(ui), text_of(T_ts_plays), "n", n, NULL),
                 CHIP_SAND);
    }
}

static void sheets_frame(struct app *app, void *state, struct ui *ui)
{
    struct sheets_page *s = state;
    struct pick p = { .id = "ts.lesson",
                      .n = app->pack ? pack_info(app->pack)->n_lessons : 0,
                      .chosen = s->chosen,
                      .text = lesson_text,
                      .ctx = app };
    bool back;
    struct rect body = desk_step(ui, T_list_back, "back", text_key(T_ts_title),
                                 text_of(T_ts_title), 0, 0, &back),
                deeds, said;
    long got;

    if (back || !app_may(app, MAY_CHANGE_PEOPLE)) {
        app_goto(app, back ? "cards" : app_people_home(app), 0);
        return;
    }
    said = rect_cut_bottom(&body, ui_dim(ui, 64, 48, 84));
    deeds = rect_cut_bottom(&body, ui_dim(ui, 88, 66, 164));
    rect_cut_bottom(&body, ui_dim(ui, 10, 4, 6));
    got = pick_frame(ui, body, &p, &s->first);
    if (got >= 0) {
        s->chosen = (size_t)got;
        s->say = NULL;
        printing_forget(&app->printing);
        count_plays(app, s);
    }
    draw_deeds(app, s, ui, deeds);
    draw_said(app, s, ui, said);
}

const struct screen screen_sheets = {
    .name = "sheets",
    .state_size = sizeof(struct sheets_page),
    .enter = sheets_enter,
    .frame = sheets_frame,
};
