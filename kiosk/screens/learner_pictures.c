/* Three pictures of twelve (r06): told apart by their outlines, touched in any order, the
 * third opens the lessons. What was touched does not stay lit, because others look on; after
 * misses nothing says which picture it was. The same page is where a learner chooses them,
 * from the card or the search: three pictures, and the same three again. */
#include <string.h>

#include "app/class_day.h"
#include "base/check.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/class_words.h"
#include "screens/face.h"
#include "screens/not_matched.h"
#include "screens/screens.h"

static const struct {
    enum text_id name;
    const char *art;
} pictures[] = {
    { T_pic_trau, "art:obj-trau" },       { T_pic_ga, "art:obj-ga" },
    { T_pic_ca, "art:obj-ca" },           { T_pic_lua, "art:obj-lua" },
    { T_pic_sen, "art:obj-sen" },         { T_pic_chuoi, "art:obj-chuoi" },
    { T_pic_non, "art:obj-non" },         { T_pic_nha, "art:obj-nha" },
    { T_pic_mattroi, "art:obj-mattroi" }, { T_pic_chieng, "art:obj-chieng" },
    { T_pic_am, "art:obj-am" },           { T_pic_cau, "art:obj-cau" },
};
_Static_assert(COUNT(pictures) == PICTURES_ALL, "twelve");

struct pictures_state {
    unsigned touched; /* a bit for each */
    int n, last;      /* how many, and the one that is lit */
    unsigned first;   /* chosen: to be touched once more */
    enum text_id say; /* instead of the greeting; 0 there is nothing to say */
    bool has_said, missed, kept;
    bool not_matched; /* the page after too many misses */
};

static void pictures_enter(struct app *app, void *state, size_t arg)
{
    struct pictures_state *s = state;

    (void)arg;
    s->last = -1;
    s->not_matched = !app->pictures.choosing && pictures_wait_s(app->db) > 0;
}

/* --- what a touch does ---------------------------------------------------------------- */

static void start_again(struct pictures_state *s)
{
    s->touched = 0;
    s->n = 0;
    s->last = -1;
}

static void say(struct pictures_state *s, enum text_id text, bool missed)
{
    s->say = text;
    s->has_said = true;
    s->missed = missed;
}

static void try_them(struct app *app, struct pictures_state *s)
{
    enum pictures_verdict verdict = app_pictures_try(app, s->touched);

    if (verdict == PICTURES_FIT)
        return; /* on the way to the lessons: the three ticks stay until then */
    start_again(s);
    s->not_matched = verdict == PICTURES_WAIT;
    say(s, T_pic_retry, true);
}

static void choose_them(struct app *app, struct pictures_state *s)
{
    unsigned first = s->first;

    s->first = s->touched;
    if (!first) {
        start_again(s);
        say(s, T_pic_twice, false);
        return;
    }
    s->kept = first == s->touched && !app_pictures_choose(app, first);
    if (s->kept) {
        say(s, T_pic_kept, false);
        return;
    }
    say(s, first == s->touched ? T_pic_failed : T_pic_other, true);
    s->first = 0;
    start_again(s);
}

/* The same picture twice is one touch: a hand that trembles. */
static void touch(struct app *app, struct pictures_state *s, int i)
{
    if (s->kept || s->n == PICTURES_CHOSEN)
        return;
    s->last = i;
    if (s->touched & 1U << i)
        return;
    s->touched |= 1U << i;
    s->n++;
    if (s->n == 1 && s->missed)
        s->has_said = s->missed = false;
    if (s->n < PICTURES_CHOSEN)
        return;
    if (app->pictures.choosing)
        choose_them(app, s);
    else
        try_them(app, s);
}

static void go_back(struct app *app)
{
    const char *back = app->pictures.open ? app->pictures.back : "signin";
    size_t arg = app->pictures.back_arg;

    pictures_page_close(app);
    app_goto(app, back, arg);
}

/* --- who, and how far ----------------------------------------------------------------- */

/* "Chào bác Phạm Thị Nga"; nothing of a card without a name. */
static const char *greeting(struct app *app, struct ui *ui,
                            const struct people_entry *e)
{
    const char *form;

    if (!e)
        return "";
    form = class_form(app, e->year, e->sex);
    return *form ? text_fill(ui_arena(ui), text_of(T_pic_hello), "xh", form, "ho_ten",
                             e->name, NULL)
                 : text_fill(ui_arena(ui), text_of(T_pic_hello_name), "ho_ten", e->name,
                             NULL);
}

/* Its height; without `draw` a measurement. */
static float draw_words(struct app *app, const struct pictures_state *s, struct ui *ui,
                        struct rect r, bool draw)
{
    float size = ui_dim(ui, 32, 25, 26);
    struct ui_font font = { size, size * 1.35F, true };
    const char *hello = greeting(app, ui, class_entry(app, app->pictures.token));
    const char *text = s->has_said ? text_of(s->say) : hello;
    enum text_id id = s->has_said ? s->say : T_pic_hello;
    enum ui_align align = ui_panel(ui) == PANEL_POR ? UI_LEFT : UI_CENTRE;

    if (!draw)
        return ui_text(ui, r, text, font, 0, align);
    return ui_label(ui, UI_ROLE_TEXT, text_key(id), text, r, font,
                    s->missed ? NGHE_DEEP : INK, align);
}

static float slots_width(const struct ui *ui)
{
    return 3 * ui_dim(ui, 94, 66, 70) + 2 * ui_dim(ui, 14, 8, 8);
}

static void draw_slots(struct ui *ui, const struct pictures_state *s, float x, float y)
{
    float side = ui_dim(ui, 94, 66, 70), gap = ui_dim(ui, 14, 8, 8);
    float glyph = ui_dim(ui, 56, 40, 42);
    struct rect all = { x, y, slots_width(ui), side };

    for (int i = 0; i < PICTURES_CHOSEN; i++) {
        struct rect r = { x + (float)i * (side + gap), y, side, side };
        bool full = i < s->n;

        ui_box(ui, r,
               &(struct ui_box_style){ .fill = full ? LUA_TINT : SURFACE,
                                       .border = full ? LUA : LINE2,
                                       .line = 4,
                                       .dashed = !full,
                                       .radius = 22 });
        if (full)
            ui_icon(ui, rect_centre(r, glyph, glyph), "check", LUA);
    }
    ui_node_value(ui, UI_ROLE_FIELD, text_key(T_pic_touched),
                  text_fill(ui_arena(ui), text_of(T_pic_touched), "n",
                            page_number(ui, s->n), NULL),
                  page_number(ui, s->n), all, 0);
}

/* "Làm lại", and "Xong" once they are kept. */
static void draw_button(struct app *app, struct pictures_state *s, struct ui *ui,
                        struct rect r)
{
    const struct ui_button_style again = { .kind = UI_BUTTON_SECONDARY,
                                           .icon_left = "retry",
                                           .font = ui_dim(ui, 0, 22, 0) };
    const struct ui_button_style done = { .kind = UI_BUTTON_PRIMARY,
                                          .icon_left = "check",
                                          .font = ui_dim(ui, 0, 22, 0) };

    if (s->kept) {
        if (ui_button(ui, STR(pic_done), r, &done))
            go_back(app);
    } else if (ui_button(ui, STR(pic_again), r, &again)) {
        s->first = 0;
        s->has_said = s->missed = false;
        start_again(s);
    }
}

/* Upright: words over a row of slots and button. */
static void draw_top(struct app *app, struct pictures_state *s, struct ui *ui,
                     struct rect *body)
{
    const float side = 70, w = 185, h = 76;
    struct rect row;

    rect_cut_top(body, draw_words(app, s, ui, *body, true) + 8);
    row = rect_cut_top(body, h);
    draw_slots(ui, s, row.x, row.y + (h - side) / 2);
    draw_button(app, s, ui, rect_cut_right(&row, w));
    rect_cut_top(body, 8 + LIP);
}

static void draw_left(struct app *app, struct pictures_state *s, struct ui *ui,
                      struct rect r)
{
    const struct people_entry *e = class_entry(app, app->pictures.token);
    float gap = ui_dim(ui, 18, 8, 0), side = ui_dim(ui, 170, 88, 0);
    float w = ui_dim(ui, 252, 174, 0), h = ui_dim(ui, 104, 74, 0);
    float h_words = draw_words(app, s, ui, r, false);
    float slots = ui_dim(ui, 94, 66, 0);

    /* the longest names take the place of the face */
    if (e && side + h_words + slots + h + LIP + 3 * gap <= r.h) {
        face_of_person(app, ui, rect_centre(rect_cut_top(&r, side), side, side), e);
        rect_cut_top(&r, gap);
    }
    draw_words(app, s, ui, rect_cut_top(&r, h_words), true);
    rect_cut_top(&r, gap);
    draw_slots(ui, s, r.x + (r.w - slots_width(ui)) / 2, r.y);
    rect_cut_top(&r, slots + gap);
    draw_button(app, s, ui, rect_centre(rect_cut_top(&r, h), w, h));
}

/* --- the twelve ----------------------------------------------------------------------- */

static bool draw_picture(struct ui *ui, struct rect r, size_t i, bool lit)
{
    float size = ui_dim(ui, 24, 20, 21), side = ui_dim(ui, 108, 78, 86);
    float gap = ui_dim(ui, 2, 0, 2), dy;
    struct ui_font font = { size, size * 1.3F, true };
    const char *name = text_of(pictures[i].name);
    bool tapped = ui_card(ui, UI_ROLE_CHOICE, text_key(pictures[i].name), name, r,
                          lit ? UI_SELECTED : 0, &dy);
    struct rect in = rect_centre(r, r.w, side + gap + font.line);

    in.y += dy;
    ui_picture(ui, rect_centre(rect_cut_top(&in, side), side, side), pictures[i].art,
               UI_FIT_CONTAIN, 0, 0);
    rect_cut_top(&in, gap);
    ui_text(ui, in, name, font, INK, UI_CENTRE);
    return tapped;
}

static void draw_grid(struct app *app, struct pictures_state *s, struct ui *ui,
                      struct rect r)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    size_t columns = portrait ? 3 : 4, rows = PICTURES_ALL / columns;
    float gap = ui_dim(ui, 18, 10, 12);
    float w = (r.w - gap * (float)(columns - 1)) / (float)columns;
    float h = (r.h - gap * (float)(rows - 1)) / (float)rows;

    for (size_t i = 0; i < PICTURES_ALL; i++) {
        struct rect at = { r.x + (float)(i % columns) * (w + gap),
                           r.y + (float)(i / columns) * (h + gap), w, h - LIP };
        bool lit = app->pictures.choosing ? s->touched >> i & 1U : s->last == (int)i;

        if (draw_picture(ui, at, i, lit))
            touch(app, s, (int)i);
    }
}

/* --- the page ------------------------------------------------------------------------- */

/* The class ended, names were locked, staff walked away. */
static bool is_over(const struct app *app)
{
    const struct pictures_page *p = &app->pictures;

    if (!p->open)
        return true;
    return p->choosing ? !app_may(app, MAY_CHANGE_PEOPLE) : !app_class_has_names(app);
}

static void pictures_frame(struct app *app, void *state, struct ui *ui)
{
    struct pictures_state *s = state;
    enum text_id title = app->pictures.choosing ? T_pic_choose : T_pic_title;
    struct bar bar = {
        .left = BAR_BACK, .help = true, .id = text_key(title), .title = text_of(title)
    };
    const struct not_matched way = { T_pic_no_sub, text_key(T_sign_again), T_sign_again,
                                     T_pic_wait, pictures_wait_s(app->db) };
    struct rect body;

    if (bar_frame(app, ui, &bar) || is_over(app)) {
        go_back(app);
        return;
    }
    if (s->not_matched) {
        if (not_matched(app, ui, &way)) {
            s->not_matched = s->has_said = s->missed = false;
            start_again(s);
        }
        return;
    }
    body = page_body(ui, 14);
    if (ui_panel(ui) == PANEL_POR) {
        draw_top(app, s, ui, &body);
    } else {
        draw_left(app, s, ui, rect_cut_left(&body, ui_dim(ui, 330, 230, 0)));
        rect_cut_left(&body, ui_dim(ui, 36, 18, 0));
    }
    draw_grid(app, s, ui, body);
}

const struct screen screen_pictures = { .name = "pictures",
                                        .state_size = sizeof(struct pictures_state),
                                        .enter = pictures_enter,
                                        .frame = pictures_frame };
