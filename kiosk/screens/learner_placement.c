/* Where to begin: an offer, a few questions of the pack, and the paths as pictures. It
 * proposes only; nothing is counted, and everything can be put off. */
#include "items/quiz_page.h"
#include "lesson/address.h"
#include "screens/bar.h"
#include "screens/screens.h"

#include <string.h>

#define PATHS_MAX 4
#define PATHS_USUAL 3 /* fewer do not grow wider */
#define MODULES_MAX 64

enum phase { OFFER, QUESTIONS, PATHS };

struct placement_state {
    enum phase phase;
    size_t at, n; /* of `modules`: the question on the page */
    size_t modules[PLACEMENT_QUESTIONS_MAX];
    enum placement_answer answers[MODULES_MAX];
    struct placement proposed; /* path NULL: no questions were answered */
};

/* Paths that the program has a picture for, in this order. */
static const struct known_path {
    const char *id, *art;
    enum text_id name;
} known_paths[PATHS_MAX] = {
    { "short", "art:loi-ngan", T_path_short },
    { "citizen", "art:loi-dan", T_path_citizen },
    { "full", "art:loi-du", T_path_full },
    { "worker", "art:loi-lam", T_path_worker },
};

static void placement_enter(struct app *app, void *state, size_t arg)
{
    struct placement_state *s = state;

    if (!app->pack || !app->visit.open) {
        app_goto(app, "attract", 0);
        return;
    }
    if (!app_placement_there(app)) {
        app_goto(app, "home", 0);
        return;
    }
    s->n = placement_questions(pack_info(app->pack), s->modules);
    s->phase = arg == PLACEMENT_PATHS ? PATHS : OFFER;
}

/* Remembered, so that nobody is asked by itself again. */
static void put_off(struct app *app)
{
    if (!app->plan.recall.asked)
        app_placement_choose(app, (struct placement){ 0 });
    app_goto(app, "home", 0);
}

/* Two buttons of one size and look, in the order of reading. */
static int two_buttons(struct ui *ui, float y, enum text_id left, const char *left_icon,
                       enum text_id right, const char *right_icon)
{
    float margin = page_margin(ui), gap = ui_dim(ui, 24, 16, 16);
    struct rect r = { margin, y, (ui_page(ui).w - 2 * margin - gap) / 2,
                      ui_dim(ui, 104, 96, 100) };
    struct ui_button_style style = { .kind = UI_BUTTON_SECONDARY,
                                     .icon_left = left_icon,
                                     .font = ui_dim(ui, 30, 26, 25) };
    int tapped = 0;

    if (ui_button(ui, text_key(left), text_of(left), r, &style))
        tapped = 1;
    r.x += r.w + gap;
    style.icon_left = right_icon;
    if (ui_button(ui, text_key(right), text_of(right), r, &style))
        tapped = 2;
    return tapped;
}

/* --- the offer ---------------------------------------------------------------------- */

static struct rect draw_picture(struct ui *ui, struct rect *body, const char *source,
                                float w, float h)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct rect at = portrait ? rect_cut_top(body, h) : rect_cut_left(body, w);

    at = rect_centre(at, w, h);
    ui_picture(ui, at, source, UI_FIT_CONTAIN, 0, 0);
    if (portrait)
        rect_cut_top(body, 22);
    else
        rect_cut_left(body, ui_dim(ui, 40, 22, 0));
    return at;
}

static void draw_offer(struct app *app, struct ui *ui, struct placement_state *s)
{
    float size = ui_dim(ui, 46, 30, 34), small = ui_dim(ui, 34, 25, 28);
    struct ui_font head = { size, size * 1.3F, true };
    struct ui_font font = { small, small * 1.45F, false };
    struct rect body = page_body(ui, page_foot_h(ui));
    float gap = ui_dim(ui, 18, 8, 16), w = ui_dim(ui, 469, 280, 420), p_h;
    const char *say = text_of(T_place_p);

    draw_picture(ui, &body, "art:loi-dan", w, w * 5 / 6);
    p_h = ui_text(ui, body, say, font, 0, UI_LEFT);
    if (ui_panel(ui) != PANEL_POR)
        body = rect_centre(
            body, body.w,
            ui_text(ui, body, text_of(T_place_h), head, 0, UI_LEFT) + p_h + 2 * gap +
                ui_text(ui, body, text_of(T_place_free), font, 0, UI_LEFT));
    rect_cut_top(&body, gap + ui_label(ui, UI_ROLE_TITLE, STR(place_h), body, head, INK,
                                       UI_LEFT));
    ui_label(ui, UI_ROLE_TEXT, text_key(T_place_p), say, body, font, INK, UI_LEFT);
    rect_cut_top(&body, p_h + gap);
    ui_label(ui, UI_ROLE_TEXT, STR(place_free), body, font, INK2, UI_LEFT);
    switch (two_buttons(ui, page_foot_button(ui, 0).y, T_place_later, "clock",
                        T_place_ask, "play")) {
    case 1:
        put_off(app);
        break;
    case 2:
        s->phase = QUESTIONS;
        break;
    default:
        break;
    }
}

/* --- the questions ------------------------------------------------------------------ */

static void answer(struct app *app, struct placement_state *s,
                   enum placement_answer answer)
{
    const struct pack_info *info = pack_info(app->pack);

    s->answers[s->modules[s->at]] = answer;
    if (++s->at < s->n)
        return;
    s->proposed = placement_propose(info, s->answers);
    s->phase = PATHS;
}

static void draw_question(struct app *app, struct ui *ui, struct placement_state *s)
{
    const struct pack_module *m = &pack_info(app->pack)->modules[s->modules[s->at]];
    float size = ui_dim(ui, 42, 29, 34) * (ui_text_scale(ui) > 1.2F ? 1.1F : 1);
    struct ui_font font = { size, size * 1.36F, true };
    struct rect body = page_body(ui, page_foot_h(ui)), dots, pic;
    float w = ui_dim(ui, 560, 318, 500);
    const char *question = address_fill(ui_arena(ui), m->question);

    dots = rect_cut_bottom(&body, ui_dim(ui, 34, 24, 34));
    if (ui_panel(ui) != PANEL_POR && w * 5 / 6 > body.h)
        w = body.h * 6 / 5;
    pic = draw_picture(ui, &body, quiz_picture_source(ui, m->picture), w, w * 5 / 6);
    ui_node(ui, UI_ROLE_IMAGE, text_key(T_place_picture), m->picture->alt, pic, 0);
    if (ui_panel(ui) != PANEL_POR)
        body = rect_centre(body, body.w, ui_text(ui, body, question, font, 0, UI_LEFT));
    ui_label(ui, UI_ROLE_TITLE, text_key(T_place_q), question, body, font, INK,
             UI_LEFT);
    ui_dots(ui, dots, s->n, s->at, UI_CENTRE);
    switch (two_buttons(ui, page_foot_button(ui, 0).y, T_place_no, "book", T_place_yes,
                        "check")) {
    case 1:
        answer(app, s, PLACEMENT_NOT_KNOWN);
        break;
    case 2:
        answer(app, s, PLACEMENT_KNOWN);
        break;
    default:
        break;
    }
}

/* --- the paths ---------------------------------------------------------------------- */

static const struct pack_list *list_of(const struct app *app, const char *id)
{
    const struct pack_info *info = pack_info(app->pack);

    for (size_t i = 0; i < info->n_path_lists; i++)
        if (!strcmp(info->path_lists[i].id, id) && info->path_lists[i].n_lessons)
            return &info->path_lists[i];
    return NULL;
}

/* A word about the card: proposed, chosen before, or nothing. */
static enum text_id mark_of(const struct app *app, const struct placement_state *s,
                            const char *id)
{
    const char *mine = app->plan.recall.path;

    if (s->proposed.path)
        return strcmp(s->proposed.path, id) ? T_COUNT : T_path_mine;
    return mine && !strcmp(mine, id) ? T_path_now : T_COUNT;
}

static bool draw_path(struct app *app, struct ui *ui, const struct placement_state *s,
                      const struct known_path *path, struct rect r)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    enum text_id mark = mark_of(app, s, path->id);
    float size = ui_dim(ui, 32, 23, 28), small = ui_dim(ui, 24, 19, 22), dy;
    struct ui_font title = { size, size * 1.3F, true };
    struct ui_font sub = { small, small * 1.42F, false };
    struct ui_font bold = { small, small * 1.42F, true };
    bool tapped = ui_card(ui, UI_ROLE_BUTTON, text_key(path->name), text_of(path->name),
                          r, mark == T_COUNT ? 0 : UI_SELECTED, &dy);
    struct rect in = rect_inset(r, 6, 6), pic;
    const struct pack_list *list = list_of(app, path->id);
    const char *say =
        text_fill(ui_arena(ui), text_of(T_path_n), "n",
                  page_number(ui, list ? (long long)list->n_lessons : 0), NULL);

    in.y += dy;
    pic = portrait ? rect_cut_left(&in, in.h * 1.2F < 300 ? in.h * 1.2F : 300)
                   : rect_cut_top(&in, in.h - 2 * title.line - 2 * sub.line -
                                           ui_dim(ui, 26, 14, 0));
    ui_picture(ui, pic, path->art, UI_FIT_COVER, ui_dim(ui, 20, 16, 20),
               portrait ? UI_CORNERS_LEFT : UI_CORNERS_TOP);
    in = rect_inset(in, ui_dim(ui, 18, 10, 18), ui_dim(ui, 10, 4, 10));
    if (portrait)
        in = rect_centre(in, in.w,
                         ui_text(ui, in, text_of(path->name), title, 0, UI_LEFT) +
                             (mark == T_COUNT ? 1 : 2) * sub.line);
    ui_text(ui, in, text_of(path->name), title, INK, UI_LEFT);
    in = rect_cut_bottom(&in, (portrait && mark == T_COUNT ? 1 : 2) * sub.line);
    ui_label(ui, UI_ROLE_TEXT,
             text_key_n(ui_arena(ui), T_path_n, (size_t)(path - known_paths) + 1), say,
             rect_cut_top(&in, sub.line), sub, INK2, UI_LEFT);
    if (mark != T_COUNT)
        ui_label(ui, UI_ROLE_TEXT, text_key(mark), page_say(ui, mark), in, bold, INDIGO,
                 UI_LEFT);
    return tapped;
}

static void choose(struct app *app, const struct placement_state *s, const char *id)
{
    struct placement choice = { .path = list_of(app, id)->id };

    /* the first module that was not known, whichever path it is reached by */
    if (s->proposed.path)
        choice.start = s->proposed.start;
    else if (app->plan.recall.path && !strcmp(app->plan.recall.path, id)) {
        app_goto(app, "home", 0); /* as before */
        return;
    }
    app_placement_choose(app, choice);
    app_goto(app, "home", 0);
}

static void draw_paths(struct app *app, struct ui *ui, struct placement_state *s)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    float gap = ui_dim(ui, 24, 14, 16), x, y, w, h;
    struct rect body = page_body(ui, page_foot_h(ui) + ui_dim(ui, 10, 4, 10));
    size_t n = 0, places;

    for (size_t i = 0; i < PATHS_MAX; i++)
        n += list_of(app, known_paths[i].id) != NULL;
    places = n > PATHS_USUAL ? n : PATHS_USUAL;
    w = portrait ? body.w : (body.w - (float)(places - 1) * gap) / (float)places;
    h = portrait ? (body.h - (float)(places - 1) * gap) / (float)places - LIP
                 : body.h - LIP;
    x = portrait ? body.x : body.x + (body.w - (float)n * w - (float)(n - 1) * gap) / 2;
    y = body.y;
    for (size_t i = 0; i < PATHS_MAX; i++) {
        if (!list_of(app, known_paths[i].id))
            continue;
        if (draw_path(app, ui, s, &known_paths[i], (struct rect){ x, y, w, h }))
            choose(app, s, known_paths[i].id);
        if (portrait)
            y += h + LIP + gap;
        else
            x += w + gap;
    }
    switch (two_buttons(ui, page_foot_button(ui, 0).y, T_place_later, "clock",
                        T_path_ask, "play")) {
    case 1:
        put_off(app);
        break;
    case 2:
        memset(s->answers, 0, sizeof(s->answers));
        s->proposed = (struct placement){ 0 };
        s->at = 0;
        s->phase = QUESTIONS;
        break;
    default:
        break;
    }
}

static void placement_frame(struct app *app, void *state, struct ui *ui)
{
    struct placement_state *s = state;
    enum text_id title = s->phase == PATHS ? T_path_title : T_place_title;
    struct bar bar = { .left = BAR_HOME,
                       .text = true,
                       .help = true,
                       .id = text_key(title),
                       .title = text_of(title) };

    if (!s->n)
        return; /* on the way to another page */
    if (bar_frame(app, ui, &bar))
        put_off(app);
    switch (s->phase) {
    case OFFER:
        draw_offer(app, ui, s);
        break;
    case QUESTIONS:
        draw_question(app, ui, s);
        break;
    case PATHS:
        draw_paths(app, ui, s);
        break;
    }
}

const struct screen screen_placement = {
    .name = "placement",
    .state_size = sizeof(struct placement_state),
    .enter = placement_enter,
    .frame = placement_frame,
};
