/* The lessons of one part: done, at hand, to come. Every one of them can be opened. */
#include "items/quiz_page.h"
#include "lesson/address.h"
#include "screens/bar.h"
#include "screens/screens.h"

#define PER_PAGE 4

struct module_state {
    size_t module;
    size_t first; /* lesson of the module in the first row */
};

static void module_enter(struct app *app, void *state, size_t arg)
{
    struct module_state *s = state;
    const struct pack_info *info;
    bool begun;
    long at;

    if (!app->pack || !app->visit.open) {
        app_goto(app, "attract", 0);
        return;
    }
    info = pack_info(app->pack);
    s->module = arg < info->n_modules ? arg : 0;
    at = app_continue_index(app, &begun);
    if (at >= 0 && info->lessons[at].module == s->module)
        s->first =
            ((size_t)at - info->modules[s->module].first_lesson) / PER_PAGE * PER_PAGE;
}

static const struct pack_module *module_of(const struct app *app,
                                           const struct module_state *s)
{
    return &pack_info(app->pack)->modules[s->module];
}

/* --- what the part is about -------------------------------------------------------- */

static void draw_progress(struct ui *ui, struct rect r, size_t n_done, size_t n)
{
    struct ui_font font = { 26, 36.9F, true };
    const char *say = text_fill(ui_arena(ui), text_of(T_module_progress), "i",
                                page_number(ui, (long long)n_done), "n",
                                page_number(ui, (long long)n), NULL);
    struct rect track = { r.x, r.y + 45, r.w, 20 };
    struct rect fill = rect_inset(track, 2, 2);

    ui_label(ui, UI_ROLE_TEXT, text_key(T_module_progress), say, r, font, INK, UI_LEFT);
    ui_box(ui, track,
           &(struct ui_box_style){
               .fill = SAND, .border = LINE, .line = LINE_DECORATIVE, .radius = 10 });
    if (!n_done)
        return;
    fill.w = fill.w * (float)n_done / (float)n;
    ui_box(ui, fill, &(struct ui_box_style){ .fill = LUA, .radius = 8 });
}

/* Left column, or the head of the page in portrait; returns the rest of `body`. */
static struct rect draw_about(struct app *app, struct ui *ui,
                              const struct module_state *s, struct rect body)
{
    const struct pack_module *m = module_of(app, s);
    bool portrait = ui_panel(ui) == PANEL_POR;
    float size = ui_dim(ui, 26, 26, 24), pic_w = ui_dim(ui, 400, 270, 150);
    float gap = ui_dim(ui, 18, 8, 18);
    struct ui_font font = { size, size * 1.42F, false };
    const char *outcome = address_fill(ui_arena(ui), m->outcome);
    struct rect pic = { body.x, body.y, pic_w, pic_w * 5 / 6 }, text = pic, bar = pic;
    size_t n_done = 0;

    for (size_t i = 0; i < m->n_lessons; i++)
        n_done +=
            app_lesson_done(app, pack_info(app->pack)->lessons[m->first_lesson + i].id);
    if (m->picture) {
        ui_picture(ui, pic, quiz_picture_source(ui, m->picture), UI_FIT_COVER, 28, 0);
        ui_node(ui, UI_ROLE_IMAGE, text_key(T_module_picture), m->picture->alt, pic, 0);
    }
    if (portrait) {
        text.x += pic_w + gap;
        text.w = body.w - pic_w - gap;
        bar.w = body.w;
        bar.y += pic.h + gap;
    } else {
        text.y += pic.h + gap;
    }
    text.h = ui_label(ui, UI_ROLE_TEXT, text_key(T_module_what), outcome, text, font,
                      INK, UI_LEFT);
    if (!portrait)
        bar.y = text.y + text.h + gap;
    draw_progress(ui, bar, n_done, m->n_lessons);
    if (portrait)
        rect_cut_top(&body, bar.y + 65 + 16 - body.y);
    else
        rect_cut_left(&body, pic_w + ui_dim(ui, 32, 18, 0));
    return body;
}

/* --- the rows ---------------------------------------------------------------------- */

static void draw_mark(struct ui *ui, struct rect at, bool done, bool now, size_t number)
{
    float size = ui_dim(ui, 38, 30, 38);
    struct ui_font font = { size, size * 1.2F, true };
    uint32_t fill = done ? LUA : now ? INDIGO : SAND;

    ui_box(ui, at, &(struct ui_box_style){ .fill = fill, .radius = at.w / 2 });
    if (done || now)
        ui_icon(ui, rect_centre(at, at.w * 0.62F, at.w * 0.62F),
                done ? "check" : "play", SURFACE);
    else
        ui_text_middle(ui, at, page_number(ui, (long long)number), font, INK,
                       UI_CENTRE);
}

static float draw_now(struct ui *ui, struct rect in)
{
    struct ui_font font = { 22, 33, true };
    float w = ui_text_width(ui, text_of(T_les_now), font);
    struct rect chip = { in.x + in.w - w - 32, in.y + (in.h - 43) / 2, w + 32, 43 };

    ui_box(ui, chip, &(struct ui_box_style){ .fill = INDIGO_TINT, .radius = 21 });
    ui_label(ui, UI_ROLE_TEXT, STR(les_now),
             (struct rect){ chip.x + 16, chip.y + 5, w + 14, 33 }, font, INDIGO,
             UI_LEFT);
    return chip.w;
}

static bool draw_lesson(struct app *app, struct ui *ui, const struct module_state *s,
                        size_t i, struct rect r)
{
    const struct pack_info *info = pack_info(app->pack);
    size_t index = module_of(app, s)->first_lesson + i;
    const struct pack_lesson *l = &info->lessons[index];
    bool done = app_lesson_done(app, l->id), begun = false;
    bool now = app_continue_index(app, &begun) == (long)index;
    float size = ui_dim(ui, 32, 25, 25), small = ui_dim(ui, 24, 20, 21);
    struct ui_font title = { size, size * 1.3F, true };
    struct ui_font sub = { small, small * 1.35F, false };
    float dy, d = ui_dim(ui, 84, 62, 70), line = now ? 6 : 3, text_h;
    bool tapped = ui_card(ui, UI_ROLE_ROW, text_key_n(ui_arena(ui), T_les, i + 1),
                          l->title, r, now ? UI_SELECTED : 0, &dy);
    struct rect in = rect_inset(r, line + ui_dim(ui, 27, 15, 15), line), face;
    const char *say = done ? text_of(T_les_done)
                           : text_fill(ui_arena(ui), text_of(T_les_len), "phut",
                                       page_number(ui, l->minutes), "trang",
                                       page_number(ui, l->n_cards), "cau",
                                       page_number(ui, l->n_items), NULL);

    in.y += dy;
    face = rect_inset(r, line, line);
    if (now && dy <= 0)
        ui_box(ui, face, &(struct ui_box_style){ .fill = SURFACE, .radius = 22 });
    draw_mark(ui, rect_centre(rect_cut_left(&in, d), d, d), done && !now, now, i + 1);
    rect_cut_left(&in, ui_dim(ui, 24, 14, 16));
    if (now && ui_panel(ui) != PANEL_POR)
        rect_cut_right(&in, draw_now(ui, in) + ui_dim(ui, 24, 14, 0));
    text_h = ui_text(ui, in, l->title, title, 0, UI_LEFT) +
             ui_text(ui, in, say, sub, 0, UI_LEFT);
    in = rect_centre(in, in.w, text_h);
    rect_cut_top(&in, ui_text(ui, in, l->title, title, INK, UI_LEFT));
    ui_label(ui, UI_ROLE_TEXT,
             text_key_n(ui_arena(ui), done ? T_les_done : T_les_len, i + 1), say, in,
             sub, INK2, UI_LEFT);
    return tapped;
}

static void draw_more(struct app *app, struct ui *ui, struct module_state *s,
                      struct rect row)
{
    struct ui_button_style more = { .kind = UI_BUTTON_SECONDARY,
                                    .icon_right = "next",
                                    .icon = 30,
                                    .radius = 18,
                                    .font = ui_dim(ui, 24, 22, 22) };
    struct rect at = rect_cut_right(&row, ui_dim(ui, 222, 196, 249));

    if (ui_button(ui, STR(les_more), at, &more)) {
        s->first += PER_PAGE;
        if (s->first >= module_of(app, s)->n_lessons)
            s->first = 0;
    }
}

static void module_frame(struct app *app, void *state, struct ui *ui)
{
    struct module_state *s = state;
    const struct pack_module *m = module_of(app, s);
    struct bar bar = { .left = BAR_BACK,
                       .text = true,
                       .help = true,
                       .id = text_key_n(ui_arena(ui), T_mod, s->module + 1),
                       .title = m->title };
    float gap = ui_dim(ui, 18, 10, 18);
    struct rect rows;
    float pitch;

    if (bar_frame(app, ui, &bar))
        app_goto(app, "home", 0);
    rows = draw_about(app, ui, s, page_body(ui, ui_dim(ui, 18, 8, 18)));
    if (m->n_lessons > PER_PAGE) {
        struct rect row = rect_cut_bottom(&rows, ui_dim(ui, 80, 72, 76) + LIP);

        row.h -= LIP;
        rect_cut_bottom(&rows, gap / 2);
        draw_more(app, ui, s, row);
    }
    pitch = (rows.h + gap) / PER_PAGE;
    for (size_t i = 0; i < PER_PAGE && s->first + i < m->n_lessons; i++) {
        struct rect r = { rows.x, rows.y + (float)i * pitch, rows.w,
                          pitch - gap - LIP };

        if (draw_lesson(app, ui, s, s->first + i, r))
            app_open_lesson(app, m->first_lesson + s->first + i);
    }
}

const struct screen screen_module = {
    .name = "module",
    .state_size = sizeof(struct module_state),
    .enter = module_enter,
    .frame = module_frame,
};
