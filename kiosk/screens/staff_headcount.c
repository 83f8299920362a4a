/* People who do not register: how many, women and 60+ among them. With 1 as the argument:
 * a class that was held elsewhere, entered afterwards. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "screens/class_words.h"
#include "screens/digits.h"
#include "screens/screens.h"

enum { HEADS_ALL, HEADS_WOMEN, HEADS_OLD, HEADS_DAY, HEADS_MINUTES, HEADS_FIELDS };

struct heads_page {
    struct digits fields[HEADS_FIELDS];
    size_t at;
    bool away;
    struct class_plan plan; /* of the class elsewhere */
    struct commune_entry *thon;
    size_t n_thon, first;
    const char *say;
    enum chip_tone tone;
};

static void fields_init(struct heads_page *s)
{
    static const struct {
        enum text_id label;
        enum digits_kind kind;
        size_t max;
    } rows[HEADS_FIELDS] = { { T_hc_all, DIGITS_NUMBER, 4 },
                             { T_hc_women, DIGITS_NUMBER, 4 },
                             { T_hc_old, DIGITS_NUMBER, 4 },
                             { T_hc_day, DIGITS_DATE, 8 },
                             { T_hc_minutes, DIGITS_NUMBER, 4 } };

    for (size_t i = 0; i < HEADS_FIELDS; i++)
        s->fields[i] = (struct digits){ .id = text_key(rows[i].label),
                                        .label = text_of(rows[i].label),
                                        .kind = rows[i].kind,
                                        .max = rows[i].max };
}

static void read_thon(struct app *app, struct heads_page *s)
{
    size_t kept = 0;

    if (commune_read(app->db, COMMUNE_THON, &app->nav.page_arena, &s->thon, &s->n_thon))
        s->n_thon = 0;
    for (size_t i = 0; i < s->n_thon; i++)
        if (!s->thon[i].gone)
            s->thon[kept++] = s->thon[i];
    s->n_thon = kept;
    if (kept == 1)
        snprintf(s->plan.thon, sizeof(s->plan.thon), "%s", s->thon[0].code);
}

static void heads_enter(struct app *app, void *state, size_t arg)
{
    struct heads_page *s = state;
    struct head_count now;

    app_class_refresh(app);
    fields_init(s);
    s->away = arg == 1;
    if (!s->away && !app->desk.klass.seq) {
        app_goto(app, "class_open", 0);
        return;
    }
    if (s->away) {
        read_thon(app, s);
        digits_set(&s->fields[HEADS_DAY], class_today(app));
        return;
    }
    if (class_head_count(app->db, &now))
        return;
    digits_set(&s->fields[HEADS_ALL], now.all);
    digits_set(&s->fields[HEADS_WOMEN], now.women);
    digits_set(&s->fields[HEADS_OLD], now.old);
}

/* What is wrong, or NULL; marks the fields. */
static const char *check(struct app *app, struct heads_page *s, struct head_count *out)
{
    struct digits *f = s->fields;
    int64_t all = digits_value(&f[HEADS_ALL]), women = digits_value(&f[HEADS_WOMEN]);
    int64_t old = digits_value(&f[HEADS_OLD]), day = digits_value(&f[HEADS_DAY]);
    int64_t minutes = digits_value(&f[HEADS_MINUTES]), today = class_today(app);

    all = all < 0 ? 0 : all;
    women = women < 0 ? 0 : women;
    old = old < 0 ? 0 : old;
    *out = (struct head_count){ all, women, old };
    f[HEADS_ALL].bad = all > 2000 || (s->away && all < 1);
    f[HEADS_WOMEN].bad = women > all;
    f[HEADS_OLD].bad = old > all;
    if (s->away) {
        f[HEADS_DAY].bad =
            day < 0 || (today >= 0 && (day > today || day < today - 366));
        f[HEADS_MINUTES].bad = minutes < 1 || minutes > 600;
    }
    if (f[HEADS_ALL].bad)
        return text_of(s->away && all < 1 ? T_hc_bad_none : T_hc_bad_many);
    if (f[HEADS_WOMEN].bad)
        return text_of(T_hc_bad_women);
    if (f[HEADS_OLD].bad)
        return text_of(T_hc_bad_old);
    if (s->away && f[HEADS_DAY].bad)
        return text_of(T_hc_bad_day);
    return s->away && f[HEADS_MINUTES].bad ? text_of(T_hc_bad_minutes) : NULL;
}

static void save(struct app *app, struct heads_page *s)
{
    struct class_elsewhere c = { .plan = s->plan };
    enum err err;

    s->tone = CHIP_NGHE;
    s->say = check(app, s, &c.heads);
    if (s->say)
        return;
    if (s->away) {
        c.day = digits_value(&s->fields[HEADS_DAY]);
        c.minutes = (int)digits_value(&s->fields[HEADS_MINUTES]);
        err = class_enter(app->db, &c, app_actor(app));
    } else {
        err = class_set_head_count(app->db, &c.heads, app_actor(app));
    }
    s->say = err ? class_trouble(err) : text_of(T_list_done);
    s->tone = err ? CHIP_SON : CHIP_LUA;
    if (err)
        return;
    if (!s->away)
        return;
    fields_init(s); /* the same class must not be entered twice by a second touch */
    s->plan.thon[0] = 0;
}

static const char *thon_text(void *ctx, struct ui *ui, size_t i)
{
    const struct heads_page *s = ctx;

    (void)ui;
    return s->thon[i].name;
}

static void draw_thon(struct app *app, struct heads_page *s, struct ui *ui)
{
    struct pick p = { .id = "open.thon",
                      .n = s->n_thon,
                      .chosen = s->n_thon,
                      .text = thon_text,
                      .ctx = s };
    bool back;
    struct rect body = desk_step(ui, T_list_back, "back", text_key(T_hc_away),
                                 text_of(T_hc_away), 1, 2, &back);
    long got;

    desk_say(ui, rect_cut_bottom(&body, ui_dim(ui, 64, 48, 84)),
             s->say ? s->say : text_of(s->n_thon ? T_open_thon : T_open_no_thon),
             s->say ? s->tone : CHIP_SAND);
    got = pick_frame(ui, body, &p, &s->first);
    if (got >= 0) {
        snprintf(s->plan.thon, sizeof(s->plan.thon), "%s", s->thon[got].code);
        digits_set(&s->fields[HEADS_DAY], class_today(app));
        s->say = NULL;
    }
    if (back)
        app_goto(app, "class_open", 0);
}

static void heads_frame(struct app *app, void *state, struct ui *ui)
{
    struct heads_page *s = state;
    enum text_id title = s->away ? T_hc_away : T_hc_title;
    struct rect body, foot;
    bool back;

    if (s->away && !*s->plan.thon) {
        draw_thon(app, s, ui);
        return;
    }
    body = desk_step(ui, T_list_back, "back", text_key(title), text_of(title),
                     s->away ? 2 : 0, s->away ? 2 : 0, &back);
    foot = rect_cut_bottom(&body, ui_dim(ui, 80, 62, 76));
    foot.h -= 4;
    rect_cut_bottom(&body, ui_dim(ui, 14, 8, 10));
    digits_frame(ui, body, s->fields, s->away ? HEADS_FIELDS : HEADS_DAY, &s->at);
    if (staff_button(ui, STR(list_save),
                     rect_cut_right(&foot, ui_dim(ui, 300, 190, 200)),
                     UI_BUTTON_PRIMARY, "check", 0))
        save(app, s);
    foot.w -= 14;
    desk_say(ui, foot, s->say ? s->say : text_of(T_hc_note),
             s->say ? s->tone : CHIP_SAND);
    if (back)
        app_goto(app, s->away ? "class_open" : "class", 0);
}

const struct screen screen_headcount = {
    .name = "headcount",
    .state_size = sizeof(struct heads_page),
    .enter = heads_enter,
    .frame = heads_frame,
};
