/* Finding a person (v09): words in any order, without marks, a year, a thôn, a code. With
 * arg 1 the one who is tapped is merged into the selected person. */
#include <stdio.h>
#include <string.h>

#include "app/people.h"
#include "app/waiting_people.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/card_paper.h"
#include "screens/desk.h"
#include "screens/screens.h"
#include "screens/typing.h"
#include "vietnamese/fold.h"

#define HITS_MAX 64
#define ROWS_MAX 8

struct search_state {
    struct keyboard keyboard;
    struct field field;
    size_t first;
    size_t n_waiting; /* people who need a look, as of entering */
    bool merging, asking;
    unsigned char other[EVENT_TOKEN_BYTES];
    enum text_id said;
    bool has_said, bad;
};

static void search_enter(struct app *app, void *state, size_t arg)
{
    struct search_state *s = state;

    s->keyboard.plain = true;
    s->keyboard.with_digits = true;
    s->merging = arg == 1 && app->desk.has_person;
    if (!s->merging)
        app->desk.has_person = false;
    app_class_refresh(app);
    for (int i = 0; !s->merging && i < WAITING_KINDS; i++) {
        struct waiting_person *unused;

        s->n_waiting += app_waiting_people(app, (enum waiting_kind)i,
                                           &app->nav.page_arena, &unused);
    }
}

static void say(struct search_state *s, enum text_id text, bool bad)
{
    s->said = text;
    s->has_said = true;
    s->bad = bad;
}

/* --- rows ----------------------------------------------------------------------------------- */

/* Whether a word of the query begins this word of the name. */
static bool word_hit(const char *query, const char *word)
{
    char folded[PERSON_NAME_MAX];
    bool hit = false;
    size_t n;

    fold_text(word, folded, sizeof(folded));
    for (const char *at = query; *at && !hit; at += n + strspn(at + n, " ")) {
        n = strcspn(at, " ");
        hit = n > 0 && !strncmp(folded, at, n);
    }
    hash_wipe(folded, sizeof(folded));
    return hit;
}

static void draw_name(struct ui *ui, struct rect r, const char *name, const char *query)
{
    struct ui_font font = { ui_dim(ui, 25, 20, 22), ui_dim(ui, 31, 25, 27), true };
    float x = r.x,
          space = ui_text_width(ui, "a a", font) - ui_text_width(ui, "aa", font);

    for (const char *at = name; *at;) {
        size_t n = strcspn(at, " ");
        const char *word = arena_strndup(ui_arena(ui), at, n);
        float w = ui_text_width(ui, word, font);

        if (x + w > r.x + r.w)
            break;
        if (word_hit(query, word))
            ui_box(ui, (struct rect){ x - 2, r.y + 2, w + 4, font.line - 4 },
                   &(struct ui_box_style){ .fill = HIGHLIGHT, .radius = 4 });
        ui_text(ui, (struct rect){ x, r.y, w + 2, font.line }, word, font, INK,
                UI_LEFT);
        x += w + space;
        at += n + strspn(at + n, " ");
    }
}

static void choose(struct app *app, struct search_state *s,
                   const struct people_entry *e)
{
    s->has_said = false;
    if (!s->merging) {
        app_select_person(app, e->token);
    } else if (memcmp(app->desk.person, e->token, sizeof(e->token)) != 0) {
        memcpy(s->other, e->token, sizeof(s->other));
        s->asking = true;
    }
}

static void draw_row(struct app *app, struct search_state *s, struct ui *ui,
                     struct rect r, const struct people_entry *e, size_t i,
                     const char *query)
{
    struct ui_font small = { ui_dim(ui, 19, 15, 17), ui_dim(ui, 25, 20, 22), false };
    bool chosen =
        app->desk.has_person && !memcmp(app->desk.person, e->token, sizeof(e->token));
    float dy = 0, name_h = ui_dim(ui, 31, 25, 27), glyph = ui_dim(ui, 30, 24, 26);
    bool tapped =
        staff_row(ui, UI_ROLE_ROW, text_key_n(ui_arena(ui), T_find_row, i + 1), e->name,
                  r, chosen ? UI_SELECTED : 0, &dy);
    struct rect in = rect_inset(r, ui_dim(ui, 18, 12, 12), 0);

    in.y += dy;
    ui_icon(ui, rect_centre(rect_cut_right(&in, glyph), glyph, glyph), "next", INDIGO);
    in = rect_centre(in, in.w, name_h + small.line);
    draw_name(ui, rect_cut_top(&in, name_h), e->name, query);
    staff_line(ui, in, paper_entry(app, ui, e), small, INK2);
    if (tapped)
        choose(app, s, e);
}

/* How many rows fit, and which is the first: turned by the keys at the foot. */
static size_t turn_pages(struct search_state *s, struct ui *ui, struct rect *r, float h,
                         size_t n)
{
    size_t fit = (size_t)(r->h / h), shown;
    struct rect foot;
    int turn;

    s->first = s->first < n ? s->first : 0;
    fit = fit < 1 ? 1 : fit > ROWS_MAX ? ROWS_MAX : fit;
    if (n <= fit)
        return fit;
    foot = rect_cut_bottom(r, ui_dim(ui, 62, 52, 60));
    fit = (size_t)(r->h / h);
    fit = fit < 1 ? 1 : fit > ROWS_MAX ? ROWS_MAX : fit;
    shown = n - s->first < fit ? n - s->first : fit;
    turn = staff_pager(ui, foot, s->first, shown, n, NULL);
    if (turn > 0 && s->first + fit < n)
        s->first += fit;
    else if (turn < 0)
        s->first = s->first > fit ? s->first - fit : 0;
    return fit;
}

/* Everybody by name until something is typed. */
static void draw_hits(struct app *app, struct search_state *s, struct ui *ui,
                      struct rect r)
{
    const struct people_entry *hits[HITS_MAX];
    float h = ui_dim(ui, 84, 60, 74), gap = ui_dim(ui, 14, 10, 12);
    char query[FIELD_MAX];
    size_t n, fit, base = 0;

    fold_text(s->field.text, query, sizeof(query));
    n = *query ? people_search(app->desk.index, s->field.text, hits, HITS_MAX)
               : people_index_size(app->desk.index);
    n = *query && n > HITS_MAX ? HITS_MAX : n;
    if (!n)
        ui_label(ui, UI_ROLE_TEXT, STR(find_none), r, staff_font(ui, STAFF_BODY), INK2,
                 UI_LEFT);
    fit = turn_pages(s, ui, &r, h + gap, n);
    if (!*query) {
        base = s->first;
        people_all(app->desk.index, base, hits, fit);
    }
    for (size_t i = s->first; i < n && i < s->first + fit; i++) {
        draw_row(app, s, ui, rect_cut_top(&r, h), hits[i - base], i, query);
        rect_cut_top(&r, gap);
    }
    hash_wipe(query, sizeof(query));
}

/* --- what to do with the one who was tapped -------------------------------------------------- */

struct action {
    enum text_id text;
    const char *screen;
};

static const struct action actions[] = {
    { T_find_card, "card" },
    { T_find_pic, "pictures" },
    { T_find_edit, "person_edit" },
    { T_find_more, "person" },
};

static void act(struct app *app, struct search_state *s, const struct action *action)
{
    if (action->text != T_find_pic)
        app_goto(app, action->screen, 0);
    else if (app_pictures_begin(app, "search", 0))
        say(s, T_card_pic_failed, true);
}

/* Two beside each other. */
static void draw_tiles(struct app *app, struct search_state *s, struct ui *ui,
                       struct rect r, float gap)
{
    float w = (r.w - gap) / 2, h = (r.h - gap) / 2;

    for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
        struct rect at = { r.x + (float)(i % 2) * (w + gap),
                           r.y + (float)(i / 2) * (h + gap), w, h };

        if (staff_button(ui, text_key(actions[i].text), text_of(actions[i].text), at,
                         UI_BUTTON_SECONDARY, NULL, 0))
            act(app, s, &actions[i]);
    }
}

static void draw_added(struct app *app, struct search_state *s, struct ui *ui,
                       struct rect r)
{
    if (!staff_button(ui, STR(find_add), r, UI_BUTTON_SECONDARY, "userplus", 0))
        return;
    if (app_person_to_class(app))
        say(s, T_find_not_added, true);
    else
        say(s, T_find_added, false);
}

static void draw_actions(struct app *app, struct search_state *s, struct ui *ui,
                         struct rect r)
{
    const struct people_entry *e =
        app->desk.has_person ? people_entry_of(app->desk.index, app->desk.person)
                             : NULL;
    float h = ui_dim(ui, 62, 48, 60), gap = ui_dim(ui, 12, 8, 8);
    struct ui_font name = staff_font(ui, STAFF_HEAD),
                   small = staff_font(ui, STAFF_SMALL);
    float tiles;
    int done;

    staff_panel(ui, r);
    r = rect_inset(r, ui_dim(ui, 20, 12, 14), ui_dim(ui, 14, 8, 10));
    if (!e) {
        ui_label(ui, UI_ROLE_TEXT, STR(find_pick), r, staff_font(ui, STAFF_BODY), INK2,
                 UI_LEFT);
        return;
    }
    done = app_person_lessons(app, e->token);
    ui_label(ui, UI_ROLE_TEXT, "find.name", e->name,
             rect_cut_top(&r, ui_text(ui, r, e->name, name, 0, UI_LEFT)), name, INK,
             UI_LEFT);
    ui_label(ui, UI_ROLE_TEXT, text_key(T_find_done),
             text_fill(ui_arena(ui), text_of(T_find_done), "n",
                       page_number(ui, done > 0 ? done : 0), NULL),
             rect_cut_top(&r, small.line), small, INK2, UI_LEFT);
    rect_cut_top(&r, gap);
    tiles = (r.h - h - small.line - 3 * gap - gap) / 2;
    tiles = tiles > ui_dim(ui, 90, 64, 80) ? ui_dim(ui, 90, 64, 80) : tiles;
    draw_tiles(app, s, ui, rect_cut_top(&r, 2 * tiles + gap), gap);
    rect_cut_top(&r, gap);
    if (app->desk.klass.seq && app_may(app, MAY_RUN_CLASS))
        draw_added(app, s, ui, rect_cut_top(&r, h));
    rect_cut_top(&r, gap);
    if (s->has_said)
        ui_label(ui, UI_ROLE_TEXT, text_key(s->said), text_of(s->said), r, small,
                 s->bad ? SON : LUA, UI_LEFT);
}

static void draw_asking(struct app *app, struct search_state *s, struct ui *ui)
{
    const struct people_entry *a = people_entry_of(app->desk.index, app->desk.person);
    const struct people_entry *b = people_entry_of(app->desk.index, s->other);
    int answer;

    if (!a || !b) {
        s->asking = false;
        return;
    }
    answer = desk_ask_same(ui, a->name, b->name);
    if (answer)
        s->asking = false;
    if (answer <= 0)
        return;
    if (app_person_merge(app, s->other))
        say(s, T_pe_failed, true);
    else
        app_goto(app, "person", 0);
}

/* --- page ----------------------------------------------------------------------------------- */

static void draw_locked(struct app *app, struct ui *ui, struct rect r)
{
    struct ui_font font = staff_font(ui, STAFF_BODY);
    const char *door = "locked";

    ui_label(ui, UI_ROLE_TEXT, STR(find_locked), rect_cut_top(&r, 2 * font.line), font,
             INK, UI_LEFT);
    if (app_find_screen(app, door) &&
        staff_button(ui, STR(find_unlock),
                     (struct rect){ r.x, r.y, ui_dim(ui, 320, 260, 300),
                                    ui_dim(ui, 76, 60, 72) },
                     UI_BUTTON_PRIMARY, "lock", 0))
        app_goto(app, door, 0);
}

static void draw_field(struct search_state *s, struct ui *ui, struct rect r)
{
    const char *hint = text_of(T_find_hint);
    float w =
        ui_text_width(ui, hint, (struct ui_font){ ui_dim(ui, 18, 16, 16), 0, true });

    field_frame(ui, "find.text", text_of(s->merging ? T_find_merge : T_find_field), r,
                &s->field, true);
    if (s->field.text[0] && ui_panel(ui) != PANEL_POR)
        staff_chip(ui, text_key(T_find_hint), hint, NULL, r.x + r.w - w - 60,
                   r.y + r.h / 2, CHIP_SAND);
}

/* People who need a look; until something is typed or somebody is chosen. */
static void draw_door(struct app *app, struct search_state *s, struct ui *ui,
                      struct rect *body)
{
    struct rect at;

    if (!s->n_waiting || s->field.text[0] || app->desk.has_person)
        return;
    at = rect_cut_top(body, ui_dim(ui, 66, 56, 64));
    at.h -= LIP;
    rect_cut_top(body, ui_dim(ui, 12, 6, 10));
    if (staff_button(ui, text_key(T_find_door),
                     text_fill(ui_arena(ui), text_of(T_find_door), "n",
                               page_number(ui, (long long)s->n_waiting), NULL),
                     at, UI_BUTTON_SECONDARY, "eye", 0))
        app_goto(app, "waiting", 0);
}

static void search_frame(struct app *app, void *state, struct ui *ui)
{
    struct search_state *s = state;
    struct rect body = desk_frame(app, ui, DESK_FIND, NULL, NULL), keys, right;
    float gap = ui_dim(ui, 16, 8, 10);
    bool portrait = ui_panel(ui) == PANEL_POR;
    const char *scanned = app_is_covered(app) ? NULL : ui_scanned(ui);

    if (!app_may(app, MAY_SEE_PEOPLE)) {
        app_goto(app, "attract", 0);
        return;
    }
    if (!app->desk.index) {
        draw_locked(app, ui, body);
        return;
    }
    if (scanned) {
        unsigned char token[EVENT_TOKEN_BYTES];

        if (app_card_read(app, scanned, token) == CARD_OURS && !s->merging)
            app_select_person(app, token);
    }
    draw_field(s, ui, rect_cut_top(&body, ui_dim(ui, 84, 56, 76)));
    rect_cut_top(&body, ui_dim(ui, 12, 6, 10));
    keys = rect_cut_bottom(&body, ui_dim(ui, 300, 196, 260));
    rect_cut_bottom(&body, ui_dim(ui, 10, 4, 10));
    right = !portrait              ? rect_cut_right(&body, ui_dim(ui, 400, 300, 0))
            : app->desk.has_person ? rect_cut_bottom(&body, 360)
                                   : (struct rect){ 0 };
    if (portrait)
        rect_cut_bottom(&body, gap);
    else
        rect_cut_right(&body, gap);
    draw_door(app, s, ui, &body);
    draw_hits(app, s, ui, body);
    if (right.w > 0)
        draw_actions(app, s, ui, right);
    if (keyboard_frame(ui, keys, &s->keyboard, &s->field, typing_secret())) {
        s->first = 0;
        if (!s->merging)
            app->desk.has_person = false;
    }
    if (s->asking)
        draw_asking(app, s, ui);
}

const struct screen screen_search = { .name = "search",
                                      .shows_names = true,
                                      .state_size = sizeof(struct search_state),
                                      .enter = search_enter,
                                      .frame = search_frame };
