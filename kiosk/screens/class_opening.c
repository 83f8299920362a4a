/* Opening a class: thôn, unit and lesson are chosen, one page each. */
#include "screens/class_opening.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "screens/bar.h"
#include "screens/class_words.h"
#include "screens/desk.h"
#include "screens/screens.h"

struct options {
    struct app *app;
    struct class_opening *s;
};

static const char *option_thon(void *ctx, struct ui *ui, size_t i)
{
    const struct options *o = ctx;
    const struct commune_slot *slot;

    if (i >= o->s->n_slots)
        return o->s->thon[i - o->s->n_slots].name;
    slot = &o->s->slots[i];
    return arena_printf(
        ui_arena(ui), "%s %02d:%02d, %s", class_weekday(slot->weekday),
        slot->from_min / 60, slot->from_min % 60,
        commune_name(o->app->db, COMMUNE_THON, slot->thon, ui_arena(ui)));
}

static const char *option_unit(void *ctx, struct ui *ui, size_t i)
{
    const struct options *o = ctx;

    (void)ui;
    return i ? o->s->units[i - 1].name : text_of(T_list_none);
}

static const char *option_lesson(void *ctx, struct ui *ui, size_t i)
{
    const struct options *o = ctx;

    (void)ui;
    return i ? pack_info(o->app->pack)->lessons[i - 1].title
             : text_of(T_open_lesson_none);
}

static size_t index_of(const struct commune_entry *list, size_t n, const char *code)
{
    size_t i = 0;

    while (i < n && strcmp(list[i].code, code) != 0)
        i++;
    return i;
}

static void take_thon(struct class_opening *s, size_t i)
{
    const struct commune_slot *slot;

    if (i >= s->n_slots) {
        const char *code = s->thon[i - s->n_slots].code;

        if (strcmp(code, s->plan.thon) != 0)
            s->plan.place[0] = 0; /* the place was in the other thôn */
        snprintf(s->plan.thon, sizeof(s->plan.thon), "%s", code);
        return;
    }
    slot = &s->slots[i];
    snprintf(s->plan.thon, sizeof(s->plan.thon), "%s", slot->thon);
    snprintf(s->plan.place, sizeof(s->plan.place), "%s", slot->place);
    snprintf(s->plan.unit, sizeof(s->plan.unit), "%s", slot->unit);
    snprintf(s->plan.lesson, sizeof(s->plan.lesson), "%s", slot->lesson);
}

static void take(struct app *app, struct class_opening *s, size_t i)
{
    switch (s->step) {
    case OPENING_THON:
        take_thon(s, i);
        break;
    case OPENING_UNIT:
        snprintf(s->plan.unit, sizeof(s->plan.unit), "%s",
                 i ? s->units[i - 1].code : "");
        break;
    case OPENING_LESSON:
        snprintf(s->plan.lesson, sizeof(s->plan.lesson), "%s",
                 i ? pack_info(app->pack)->lessons[i - 1].id : "");
        break;
    case OPENING_ASK:
        break;
    }
    s->changed = true;
    s->say = NULL;
    s->first = 0;
    s->step = s->step == OPENING_LESSON || (s->step == OPENING_UNIT && !app->pack)
                  ? OPENING_ASK
                  : s->step + 1;
    class_opening_look_back(app, s);
}

void class_opening_choose(struct app *app, struct class_opening *s, struct ui *ui)
{
    static const enum text_id titles[] = { T_open_edit, T_open_thon, T_open_org,
                                           T_open_which };
    struct options o = { app, s };
    size_t n_lessons = app->pack ? pack_info(app->pack)->n_lessons : 0;
    long at = app->pack ? pack_find_lesson(app->pack, s->plan.lesson) : -1;
    size_t n_units = s->n_units + 1, n_thon = s->n_slots + s->n_thon;
    const struct pick picks[] = {
        [OPENING_THON] = { "open.thon", n_thon,
                           s->n_slots + index_of(s->thon, s->n_thon, s->plan.thon),
                           option_thon, NULL, &o, 0, NULL },
        [OPENING_UNIT] = { "open.org", n_units,
                           *s->plan.unit
                               ? 1 + index_of(s->units, s->n_units, s->plan.unit)
                               : 0,
                           option_unit, NULL, &o, 0, NULL },
        [OPENING_LESSON] = { "open.which", n_lessons + 1, (size_t)(at + 1),
                             option_lesson, NULL, &o, 0, NULL },
    };
    bool back;
    struct rect body = desk_step(ui, T_list_back, "back", text_key(titles[s->step]),
                                 text_of(titles[s->step]), (size_t)s->step, 3, &back);
    const char *say = s->step == OPENING_THON && !n_thon ? text_of(T_open_no_thon)
                      : s->step == OPENING_THON          ? text_of(T_open_no_date)
                                                         : NULL;
    long tapped;

    if (say)
        desk_say(ui, rect_cut_bottom(&body, ui_dim(ui, 64, 48, 84)), say, CHIP_SAND);
    tapped = pick_frame(ui, body, &picks[s->step], &s->first);
    if (back) {
        s->step--;
        s->first = 0;
    } else if (tapped >= 0) {
        take(app, s, (size_t)tapped);
    }
}
