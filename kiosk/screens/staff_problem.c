/* The honest page: what is missing, what works all the same, whom to tell. Residents
 * see it when there is nothing to learn; staff open it for the state of the machine. */
#include "app/problem.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/screens.h"

#define RESIDENTS 1 /* the argument: nobody asked for it, there is nothing to learn */
#define MB_PER_GB 1024
#define CODE_EDGE 24.0F

struct problem_state {
    bool residents;
    size_t at; /* of the list, the worst first */
    struct problem_list found;
};

struct words {
    enum text_id title, text;
    const char *art, *code;
};

static const struct words words[PROBLEM_COUNT] = {
    [PROBLEM_RESTING] = { T_e_rest_t, T_e_rest_p, "art:canh-nui", "MAY-01" },
    [PROBLEM_NO_PACK] = { T_e_empty_t, T_e_empty_p, "art:canh-vang", "GOI-01" },
    [PROBLEM_PACK_REFUSED] = { T_e_refused_t, T_e_refused_p, "art:canh-vang",
                               "GOI-02" },
    [PROBLEM_LESSON_LEFT_OUT] = { T_e_left_t, T_e_left_p, "art:canh-vang", "GOI-03" },
    [PROBLEM_DISK_FULL] = { T_e_full_t, T_e_full_p, "art:canh-dia", "DIA-01" },
    [PROBLEM_DISK_LOW] = { T_e_disk_t, T_e_disk_p, "art:canh-dia", "DIA-02" },
    [PROBLEM_NO_PLACE] = { T_e_place_t, T_e_place_p, "art:canh-dia", "DIA-07" },
    [PROBLEM_DB_BROKEN] = { T_e_broken_t, T_e_broken_p, "art:canh-dia", "DIA-03" },
    [PROBLEM_DB_NEWER] = { T_e_newer_t, T_e_newer_p, "art:canh-dia", "DIA-04" },
    [PROBLEM_DB_LOST] = { T_e_lost_t, T_e_lost_p, "art:canh-dia", "DIA-05" },
    [PROBLEM_DB_RESTORED] = { T_e_copy_t, T_e_copy_p, "art:canh-dia", "DIA-06" },
    [PROBLEM_UPDATE] = { T_e_upd_t, T_e_upd_p, "art:canh-hop", "CN-07" },
    [PROBLEM_ROWS_REJECTED] = { T_e_rejected_t, T_e_rejected_p, "art:canh-matmang",
                                "MANG-02" },
    [PROBLEM_OFFLINE] = { T_e_off_t, T_e_off_p, "art:canh-matmang", "MANG-01" },
};

static void problem_enter(struct app *app, void *state, size_t arg)
{
    struct problem_state *s = state;

    s->residents = arg == RESIDENTS;
    problem_find(app, &s->found);
}

static const char *fill(struct ui *ui, const struct problem_state *s, enum text_id id)
{
    return text_fill(ui_arena(ui), text_of(id), "n",
                     page_number(ui, id == T_e_left_t ? (long long)s->found.n_left_out
                                                      : s->found.rows_rejected),
                     "mb", page_number(ui, s->found.free_mb), NULL);
}

/* "60 bài học · 12 mục chờ gửi · còn trống 9,4 GB" */
static const char *facts(struct app *app, struct ui *ui, const struct problem_state *s)
{
    size_t n = app->pack ? pack_info(app->pack)->n_lessons : 0;
    long long mb = s->found.free_mb > 0 ? s->found.free_mb : 0;
    const char *gb = arena_printf(ui_arena(ui), "%lld,%lld", mb / MB_PER_GB,
                                  mb % MB_PER_GB * 10 / MB_PER_GB);

    return text_fill(ui_arena(ui), text_of(app->db ? T_e_facts : T_e_facts_nodb), "bai",
                     page_number(ui, (long long)n), "cho",
                     page_number(ui, s->found.rows_waiting), "gb", gb, NULL);
}

/* Centred words, whose node is as wide as they are. */
static float centred(struct ui *ui, enum ui_role role, enum text_id id,
                     const char *text, struct rect r, struct ui_font font, uint32_t ink)
{
    float h = ui_text(ui, r, text, font, ink, UI_CENTRE);
    float w = ui_text_width(ui, text, font);

    if (w > r.w)
        w = r.w;
    ui_node(ui, role, text_key(id), text,
            (struct rect){ r.x + (r.w - w) / 2, r.y, w, h }, 0);
    return h;
}

static bool shows(const struct problem_state *s, enum problem p)
{
    return s->found.n && s->found.list[s->at] == p;
}

static void draw_code(struct ui *ui, const struct problem_state *s, const char *code)
{
    struct ui_font font = { 18, 25.6F, false };
    enum text_id id = s->residents ? T_e_code : T_e_code_staff;
    const char *say;
    struct rect page = ui_page(ui), r;
    float w;

    if (!s->residents && shows(s, PROBLEM_UPDATE))
        id = T_e_upd_code;
    say = text_fill(ui_arena(ui), text_of(id), "ma", code, "ban", BDHVS_VERSION, NULL);
    w = ui_text_width(ui, say, font);
    r = (struct rect){ page.w - CODE_EDGE - w, 0, w, font.line };

    r.y = page.h - ui_dim(ui, 14, 14, 8) - font.line;
    ui_node(ui, UI_ROLE_TEXT, text_key(id), say, r, 0);
    r.w += CODE_EDGE; /* room for rounding, lest one line becomes two */
    ui_text(ui, r, say, font, INK2, UI_LEFT);
}

/* --- the buttons -------------------------------------------------------------------- */

struct button {
    enum text_id id;
    const char *icon_left, *icon_right;
    enum ui_button_kind kind;
};

/* A fact that is over, and goes once it was seen. */
static bool is_note(const struct problem_state *s)
{
    enum problem p = s->found.n ? s->found.list[s->at] : PROBLEM_COUNT;

    return p == PROBLEM_DB_LOST || p == PROBLEM_DB_RESTORED;
}

static size_t buttons_of(const struct problem_state *s, struct button out[2])
{
    size_t n = 0;

    if (s->residents) {
        out[n++] = (struct button){ T_e_staff, "lock", NULL, UI_BUTTON_SECONDARY };
        out[n++] = (struct button){ T_e_call, "raise", NULL, UI_BUTTON_PRIMARY };
        return n;
    }
    if (shows(s, PROBLEM_UPDATE)) {
        out[n++] = (struct button){ T_e_upd_log, "list", NULL, UI_BUTTON_SECONDARY };
        out[n++] = (struct button){ T_e_upd_retry, "retry", NULL, UI_BUTTON_PRIMARY };
        return n;
    }
    if (is_note(s))
        out[n++] = (struct button){ T_e_seen, "check", NULL, UI_BUTTON_PRIMARY };
    if (s->found.n > 1)
        out[n++] = (struct button){ T_e_next, NULL, "next", UI_BUTTON_SECONDARY };
    return n;
}

static void note_was_seen(struct app *app)
{
    problem_seen(app);
    app_goto(app, "problem", 0);
}

/* Pages of the administration: anybody may read this page, so who is not signed in goes to
 * the door of staff, and the note stays. */
static void see_update(struct app *app, const char *page)
{
    if (!app_may(app, MAY_ADMINISTER)) {
        app_goto(app, app_staff_door(app), 0);
        return;
    }
    problem_seen(app);
    app_goto(app, page, 0);
}

static void act(struct app *app, struct problem_state *s, enum text_id id)
{
    if (id == T_e_staff)
        app_goto(app, "problem", 0);
    else if (id == T_e_call)
        app_cover_name(app, "help");
    else if (id == T_e_upd_log)
        see_update(app, "admin_audit");
    else if (id == T_e_upd_retry)
        see_update(app, "admin_update");
    else if (id == T_e_seen)
        note_was_seen(app);
    else
        s->at = (s->at + 1) % s->found.n;
}

static void draw_buttons(struct app *app, struct ui *ui, struct problem_state *s,
                         struct rect r)
{
    struct button list[2];
    size_t n = buttons_of(s, list);
    bool portrait = ui_panel(ui) == PANEL_POR;
    float h = ui_dim(ui, 104, 96, 100), gap = 24, total = -gap, width[2];
    struct rect at = { r.x, r.y, r.w, h };

    for (size_t i = 0; i < n; i++) {
        struct ui_button_style style = { .icon_left = list[i].icon_left,
                                         .icon_right = list[i].icon_right };

        width[i] = ui_button_width(ui, text_of(list[i].id), &style);
        total += width[i] + gap;
    }
    if (!portrait)
        at.x += (r.w - total) / 2;
    for (size_t i = 0; i < n; i++) {
        struct ui_button_style style = { .kind = list[i].kind,
                                         .icon_left = list[i].icon_left,
                                         .icon_right = list[i].icon_right };

        if (!portrait)
            at.w = width[i];
        if (ui_button(ui, text_key(list[i].id), text_of(list[i].id), at, &style))
            act(app, s, list[i].id);
        if (portrait)
            at.y += h + LIP + gap;
        else
            at.x += width[i] + gap;
    }
}

/* --- the page ----------------------------------------------------------------------- */

static void draw_page(struct app *app, struct ui *ui, struct problem_state *s,
                      const struct words *say)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct button list[2];
    size_t n = buttons_of(s, list);
    float title = ui_dim(ui, 50, 33, 38), size = ui_dim(ui, 31, 24, 27);
    float small = ui_dim(ui, 24, 20, 22), gap = ui_dim(ui, 16, 6, 16);
    struct ui_font title_font = { title, title * 1.3F, true };
    struct ui_font font = { size, size * 1.45F, false };
    struct ui_font facts_font = { small, small * 1.42F, true };
    float pic_w = ui_dim(ui, 440, 220, 360), pic_h = pic_w * 0.668F;
    float bar = s->residents && portrait ? 119 : page_bar_bottom(ui);
    struct rect page = ui_page(ui),
                body = { page_margin(ui), bar + 8, page.w - 2 * page_margin(ui), 0 };
    float button_h = ui_dim(ui, 110, 102, 106);
    float rows = n && portrait ? (float)n * (button_h + 24) - 24 : n ? button_h : 0;
    const char *text = fill(ui, s, say->text), *head = fill(ui, s, say->title);
    struct rect at;
    float most = body.w < 960 ? body.w : 960, title_h, text_h, all, y;

    body.h = page.h - body.y - ui_dim(ui, 28, 16, 28);
    at = (struct rect){ body.x + (body.w - most) / 2, 0, most, 0 };
    title_h = ui_text(ui, at, head, title_font, 0, UI_CENTRE);
    text_h = ui_text(ui, at, text, font, 0, UI_CENTRE);
    all = pic_h + gap + title_h + gap + text_h + (n ? 2 * gap + rows : 0) +
          (s->residents ? 0 : gap + facts_font.line);
    y = body.y + (body.h - all) / 2;
    ui_picture(ui, (struct rect){ body.x + (body.w - pic_w) / 2, y, pic_w, pic_h },
               say->art, UI_FIT_CONTAIN, 0, 0);
    at.y = y + pic_h + gap;
    at.y += centred(ui, UI_ROLE_TITLE, say->title, head, at, title_font, INK) + gap;
    at.y += centred(ui, UI_ROLE_TEXT, say->text, text, at, font, INK) + gap;
    if (!s->residents)
        at.y += centred(ui, UI_ROLE_TEXT, app->db ? T_e_facts : T_e_facts_nodb,
                        facts(app, ui, s), at, facts_font, INK2) +
                gap;
    draw_buttons(app, ui, s, (struct rect){ body.x, at.y + gap, body.w, 0 });
    if (say->code)
        draw_code(ui, s, say->code);
}

static void problem_frame(struct app *app, void *state, struct ui *ui)
{
    struct problem_state *s = state;
    struct bar staff = { .left = BAR_BACK,
                         .id = text_key(T_e_for_staff),
                         .title = text_of(T_e_for_staff) };
    struct bar residents = { .help = true };
    struct words shown = { T_e_well_t, T_e_well_p, "art:canh-hoa", NULL };

    if (bar_frame(app, ui, s->residents ? &residents : &staff)) {
        app_goto(app, "attract", 0);
        return;
    }
    if (s->found.n)
        shown = words[s->found.list[s->at]];
    if (s->residents && s->found.list[0] != PROBLEM_RESTING) {
        /* whatever the reason, the same calm words; the code tells */
        shown.title = T_e_empty_t;
        shown.text = T_e_empty_p;
    }
    draw_page(app, ui, s, &shown);
}

const struct screen screen_problem = {
    .name = "problem",
    .state_size = sizeof(struct problem_state),
    .enter = problem_enter,
    .frame = problem_frame,
};
