/* “Giấy ghi nhận” (design r23) on A4, lying on its side: frame, star, who and what, and the
 * QR code by which others check it. */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "documents.h"
#include "page.h"

#define W PAGE_H
#define H PAGE_W
#define MARGIN 10.0
#define FRAME_GAP 3.0
#define LEFT (MARGIN + 14)
#define TEXT_W (W - 2 * LEFT)
#define QR_SIDE 36.0
#define QR_TOP (H - MARGIN - 22 - QR_SIDE)
#define CODE_W (TEXT_W - QR_SIDE - 10)
#define FOOT_TOP (H - MARGIN - 16)
#define NAME_SIZE 13.0
#define NAME_SIZE_LEAST 6.0
#define NAME_HEIGHT 17.0 /* one line */
#define NAME_LINE_W 120.0

struct words {
    const char *title, *of, *name, *blank, *what, *part, *class_name;
    const char *day, *number, *check, *code, *foot, *qr;
};

static const struct {
    const char *key;
    size_t at;
} fields[] = {
#define FIELD(name)                         \
    {                                       \
#name, offsetof(struct words, name) \
    }
    FIELD(title), FIELD(of),         FIELD(name), FIELD(blank),  FIELD(what),
    FIELD(part),  FIELD(class_name), FIELD(day),  FIELD(number), FIELD(check),
    FIELD(code),  FIELD(foot),       FIELD(qr)
#undef FIELD
};

static bool read_words(const json_value *doc, struct words *out)
{
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        const char *text = json_text(json_get(doc, fields[i].key));

        if (!text)
            return false;
        memcpy((char *)out + fields[i].at, &text, sizeof(text));
    }
    return *out->title && *out->qr;
}

static void draw_frame(struct page *p)
{
    const double cx = W / 2, top = MARGIN + 16;

    page_frame(p, MARGIN, MARGIN, W - 2 * MARGIN, H - 2 * MARGIN, 1.1, page_red);
    page_frame(p, MARGIN + FRAME_GAP, MARGIN + FRAME_GAP, W - 2 * (MARGIN + FRAME_GAP),
               H - 2 * (MARGIN + FRAME_GAP), 0.3, page_red);
    page_disc(p, cx, top, 8, page_red);
    page_star(p, cx - 5, top - 5, 10, page_gold);
}

/* The name on one line as large as it fits, or a line to write it on. Returns its height. */
static double draw_name(struct page *p, const struct words *w, double y)
{
    const struct text_style small = { 3.4, false, 0, 1.25, page_soft, TEXT_CENTRE };
    struct text_style name = { NAME_SIZE, true, 0, 1.25, page_ink, TEXT_CENTRE };

    if (!*w->name) {
        page_line(p, (W - NAME_LINE_W) / 2, y + 11, (W + NAME_LINE_W) / 2, y + 11, 0.3,
                  false);
        page_text(p, w->blank, LEFT, y + 12, TEXT_W, &small);
        return NAME_HEIGHT;
    }
    while (page_text_height(p, w->name, TEXT_W, &name) > NAME_HEIGHT &&
           name.size > NAME_SIZE_LEAST)
        name.size -= 0.5;
    return page_text(p, w->name, LEFT, y, TEXT_W, &name);
}

static void draw_words(struct page *p, const struct words *w)
{
    const struct text_style head = { 10, true, 0, 1.25, page_red, TEXT_CENTRE };
    const struct text_style body = { 6.4, false, 0, 1.35, page_ink, TEXT_CENTRE };
    const struct text_style part = { 7.4, true, 0, 1.3, page_ink, TEXT_CENTRE };
    double y = MARGIN + 28;

    y += page_text(p, w->title, LEFT, y, TEXT_W, &head) + 3;
    y += page_text(p, w->of, LEFT, y, TEXT_W, &body) + 2;
    y += draw_name(p, w, y) + 2;
    y += page_text(p, w->what, LEFT, y, TEXT_W, &body);
    y += page_text(p, w->part, LEFT, y, TEXT_W, &part);
    page_text(p, w->class_name, LEFT, y, TEXT_W, &body);
}

static enum err draw_proof(struct page *p, const struct words *w)
{
    const struct text_style plain = { 5, false, 0, 1.3, page_ink, TEXT_LEFT };
    const struct text_style soft = { 5, false, 0, 1.3, page_soft, TEXT_LEFT };
    const struct text_style small = { 2.9, false, 0, 1.35, page_soft, TEXT_LEFT };
    const struct text_style foot = { 4.4, false, 0, 1.3, page_soft, TEXT_CENTRE };
    double check_h = page_text_height(p, w->check, CODE_W, &small);
    double code_h = page_text_height(p, w->code, CODE_W, &small);
    double y = QR_TOP + QR_SIDE - check_h - code_h - 15;

    y += page_text(p, w->day, LEFT, y, CODE_W, &plain);
    page_text(p, w->number, LEFT, y, CODE_W, &soft);
    y = QR_TOP + QR_SIDE - check_h - code_h;
    y += page_text(p, w->check, LEFT, y, CODE_W, &small);
    page_text(p, w->code, LEFT, y, CODE_W, &small);
    page_line(p, LEFT, FOOT_TOP - 3, W - LEFT, FOOT_TOP - 3, 0.3, false);
    page_text(p, w->foot, LEFT, FOOT_TOP, TEXT_W, &foot);
    return page_qr(p, w->qr, W - LEFT - QR_SIDE, QR_TOP, QR_SIDE);
}

enum err certificate_draw(struct page *p, const json_value *doc, struct complaint *why)
{
    struct words w;

    why->what = "a certificate: all of its words and the text of its QR code";
    if (!read_words(doc, &w))
        return ERR_REJECTED;
    page_turn(p);
    draw_frame(p);
    draw_words(p, &w);
    return draw_proof(p, &w);
}
