/* The sheet that a learner takes home of one lesson (design p01), on A5: what was seen, the
 * one sentence, what to do at home, whom to ask. Lines and letters carry it all, so that it
 * can be printed in black. */
#include <stddef.h>

#include "base/buf.h"
#include "base/encoding.h"
#include "documents.h"
#include "page.h"

#define MARGIN 10.0
#define WIDTH (PAGE_A5_W - 2 * MARGIN)
#define GAP 3.3
#define ROUND 4.0
#define LINE 0.4
#define PICTURE_ROUND 2.5
#define PICTURE_SHAPE (400.0 / 480.0) /* height of a picture of width 1 */
#define HEAD_TOP 7.0
#define HEAD_H 11.0
#define TITLE_H 11.3 /* one line */
#define TITLE_SIZE 9.0
#define TITLE_SIZE_LEAST 6.0
#define LEAD_W 50.0
#define LEAD_H (LEAD_W * PICTURE_SHAPE)
#define LEAD_GAP 6.0
#define SENTENCE_SIZE 5.6
#define SENTENCE_SIZE_LEAST 3.4
#define STEPS_MAX 4
#define STEP_SIZE_OF_MAX 4.1 /* of the headings of so many */
#define STEP_GAP 3.0
#define STEP_PAD 2.2
#define STEP_PICTURE_H 24.0
#define TODO_MAX 3
#define TODO_PAD 5.0
#define TODO_GAP 2.5
#define TODO_SIZE_LEAST 3.4
#define BOX_SIDE 6.0
#define BOX_GAP 3.5
#define QR_SIDE 24.0
#define QR_QUIET 4.6 /* more than four modules of the smallest QR code, which has 21 */
#define HELP_H 21.0
#define FOOT_TOP (PAGE_A5_H - 9.5)
#define PICTURE_BYTES_MAX (4u << 20)

struct sheet {
    struct page *page;
    const json_value *doc;
    double y;
};

static const char *text_at(const json_value *v, const char *key)
{
    const char *text = json_text(json_get(v, key));

    return text ? text : "";
}

static const char *word(const struct sheet *s, const char *key)
{
    return text_at(json_get(s->doc, "words"), key);
}

/* The largest size, in steps, at which `text` is at most `h` high. Returns its height. */
static double fit(struct page *p, const char *text, double w, double h, double least,
                  struct text_style *style)
{
    double got;

    while ((got = page_text_height(p, text, w, style)) > h && style->size > least)
        style->size -= 0.2;
    return got;
}

/* The narrowest width in which `text` takes no more lines than in `w`, so that no word
 * stands alone on the last. */
static double balanced(struct page *p, const char *text, double w,
                       const struct text_style *style)
{
    double h = page_text_height(p, text, w, style);

    while (w > 2 * style->size &&
           page_text_height(p, text, w - 1, style) < h + style->size / 2)
        w -= 1;
    return w;
}

static enum err picture(struct page *p, const char *coded, double x, double y, double w,
                        double h)
{
    struct buf png;
    size_t n = 0;
    enum err err;

    while (coded[n])
        n++;
    buf_init(&png, PICTURE_BYTES_MAX);
    err = encoding_unbase64url(coded, n, &png);
    if (!err)
        err = page_picture(p, png.data, png.len, x, y, w, h, PICTURE_ROUND);
    buf_finish(&png);
    return err;
}

static void draw_head(struct sheet *s)
{
    const struct text_style app = { 3.9, true, 0, 1.3, page_ink, TEXT_LEFT };
    const struct text_style place = { 3.9, false, 0, 1.3, page_ink, TEXT_LEFT };
    const struct text_style kind = { 3.9, false, 0, 1.3, page_ink, TEXT_RIGHT };
    struct text_style title = { TITLE_SIZE, true, 0, 1.25, page_red, TEXT_LEFT };
    const char *text = text_at(s->doc, "title");

    page_disc(s->page, MARGIN + HEAD_H / 2, HEAD_TOP + HEAD_H / 2, HEAD_H / 2,
              page_red);
    page_star(s->page, MARGIN + 2.3, HEAD_TOP + 2.1, 6.4, page_gold);
    page_text(s->page, word(s, "app"), MARGIN + 15,
              HEAD_TOP + (*word(s, "commune") ? 0.4 : 3), 75, &app);
    page_text(s->page, word(s, "commune"), MARGIN + 15, HEAD_TOP + 5.5, 75, &place);
    page_text(s->page, word(s, "kind"), PAGE_A5_W - MARGIN - 40, HEAD_TOP + 3, 40,
              &kind);
    s->y = HEAD_TOP + HEAD_H + GAP;
    fit(s->page, text, WIDTH, TITLE_H, TITLE_SIZE_LEAST, &title);
    s->y += page_text(s->page, text, MARGIN, s->y, WIDTH, &title) + GAP;
}

/* The sentence alone over the whole width. */
static void draw_sentence(struct sheet *s, const char *text)
{
    struct text_style style = { SENTENCE_SIZE, true, 0, 1.4, page_ink, TEXT_LEFT };

    fit(s->page, text, WIDTH, LEAD_H, SENTENCE_SIZE_LEAST, &style);
    s->y += page_text(s->page, text, MARGIN, s->y, WIDTH, &style) + GAP;
}

/* The sentence beside a picture, below what the picture is of. */
static enum err draw_lead(struct sheet *s, const char *lead, const char *text)
{
    const struct text_style soft = { 4.2, false, 0, 1.35, page_soft, TEXT_LEFT };
    struct text_style style = { SENTENCE_SIZE, true, 0, 1.4, page_ink, TEXT_LEFT };
    const char *of = text_at(s->doc, "lead_text");
    double x = MARGIN + LEAD_W + LEAD_GAP, w = WIDTH - LEAD_W - LEAD_GAP;
    double of_h = *of ? page_text_height(s->page, of, w, &soft) + 2 : 0;
    double h = fit(s->page, text, w, LEAD_H - of_h, SENTENCE_SIZE_LEAST, &style);
    double y = s->y + (LEAD_H - of_h - h) / 2;

    page_text(s->page, of, x, y, w, &soft);
    page_text(s->page, text, x, y + of_h, w, &style);
    y = s->y;
    s->y += LEAD_H + GAP;
    return picture(s->page, lead, MARGIN, y, LEAD_W, LEAD_H);
}

/* All boxes are as high as the longest heading needs. */
static enum err draw_steps(struct sheet *s)
{
    struct text_style style = { 4.6, true, 0, 1.3, page_ink, TEXT_CENTRE };
    const json_value *steps = json_get(s->doc, "steps");
    size_t n = json_count(steps);
    double w, inside, text_w, picture_h, text_h = 0;
    enum err err = n >= 1 && n <= STEPS_MAX ? ERR_OK : ERR_REJECTED;

    if (err)
        return err;
    if (n == STEPS_MAX)
        style.size = STEP_SIZE_OF_MAX;
    w = (WIDTH - (double)(n - 1) * STEP_GAP) / (double)n;
    inside = w - 2 * STEP_PAD;
    picture_h = inside * PICTURE_SHAPE < STEP_PICTURE_H ? inside * PICTURE_SHAPE
                                                        : STEP_PICTURE_H;
    for (size_t i = 0; i < n; i++) {
        double h = page_text_height(s->page, text_at(json_at(steps, i), "text"), inside,
                                    &style);

        text_h = h > text_h ? h : text_h;
    }
    for (size_t i = 0; !err && i < n; i++) {
        const json_value *step = json_at(steps, i);
        double x = MARGIN + (double)i * (w + STEP_GAP);

        page_round_frame(s->page, x, s->y, w, picture_h + text_h + 2 * STEP_PAD + 1.5,
                         ROUND, LINE, page_line_brown);
        err = picture(s->page, text_at(step, "picture"), x + STEP_PAD, s->y + STEP_PAD,
                      inside, picture_h);
        text_w = balanced(s->page, text_at(step, "text"), inside, &style);
        page_text(s->page, text_at(step, "text"), x + (w - text_w) / 2,
                  s->y + STEP_PAD + picture_h + 1.5, text_w, &style);
    }
    s->y += picture_h + text_h + 2 * STEP_PAD + 1.5 + GAP;
    return err;
}

static double todo_height(struct page *p, const char *text, double w,
                          const struct text_style *style)
{
    double h = page_text_height(p, text, w, style);

    return (h > BOX_SIDE ? h : BOX_SIDE) + TODO_GAP;
}

/* The largest size at which all of them stand in `room`. */
static void fit_todo(struct page *p, const json_value *todo, double w, double room,
                     struct text_style *style)
{
    double h;

    do {
        h = 0;
        for (size_t i = 0; i < json_count(todo); i++)
            h += todo_height(p, json_text(json_at(todo, i)), w, style);
        if (h > room)
            style->size -= 0.2;
    } while (h > room && style->size > TODO_SIZE_LEAST);
}

static enum err check_todo(const json_value *todo)
{
    size_t n = json_count(todo);

    for (size_t i = 0; i < n; i++)
        if (!json_text(json_at(todo, i)))
            return ERR_REJECTED;
    return n >= 1 && n <= TODO_MAX ? ERR_OK : ERR_REJECTED;
}

/* Boxes to tick, and the QR code beside them. `bottom`: where it ends. */
static enum err draw_todo(struct sheet *s, double bottom)
{
    const struct text_style head = { 5, true, 0, 1.3, page_ink, TEXT_LEFT };
    const struct text_style code = { 3.2, false, 0, 1.25, page_soft, TEXT_CENTRE };
    struct text_style body = { 4.6, false, 0, 1.3, page_ink, TEXT_LEFT };
    const json_value *todo = json_get(s->doc, "todo");
    const double right = QR_SIDE + 2 * QR_QUIET;
    const double qr_x = MARGIN + WIDTH - QR_SIDE - QR_QUIET;
    const double qr_y = s->y + (bottom - s->y - QR_SIDE - 5) / 2;
    const double x = MARGIN + TODO_PAD, text_x = x + BOX_SIDE + BOX_GAP;
    const double w = MARGIN + WIDTH - right - text_x;
    double y = s->y + 3.5;

    if (check_todo(todo))
        return ERR_REJECTED;
    page_round_frame(s->page, MARGIN, s->y, WIDTH, bottom - s->y, ROUND, LINE,
                     page_line_brown);
    y += page_text(s->page, word(s, "todo"), x, y, WIDTH - TODO_PAD - right, &head) + 2;
    fit_todo(s->page, todo, w, bottom - y, &body);
    for (size_t i = 0; i < json_count(todo); i++) {
        const char *text = json_text(json_at(todo, i));

        page_round_frame(s->page, x, y, BOX_SIDE, BOX_SIDE, 1.2, 0.7, page_ink);
        page_text(s->page, text, text_x, y, w, &body);
        y += todo_height(s->page, text, w, &body);
    }
    page_text(s->page, text_at(s->doc, "code"), qr_x - QR_QUIET, qr_y + QR_SIDE + 1,
              right, &code);
    return page_qr(s->page, text_at(s->doc, "qr"), qr_x, qr_y, QR_SIDE);
}

/* A telephone, and a line for the number. */
static void draw_help(struct sheet *s, double y)
{
    const struct text_style style = { 4.8, false, 0, 1.4, page_ink, TEXT_LEFT };
    double x = MARGIN + 5, text_x = MARGIN + 17;

    page_round(s->page, MARGIN, y, WIDTH, HELP_H, ROUND, page_pale);
    page_round_frame(s->page, MARGIN, y, WIDTH, HELP_H, ROUND, LINE, page_line_brown);
    page_round(s->page, x, y + 3.5, 7.5, 13, 1.5, page_ink);
    page_rect(s->page, x + 0.9, y + 5.2, 5.7, 8.1, page_white);
    page_disc(s->page, x + 3.75, y + 14.9, 0.8, page_white);
    page_text(s->page, word(s, "help"), text_x, y + 2.5, WIDTH - 20, &style);
    page_line(s->page, text_x, y + HELP_H - 4, MARGIN + WIDTH - 5, y + HELP_H - 4, 0.4,
              true);
}

enum err sheet_draw(struct page *p, const json_value *doc, struct complaint *why)
{
    const struct text_style left = { 3.2, false, 0, 1.3, page_soft, TEXT_LEFT };
    const struct text_style right = { 3.2, false, 0, 1.3, page_soft, TEXT_RIGHT };
    struct sheet s = { p, doc, 0 };
    double help_top = FOOT_TOP - GAP - HELP_H;
    enum err err = ERR_OK;

    why->what = "title, remember: both are needed";
    if (!*text_at(doc, "title") || !*text_at(doc, "remember"))
        return ERR_REJECTED;
    page_a5(p);
    draw_head(&s);
    why->what = "lead: base64url of a PNG";
    if (*text_at(doc, "lead"))
        err = draw_lead(&s, text_at(doc, "lead"), text_at(doc, "remember"));
    else
        draw_sentence(&s, text_at(doc, "remember"));
    if (err)
        return err;
    why->what = "steps: 1 to 4 of picture and text";
    err = draw_steps(&s);
    if (err)
        return err;
    why->what = "todo, qr: 1 to 3 texts, and that of the QR code";
    err = draw_todo(&s, help_top - GAP);
    if (err)
        return err;
    draw_help(&s, help_top);
    page_text(p, text_at(doc, "foot"), MARGIN, FOOT_TOP, WIDTH - 40, &left);
    page_text(p, text_at(doc, "date_text"), PAGE_A5_W - MARGIN - 40, FOOT_TOP, 40,
              &right);
    return ERR_OK;
}
