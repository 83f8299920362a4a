/* A story in which each choice leads on: to the next part or to an end. It is right when
 * every act on the way was the safe one. After a miss the story goes on from the act
 * that was not. No part scolds: what happened then is told as the reason. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "items/choice_card.h"
#include "items/item_types.h"
#include "items/quiz_answer.h"
#include "lesson/lesson.h"

#define RIGHT_PCT 100
#define PARTS_MAX 4
#define ACTS_MAX 3

struct part {
    const char *stem;
    const struct picture *picture;
    struct item_option acts[ITEM_OPTIONS_MAX];
    size_t n_acts;
    int64_t go[ITEM_OPTIONS_MAX]; /* number of the next part; 0: the end */
};

struct story {
    struct part parts[PARTS_MAX];
    size_t n_parts;
};

struct scenario {
    unsigned char path[PARTS_MAX];   /* 1 + act of each part on the way; 0: not yet */
    unsigned char missed[PARTS_MAX]; /* bit per act, per part of the story */
    unsigned char chosen;            /* 1 + act in the part at hand; 0: none */
    unsigned char given;             /* seen again, it was missed */
    unsigned char asked;             /* the button was touched before a choice */
};

_Static_assert(sizeof(struct scenario) <= ITEM_STATE_MAX, "fits the session");

/* --- reading ------------------------------------------------------------------------ */

/* Parts lead forward only, so every story ends. */
static enum err check_part(const struct story *story, size_t i, char *why, size_t n_why)
{
    const struct part *part = &story->parts[i];
    size_t n_right = 0;

    for (size_t k = 0; k < part->n_acts; k++) {
        n_right += part->acts[k].right;
        if (part->go[k] &&
            (part->go[k] <= (int64_t)i + 1 || part->go[k] > (int64_t)story->n_parts)) {
            snprintf(why, n_why, "part %zu leads to %lld: go on to a later part", i + 1,
                     (long long)part->go[k]);
            return ERR_REJECTED;
        }
        if (!*part->acts[k].text)
            n_right = PARTS_MAX; /* refused below */
    }
    if (part->n_acts >= 2 && part->n_acts <= ACTS_MAX && n_right == 1)
        return ERR_OK;
    snprintf(why, n_why,
             "part %zu: give two or three acts with words, one of them right", i + 1);
    return ERR_REJECTED;
}

/* Where each act leads. */
static enum err read_ways(const json_value *options, struct part *part, char *why,
                          size_t n_why)
{
    for (size_t k = 0; k < part->n_acts; k++) {
        const json_value *go = json_get(json_at(options, k), "go");

        if (go && json_int(go, 2, PARTS_MAX, &part->go[k])) {
            snprintf(why, n_why, "go is not 2 to %d", PARTS_MAX);
            return ERR_REJECTED;
        }
    }
    return ERR_OK;
}

static enum err read_part(const json_value *v, struct arena *arena, struct part *part,
                          char *why, size_t n_why)
{
    const json_value *options = json_get(v, "options");

    part->stem = lesson_read_text(json_get(v, "stem"), arena);
    if (!part->stem ||
        lesson_read_picture(json_get(v, "picture"), arena, &part->picture)) {
        snprintf(why, n_why, "a part without stem, or with a picture that is none");
        return ERR_REJECTED;
    }
    if (lesson_read_options(options, arena, part->acts, &part->n_acts, why, n_why))
        return ERR_REJECTED;
    return read_ways(options, part, why, n_why);
}

static enum err scenario_parse(struct item *item, const json_value *source,
                               struct arena *arena, char *why, size_t n_why)
{
    struct story *story = arena_alloc(arena, sizeof(*story));
    const json_value *parts = json_get(source, "parts");
    size_t n = json_count(parts);
    enum err err;

    item->data = story;
    if (n >= PARTS_MAX) {
        snprintf(why, n_why, "%zu parts: at most %d", n + 1, PARTS_MAX);
        return ERR_REJECTED;
    }
    err = read_part(source, arena, &story->parts[0], why, n_why);
    for (size_t i = 0; !err && i < n; i++)
        err = read_part(json_at(parts, i), arena, &story->parts[i + 1], why, n_why);
    story->n_parts = n + 1;
    for (size_t i = 0; !err && i < story->n_parts; i++)
        err = check_part(story, i, why, n_why);
    return err;
}

static void scenario_refill(struct item *item,
                            const char *(*fill)(struct arena *arena, const char *text),
                            struct arena *arena)
{
    struct story *story = item->data;

    for (size_t i = 0; i < story->n_parts; i++) {
        struct part *part = &story->parts[i];

        part->stem = fill(arena, part->stem);
        for (size_t k = 0; k < part->n_acts; k++) {
            part->acts[k].text = fill(arena, part->acts[k].text);
            part->acts[k].feedback = fill(arena, part->acts[k].feedback);
        }
    }
}

/* --- the way through ---------------------------------------------------------------- */

struct walk {
    size_t at;    /* the part at hand; of an ended story, the last */
    size_t depth; /* acts so far */
    bool ended;
    const struct item_option *acts[PARTS_MAX];
    size_t parts[PARTS_MAX];        /* in which each was chosen */
    const struct item_option *slip; /* the first that was not safe, or NULL */
    size_t slip_depth;
};

static void step(struct walk *w, const struct story *story, size_t act)
{
    const struct part *part = &story->parts[w->at];
    const struct item_option *o = &part->acts[act];

    w->parts[w->depth] = w->at;
    w->acts[w->depth] = o;
    if (!o->right && !w->slip) {
        w->slip = o;
        w->slip_depth = w->depth;
    }
    w->depth++;
    w->ended = part->go[act] == 0;
    if (!w->ended)
        w->at = (size_t)part->go[act] - 1;
}

/* Follows the path as far as it makes sense. */
static struct walk walk_path(const struct story *story, const struct scenario *s)
{
    struct walk w = { 0 };

    while (!w.ended && w.depth < PARTS_MAX && s->path[w.depth] &&
           s->path[w.depth] <= story->parts[w.at].n_acts)
        step(&w, story, s->path[w.depth] - 1U);
    return w;
}

static struct walk walk_safely(const struct story *story)
{
    struct walk w = { 0 };

    while (!w.ended) {
        size_t act = 0;

        while (!story->parts[w.at].acts[act].right)
            act++;
        step(&w, story, act);
    }
    return w;
}

static int scenario_grade(const struct item *item, const void *state)
{
    struct walk w = walk_path(item->data, state);
    size_t n_safe = 0;

    if (!w.ended)
        return 0;
    for (size_t i = 0; i < w.depth; i++)
        n_safe += w.acts[i]->right;
    return (int)(n_safe * RIGHT_PCT / w.depth);
}

static const char *scenario_feedback(const struct item *item, const void *state)
{
    struct walk w = walk_path(item->data, state);

    if (!w.ended)
        return "";
    if (w.slip)
        return w.slip->feedback;
    return item->why ? item->why : w.acts[w.depth - 1]->feedback;
}

static void begin(const struct item *item, struct scenario *s)
{
    struct walk w = walk_path(item->data, s);

    if (!s->given)
        return;
    if (w.slip) {
        s->missed[w.parts[w.slip_depth]] |=
            (unsigned char)(1U << (s->path[w.slip_depth] - 1U));
        memset(s->path + w.slip_depth, 0, sizeof(s->path) - w.slip_depth);
    }
    s->given = 0;
    s->chosen = 0;
}

/* --- the page ----------------------------------------------------------------------- */

enum mark { MARK_DONE, MARK_NOW, MARK_NEXT };

/* One line of the trail; returns its height. */
static float draw_mark(struct ui *ui, struct rect r, enum mark mark, size_t number,
                       const char *id, const char *text)
{
    float size = ui_dim(ui, 24, 20, 22), side = ui_dim(ui, 44, 28, 34);
    struct ui_font font = { size, size * 1.3F, mark != MARK_NEXT };
    struct rect sign = { r.x, r.y, side, side };

    r.h = side;
    if (mark == MARK_DONE) {
        ui_box(ui, sign, &(struct ui_box_style){ .fill = LUA, .radius = side / 2 });
        ui_icon(ui, rect_inset(sign, side * 0.2F, side * 0.2F), "check", SURFACE);
    } else {
        choice_number(ui, sign, number, mark == MARK_NOW);
    }
    rect_cut_left(&r, side + 10);
    ui_text_middle(ui, r, text, font, mark == MARK_NEXT ? INK2 : INK, UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, id, text, r, 0);
    return side + ui_dim(ui, 10, 5, 6);
}

static bool leads_on(const struct part *part)
{
    for (size_t k = 0; k < part->n_acts; k++)
        if (part->go[k])
            return true;
    return false;
}

/* What was chosen, where the story is, and whether it goes on; returns its height. */
static float draw_trail(const struct story *story, const struct walk *w, struct rect r,
                        struct ui *ui)
{
    float top = r.y;

    for (size_t i = 0; i < w->depth; i++)
        r.y +=
            draw_mark(ui, r, MARK_DONE, i + 1,
                      text_key_n(ui_arena(ui), T_story_done, i + 1), w->acts[i]->text);
    r.y += draw_mark(ui, r, MARK_NOW, w->depth + 1, STR(story_now));
    if (leads_on(&story->parts[w->at]))
        r.y += draw_mark(ui, r, MARK_NEXT, w->depth + 2, STR(story_next));
    return r.y - top;
}

/* Picture and trail beside the acts, on a portrait panel above them. A small panel has
 * room for the acts alone. Returns what is left for them. */
static struct rect draw_scene(const struct story *story, const struct walk *w,
                              struct rect area, struct ui *ui)
{
    const struct part *part = &story->parts[w->at];
    bool portrait = ui_panel(ui) == PANEL_POR;
    size_t n_marks = w->depth + 1 + leads_on(part);
    float trail_h = (float)n_marks * ui_dim(ui, 54, 33, 40);
    struct rect scene;

    if (ui_panel(ui) == PANEL_CMP)
        return area;
    scene = portrait ? rect_cut_top(&area, trail_h + (part->picture ? 140 : 0))
                     : rect_cut_left(&area, 430);
    if (portrait)
        rect_cut_top(&area, 12);
    else
        rect_cut_left(&area, 30);
    if (part->picture) {
        struct rect at = rect_cut_top(&scene, scene.h - trail_h - 10);

        ui_box(ui, at, &(struct ui_box_style){ .fill = INDIGO_TINT, .radius = 24 });
        ui_picture(ui, at, quiz_picture_source(ui, part->picture), UI_FIT_CONTAIN, 24,
                   0);
        ui_node(ui, UI_ROLE_IMAGE, text_key(T_quiz_picture), part->picture->alt, at, 0);
        rect_cut_top(&scene, 10);
    }
    draw_trail(story, w, scene, ui);
    return area;
}

static void draw_acts(const struct part *part, const unsigned char *order,
                      unsigned missed, struct scenario *s, struct rect area,
                      struct ui *ui)
{
    bool row = ui_panel(ui) == PANEL_CMP;
    size_t n = part->n_acts;

    for (size_t i = 0; i < n; i++) {
        size_t act = (order[0] + i) % n; /* each part its own turn */
        unsigned state = missed & (1U << act)   ? UI_DISABLED
                         : s->chosen == act + 1 ? UI_SELECTED
                                                : 0;

        if (choice_card(ui, choice_place(ui, area, row ? n : 1, n, i), i,
                        &part->acts[act], row ? CHOICE_ABOVE : CHOICE_BESIDE, state) &&
            !(state & UI_DISABLED))
            s->chosen = state ? 0 : (unsigned char)(act + 1);
    }
}

static bool scenario_frame(const struct item *item, const unsigned char *order,
                           void *state, struct ui *ui)
{
    struct scenario *s = state;
    const struct story *story = item->data;
    struct rect area = page_body(ui, page_foot_h(ui));
    struct confirm c = { T_quiz_choose, T_quiz_first, false, &s->asked };
    const struct part *part;
    struct walk w;

    begin(item, s);
    w = walk_path(story, s);
    if (w.ended || w.depth >= PARTS_MAX) { /* only a damaged answer stands there */
        *s = (struct scenario){ 0 };
        w = walk_path(story, s);
    }
    part = &story->parts[w.at];
    quiz_question(ui, &area, text_key(T_quiz_question), part->stem, true);
    area = draw_scene(story, &w, area, ui);
    draw_acts(part, order, s->missed[w.at], s, area, ui);
    c.ready = s->chosen && s->chosen <= part->n_acts;
    if (!confirm_button(ui, &c))
        return false;
    s->path[w.depth] = s->chosen;
    s->chosen = 0;
    s->given = walk_path(story, s).ended;
    return s->given;
}

static void scenario_show(const struct item *item, const void *state, bool show_right,
                          struct ui *ui)
{
    static const char *const marks[PARTS_MAX] = { "1.", "2.", "3.", "4." };
    struct verdict v = quiz_verdict(item, state, show_right);
    struct walk w = v.shown ? walk_safely(item->data) : walk_path(item->data, state);
    struct answer_row rows[PARTS_MAX] = { 0 };

    for (size_t i = 0; i < w.depth; i++)
        rows[i] = (struct answer_row){ .mark = w.depth > 1 ? marks[i] : NULL,
                                       .picture = w.acts[i]->picture,
                                       .text = w.acts[i]->text };
    quiz_answer_rows(ui, item, &v, rows, w.depth);
}

const struct item_type item_scenario = {
    .name = "scenario",
    .state_size = sizeof(struct scenario),
    .parse = scenario_parse,
    .refill = scenario_refill,
    .grade = scenario_grade,
    .feedback = scenario_feedback,
    .frame = scenario_frame,
    .show = scenario_show,
};
