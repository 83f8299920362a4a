/* “Giấy ghi nhận” (r23): what was learnt, when and where, to photograph or to print. It
 * claims nothing but that; without a readable name there is a line to write it on. */
#include "app/certificates.h"
#include "base/buf.h"
#include "base/clock.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/card_paper.h"
#include "screens/screens.h"

#define FETCH_A_PHONE_S 300
#define CREAM 0xFFFFFDF7

struct certificate_state {
    size_t module;
    long other; /* another module with a paper, or this one */
    bool made;
    struct app_certificate paper;
    struct qr qr;
};

static void make(struct app *app, struct certificate_state *s, size_t module)
{
    printing_forget(&app->printing);
    s->module = module;
    s->other = app_certificate_module(app, (long)module);
    s->made =
        !app_certificate(app, module, &s->paper) && !qr_make(s->paper.text, &s->qr);
}

static void certificate_enter(struct app *app, void *state, size_t arg)
{
    if (!app->pack || !app->visit.open || arg >= pack_info(app->pack)->n_modules)
        app_goto(app, app->visit.open ? "home" : "attract", 0);
    else
        make(app, state, arg);
}

/* --- words -------------------------------------------------------------------------- */

static const char *date_words(struct ui *ui, int64_t day)
{
    int y, m, d;

    if (day < 0)
        return text_of(T_cert_no_date);
    clock_day_civil(day, &y, &m, &d);
    return text_fill(ui_arena(ui), text_of(T_cert_date), "d", page_number(ui, d), "m",
                     page_number(ui, m), "y", page_number(ui, y), NULL);
}

static const char *number_words(struct ui *ui, const struct certificate_state *s)
{
    return text_fill(ui_arena(ui), text_of(T_cert_no), "so", s->paper.number, NULL);
}

static const char *title_of(const struct app *app, const struct certificate_state *s)
{
    return pack_info(app->pack)->modules[s->module].title;
}

/* Until the kiosk is set up, as on the first page. */
static const char *commune_of(struct app *app, struct ui *ui)
{
    const char *commune = app_commune(app, ui_arena(ui));

    return *commune ? commune : text_of(T_app_place);
}

static void print(struct app *app, struct ui *ui, const struct certificate_state *s)
{
    struct paper_place place = paper_place_here(app, ui, "");
    const struct paper_certificate c = { .name = s->paper.name,
                                         .part = title_of(app, s),
                                         .date = date_words(ui, s->paper.day),
                                         .number = number_words(ui, s),
                                         .qr = s->paper.text };
    struct buf json;

    place.commune = commune_of(app, ui);
    buf_init(&json, PAPER_BYTES);
    paper_certificate(&place, &c, &json);
    paper_print(app, &json, arena_printf(ui_arena(ui), "giay-%s.pdf", s->paper.number));
}

/* --- the sheet ---------------------------------------------------------------------- */

/* Draws with a colour, measures with 0; cut off from the top of `r`. */
static float line(struct ui *ui, struct rect *r, const char *id, const char *text,
                  struct ui_font font, uint32_t colour)
{
    float h = colour ? ui_label(ui, UI_ROLE_TEXT, id, text, *r, font, colour, UI_CENTRE)
                     : ui_text(ui, *r, text, font, 0, UI_CENTRE);

    rect_cut_top(r, h);
    return h;
}

/* "đã hoàn thành phần “…”" with the part bold: on one line, or on two. */
static float part_line(struct app *app, struct ui *ui, struct rect *r,
                       const struct certificate_state *s, struct ui_font font,
                       bool draw)
{
    struct ui_font bold = { font.size, font.line, true };
    const char *what = text_of(T_cert_what);
    const char *part =
        text_fill(ui_arena(ui), text_of(T_cert_part), "phan", title_of(app, s), NULL);
    float gap = font.size * 0.26F, w_what = ui_text_width(ui, what, font);
    float w = w_what + gap + ui_text_width(ui, part, bold);
    struct rect at = *r;

    if (w > r->w)
        return line(ui, r, text_key(T_cert_what), what, font, draw ? INK : 0) +
               line(ui, r, text_key(T_cert_part), part, bold, draw ? INK : 0);
    rect_cut_top(r, font.line);
    if (!draw)
        return font.line;
    at.x += (r->w - w) / 2;
    at.w = w_what + 2;
    ui_label(ui, UI_ROLE_TEXT, STR(cert_what), at, font, INK, UI_LEFT);
    at.x += w_what + gap;
    at.w = w - w_what;
    ui_label(ui, UI_ROLE_TEXT, text_key(T_cert_part), part, at, bold, INK, UI_LEFT);
    return font.line;
}

static float name_line(struct ui *ui, struct rect *r, const struct certificate_state *s,
                       bool draw)
{
    float size = ui_dim(ui, 60, 31, 38), small = ui_dim(ui, 21, 16, 17);
    struct ui_font font = { size, size * 1.3F, true };
    struct ui_font hint = { small, small * 1.35F, false };
    struct rect rule = *r;

    if (*s->paper.name)
        return line(ui, r, "cert.who", s->paper.name, font, draw ? INK : 0);
    rule.y += font.line - hint.line;
    rule = rect_centre((struct rect){ rule.x, rule.y, rule.w, 2 }, rule.w * 0.7F, 2);
    if (draw)
        ui_box(ui, rule, &(struct ui_box_style){ .fill = LINE2 });
    rect_cut_top(r, font.line - hint.line);
    return font.line - hint.line +
           line(ui, r, text_key(T_cert_name), text_of(T_cert_name), hint,
                draw ? INK2 : 0);
}

static float words(struct app *app, struct ui *ui, struct rect r,
                   const struct certificate_state *s, bool draw)
{
    float h1 = ui_dim(ui, 40, 22, 27), p = ui_dim(ui, 30, 20, 23);
    float gap = ui_dim(ui, 8, 0, 4);
    struct ui_font head = { h1, h1 * 1.3F, true }, body = { p, p * 1.45F, false };
    const char *of =
        text_fill(ui_arena(ui), text_of(T_cert_of), "xa", commune_of(app, ui), NULL);
    float h = line(ui, &r, text_key(T_cert_h), text_of(T_cert_h), head, draw ? SON : 0);

    h += gap + line(ui, &r, text_key(T_cert_of), of, body, draw ? INK : 0);
    rect_cut_top(&r, gap);
    h += gap + name_line(ui, &r, s, draw);
    rect_cut_top(&r, gap);
    h += gap + part_line(app, ui, &r, s, body, draw);
    return h + line(ui, &r, STR(cert_class), body, draw ? INK : 0);
}

static void draw_seal(struct ui *ui, struct rect *r, float side)
{
    struct rect at = rect_centre(rect_cut_top(r, side), side, side);

    ui_box(ui, at, &(struct ui_box_style){ .fill = SON, .radius = side / 2 });
    ui_icon(ui, rect_centre(at, side * 0.62F, side * 0.62F), "star", NGHE);
    rect_cut_top(r, ui_dim(ui, 8, 0, 4));
}

/* Day, number and QR side by side, the foot below. Returns the height. */
static float draw_proof(struct ui *ui, struct rect r, const struct certificate_state *s)
{
    float size = ui_dim(ui, 24, 18, 19), small = ui_dim(ui, 21, 16, 17);
    float side = ui_dim(ui, 157, 118.2F, 113.5F); /* whole pixels a module */
    struct ui_font font = { size, size * 1.4F, false };
    struct ui_font foot = { small, small * 1.35F, false };
    float foot_h = ui_text(ui, r, text_of(T_cert_foot), foot, 0, UI_CENTRE);
    float pad = ui_dim(ui, 8, 3, 6), date_h;
    const char *date = date_words(ui, s->paper.day);
    struct rect at = rect_cut_bottom(&r, foot_h), qr;

    ui_label(ui, UI_ROLE_TEXT, STR(cert_foot), at, foot, INK2, UI_CENTRE);
    at = rect_cut_bottom(&r, pad + 2);
    at.h = 2;
    ui_box(ui, at, &(struct ui_box_style){ .fill = LINE });
    rect_cut_bottom(&r, pad);
    r = rect_cut_bottom(&r, side);
    qr = rect_cut_right(&r, side);
    paper_qr_draw(ui, qr, &s->qr);
    ui_node(ui, UI_ROLE_IMAGE, STR(cert_qr), qr, 0);
    rect_cut_right(&r, pad);
    at = rect_cut_bottom(&r, font.line);
    ui_label(ui, UI_ROLE_TEXT, text_key(T_cert_no), number_words(ui, s), at, font, INK2,
             UI_LEFT);
    date_h = ui_text(ui, r, date, font, 0, UI_LEFT);
    at = rect_cut_bottom(&r, date_h);
    ui_label(ui, UI_ROLE_TEXT, text_key(T_cert_date), date, at, font, INK, UI_LEFT);
    return side + foot_h + 2 * pad + 2;
}

static void draw_sheet(struct app *app, struct ui *ui, struct rect r,
                       const struct certificate_state *s)
{
    float seal = ui_dim(ui, 64, 0, 50), gap = ui_dim(ui, 8, 0, 4), proof, h;
    struct rect in;

    ui_box(
        ui, r,
        &(struct ui_box_style){ .fill = CREAM, .border = SON, .line = 4, .radius = 8 });
    ui_box(ui, rect_inset(r, ui_dim(ui, 12, 8, 14), ui_dim(ui, 12, 8, 14)),
           &(struct ui_box_style){ .border = SON, .line = 1.5F });
    in = rect_inset(r, ui_dim(ui, 48, 32, 30), ui_dim(ui, 30, 18, 24));
    proof = draw_proof(ui, in, s) + gap;
    rect_cut_bottom(&in, proof);
    h = words(app, ui, in, s, false);
    if (h + seal + gap > in.h) /* a long name of a part: the words go before the seal */
        seal = 0;
    rect_cut_top(&in, (in.h - h - (seal > 0 ? seal + gap : 0)) / 2);
    if (seal > 0)
        draw_seal(ui, &in, seal);
    (void)words(app, ui, in, s, true);
}

/* --- beside it ---------------------------------------------------------------------- */

struct hint {
    enum text_id id;
    const char *icon;
};
static const struct hint hints[] = { { T_cert_photo, "camera" }, { T_cert_qr, "qr" } };
#define N_HINTS 2

/* Draws the hint at the top of `r` unless it only measures; returns its height. */
static float hint(struct ui *ui, struct rect r, const struct hint *h, bool draw)
{
    float size = ui_dim(ui, 27, 21, 21), glyph = ui_dim(ui, 62, 42, 38), text_h;
    struct ui_font font = { size, size * ui_dim(ui, 1.4F, 1.4F, 1.3F), false };
    struct rect icon = rect_cut_left(&r, glyph);

    rect_cut_left(&r, ui_dim(ui, 18, 10, 18));
    text_h = ui_text(ui, r, text_of(h->id), font, 0, UI_LEFT);
    icon.h = r.h = text_h > glyph ? text_h : glyph;
    if (draw) {
        ui_icon(ui, rect_centre(icon, glyph, glyph), h->icon, INDIGO);
        ui_label(ui, UI_ROLE_TEXT, text_key(h->id), text_of(h->id),
                 rect_centre(r, r.w, text_h), font, INK, UI_LEFT);
    }
    return r.h;
}

/* How printing stands, or else the hints; the way to another paper goes before the second. */
static void draw_hints(struct app *app, struct ui *ui, struct rect r,
                       struct certificate_state *s)
{
    const struct ui_button_style more = { .kind = UI_BUTTON_SECONDARY,
                                          .icon_left = "award",
                                          .icon = 30,
                                          .font = ui_dim(ui, 24, 19, 21) };
    float gap = ui_dim(ui, 18, 10, 10);

    if (app->printing.state != PRINTING_IDLE) {
        paper_state(app, ui, r);
        return;
    }
    rect_cut_top(&r, hint(ui, r, &hints[0], true) + gap);
    if (s->other == (long)s->module)
        (void)hint(ui, r, &hints[1], true);
    else if (ui_button(ui, STR(cert_more), rect_inset(r, 0, ui_dim(ui, 12, 8, 0)),
                       &more))
        make(app, s, (size_t)s->other);
}

static float side_gap(const struct ui *ui)
{
    return ui_dim(ui, 28, 20, 10); /* between the hints and the buttons */
}

static float hints_h(struct ui *ui, struct rect r)
{
    float h = ui_dim(ui, 18, 10, 10);

    for (size_t i = 0; i < N_HINTS; i++)
        h += hint(ui, r, &hints[i], false);
    return h;
}

static void draw_side(struct app *app, struct ui *ui, struct rect r,
                      struct certificate_state *s)
{
    bool portrait = ui_panel(ui) == PANEL_POR, busy = printing_busy(&app->printing);
    float h = ui_dim(ui, 104, 96, 96), gap = ui_dim(ui, 18, 10, 10);
    float top = hints_h(ui, r);
    const struct ui_button_style go = { .kind = UI_BUTTON_PRIMARY,
                                        .icon_left = "print",
                                        .icon = ui_dim(ui, 42, 36, 42),
                                        .state = busy ? UI_DISABLED : 0 };
    const struct ui_button_style done = { .kind = UI_BUTTON_SECONDARY };
    struct rect left, right;

    if (!portrait)
        r = rect_centre(r, r.w, top + side_gap(ui) + gap + 2 * (h + LIP));
    draw_hints(app, ui, rect_cut_top(&r, top), s);
    rect_cut_top(&r, side_gap(ui));
    left = rect_cut_top(&r, h);
    right = left;
    if (portrait) {
        left.w = right.w = (left.w - gap) / 2;
        right.x += left.w + gap;
    } else {
        right.y += h + LIP + gap;
    }
    if (ui_button(ui, STR(cert_print), left, &go) && !busy)
        print(app, ui, s);
    if (ui_button(ui, STR(cert_done), right, &done))
        app_goto(app, "home", 0);
}

static void certificate_frame(struct app *app, void *state, struct ui *ui)
{
    struct certificate_state *s = state;
    struct bar bar = { .left = BAR_HOME,
                       .help = true,
                       .id = text_key(T_cert_title),
                       .title = page_say(ui, T_cert_title) };
    struct ui_font plain = { ui_dim(ui, 30, 22, 24), ui_dim(ui, 42, 31, 34), false };
    struct rect body, side;

    if (bar_frame(app, ui, &bar))
        app_goto(app, "home", 0);
    body = page_body(ui, ui_dim(ui, 28, 18, 16));
    if (!s->made) {
        ui_label(ui, UI_ROLE_TEXT, STR(cert_failed), body, plain, SON, UI_LEFT);
        return;
    }
    if (ui_panel(ui) == PANEL_POR) {
        side = rect_cut_bottom(&body, hints_h(ui, body) + side_gap(ui) + 96 + LIP);
        rect_cut_bottom(&body, 12);
    } else {
        side = rect_cut_right(&body, ui_dim(ui, 340, 230, 0));
        rect_cut_right(&body, ui_dim(ui, 36, 16, 0));
    }
    draw_sheet(app, ui, body, s);
    draw_side(app, ui, side, s);
}

const struct screen screen_certificate = {
    .name = "certificate",
    .shows_names = true,
    .quiet_s = FETCH_A_PHONE_S,
    .state_size = sizeof(struct certificate_state),
    .enter = certificate_enter,
    .frame = certificate_frame,
};
