/* Staff: own face, then the PIN; the last digit enters by itself. */
#include <stdio.h>
#include <string.h>

#include "app/staff.h"
#include "base/hash.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/face.h"
#include "screens/screens.h"

#define FACES_MAX 12 /* on one page */

struct signin_state {
    struct arena arena;
    char id[STAFF_ID_MAX + 1]; /* chosen; "": none yet */
    char typed[STAFF_PIN_MAX + 1];
    enum pin_verdict verdict;
    bool tried;
    size_t first;
};

/* --- whose ------------------------------------------------------------------------------- */

static bool draw_person(struct ui *ui, struct rect r, const struct staff *who, size_t i)
{
    struct ui_font name = { ui_dim(ui, 26, 21, 22), ui_dim(ui, 33, 26, 28), true };
    float dy = 0, face = ui_dim(ui, 108, 74, 84), pad = ui_dim(ui, 20, 12, 14);
    bool tapped =
        ui_card(ui, UI_ROLE_BUTTON, text_key_n(ui_arena(ui), T_pin_who, i + 1),
                who->alias, r, 0, &dy);
    struct rect in = rect_inset(r, pad, pad), at;

    in.y += dy;
    at = rect_cut_left(&in, face);
    face_draw(ui, rect_centre(at, face, face), who->picture);
    rect_cut_left(&in, pad);
    ui_text_middle(ui, in, who->alias, name, INK, UI_LEFT);
    return tapped;
}

static void choose(struct signin_state *s, const struct staff *who)
{
    snprintf(s->id, sizeof(s->id), "%s", who->id);
    hash_wipe(s->typed, sizeof(s->typed));
    s->tried = false;
}

static void draw_people(struct signin_state *s, struct ui *ui, struct rect body,
                        const struct staff *list, size_t n)
{
    size_t columns = ui_panel(ui) == PANEL_POR ? 1 : 3;
    float gap = ui_dim(ui, 18, 10, 12);
    size_t rows = ui_panel(ui) == PANEL_POR ? 6 : ui_panel(ui) == PANEL_CMP ? 3 : 4;
    size_t page = rows * columns, shown;
    float h_row = ui_dim(ui, 140, 104, 112);
    struct rect foot;

    page = page > FACES_MAX ? FACES_MAX : page;
    if (n > page)
        foot = rect_cut_bottom(&body, ui_dim(ui, 84, 70, 78));
    s->first = s->first >= n ? 0 : s->first;
    shown = n - s->first > page ? page : n - s->first;
    for (size_t i = 0; i < shown; i++) {
        float w = (body.w - gap * (float)(columns - 1)) / (float)columns;
        struct rect at = { body.x + (float)(i % columns) * (w + gap),
                           body.y + (float)(i / columns) * (h_row + gap + LIP), w,
                           h_row };

        if (draw_person(ui, at, &list[s->first + i], s->first + i))
            choose(s, &list[s->first + i]);
    }
    if (n > page) {
        foot.h -= LIP;
        s->first +=
            (size_t)(staff_pager(ui, foot, s->first, shown, n, NULL) * (int)page);
    }
}

/* --- the PIN ------------------------------------------------------------------------------ */

static const char *say(struct app *app, struct signin_state *s, struct ui *ui,
                       enum chip_tone *tone)
{
    long wait_s = staff_wait_s(app->db, s->id);

    *tone = CHIP_NGHE;
    if (wait_s) {
        ui_wake_in(ui, 1000);
        return text_fill(ui_arena(ui), text_of(T_desk_pin_wait), "n",
                         page_number(ui, wait_s), NULL);
    }
    if (s->tried && s->verdict == PIN_LOCKED)
        return text_of(T_desk_pin_locked);
    if (s->tried && s->verdict == PIN_UNSURE)
        return text_of(T_desk_pin_unsure);
    if (s->tried && s->verdict == PIN_MISSED)
        return text_of(T_desk_pin_missed);
    return text_fill(ui_arena(ui), text_of(T_pin_tries), "n", "5", "phut", "5", NULL);
}

static void draw_words(struct app *app, struct signin_state *s, struct ui *ui,
                       struct rect r, const struct staff *who, bool alone)
{
    float face = ui_dim(ui, 150, 96, 110), size = ui_dim(ui, 42, 28, 34);
    struct ui_font name = { size, size * 1.3F, true };
    struct ui_font sub = { ui_dim(ui, 26, 22, 24), ui_dim(ui, 37, 31, 33), false };
    float gap = ui_dim(ui, 26, 12, 12), h_dots = ui_dim(ui, 40, 30, 32);
    float h_button = alone ? 0 : ui_dim(ui, 72, 66, 66) + LIP + gap;
    float h_name = ui_text(ui, r, who->alias, name, 0, UI_CENTRE);
    enum chip_tone tone;
    const char *words = say(app, s, ui, &tone);
    struct ui_font small = { ui_dim(ui, 20, 17, 18), ui_dim(ui, 27, 23, 25), true };
    float h_say = ui_text(ui, rect_inset(r, 16, 0), words, small, 0, UI_CENTRE) + 14;
    float h = face + gap + h_name + sub.line + gap + h_dots + gap + h_button + h_say;
    size_t n = strlen(s->typed);

    if (ui_panel(ui) != PANEL_POR)
        r.y += (r.h - h) / 2;
    face_draw(ui, (struct rect){ r.x + (r.w - face) / 2, r.y, face, face },
              who->picture);
    r.y += face + gap;
    ui_label(ui, UI_ROLE_TITLE, "pin.name", who->alias,
             (struct rect){ r.x, r.y, r.w, h_name }, name, INK, UI_CENTRE);
    r.y += h_name;
    ui_label(ui, UI_ROLE_TEXT, STR(pin_sub), (struct rect){ r.x, r.y, r.w, sub.line },
             sub, INK2, UI_CENTRE);
    r.y += sub.line + gap;
    staff_pin_dots(ui, (struct rect){ r.x, r.y, r.w, h_dots }, (size_t)who->pin_digits,
                   n);
    ui_node_value(ui, UI_ROLE_FIELD, "pin.dots", text_of(T_pin_sub),
                  page_number(ui, (long long)n), (struct rect){ r.x, r.y, r.w, h_dots },
                  0);
    r.y += h_dots + gap;
    if (!alone) {
        float w = staff_button_width(ui, text_of(T_pin_other), "users");

        if (staff_button(
                ui, STR(pin_other),
                (struct rect){ r.x + (r.w - w) / 2, r.y, w, h_button - LIP - gap },
                UI_BUTTON_SECONDARY, "users", 0)) {
            s->id[0] = 0;
            hash_wipe(s->typed, sizeof(s->typed));
        }
        r.y += h_button;
    }
    if (s->tried || staff_wait_s(app->db, s->id)) {
        desk_say(ui, (struct rect){ r.x, r.y, r.w, h_say }, words, tone);
    } else {
        float w = staff_chip_width(ui, words, "lock");

        staff_chip(ui, text_key(T_pin_tries), words, "lock", r.x + (r.w - w) / 2,
                   r.y + h_say / 2, CHIP_NGHE);
    }
}

static void draw_pin(struct app *app, struct signin_state *s, struct ui *ui,
                     struct rect body, const struct staff *who, bool alone)
{
    struct rect left = body;
    size_t n = strlen(s->typed);
    char key;

    if (ui_panel(ui) == PANEL_POR) {
        left = rect_cut_top(&body, 400);
    } else {
        body = rect_cut_right(&left, ui_dim(ui, 560, 430, 0));
        rect_cut_right(&left, ui_dim(ui, 70, 24, 0));
    }
    draw_words(app, s, ui, left, who, alone);
    key = staff_keypad(ui, body, NULL, NULL);
    if (key == '\b' && n > 0)
        s->typed[n - 1] = 0;
    if (key < '0' || key > '9' || n >= STAFF_PIN_MAX)
        return;
    s->typed[n] = key;
    s->typed[n + 1] = 0;
    if (n + 1 < (size_t)who->pin_digits)
        return;
    s->verdict = app_staff_enter(app, s->id, s->typed);
    s->tried = true;
    hash_wipe(s->typed, sizeof(s->typed));
}

/* --- the page -------------------------------------------------------------------------------- */

static const struct staff *chosen(const struct signin_state *s,
                                  const struct staff *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(list[i].id, s->id))
            return &list[i];
    return NULL;
}

static void signin_frame(struct app *app, void *state, struct ui *ui)
{
    struct signin_state *s = state;
    struct bar bar = { .left = BAR_BACK,
                       .id = text_key(T_pin_title),
                       .title = text_of(T_pin_title) };
    struct staff *list;
    const struct staff *who;
    struct rect body;
    size_t n;

    if (bar_frame(app, ui, &bar))
        app_goto(app, "attract", 0);
    if (staff_list(app->db, ui_arena(ui), &list, &n))
        n = 0;
    if (n == 1)
        snprintf(s->id, sizeof(s->id), "%s", list[0].id);
    who = chosen(s, list, n);
    body = page_body(ui, ui_dim(ui, 14, 14, 14));
    if (who)
        draw_pin(app, s, ui, body, who, n == 1);
    else
        draw_people(s, ui, body, list, n);
}

static void signin_enter(struct app *app, void *state, size_t arg)
{
    const char *door = app_staff_door(app);

    (void)state;
    (void)arg;
    /* while names are locked staff may work all the same */
    if (strcmp(door, "staff_signin") != 0 && strcmp(door, "locked") != 0)
        app_goto(app, door, 0);
}

const struct screen screen_staff_signin = {
    .name = "staff_signin",
    .state_size = sizeof(struct signin_state),
    .enter = signin_enter,
    .frame = signin_frame,
};
