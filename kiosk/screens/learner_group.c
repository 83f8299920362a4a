/* A question for several people together (r33). They talk about it and call out numbers;
 * whose turn it is touches, and touching another face passes the turn. Nobody is scored. */
#include "app/class_day.h"
#include "items/choice_card.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/class_words.h"
#include "screens/face.h"
#include "screens/quiz.h"
#include "screens/screens.h"
#include "vietnamese/person_name.h"

#define TALK_S 600 /* a question may be talked about for so long */

static const char *given_name(const struct app *app, struct ui *ui, size_t i)
{
    const struct people_entry *e = class_entry(app, app->visit.group.people[i].token);

    return e ? person_name_given(e->name) /* else names are locked, or there is none */
             : text_fill(ui_arena(ui), text_of(T_grp_nobody), "i",
                         page_number(ui, (long long)i + 1), NULL);
}

/* "Đến lượt bác Nga". */
static const char *turn_words(const struct app *app, struct ui *ui)
{
    size_t i = app->visit.group.turn;
    const struct people_entry *e = class_entry(app, app->visit.group.people[i].token);
    const char *form = e ? class_form(app, e->year, e->sex) : "";
    const char *name = given_name(app, ui, i);

    return *form ? text_fill(ui_arena(ui), text_of(T_grp_turn), "xh", form, "ten", name,
                             NULL)
                 : text_fill(ui_arena(ui), text_of(T_grp_turn_name), "ten", name, NULL);
}

/* --- a face ------------------------------------------------------------------------------ */

/* In a green ring who had their turn. */
static void draw_avatar(const struct app *app, struct ui *ui, struct rect r, size_t i)
{
    const struct people_entry *e = class_entry(app, app->visit.group.people[i].token);
    float ring = r.w > 60 ? 4 : 3;

    if (app->visit.group.had_turn[i])
        ui_box(ui, r, &(struct ui_box_style){ .fill = LUA, .radius = r.w / 2 });
    r = rect_inset(r, ring, ring);
    if (e)
        face_of_person(app, ui, r, e);
    else
        ui_icon(ui, rect_centre(r, r.w * 0.6F, r.h * 0.6F), "user", INDIGO);
}

/* `size`: of the name. True when tapped. */
static bool draw_face(struct app *app, struct ui *ui, struct rect r, size_t i,
                      const char *id, const char *label, float size)
{
    bool now = app->visit.group.turn == i;
    const char *name = given_name(app, ui, i);
    struct ui_font font = { size, size * 1.25F, true };
    float w = ui_text_width(ui, name, font), dy = 0, side;
    bool tapped = ui_card(ui, UI_ROLE_BUTTON, id, label, r, now ? UI_SELECTED : 0, &dy);
    struct rect in = rect_inset(r, 4, 4);

    in.y += dy;
    if (w > in.w) {
        font.size *= in.w / w * 0.98F;
        font.line *= in.w / w * 0.98F;
    }
    ui_text_middle(ui, rect_cut_bottom(&in, size * 1.25F), name, font,
                   now ? INDIGO : INK2, UI_CENTRE);
    side = in.h < in.w ? in.h : in.w;
    draw_avatar(app, ui, rect_centre(in, side, side), i);
    return tapped;
}

/* The one whose turn it is, where the question fills its page: touched, the next one's. */
static void draw_tool(struct app *app, struct ui *ui, struct rect at)
{
    struct group *g = &app->visit.group;

    if (draw_face(app, ui, at, g->turn, text_key(T_grp_turn), turn_words(app, ui),
                  ui_dim(ui, 18, 16, 17)))
        app_group_turn(app, (g->turn + 1) % g->n);
}

/* --- all of them, in the foot ---------------------------------------------------------- */

struct strip {
    struct rect words, faces;
    size_t n; /* faces that stand there */
    float w;  /* of one */
};

static float face_h(const struct ui *ui)
{
    return ui_dim(ui, 114, 96, 104);
}

static struct ui_font words_font(const struct ui *ui, bool bold)
{
    float size = bold ? ui_dim(ui, 28, 21, 25) : ui_dim(ui, 22, 18, 22);

    return (struct ui_font){ size, size * (bold ? 1.25F : 1.3F), bold };
}

/* Words, faces in the middle of what is left, button; in portrait below each other. */
static struct strip strip_of(const struct app *app, struct ui *ui)
{
    struct strip s = { .w = ui_dim(ui, 112, 98, 97) };
    float gap = ui_dim(ui, 16, 8, 6), margin = page_margin(ui), w;
    struct rect page = ui_page(ui), r = { margin, 0, page.w - 2 * margin, face_h(ui) };
    size_t most = (size_t)ui_dim(ui, 5, 4, 5), n = app->visit.group.n;
    float words = ui_text_width(ui, turn_words(app, ui), words_font(ui, true)),
          note = ui_text_width(ui, text_of(T_grp_pass), words_font(ui, false));

    s.n = n < most ? n : most;
    w = (float)s.n * (s.w + gap) - gap;
    r.y = page.h - page_foot_h(ui) + 10;
    if (ui_panel(ui) == PANEL_POR) {
        s.words = rect_cut_top(&r, 66);
        r.h = face_h(ui);
        s.faces = r;
        return s;
    }
    r.y = page.h - page_foot_h(ui) + ui_dim(ui, 4, 8, 0);
    rect_cut_right(&r, confirm_width(ui, T_quiz_choose) + ui_dim(ui, 28, 18, 0));
    words = (words > note ? words : note) + 4;
    if (words > r.w - w - 12)
        words = r.w - w - 12;
    s.words = rect_cut_left(&r, words);
    s.faces = rect_centre(r, w, r.h);
    return s;
}

static void draw_words(struct app *app, struct ui *ui, struct rect r)
{
    struct ui_font bold = words_font(ui, true), plain = words_font(ui, false);
    const char *words = turn_words(app, ui);
    float h = ui_text(ui, r, words, bold, 0, UI_LEFT) +
              ui_text(ui, r, text_of(T_grp_pass), plain, 0, UI_LEFT);

    if (r.h > h)
        r.y += (r.h - h) / 2;
    r.y +=
        ui_label(ui, UI_ROLE_TEXT, text_key(T_grp_turn), words, r, bold, INK, UI_LEFT);
    ui_label(ui, UI_ROLE_TEXT, STR(grp_pass), r, plain, INK2, UI_LEFT);
}

static void draw_strip(struct app *app, struct ui *ui)
{
    struct group *g = &app->visit.group;
    struct strip s = strip_of(app, ui);
    struct rect page = ui_page(ui);
    float gap = ui_dim(ui, 16, 8, 6), top = page.h - page_foot_h(ui);
    /* of many, those around whose turn it is */
    size_t first = g->n > s.n ? g->turn + g->n - 1 : 0, touched = g->turn;

    ui_box(ui, (struct rect){ 0, top, page.w, page.h - top },
           &(struct ui_box_style){ .fill = SURFACE });
    ui_box(ui, (struct rect){ 0, top, page.w, 3 },
           &(struct ui_box_style){ .fill = LINE });
    draw_words(app, ui, s.words);
    for (size_t k = 0; k < s.n; k++) {
        size_t i = (first + k) % g->n;
        struct rect at = { s.faces.x + (float)k * (s.w + gap), s.faces.y, s.w,
                           s.faces.h };

        if (draw_face(app, ui, at, i, text_key_n(ui_arena(ui), T_grp_one, k + 1),
                      given_name(app, ui, i), ui_dim(ui, 22, 18, 19)))
            touched = i;
    }
    app_group_turn(app, touched);
}

static void group_frame(struct app *app, void *state, struct ui *ui)
{
    struct session *s = &app->learning.session;
    struct bar bar = { .left = BAR_EXIT, .text = true, .help = true };
    const struct item_look *look;
    bool strip;

    (void)state;
    if (!page_fits_session(app, SESSION_ITEM))
        return;
    if (!app_in_group(app)) {
        app_goto(app, "quiz", 0);
        return;
    }
    look = items_look(s->lesson->items[s->at].type);
    strip = look->faces == ITEM_FACES_FOOT;
    bar.tool = strip ? NULL : draw_tool;
    bar.id = text_key(look->heading == T_quiz_n ? T_grp_title : look->heading);
    bar.title = look->heading == T_quiz_n
                    ? text_fill(ui_arena(ui), text_of(T_grp_title), "n",
                                page_number(ui, (long long)app->visit.group.n), NULL)
                    : text_of(look->heading);
    ui_set_group(ui, strip ? ui_dim(ui, 0, 0, 66 + face_h(ui) + 14) : 0);
    if (bar_frame(app, ui, &bar))
        app_leave(app);
    if (strip)
        draw_strip(app, ui);
    quiz_item_frame(app, ui);
}

const struct screen screen_group = { .name = "group",
                                     .quiet_s = TALK_S,
                                     .frame = group_frame };
