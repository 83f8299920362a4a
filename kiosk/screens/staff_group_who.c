/* Who of those who came learns together before this screen: everybody, until somebody is
 * taken out. */
#include <string.h>

#include "base/hash.h"
#include "screens/class_row.h"
#include "screens/class_words.h"
#include "screens/desk.h"
#include "screens/screens.h"

struct group_page {
    struct class_person list[CLASS_MAX];
    bool in[CLASS_MAX];
    size_t n, first;
    bool asked; /* to begin, with too few */
};

static void group_who_enter(struct app *app, void *state, size_t arg)
{
    struct group_page *s = state;
    size_t n = 0;

    (void)arg;
    app_class_refresh(app);
    if (!app->desk.klass.seq || class_people(app, s->list, &s->n)) {
        app_goto(app, app->db ? "class_open" : "problem", 0);
        return;
    }
    for (size_t i = 0; i < s->n; i++)
        if (s->list[i].present)
            s->list[n++] = s->list[i];
    s->n = n;
    for (size_t i = 0; i < n; i++)
        s->in[i] = i < GROUP_MAX;
}

static size_t count(const struct group_page *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++)
        n += s->in[i];
    return n;
}

static void begin(struct app *app, const struct group_page *s)
{
    unsigned char tokens[GROUP_MAX][EVENT_TOKEN_BYTES];
    size_t n = 0;

    for (size_t i = 0; i < s->n && n < GROUP_MAX; i++)
        if (s->in[i])
            memcpy(tokens[n++], s->list[i].token, EVENT_TOKEN_BYTES);
    app_visit_group(app, tokens, n);
    hash_wipe(tokens, sizeof(tokens));
}

static size_t draw_list(struct app *app, struct group_page *s, struct ui *ui,
                        struct rect r)
{
    struct class_grid grid = class_grid(ui, r);

    s->first = s->first >= s->n ? 0 : s->first;
    for (size_t k = 0; k < grid.n && s->first + k < s->n; k++) {
        size_t i = s->first + k;
        struct class_row row = { .number = i + 1,
                                 .on = s->in[i],
                                 .state = s->in[i] ? UI_CORRECT : 0 };

        if (!class_row(app, ui, class_grid_at(&grid, k), &s->list[i], &row))
            continue;
        s->asked = false;
        if (s->in[i] || count(s) < GROUP_MAX)
            s->in[i] = !s->in[i];
    }
    return grid.n;
}

static void draw_foot(struct app *app, struct group_page *s, struct ui *ui,
                      struct rect foot, size_t page)
{
    size_t chosen = count(s), shown = s->n - s->first > page ? page : s->n - s->first;
    const char *go = text_fill(ui_arena(ui), text_of(T_grp_start), "n",
                               class_number(ui, (int64_t)chosen), NULL);
    float gap = ui_dim(ui, 14, 8, 8), w_pager = 0;
    struct rect at = foot;
    int turn = staff_pager(ui, foot, s->first, s->n ? shown : 0, s->n, &w_pager);

    s->first += (size_t)(turn * (int)page);
    at = rect_cut_right(&foot, staff_button_width(ui, go, "play"));
    if (staff_button(ui, text_key(T_grp_start), go, at, UI_BUTTON_PRIMARY, "play",
                     chosen < GROUP_LEAST ? UI_DISABLED : 0)) {
        s->asked = chosen < GROUP_LEAST;
        if (!s->asked)
            begin(app, s);
    }
    rect_cut_right(&foot, gap);
    at = rect_cut_right(&foot, staff_button_width(ui, text_of(T_bar_back), "back"));
    if (staff_button(ui, STR(bar_back), at, UI_BUTTON_SECONDARY, "back", 0) ||
        ui_key(ui, UI_KEY_BACK))
        app_goto(app, "class", 0);
}

static void group_who_frame(struct app *app, void *state, struct ui *ui)
{
    struct group_page *s = state;
    struct rect body = desk_frame(app, ui, DESK_CLASS, STR(grp_who)), foot;
    struct ui_font font = staff_font(ui, STAFF_BODY);
    enum text_id say = s->n < GROUP_LEAST ? T_grp_none
                       : s->asked         ? T_grp_least
                                          : T_grp_who_s;
    size_t page;

    rect_cut_top(&body, ui_label(ui, UI_ROLE_TEXT, text_key(say), text_of(say), body,
                                 font, say == T_grp_who_s ? INK2 : NGHE_DEEP, UI_LEFT) +
                            ui_dim(ui, 14, 8, 10));
    foot = rect_cut_bottom(&body, ui_dim(ui, 74, 58, 66) + 4);
    foot.h -= 4;
    rect_cut_bottom(&body, ui_dim(ui, 12, 6, 8));
    page = draw_list(app, s, ui, body);
    draw_foot(app, s, ui, foot, page);
}

const struct screen screen_group_who = {
    .name = "group_who",
    .shows_names = true,
    .state_size = sizeof(struct group_page),
    .enter = group_who_enter,
    .frame = group_who_frame,
};
