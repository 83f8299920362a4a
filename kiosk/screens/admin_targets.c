/* Targets of the half-years by group: where one stands, where one should stand today. */
#include <stdio.h>
#include <string.h>

#include "app/lists.h"
#include "base/check.h"
#include "screens/class_words.h"
#include "screens/screens.h"
#include "screens/targets_page.h"

#define FIRST_YEAR 2026 /* the seed's half-years begin there */

const char *const target_codes[TARGET_GROUPS] = { "g2", "g1", "g4", "g3", "" };

int targets_half_of(const struct targets_page *s, size_t i)
{
    return s->first + (int)i;
}

void targets_half_days(int half, int64_t *from, int64_t *to)
{
    char text[16];
    int year = FIRST_YEAR + half / 2;

    snprintf(text, sizeof(text), "%04d-%s", year % 10000, half % 2 ? "07-01" : "01-01");
    *from = clock_day_parse(text);
    snprintf(text, sizeof(text), "%04d-%s", year % 10000, half % 2 ? "12-31" : "06-30");
    *to = clock_day_parse(text);
}

void targets_read(struct app *app, struct targets_page *s)
{
    struct arena arena = { 0 };
    struct commune_target *list;
    struct figure_range range;
    int64_t from, to;
    size_t n = 0;

    targets_half_days(targets_half_of(s, s->chosen), &from, &to);
    range = figure_range_of(app->db, from, to);
    if (commune_targets(app->db, range.period, &arena, &list, &n))
        n = 0;
    for (size_t g = 0; g < TARGET_GROUPS; g++) {
        char dims[24];

        s->known[g] = false;
        for (size_t i = 0; i < n; i++)
            if (!strcmp(list[i].group, target_codes[g])) {
                s->rows[g] = list[i];
                s->known[g] = true;
            }
        snprintf(dims, sizeof(dims), *target_codes[g] ? "group=%s" : "-%s",
                 target_codes[g]);
        if (figure_people(app->db, "finished_one", NULL, dims, &range, &s->done[g]))
            s->done[g] = (struct figure_people){ FIGURE_NONE, FIGURE_NONE };
    }
    arena_finish(&arena);
}

static void targets_enter(struct app *app, void *state, size_t arg)
{
    struct targets_page *s = state;
    struct figure_range now;
    int year, month, mday, half;

    (void)arg;
    if (!app->db) {
        app_goto(app, "problem", 0);
        return;
    }
    now = figure_range_now(app->db, FIGURE_HALF);
    clock_day_civil(now.from_day, &year, &month, &mday);
    half = (year - FIRST_YEAR) * 2 + (month > 6);
    half = half < 0 ? 0 : half;
    s->first = half > 0 ? half - 1 : 0;
    s->chosen = s->now = (size_t)(half - s->first);
    targets_read(app, s);
}

/* --- the table -------------------------------------------------------------------------------- */

static void draw_periods(struct app *app, struct targets_page *s, struct ui *ui,
                         struct rect row)
{
    float gap = ui_dim(ui, 12, 8, 8),
          w = (row.w - gap * (TARGET_PERIODS - 1)) / TARGET_PERIODS;
    struct ui_font bold = { ui_dim(ui, 21, 17, 18), ui_dim(ui, 28, 22, 23), true };
    struct ui_font small = staff_font(ui, STAFF_SMALL);
    size_t chosen = s->chosen;

    for (size_t i = 0; i < TARGET_PERIODS; i++) {
        struct rect at = { row.x + (float)i * (w + gap), row.y, w, row.h - 4 }, in;
        int half = targets_half_of(s, i), year = FIRST_YEAR + half / 2;
        const char *name = text_fill(ui_arena(ui), text_of(T_tg_p1), "i",
                                     class_number(ui, half + 1), NULL);
        float dy = 0;

        if (staff_row(ui, UI_ROLE_TAB, text_key_n(ui_arena(ui), T_tg_p1, i + 1), name,
                      at, i == s->chosen ? UI_SELECTED : 0, &dy))
            chosen = i;
        in = rect_inset(at, ui_dim(ui, 16, 10, 12), 4);
        in.y += dy + (in.h - bold.line - small.line) / 2;
        if (i == s->now && ui_panel(ui) != PANEL_POR)
            name = arena_printf(ui_arena(ui), "%s · %s", name, text_of(T_tg_now));
        staff_line(ui, (struct rect){ in.x, in.y, in.w, bold.line }, name, bold,
                   i == s->now ? INDIGO : INK);
        staff_line(ui, (struct rect){ in.x, in.y + bold.line, in.w, small.line },
                   arena_printf(ui_arena(ui), "%s/%d",
                                half % 2 ? "1/7 – 31/12" : "1/1 – 30/6", year),
                   small, INK2);
    }
    if (chosen != s->chosen) {
        s->chosen = chosen;
        s->say = NULL;
        targets_read(app, s);
    }
}

/* Where one should stand today, 0…1; -1 outside the period or without a certain day. */
static double due_part(const struct app *app, const struct targets_page *s)
{
    int64_t from, to, today = class_today(app);

    targets_half_days(targets_half_of(s, s->chosen), &from, &to);
    if (today < from || today > to)
        return -1;
    return (double)(today - from + 1) / (double)(to - from + 1);
}

static void draw_bar(struct ui *ui, struct rect r, double part, double mark, bool low)
{
    float h = ui_dim(ui, 26, 18, 20);
    struct rect bar = { r.x, r.y + (r.h - h) / 2, r.w, h };

    part = part > 1 ? 1 : part;
    ui_box(ui, bar, &(struct ui_box_style){ .fill = SAND, .radius = 8 });
    if (part > 0)
        ui_box(ui,
               (struct rect){ bar.x, bar.y,
                              bar.w * (float)part < 8 ? 8 : bar.w * (float)part, h },
               &(struct ui_box_style){ .fill = low ? NGHE : INDIGO,
                                       .border = low ? NGHE_PRESS : 0,
                                       .line = 2,
                                       .radius = 8 });
    if (mark >= 0)
        ui_box(ui,
               (struct rect){ bar.x + bar.w * (float)mark - 2, bar.y - 5, 4, h + 10 },
               &(struct ui_box_style){ .fill = INK, .radius = 2 });
}

const char *targets_group_name(struct app *app, struct ui *ui, size_t g)
{
    return *target_codes[g]
               ? list_words(app->db, LIST_GROUP, target_codes[g], ui_arena(ui))
               : text_of(T_tg_sum);
}

static void draw_right(struct ui *ui, struct rect r, const char *text,
                       struct ui_font font)
{
    float w = ui_text_width(ui, text, font) + 2;

    ui_text_middle(ui, (struct rect){ r.x + r.w - w, r.y, w, r.h }, text, font, INK,
                   UI_LEFT);
}

static void draw_group(struct app *app, struct targets_page *s, struct ui *ui,
                       struct rect row, size_t g)
{
    float size = ui_dim(ui, 21, 16, 17), gap = ui_dim(ui, 18, 10, 8);
    struct ui_font bold = { size, size * 1.25F, true },
                   plain = { size, size * 1.25F, false };
    const struct commune_target *t = &s->rows[g];
    bool counted = s->done[g].least != FIGURE_NONE;
    const char *done = counted ? class_number(ui, s->done[g].least) : "–";
    const char *value = s->known[g] ? class_number(ui, t->value) : "–";
    double part = s->known[g] && counted && t->value > 0
                      ? (double)s->done[g].least / (double)t->value
                      : 0;
    struct rect at = rect_cut_left(&row, row.w * 0.34F), node = at;
    int year, month, mday;

    ui_text_middle(ui, at, targets_group_name(app, ui, g), bold, INK, UI_LEFT);
    at = rect_cut_left(&row, ui_dim(ui, 100, 62, 62));
    draw_right(ui, at, value, *target_codes[g] ? plain : bold);
    rect_cut_left(&row, gap);
    at = rect_cut_right(&row, ui_dim(ui, 150, 84, 90));
    if (s->known[g] && t->reached_day >= 0) {
        clock_day_civil(t->reached_day, &year, &month, &mday);
        done = arena_printf(ui_arena(ui), "%s, %s", done,
                            text_fill(ui_arena(ui), text_of(T_tg_reached), "ngay",
                                      arena_printf(ui_arena(ui), "%d/%d", mday, month),
                                      NULL));
    }
    draw_right(ui, at, done, bold);
    rect_cut_right(&row, gap);
    draw_bar(ui, row, part, s->known[g] ? due_part(app, s) : -1, part < 0.5);
    ui_node_value(ui, UI_ROLE_TEXT, text_key_n(ui_arena(ui), T_tg_h, g + 1),
                  targets_group_name(app, ui, g),
                  arena_printf(ui_arena(ui), "%s / %s", done, value), node, 0);
}

static const char *source_words(struct targets_page *s, struct ui *ui)
{
    int year, month, mday;

    for (size_t g = TARGET_GROUPS; g-- > 0;)
        if (s->known[g]) {
            clock_day_civil(s->rows[g].due_day, &year, &month, &mday);
            return text_fill(
                ui_arena(ui), text_of(T_tg_from), "so", s->rows[g].document, "ngay",
                arena_printf(ui_arena(ui), "%02d/%02d/%d", mday, month, year), NULL);
        }
    return text_of(T_tg_from_none);
}

static void draw_table(struct app *app, struct targets_page *s, struct ui *ui,
                       struct rect r)
{
    struct rect in = rect_inset(r, ui_dim(ui, 22, 14, 14), ui_dim(ui, 16, 8, 10)), foot;
    struct ui_font small = staff_font(ui, STAFF_SMALL);
    float h;

    staff_panel(ui, r);
    h = ui_label(ui, UI_ROLE_TEXT, STR(tg_h), in, staff_font(ui, STAFF_HEAD), INK,
                 UI_LEFT);
    rect_cut_top(&in, h);
    h = ui_text(ui, in, text_of(T_tg_note), small, 0, UI_LEFT);
    foot = rect_cut_bottom(&in, h);
    ui_label(ui, UI_ROLE_TEXT, STR(tg_note), foot, small, INK2, UI_LEFT);
    h = in.h / TARGET_GROUPS;
    for (size_t g = 0; g < TARGET_GROUPS; g++)
        draw_group(app, s, ui, rect_cut_top(&in, h), g);
}

static void table_frame(struct app *app, struct targets_page *s, struct ui *ui)
{
    struct rect body = desk_frame(app, ui, DESK_STATS, NULL, NULL), head, at;
    struct rect named = { 0 };
    struct ui_font title = staff_font(ui, STAFF_TITLE),
                   small = staff_font(ui, STAFF_SMALL);
    float gap = ui_dim(ui, 14, 8, 10);
    bool may = app_may(app, MAY_ADMINISTER), servers = commune_is_servers(app->db);
    const char *words;

    if (ui_panel(ui) == PANEL_POR) { /* both do not fit side by side */
        named = rect_cut_top(&body, title.line + gap);
        named.h -= gap;
    }
    head = rect_cut_top(&body, ui_dim(ui, 66, 58, 62) + 4);
    head.h -= 4;
    at = rect_cut_right(&head, staff_button_width(ui, text_of(T_tg_edit), "edit"));
    if (staff_button(ui, STR(tg_edit), at, UI_BUTTON_SECONDARY, "edit",
                     may && !servers ? 0 : UI_DISABLED)) {
        s->say = servers ? text_of(T_tg_servers) : may ? NULL : text_of(T_tg_look);
        s->tone = CHIP_NGHE;
        s->step = may && !servers ? TARGETS_GROUP : TARGETS_TABLE;
    }
    named = named.h > 0 ? named : head;
    staff_line(ui, named, text_of(T_tg_title), title, INK);
    ui_node(ui, UI_ROLE_TITLE, STR(tg_title), named, 0);
    rect_cut_top(&body, gap);
    draw_periods(app, s, ui, rect_cut_top(&body, ui_dim(ui, 84, 60, 64)));
    rect_cut_top(&body, gap);
    words = source_words(s, ui);
    at = rect_cut_bottom(&body, ui_text(ui, body, words, small, 0, UI_LEFT) + 4);
    if (s->say) {
        rect_cut_bottom(&body, ui_dim(ui, 30, 24, 40));
        at =
            (struct rect){ at.x, body.y + body.h, at.w, at.y + at.h - body.y - body.h };
        desk_say(ui, at, s->say, s->tone);
    } else {
        ui_label(ui, UI_ROLE_TEXT, text_key(T_tg_from), words, at, small, INK2,
                 UI_LEFT);
    }
    rect_cut_bottom(&body, gap);
    draw_table(app, s, ui, body);
}

static void targets_frame(struct app *app, void *state, struct ui *ui)
{
    struct targets_page *s = state;

    if (s->text.open)
        text_page_frame(app, ui, &s->text, STR(tg_document), s->document,
                        sizeof(s->document));
    else if (s->step == TARGETS_GROUP)
        targets_edit_group(app, s, ui);
    else if (s->step == TARGETS_FIGURES)
        targets_edit_figures(app, s, ui);
    else
        table_frame(app, s, ui);
}

const struct screen screen_admin_targets = {
    .name = "admin_targets",
    .state_size = sizeof(struct targets_page),
    .enter = targets_enter,
    .frame = targets_frame,
};
