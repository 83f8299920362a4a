/* The commune's lists: thôn, units, how many people live where, when classes are held. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "screens/class_words.h"
#include "screens/screens.h"
#include "screens/units_edit.h"

struct units_page {
    enum units_tab tab;
    struct units_edit edit;
    struct arena *arena; /* of the page; the lists are read again after a change */
    struct commune_entry *lists[2];
    size_t n[2];
    struct commune_base *bases;
    size_t n_bases;
    struct commune_slot *slots;
    size_t n_slots;
    int year;
    size_t first;
    const char *say;
    enum chip_tone tone;
};

static void read_all(struct app *app, struct units_page *s)
{
    enum err err =
        commune_read(app->db, COMMUNE_THON, s->arena, &s->lists[0], &s->n[0]);

    if (!err)
        err = commune_read(app->db, COMMUNE_UNIT, s->arena, &s->lists[1], &s->n[1]);
    if (!err)
        err = commune_bases(app->db, s->year, s->arena, &s->bases, &s->n_bases);
    if (!err)
        err = commune_calendar(app->db, s->arena, &s->slots, &s->n_slots);
    if (!err)
        return;
    s->n[0] = s->n[1] = s->n_bases = s->n_slots = 0;
    s->say = text_of(T_un_unread);
    s->tone = CHIP_SON;
}

static void units_enter(struct app *app, void *state, size_t arg)
{
    struct units_page *s = state;
    struct figure_range now;
    int month, mday;

    if (!app->db) {
        app_goto(app, "problem", 0);
        return;
    }
    s->tab = arg < UNITS_TABS ? (enum units_tab)arg : UNITS_THON;
    s->arena = &app->nav.page_arena;
    now = figure_range_now(app->db, FIGURE_YEAR);
    clock_day_civil(now.from_day, &s->year, &month, &mday);
    read_all(app, s);
}

static const struct commune_base *base_of(const struct units_page *s, const char *thon)
{
    for (size_t i = 0; i < s->n_bases; i++)
        if (!strcmp(s->bases[i].thon, thon))
            return &s->bases[i];
    return NULL;
}

/* --- rows ------------------------------------------------------------------------------------------ */

struct rows {
    struct app *app;
    struct units_page *s;
    bool may; /* the last row adds */
};

static const char *row_text(void *ctx, struct ui *ui, size_t i)
{
    const struct rows *x = ctx;
    const struct units_page *s = x->s;
    const struct commune_slot *slot;

    if (s->tab == UNITS_BASE)
        return s->lists[0][i].name;
    if (s->tab != UNITS_SLOT)
        return i < s->n[s->tab] ? s->lists[s->tab][i].name : text_of(T_un_add);
    if (i >= s->n_slots)
        return text_of(T_un_add);
    slot = &s->slots[i];
    return arena_printf(ui_arena(ui), "%s %02d:%02d–%02d:%02d",
                        class_weekday(slot->weekday), slot->from_min / 60,
                        slot->from_min % 60, slot->to_min / 60, slot->to_min % 60);
}

static const char *base_note(struct ui *ui, const struct commune_base *b)
{
    int year, month, mday;
    struct arena *arena = ui_arena(ui);

    if (!b || b->people < 0)
        return text_of(T_un_no_base);
    clock_day_civil(b->day, &year, &month, &mday);
    return text_fill(arena, text_of(T_un_base), "n", class_number(ui, b->people),
                     "nguon", b->source, "ngay",
                     arena_printf(arena, "%d/%d/%d", mday, month, year), NULL);
}

static const char *row_note(void *ctx, struct ui *ui, size_t i)
{
    const struct rows *x = ctx;
    const struct units_page *s = x->s;

    switch (s->tab) {
    case UNITS_BASE:
        return base_note(ui, base_of(s, s->lists[0][i].code));
    case UNITS_SLOT:
        if (i >= s->n_slots)
            return "";
        return arena_printf(
            ui_arena(ui), "%s%s%s", s->slots[i].place, *s->slots[i].place ? ", " : "",
            commune_name(x->app->db, COMMUNE_THON, s->slots[i].thon, ui_arena(ui)));
    case UNITS_THON:
    case UNITS_UNIT:
    case UNITS_TABS:
        break;
    }
    if (i >= s->n[s->tab])
        return "";
    return s->lists[s->tab][i].gone ? text_of(T_un_gone) : s->lists[s->tab][i].code;
}

static size_t count_rows(const struct units_page *s, bool may)
{
    return s->tab == UNITS_BASE   ? s->n[0]
           : s->tab == UNITS_SLOT ? s->n_slots + may
                                  : s->n[s->tab] + may;
}

static void open_row(struct units_page *s, size_t i)
{
    struct commune_base fresh = {
        .households = -1, .people = -1, .adults = -1, .day = -1
    };
    const struct commune_base *base;

    s->say = NULL;
    if (s->tab == UNITS_SLOT) {
        units_edit_slot(&s->edit, i < s->n_slots ? &s->slots[i] : NULL);
    } else if (s->tab == UNITS_BASE) {
        base = base_of(s, s->lists[0][i].code);
        fresh.year = s->year;
        snprintf(fresh.thon, sizeof(fresh.thon), "%s", s->lists[0][i].code);
        units_edit_base(&s->edit, base ? base : &fresh);
    } else {
        units_edit_entry(&s->edit, s->tab,
                         i < s->n[s->tab] ? &s->lists[s->tab][i] : NULL);
    }
}

/* --- the page ----------------------------------------------------------------------------------------- */

static void draw_tabs(struct units_page *s, struct ui *ui, struct rect row)
{
    static const char *const ids[UNITS_TABS] = { "un.t1", "un.t2", "un.t3", "un.t4" };
    const char *labels[UNITS_TABS] = { text_of(T_un_t1), text_of(T_un_t2),
                                       text_of(T_un_t3), text_of(T_un_t4) };
    int got = staff_segments(ui, row, ids, labels, UNITS_TABS, s->tab);

    if (got < 0)
        return;
    s->tab = (enum units_tab)got;
    s->first = 0;
    s->say = NULL;
}

static void units_frame(struct app *app, void *state, struct ui *ui)
{
    struct units_page *s = state;
    bool servers = app->db && commune_is_servers(app->db);
    bool mine = app_may(app, MAY_ADMINISTER) && (!servers || s->tab >= UNITS_BASE);
    struct rows x = { app, s, mine };
    struct pick p = { .id = "un.row",
                      .chosen = SIZE_MAX,
                      .text = row_text,
                      .note = row_note,
                      .ctx = &x };
    struct rect body;
    long got;

    if (s->edit.open) {
        if (units_edit_frame(app, ui, &s->edit, s->lists[0], s->n[0]))
            read_all(app, s);
        return;
    }
    body = desk_frame(app, ui, DESK_SETTINGS, STR(un_title));
    draw_tabs(s, ui, rect_cut_top(&body, ui_dim(ui, 66, 58, 60)));
    rect_cut_top(&body, ui_dim(ui, 14, 8, 10));
    if (s->say || (servers && s->tab < UNITS_BASE)) {
        desk_say(ui, rect_cut_bottom(&body, ui_dim(ui, 84, 62, 90)),
                 s->say ? s->say : text_of(T_un_servers), s->say ? s->tone : CHIP_SAND);
        rect_cut_bottom(&body, 6);
    }
    p.n = count_rows(s, mine);
    got = pick_frame(ui, body, &p, &s->first);
    if (!p.n)
        ui_label(ui, UI_ROLE_TEXT, STR(list_empty), body, staff_font(ui, STAFF_BODY),
                 INK2, UI_LEFT);
    if (got >= 0 && mine)
        open_row(s, (size_t)got);
}

const struct screen screen_admin_units = {
    .name = "admin_units",
    .state_size = sizeof(struct units_page),
    .enter = units_enter,
    .frame = units_frame,
};
