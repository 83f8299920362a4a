/* Changing one row of the commune's lists. */
#include "screens/units_edit.h"

#include <stdio.h>
#include <string.h>

#include "base/check.h"

#define DAYS 7
#define PEOPLE_MAX 100000

enum { BASE_HOUSEHOLDS, BASE_PEOPLE, BASE_ADULTS, BASE_DAY, BASE_FIELDS };
enum { SLOT_FROM, SLOT_TO, SLOT_FIELDS };
enum { STEP_DAY, STEP_THON, STEP_TIMES };

static struct digits field(enum text_id label, enum digits_kind kind, size_t max,
                           int64_t value)
{
    struct digits d = {
        .id = text_key(label), .label = text_of(label), .kind = kind, .max = max
    };

    digits_set(&d, value);
    return d;
}

void units_edit_entry(struct units_edit *e, enum units_tab tab,
                      const struct commune_entry *entry)
{
    *e = (struct units_edit){ .tab = tab, .open = true };
    if (entry)
        e->entry = *entry;
    text_page_open(&e->text, e->entry.name);
}

void units_edit_base(struct units_edit *e, const struct commune_base *base)
{
    *e = (struct units_edit){ .tab = UNITS_BASE, .open = true, .base = *base };
    e->n_fields = BASE_FIELDS;
    e->fields[BASE_HOUSEHOLDS] =
        field(T_un_households, DIGITS_NUMBER, 6, base->households);
    e->fields[BASE_PEOPLE] = field(T_un_people, DIGITS_NUMBER, 6, base->people);
    e->fields[BASE_ADULTS] = field(T_un_adults, DIGITS_NUMBER, 6, base->adults);
    e->fields[BASE_DAY] = field(T_un_day, DIGITS_DATE, 8, base->day);
    snprintf(e->line, sizeof(e->line), "%s", base->source);
}

void units_edit_slot(struct units_edit *e, const struct commune_slot *slot)
{
    *e = (struct units_edit){ .tab = UNITS_SLOT, .open = true };
    if (slot)
        e->slot = *slot;
    e->step = slot ? STEP_TIMES : STEP_DAY;
    e->n_fields = SLOT_FIELDS;
    e->fields[SLOT_FROM] = field(T_un_from, DIGITS_TIME, 4, slot ? slot->from_min : -1);
    e->fields[SLOT_TO] = field(T_un_to, DIGITS_TIME, 4, slot ? slot->to_min : -1);
    snprintf(e->line, sizeof(e->line), "%s", slot ? slot->place : "");
}

/* --- writing ------------------------------------------------------------------------------------ */

static void written(struct units_edit *e, enum err err)
{
    e->say = class_trouble(err);
    e->tone = err == ERR_REJECTED ? CHIP_NGHE : CHIP_SON;
    e->open = err != ERR_OK;
}

static const char *base_trouble(struct app *app, struct units_edit *e)
{
    struct digits *f = e->fields;
    struct commune_base *b = &e->base;
    int64_t today = class_today(app);

    b->households = digits_value(&f[BASE_HOUSEHOLDS]);
    b->people = digits_value(&f[BASE_PEOPLE]);
    b->adults = digits_value(&f[BASE_ADULTS]);
    b->day = digits_value(&f[BASE_DAY]);
    f[BASE_HOUSEHOLDS].bad = b->households > PEOPLE_MAX;
    f[BASE_PEOPLE].bad =
        b->people > PEOPLE_MAX || (b->people >= 0 && b->households > b->people);
    f[BASE_ADULTS].bad =
        b->adults > PEOPLE_MAX || (b->people >= 0 && b->adults > b->people);
    f[BASE_DAY].bad = b->day < 0 || (today >= 0 && b->day > today);
    if (f[BASE_HOUSEHOLDS].bad || f[BASE_PEOPLE].bad)
        return text_of(T_un_bad_people);
    if (f[BASE_ADULTS].bad)
        return text_of(T_un_bad_adults);
    if (f[BASE_DAY].bad)
        return text_of(T_un_bad_day);
    return *e->line ? NULL : text_of(T_un_bad_source);
}

static void save_base(struct app *app, struct units_edit *e)
{
    e->say = base_trouble(app, e);
    e->tone = CHIP_NGHE;
    if (e->say)
        return;
    snprintf(e->base.source, sizeof(e->base.source), "%s", e->line);
    written(e, commune_set_base(app->db, &e->base));
}

static void save_slot(struct app *app, struct units_edit *e)
{
    int64_t from = digits_value(&e->fields[SLOT_FROM]);
    int64_t to = digits_value(&e->fields[SLOT_TO]);

    e->fields[SLOT_FROM].bad = from < 0;
    e->fields[SLOT_TO].bad = to < 0 || to <= from;
    e->tone = CHIP_NGHE;
    e->say = from < 0 || to <= from ? text_of(T_un_bad_time) : NULL;
    if (e->say)
        return;
    e->slot.from_min = (int)from;
    e->slot.to_min = (int)to;
    snprintf(e->slot.place, sizeof(e->slot.place), "%s", e->line);
    written(e, commune_set_slot(app->db, &e->slot));
}

/* --- pages --------------------------------------------------------------------------------------- */

static const char *day_text(void *ctx, struct ui *ui, size_t i)
{
    (void)ctx;
    (void)ui;
    return class_weekday((int)i);
}

static const char *thon_text(void *ctx, struct ui *ui, size_t i)
{
    (void)ui;
    return ((const struct commune_entry *)ctx)[i].name;
}

static void slot_choice(struct ui *ui, struct units_edit *e,
                        const struct commune_entry *thon, size_t n_thon)
{
    bool days = e->step == STEP_DAY, back;
    struct pick p = { .id = days ? "un.weekday" : "un.thon",
                      .n = days ? DAYS : n_thon,
                      .chosen = SIZE_MAX,
                      .text = days ? day_text : thon_text };
    enum text_id title = days ? T_un_weekday : T_open_thon;
    struct rect body = desk_step(ui, T_list_back, "back", text_key(title),
                                 text_of(title), days ? 1 : 2, 3, &back);
    union {
        const struct commune_entry *thon;
        void *ctx;
    } rows = { thon }; /* pick takes anything; thon_text only reads */
    long got;

    p.ctx = rows.ctx;
    got = pick_frame(ui, body, &p, days ? &e->day_first : &e->thon_first);
    if (got >= 0 && days) {
        e->slot.weekday = (int)got;
        e->step = STEP_THON;
    } else if (got >= 0) {
        snprintf(e->slot.thon, sizeof(e->slot.thon), "%s", thon[got].code);
        e->step = STEP_TIMES;
    } else if (back && days) {
        e->open = false;
    } else if (back) {
        e->step = STEP_DAY;
    }
}

static void figures_page(struct app *app, struct ui *ui, struct units_edit *e)
{
    bool base = e->tab == UNITS_BASE, back;
    enum text_id line = base ? T_un_source : T_un_place;
    const char *thon = commune_name(app->db, COMMUNE_THON,
                                    base ? e->base.thon : e->slot.thon, ui_arena(ui));
    const char *title = base ? arena_printf(ui_arena(ui), "%s, %d", thon, e->base.year)
                             : arena_printf(ui_arena(ui), "%s, %s",
                                            class_weekday(e->slot.weekday), thon);
    struct rect body = desk_step(ui, T_list_back, "back", text_key(T_un_title), title,
                                 0, 0, &back),
                foot, at;

    foot = rect_cut_bottom(&body, ui_dim(ui, 80, 60, 76));
    foot.h -= 4;
    rect_cut_bottom(&body, 8);
    at = rect_cut_bottom(&body, ui_dim(ui, 72, 56, 66));
    at.h -= 4;
    if (staff_button(ui, "un.line",
                     *e->line
                         ? arena_printf(ui_arena(ui), "%s: %s", text_of(line), e->line)
                         : text_of(line),
                     at, UI_BUTTON_SECONDARY, "edit", 0))
        text_page_open(&e->text, e->line);
    rect_cut_bottom(&body, 8);
    digits_frame(ui, body, e->fields, e->n_fields, &e->at);
    if (staff_button(ui, STR(list_save),
                     rect_cut_right(&foot, ui_dim(ui, 280, 170, 190)),
                     UI_BUTTON_PRIMARY, "check", 0)) {
        if (base)
            save_base(app, e);
        else
            save_slot(app, e);
    }
    foot.w -= 12;
    if (!base && e->slot.id) {
        at = rect_cut_right(&foot, ui_dim(ui, 260, 170, 180));
        if (staff_button(ui, STR(un_drop), at, UI_BUTTON_SECONDARY, "trash", 0))
            written(e, commune_drop_slot(app->db, e->slot.id));
        foot.w -= 12;
    }
    desk_say(ui, foot, e->say, e->tone);
    if (back)
        e->open = false;
}

static void name_page(struct app *app, struct ui *ui, struct units_edit *e)
{
    enum text_id title = e->tab == UNITS_THON ? T_un_name_thon : T_un_name_unit;
    int got = text_page_frame(app, ui, &e->text, text_key(title), text_of(title),
                              e->line, sizeof(e->line));
    enum err err;

    if (e->say)
        desk_say(ui, rect_inset(ui_page(ui), 24, 110), e->say, e->tone);
    if (got < 0)
        e->open = false;
    if (got <= 0)
        return;
    snprintf(e->entry.name, sizeof(e->entry.name), "%s", e->line);
    err = commune_set(app->db, e->tab == UNITS_THON ? COMMUNE_THON : COMMUNE_UNIT,
                      &e->entry);
    written(e, err);
    if (err)
        text_page_open(&e->text, e->line);
}

bool units_edit_frame(struct app *app, struct ui *ui, struct units_edit *e,
                      const struct commune_entry *thon, size_t n_thon)
{
    enum text_id line = e->tab == UNITS_BASE ? T_un_source : T_un_place;

    if (e->tab <= UNITS_UNIT)
        name_page(app, ui, e);
    else if (e->text.open)
        text_page_frame(app, ui, &e->text, text_key(line), text_of(line), e->line,
                        sizeof(e->line));
    else if (e->tab == UNITS_SLOT && e->step != STEP_TIMES)
        slot_choice(ui, e, thon, n_thon);
    else
        figures_page(app, ui, e);
    return !e->open;
}
