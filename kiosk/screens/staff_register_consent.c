/* Registration, 4 of 4: four lines are read aloud, then two answers that look alike (v06).
 * Whoever says no learns all the same, and nothing of them is kept. */
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/register.h"
#include "screens/screens.h"

struct consent_state {
    struct register_page page;
};

static const struct {
    enum text_id text;
    const char *icon;
    uint32_t colour;
} lines[] = {
    { T_reg_c_1, "check", LUA },
    { T_reg_c_2, "check", LUA },
    { T_reg_c_3, "close", SON },
    { T_reg_c_4, "trash", INDIGO },
};
#define N_LINES (sizeof(lines) / sizeof(lines[0]))

/* Read to the whole class at its start: the question alone. */
static void draw_lines(const struct app *app, struct ui *ui, struct rect r)
{
    struct ui_font head = { ui_dim(ui, 32, 25, 26), ui_dim(ui, 42, 32, 34), true };
    bool once = app->desk.klass.seq && app->desk.klass.plan.consent_once;
    enum text_id title = once ? T_reg_c_once : T_reg_c_read;
    float gap = ui_dim(ui, 16, 8, 12), h;

    ui_label(ui, UI_ROLE_TEXT, text_key(title), page_say(ui, title),
             rect_cut_top(&r, head.line), head, INK, UI_LEFT);
    if (once)
        return;
    rect_cut_top(&r, gap);
    h = (r.h - gap * (float)(N_LINES - 1)) / (float)N_LINES;
    h = h < ui_dim(ui, 118, 84, 100) ? h : ui_dim(ui, 118, 84, 100);
    for (size_t i = 0; i < N_LINES; i++) {
        register_line(ui, rect_cut_top(&r, h), lines[i].text, lines[i].icon,
                      lines[i].colour);
        rect_cut_top(&r, gap);
    }
}

static const char *question(struct app *app, struct ui *ui)
{
    char name[PERSON_NAME_MAX];
    const char *given = "";

    if (registration_name(app, name) == NAME_OK)
        given = arena_strdup(ui_arena(ui), person_name_given(name));
    hash_wipe(name, sizeof(name));
    return text_fill(ui_arena(ui), page_say(ui, T_reg_c_ask), "ten", given, NULL);
}

static void draw_how(struct app *app, struct ui *ui, struct rect r)
{
    static const char *const ids[] = { "reg.c.tap", "reg.c.voice", "reg.c.paper" };
    const char *const words[] = { text_of(T_reg_c_tap), text_of(T_reg_c_voice),
                                  text_of(T_reg_c_paper) };
    struct ui_font font = staff_font(ui, STAFF_SMALL);
    int chosen;

    ui_label(ui, UI_ROLE_TEXT, STR(reg_c_how), rect_cut_top(&r, font.line + 4), font,
             INK2, UI_LEFT);
    chosen = staff_segments(ui, r, ids, words, 3,
                            (size_t)app->registration.method - CONSENT_TAP);
    if (chosen >= 0)
        app->registration.method = (enum consent_method)(CONSENT_TAP + chosen);
}

static void draw_answer(struct app *app, struct consent_state *s, struct ui *ui,
                        struct rect r)
{
    struct ui_font head = { ui_dim(ui, 32, 25, 26), ui_dim(ui, 42, 32, 34), true };
    struct ui_font font = staff_font(ui, STAFF_BODY);
    struct ui_button_style yes = { .kind = UI_BUTTON_SECONDARY,
                                   .icon_left = "check",
                                   .font = ui_dim(ui, 29, 22, 24) };
    struct ui_button_style no = yes;
    const char *ask = question(app, ui);
    float h = ui_dim(ui, 124, 78, 96), gap = ui_dim(ui, 20, 10, 12), used;
    float h_ask = ui_text(ui, r, ask, head, 0, UI_CENTRE);
    float h_how = ui_dim(ui, 94, 78, 90);

    no.icon_left = "close";
    used = h_ask + 2 * h + h_how + font.line + 4 * gap;
    if (used < r.h)
        rect_cut_top(&r, (r.h - used) / 2);
    ui_label(ui, UI_ROLE_TEXT, text_key(T_reg_c_ask), ask, rect_cut_top(&r, h_ask),
             head, INK, UI_CENTRE);
    rect_cut_top(&r, gap);
    if (ui_button(ui, STR(reg_c_yes), rect_cut_top(&r, h), &yes))
        register_finish(app, &s->page);
    rect_cut_top(&r, gap);
    if (ui_button(ui, STR(reg_c_no), rect_cut_top(&r, h), &no))
        register_refuse(app);
    rect_cut_top(&r, gap);
    draw_how(app, ui, rect_cut_top(&r, h_how));
    rect_cut_top(&r, gap / 2);
    register_draw_said(ui, rect_cut_top(&r, font.line), &s->page, NULL);
}

static void consent_frame(struct app *app, void *state, struct ui *ui)
{
    struct consent_state *s = state;
    struct rect body, left;

    if (!register_open(app))
        return;
    body = register_frame(app, ui, &s->page, T_reg_consent, 4);
    register_foot(app, ui, &body, 4, true);
    if (ui_panel(ui) == PANEL_POR) {
        left = rect_cut_top(&body, body.h * 0.5F);
    } else {
        left = rect_cut_left(&body, (body.w - ui_dim(ui, 34, 16, 0)) * 0.545F);
        rect_cut_left(&body, ui_dim(ui, 34, 16, 0));
    }
    draw_lines(app, ui, left);
    draw_answer(app, s, ui, body);
    register_end(app, ui, &s->page);
}

const struct screen screen_register_consent = { .name = "register_consent",
                                                .shows_names = true,
                                                .state_size =
                                                    sizeof(struct consent_state),
                                                .frame = consent_frame };
