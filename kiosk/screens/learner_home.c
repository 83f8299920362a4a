/* The lessons: where one stands, the one dark button to go on, and the parts, four a
 * page. */
#include "app/alert.h"
#include "app/certificates.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/card_scan.h"
#include "screens/screens.h"

#define PER_PAGE 4

struct home_state {
    size_t first; /* module in the first place */
    long paper;   /* module of the newest “Giấy ghi nhận”, -1: none yet */
};

static size_t count_done(const struct app *app, const struct pack_module *m)
{
    const struct pack_lesson *lessons = pack_info(app->pack)->lessons;
    size_t n = 0;

    for (size_t i = 0; i < m->n_lessons; i++)
        n += app_lesson_done(app, lessons[m->first_lesson + i].id);
    return n;
}

static void home_enter(struct app *app, void *state, size_t arg)
{
    struct home_state *s = state;
    bool begun;
    long at;

    (void)arg;
    if (!app->pack || !app->visit.open) {
        app_goto(app, "attract", 0);
        return;
    }
    app_plan_refresh(app);
    s->paper = app_certificate_module(app, -1);
    at = app_continue_index(app, &begun);
    if (at >= 0)
        s->first = pack_info(app->pack)->lessons[at].module / PER_PAGE * PER_PAGE;
}

static const char *praise(struct app *app, struct ui *ui, long at, bool begun)
{
    const struct pack_info *info = pack_info(app->pack);
    size_t n_done = 0, left = 0, done_here = 0;
    enum text_id id;

    for (size_t i = 0; i < info->n_modules; i++)
        n_done += count_done(app, &info->modules[i]);
    if (at >= 0) {
        const struct pack_module *m = &info->modules[info->lessons[at].module];

        done_here = count_done(app, m);
        left = m->n_lessons - done_here;
    }
    if (at >= 0 && at == app_alert_index(app))
        return text_fill(ui_arena(ui), page_say(ui, T_home_alert), "bai",
                         info->lessons[at].title, NULL);
    if (!n_done)
        id = begun ? T_home_begun : T_home_first;
    else if (at < 0)
        id = T_home_all;
    else
        id = done_here ? T_home_praise : T_home_part;
    return text_fill(ui_arena(ui), page_say(ui, id), "n",
                     page_number(ui, (long long)n_done), "m",
                     page_number(ui, (long long)left), NULL);
}

/* The face is the door to what the kiosk holds about its learner. */
static void draw_door(struct app *app, struct ui *ui, struct rect face)
{
    float d = ui_dim(ui, 40, 32, 36),
          least = 100; /* a small face is touched beside, too */
    struct rect at = { face.x + face.w - d, face.y + face.h - d, d, d };

    ui_box(ui, at,
           &(struct ui_box_style){
               .fill = SURFACE, .border = INDIGO, .line = 3, .radius = d / 2 });
    ui_icon(ui, rect_centre(at, d * 0.7F, d * 0.7F), "info", INDIGO);
    face = rect_centre(face, face.w < least ? least : face.w, face.h);
    if (ui_target(ui, UI_ROLE_BUTTON, STR(me_door), face, 0, NULL))
        app_goto(app, "about", 0);
}

static struct rect draw_hello(struct app *app, struct ui *ui, struct rect *body)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    bool begun = false;
    long at = app_continue_index(app, &begun);
    float hello = ui_dim(ui, 38, 26, 29), sub = ui_dim(ui, 26, 21, 22);
    struct ui_font big = { hello, hello * 1.3F, true };
    struct ui_font small = { sub, sub * ui_dim(ui, 1.42F, 1.3F, 1.35F), false };
    struct ui_button_style go = { .kind = UI_BUTTON_PRIMARY, .icon_left = "play" };
    const char *say = praise(app, ui, at, begun);
    enum text_id hello_id = app_in_group(app) ? T_grp_title : T_home_hello;
    const char *greeting =
        text_fill(ui_arena(ui), page_say(ui, hello_id), "n",
                  page_number(ui, (long long)app->visit.group.n), NULL);
    struct rect card = rect_cut_top(body, ui_dim(ui, 142, 100, 244));
    struct rect in = rect_inset(card, ui_dim(ui, 32, 18, 18), 0);
    float face_w = ui_dim(ui, 116, 72, 86), face_h = ui_dim(ui, 120, 76, 90);
    float w = ui_button_width(ui, text_of(T_home_continue), &go), text_h;
    struct rect face, text, button = { 0, 0, w, ui_dim(ui, 104, 80, 100) };

    if (portrait && at < 0)
        card.h -= 120;
    ui_box(ui, card,
           &(struct ui_box_style){ .fill = SURFACE,
                                   .border = LINE,
                                   .line = LINE_DECORATIVE,
                                   .radius = ui_dim(ui, 28, 20, 28) });
    face = (struct rect){ in.x, portrait ? card.y + 17 : card.y + (card.h - face_h) / 2,
                          face_w, face_h };
    ui_box(ui, face, &(struct ui_box_style){ .fill = SAND, .radius = face_w / 2 });
    ui_picture(ui, (struct rect){ face.x + 8, face.y + 9, face_w - 16, face_h - 9 },
               "art:nguoi-ba", UI_FIT_COVER_TOP, face_w / 2 - 8, 0);
    if (!app_in_group(app)) /* what the kiosk holds is told to nobody else */
        draw_door(app, ui, face);
    text = in;
    rect_cut_left(&text, face_w + ui_dim(ui, 26, 14, 14));
    if (portrait) {
        button.w = in.w;
        button.x = in.x;
        button.y = card.y + card.h - button.h - LIP - 14;
    } else {
        button.x = in.x + in.w - w;
        button.y = card.y + (card.h - button.h - LIP) / 2;
        text.w -= w + ui_dim(ui, 26, 14, 0);
    }
    text_h = big.line + ui_text(ui, text, say, small, 0, UI_LEFT);
    text.y = portrait ? card.y + 14 : card.y + (card.h - text_h) / 2;
    ui_label(ui, UI_ROLE_TITLE, text_key(hello_id), greeting, text, big, INK, UI_LEFT);
    text.y += big.line;
    ui_label(ui, UI_ROLE_TEXT, text_key(T_home_praise), say, text, small, INK2,
             UI_LEFT);
    if (at >= 0 && ui_button(ui, STR(home_continue), button, &go))
        app_open_lesson(app, (size_t)at);
    return card;
}

struct module_look {
    const char *state_text, *icon;
    uint32_t ink;
    bool done, current;
};

static struct module_look module_look(struct app *app, struct ui *ui, size_t index)
{
    const struct pack_info *info = pack_info(app->pack);
    const struct pack_module *m = &info->modules[index];
    size_t n_done = count_done(app, m);
    bool begun = false;
    long at = app_continue_index(app, &begun);
    struct module_look look = { .icon = "book", .ink = INK2 };
    enum text_id id = T_mod_n;

    look.done = n_done && n_done == m->n_lessons; /* none: all were left out */
    look.current = at >= 0 && info->lessons[at].module == index && (begun || n_done);
    if (at >= 0 && info->lessons[at].module == index && at == app_alert_index(app)) {
        look.icon = "warn";
        look.ink = SON;
        id = T_mod_alert;
    } else if (look.done) {
        look.icon = "check";
        look.ink = LUA;
        id = T_mod_done;
    } else if (look.current) {
        look.icon = "play";
        look.ink = INDIGO;
        id = T_mod_cur;
    }
    look.state_text = text_fill(
        ui_arena(ui), text_of(id), "n", page_number(ui, (long long)m->n_lessons), "i",
        page_number(ui,
                    look.current ? (long long)at - (long long)m->first_lesson + 1 : 0),
        NULL);
    return look;
}

static void draw_badge(struct ui *ui, struct rect card, float dy)
{
    float d = ui_dim(ui, 54, 42, 46);
    struct rect at = { card.x + card.w - 14 - d, card.y + 14 + dy, d, d };

    if (ui_panel(ui) == PANEL_POR)
        at.x = card.x + 98;
    ui_box(ui, at,
           &(struct ui_box_style){
               .fill = LUA, .border = SURFACE, .line = 4, .radius = d / 2 });
    ui_icon(ui, rect_centre(at, d * 0.63F, d * 0.63F), "check", SURFACE);
}

static bool draw_module(struct app *app, struct ui *ui, size_t index, struct rect r)
{
    const struct pack_module *m = &pack_info(app->pack)->modules[index];
    struct module_look look = module_look(app, ui, index);
    bool portrait = ui_panel(ui) == PANEL_POR;
    float size = ui_dim(ui, 27, 21, 24), small = ui_dim(ui, 22, 18, 20);
    struct ui_font title = { size, size * 1.28F, true };
    struct ui_font state = { small, small * 1.42F, true };
    float line = look.current ? 6 : 3, icon = ui_dim(ui, 30, 22, 30), dy, state_w;
    float px = ui_dim(ui, 18, 12, 16), py = ui_dim(ui, 12, 6, 8);
    bool tapped =
        ui_card(ui, UI_ROLE_BUTTON, text_key_n(ui_arena(ui), T_mod, index + 1),
                m->title, r, look.current ? UI_SELECTED : 0, &dy);
    struct rect in = rect_inset(r, line, line), pic, row;

    in.y += dy;
    if (look.current && dy <= 0)
        ui_box(ui, in, &(struct ui_box_style){ .fill = SURFACE, .radius = 22 });
    pic = portrait ? rect_cut_left(&in, 150)
                   : rect_cut_top(&in, in.h * ui_dim(ui, 0.58F, 0.46F, 0));
    if (m->picture)
        ui_picture(ui, pic, quiz_picture_source(ui, m->picture), UI_FIT_COVER,
                   ui_dim(ui, 24, 18, 20), portrait ? UI_CORNERS_LEFT : UI_CORNERS_TOP);
    if (look.done)
        draw_badge(ui, r, dy);
    in = rect_inset(in, px, py);
    if (portrait)
        in = rect_centre(in, in.w, title.line + 2 + state.line);
    row = rect_cut_bottom(&in, state.line);
    ui_text(ui, in, m->title, title, INK, UI_LEFT);
    ui_icon(ui, (struct rect){ row.x, row.y + (row.h - icon) / 2, icon, icon },
            look.icon, look.ink);
    rect_cut_left(&row, icon + ui_dim(ui, 10, 6, 10));
    state_w = ui_text_width(ui, look.state_text, state);
    if (state_w > row.w) /* one line: the card ends below it */
        state.size *= row.w / state_w * 0.98F;
    ui_label(ui, UI_ROLE_TEXT,
             look.done      ? text_key_n(ui_arena(ui), T_mod_done, index + 1)
             : look.current ? text_key(T_mod_cur)
                            : text_key_n(ui_arena(ui), T_mod_n, index + 1),
             look.state_text, row, state, look.ink, UI_LEFT);
    return tapped;
}

static void draw_modules(struct app *app, struct ui *ui, const struct home_state *s,
                         struct rect area)
{
    const struct pack_info *info = pack_info(app->pack);
    bool portrait = ui_panel(ui) == PANEL_POR;
    float gap = ui_dim(ui, 22, 12, 12);
    float w = portrait ? area.w : (area.w - 3 * gap) / PER_PAGE;
    float pitch = (area.h + gap) / PER_PAGE;

    for (size_t i = 0; i < PER_PAGE && s->first + i < info->n_modules; i++) {
        struct rect r = portrait ? (struct rect){ area.x, area.y + (float)i * pitch, w,
                                                  pitch - gap - LIP }
                                 : (struct rect){ area.x + (float)i * (w + gap), area.y,
                                                  w, area.h - LIP };

        if (draw_module(app, ui, s->first + i, r))
            app_goto(app, "module", s->first + i);
    }
}

/* Small buttons stand from the right edge to the left. In portrait they are of one width;
 * three share the row by their words. */
struct foot {
    struct rect r; /* of the next one */
    float gap;
    size_t n;
    float spare; /* with three in portrait: what each gets beside its words */
};

static struct ui_font foot_font(struct ui *ui)
{
    float size = ui_dim(ui, 24, 22, 22);

    return (struct ui_font){ size, size * 1.42F, true };
}

static float foot_width(struct ui *ui, const struct foot *f, enum text_id id,
                        const struct ui_button_style *style)
{
    if (ui_panel(ui) == PANEL_POR)
        return f->n > 2 ? ui_text_width(ui, text_of(id), foot_font(ui)) + f->spare
                        : 249;
    switch (id) {
    case T_home_more:
        return ui_dim(ui, 222, 196, 0);
    case T_home_cert:
        return ui_dim(ui, 264, 234, 0);
    default:
        return ui_button_width(ui, text_of(id), style);
    }
}

static bool foot_button(struct ui *ui, struct foot *f, enum text_id id,
                        const char *icon_left, const char *icon_right,
                        enum ui_button_kind kind)
{
    bool crowded = ui_panel(ui) == PANEL_POR && f->n > 2; /* no room for icons */
    struct ui_button_style style = { .kind = kind,
                                     .icon_left = crowded ? NULL : icon_left,
                                     .icon_right = crowded ? NULL : icon_right,
                                     .icon = 30,
                                     .radius = 18,
                                     .font = foot_font(ui).size };
    bool tapped;

    f->r.w = foot_width(ui, f, id, &style);
    f->r.x -= f->r.w;
    tapped = ui_button(ui, text_key(id), text_of(id), f->r, &style);
    f->r.x -= f->gap;
    return tapped;
}

/* Which parts are shown, the way to the others, to the paper that was earned, to what waits
 * to be asked again, or else to the paths. */
static void draw_foot(struct app *app, struct ui *ui, struct home_state *s, float top)
{
    size_t n = pack_info(app->pack)->n_modules;
    size_t last = s->first + PER_PAGE < n ? s->first + PER_PAGE : n;
    bool review = app_review_waits(app), paths = !review && app_placement_there(app);
    bool due = app_placement_due(app); /* nobody asked yet: its colour invites */
    bool portrait = ui_panel(ui) == PANEL_POR;
    enum text_id third = review ? T_home_review : T_home_path;
    struct foot f = { .gap = ui_dim(ui, 20, 20, 12),
                      .n = (size_t)(n > PER_PAGE) + (s->paper >= 0) +
                           (review || paths) };
    float margin = page_margin(ui), h = ui_dim(ui, 104, 96, 104);
    const char *page = text_fill(
        ui_arena(ui), text_of(s->first + 1 == last ? T_home_page_one : T_home_page),
        "a", page_number(ui, (long long)s->first + 1), "b",
        page_number(ui, (long long)last), "n", page_number(ui, (long long)n), NULL);

    f.spare = (ui_page(ui).w - 2 * margin - 2 * f.gap -
               ui_text_width(ui, text_of(T_home_more), foot_font(ui)) -
               ui_text_width(ui, text_of(T_home_cert), foot_font(ui)) -
               ui_text_width(ui, text_of(third), foot_font(ui))) /
              3;
    f.r = (struct rect){ ui_page(ui).w - margin, top + ui_dim(ui, 6, 2, 8), 0, h };
    if (n > PER_PAGE && (portrait ? f.n < 2 : f.n < 3 || ui_panel(ui) != PANEL_CMP))
        page_chip(ui, T_home_page, page, NULL, margin, f.r.y + h / 2 + LIP / 2, 22);
    if (n > PER_PAGE &&
        foot_button(ui, &f, T_home_more, NULL, "next", UI_BUTTON_SECONDARY))
        s->first = last < n ? last : 0;
    if (s->paper >= 0 &&
        foot_button(ui, &f, T_home_cert, "award", NULL, UI_BUTTON_SECONDARY))
        app_goto(app, "certificate", (size_t)s->paper);
    if ((review || paths) &&
        foot_button(ui, &f, third, review ? "retry" : "flag", NULL,
                    paths && due ? UI_BUTTON_SUN : UI_BUTTON_SECONDARY))
        app_goto(app, review ? "review" : "placement",
                 review || due ? 0 : PLACEMENT_PATHS);
}

static void home_frame(struct app *app, void *state, struct ui *ui)
{
    struct home_state *s = state;
    struct bar bar = { .left = BAR_EXIT,
                       .text = true,
                       .help = true,
                       .id = text_key(T_home_title),
                       .title = page_say(ui, T_home_title) };
    float foot = ui_dim(ui, 134, 114, 134);
    struct rect body, card;

    if (bar_frame(app, ui, &bar))
        app_leave(app);
    body = page_body(ui, foot);
    body.y -= 4;
    body.h += 4;
    card = draw_hello(app, ui, &body);
    body.h += body.y - (card.y + card.h);
    body.y = card.y + card.h;
    rect_cut_top(&body, ui_dim(ui, 22, 12, 16));
    draw_modules(app, ui, s, body);
    draw_foot(app, ui, s, ui_page(ui).h - foot);
    if (!app_in_group(app) && passport_scan(app, ui))
        home_enter(app, s, 0);
}

const struct screen screen_home = {
    .name = "home",
    .state_size = sizeof(struct home_state),
    .enter = home_enter,
    .frame = home_frame,
};
