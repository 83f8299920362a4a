/* The names of today's class (r05): one's own is touched, and the lessons open, or
 * first the three pictures, as the class was opened. Only while a
 * class is open and names can be read; a volunteer is in the room. The year of birth stands
 * only below names that two people share. */
#include <string.h>

#include "app/class_day.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/card_scan.h"
#include "screens/class_words.h"
#include "screens/face.h"
#include "screens/screens.h"

struct names_state {
    struct class_person people[CLASS_MAX];
    size_t n, first;
    int64_t read_ms; /* monotonic; somebody may come in meanwhile */
};

#define LOOK_MS 2000

static void look(struct app *app, struct names_state *s)
{
    if (class_people(app, s->people, &s->n))
        s->n = 0;
    s->read_ms = clock_mono_ms(app->clock);
}

static void names_enter(struct app *app, void *state, size_t arg)
{
    (void)arg;
    app_class_refresh(app);
    if (app_class_has_names(app))
        look(app, state);
    else
        app_goto(app, "signin", 0);
}

/* Somebody else of this class has the same name. */
static bool is_shared(const struct app *app, const struct names_state *s, size_t at,
                      const char *name)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct people_entry *e =
            i == at ? NULL : class_entry(app, s->people[i].token);

        if (e && !strcmp(e->name, name))
            return true;
    }
    return false;
}

static bool draw_person(const struct app *app, const struct names_state *s,
                        struct ui *ui, struct rect r, size_t i)
{
    const struct people_entry *e = class_entry(app, s->people[i].token);
    float size = ui_dim(ui, 30, 24, 26), small = ui_dim(ui, 24, 19, 21), dy = 0;
    struct ui_font bold = { size, size * 1.25F, true },
                   plain = { small, small * 1.3F, false };
    float side = ui_dim(ui, 140, 96, 120), h;
    const char *year;
    struct rect in;

    if (!e) /* locked meanwhile */
        return false;
    year = is_shared(app, s, i, e->name) && e->year > 0
               ? text_fill(ui_arena(ui), text_of(T_names_born), "nam",
                           page_number(ui, e->year), NULL)
               : "";
    if (ui_card(ui, UI_ROLE_CHOICE, text_key_n(ui_arena(ui), T_names_one, i + 1),
                e->name, r, 0, &dy))
        return true;
    in = rect_inset(r, ui_dim(ui, 16, 10, 12), ui_dim(ui, 12, 6, 10));
    in.y += dy;
    h = ui_text(ui, in, e->name, bold, 0, UI_CENTRE) +
        ui_text(ui, in, year, plain, 0, UI_CENTRE);
    if (side > in.h - h - 8)
        side = in.h - h - 8;
    in = rect_centre(in, in.w, side + 8 + h);
    face_of_person(app, ui, rect_centre(rect_cut_top(&in, side), side, side), e);
    rect_cut_top(&in, 8);
    rect_cut_top(&in, ui_text(ui, in, e->name, bold, INK, UI_CENTRE));
    ui_text(ui, in, year, plain, INK2, UI_CENTRE);
    return false;
}

/* "Lớp sáng 22/11 · Nước Giáp", as far as it is certain. */
static const char *class_line(struct app *app, struct ui *ui)
{
    const struct class_plan *plan = &app->desk.klass.plan;
    struct class_when when = class_when(ui, class_today(app), class_minute(app));
    const char *where = class_where(app, ui, plan);

    if (!when.part || !when.date)
        return where;
    return text_fill(ui_arena(ui), text_of(T_names_class), "buoi", when.part, "ngay",
                     when.date, "thon", where, NULL);
}

static void draw_foot(struct app *app, struct names_state *s, struct ui *ui,
                      struct rect r, size_t one)
{
    const struct ui_button_style up = { .kind = UI_BUTTON_SECONDARY,
                                        .icon_left = "up",
                                        .font = ui_dim(ui, 28, 22, 24),
                                        .state = s->first ? 0 : UI_DISABLED };
    struct ui_button_style down = up;
    float w = ui_button_width(ui, text_of(T_names_prev), &up),
          gap = ui_dim(ui, 14, 8, 10);
    bool more = s->first + one < s->n;

    r.h -= LIP;
    if (ui_panel(ui) != PANEL_POR || s->n <= one)
        page_chip(ui, T_names_class, class_line(app, ui), "cal", r.x, r.y + r.h / 2,
                  ui_dim(ui, 24, 19, 20));
    if (s->n <= one)
        return;
    down.icon_left = "down";
    down.state = more ? 0 : UI_DISABLED;
    if (ui_button(ui, STR(names_next), rect_cut_right(&r, w), &down) && more)
        s->first += one;
    rect_cut_right(&r, gap);
    if (ui_button(ui, STR(names_prev), rect_cut_right(&r, w), &up))
        s->first = s->first > one ? s->first - one : 0;
}

static void draw_names(struct app *app, struct names_state *s, struct ui *ui,
                       struct rect body)
{
    size_t columns = (size_t)ui_dim(ui, 4, 3, 2), rows = (size_t)ui_dim(ui, 2, 2, 4);
    size_t one = columns * rows;
    float gap = ui_dim(ui, 20, 12, 16);
    struct rect foot = rect_cut_bottom(&body, ui_dim(ui, 88, 76, 88) + LIP);
    float w, h;

    rect_cut_bottom(&body, gap);
    w = (body.w - gap * (float)(columns - 1)) / (float)columns;
    h = (body.h - gap * (float)(rows - 1)) / (float)rows;
    s->first = s->first >= s->n ? 0 : s->first;
    draw_foot(app, s, ui, foot, one);
    for (size_t i = 0; i < one && s->first + i < s->n; i++) {
        struct rect at = { body.x + (float)(i % columns) * (w + gap),
                           body.y + (float)(i / columns) * (h + gap), w, h - LIP };

        if (draw_person(app, s, ui, at, s->first + i)) {
            app_visit_name(app, s->people[s->first + i].token);
            return;
        }
    }
}

static void names_frame(struct app *app, void *state, struct ui *ui)
{
    struct names_state *s = state;
    struct bar bar = { .left = BAR_BACK,
                       .help = true,
                       .id = text_key(T_names_title),
                       .title = text_of(T_names_title) };
    struct rect body;

    if (bar_frame(app, ui, &bar))
        app_goto(app, "signin", 0);
    if (!app_class_has_names(app)) { /* the class ended, or names were locked */
        app_goto(app, "signin", 0);
        return;
    }
    if (clock_mono_ms(app->clock) - s->read_ms >= LOOK_MS)
        look(app, s);
    body = page_body(ui, ui_dim(ui, 16, 10, 16));
    card_scan(app, ui);
    if (s->n)
        draw_names(app, s, ui, body);
    else
        ui_label(
            ui, UI_ROLE_TEXT, STR(names_none), body,
            (struct ui_font){ ui_dim(ui, 32, 25, 27), ui_dim(ui, 44, 34, 37), false },
            INK, UI_LEFT);
}

const struct screen screen_names = { .name = "names",
                                     .state_size = sizeof(struct names_state),
                                     .enter = names_enter,
                                     .frame = names_frame };
