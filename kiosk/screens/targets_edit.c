/* A target is entered: its group, then value, due date and document. */
#include "screens/targets_page.h"

#include <stdio.h>

#include "app/app.h"
#include "screens/bar.h"
#include "screens/class_words.h"
#include "screens/desk.h"
#include "screens/screens.h"

#define VALUE_MAX 100000

struct group_pick {
    struct app *app;
};

static const char *group_text(void *ctx, struct ui *ui, size_t i)
{
    return targets_group_name(((struct group_pick *)ctx)->app, ui, i);
}

static void begin_edit(struct targets_page *s, size_t g)
{
    int64_t from, to;

    targets_half_days(targets_half_of(s, s->chosen), &from, &to);
    s->group = g;
    s->at = 0;
    s->fields[TARGET_VALUE] = (struct digits){ .id = text_key(T_tg_value),
                                               .label = text_of(T_tg_value),
                                               .max = 6 };
    s->fields[TARGET_DUE] = (struct digits){ .id = text_key(T_tg_due),
                                             .label = text_of(T_tg_due),
                                             .kind = DIGITS_DATE,
                                             .max = 8 };
    digits_set(&s->fields[TARGET_VALUE], s->known[g] ? s->rows[g].value : -1);
    digits_set(&s->fields[TARGET_DUE], s->known[g] ? s->rows[g].due_day : to);
    if (s->known[g])
        snprintf(s->document, sizeof(s->document), "%s", s->rows[g].document);
    s->step = TARGETS_FIGURES;
}

void targets_edit_group(struct app *app, struct targets_page *s, struct ui *ui)
{
    struct group_pick ctx = { app };
    struct pick p = { "tg.group", TARGET_GROUPS, TARGET_GROUPS, group_text, NULL, &ctx,
                      0,          NULL };
    bool back;
    struct rect body = desk_step(ui, T_list_back, "back", STR(tg_which), 1, 2, &back);
    long got = pick_frame(ui, body, &p, &s->pick_first);

    if (got >= 0)
        begin_edit(s, (size_t)got);
    else if (back)
        s->step = TARGETS_TABLE;
}

static void save(struct app *app, struct targets_page *s)
{
    struct commune_target t = { .reached_day = -1 };
    int64_t from, to;
    enum err err;

    t.value = digits_value(&s->fields[TARGET_VALUE]);
    t.due_day = digits_value(&s->fields[TARGET_DUE]);
    s->fields[TARGET_VALUE].bad = t.value < 1 || t.value > VALUE_MAX;
    s->fields[TARGET_DUE].bad = t.due_day < 0;
    s->tone = CHIP_NGHE;
    s->say = s->fields[TARGET_VALUE].bad ? text_of(T_tg_bad_value)
             : s->fields[TARGET_DUE].bad ? text_of(T_tg_bad_due)
             : !*s->document             ? text_of(T_tg_bad_document)
                                         : NULL;
    if (s->say)
        return;
    targets_half_days(targets_half_of(s, s->chosen), &from, &to);
    snprintf(t.period, sizeof(t.period), "%s",
             figure_range_of(app->db, from, to).period);
    snprintf(t.group, sizeof(t.group), "%s", target_codes[s->group]);
    snprintf(t.document, sizeof(t.document), "%s", s->document);
    err = commune_set_target(app->db, &t);
    s->say = err ? class_trouble(err) : text_of(T_list_done);
    s->tone = err ? CHIP_SON : CHIP_LUA;
    if (err)
        return;
    s->step = TARGETS_TABLE;
    targets_read(app, s);
}

void targets_edit_figures(struct app *app, struct targets_page *s, struct ui *ui)
{
    bool back;
    struct rect body = desk_step(ui, T_list_back, "back", text_key(T_tg_edit),
                                 targets_group_name(app, ui, s->group), 2, 2, &back),
                foot, at;

    foot = rect_cut_bottom(&body, ui_dim(ui, 80, 62, 76));
    foot.h -= 4;
    rect_cut_bottom(&body, 10);
    at = rect_cut_bottom(&body, ui_dim(ui, 72, 58, 66));
    at.h -= 4;
    if (staff_button(ui, STR(tg_document), at, UI_BUTTON_SECONDARY, "file", 0))
        text_page_open(&s->text, s->document);
    rect_cut_bottom(&body, 10);
    digits_frame(ui, body, s->fields, TARGET_FIELDS, &s->at);
    if (staff_button(ui, STR(list_save),
                     rect_cut_right(&foot, ui_dim(ui, 300, 190, 200)),
                     UI_BUTTON_PRIMARY, "check", 0))
        save(app, s);
    foot.w -= 14;
    desk_say(ui, foot, s->say ? s->say : s->document, s->say ? s->tone : CHIP_SAND);
    if (back) {
        s->say = NULL;
        s->step = TARGETS_GROUP;
    }
}
