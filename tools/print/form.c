/* Lines of label and value: the receipt of an erasure (design v14), what is kept about a
 * person, a summary to be put up. */
#include "base/check.h"
#include "documents.h"
#include "page.h"

#define MARGIN 22.0
#define WIDTH (PAGE_W - 2 * MARGIN)
#define LABEL_W 45.0
#define BOTTOM (PAGE_H - 18.0)
#define LINES_MAX 2000
#define QR_SIDE 32.0
#define QR_QUIET_MM 4.0

struct form {
    struct page *page;
    double y;
};

static void need_room(struct form *f, double h)
{
    if (f->y + h <= BOTTOM)
        return;
    page_next(f->page);
    f->y = MARGIN;
}

static void paragraph(struct form *f, const char *text, const struct text_style *style,
                      double after)
{
    double h;

    if (!text || !*text)
        return;
    h = page_text_height(f->page, text, WIDTH, style);
    need_room(f, h);
    page_text(f->page, text, MARGIN, f->y, WIDTH, style);
    f->y += h + after;
}

static void line(struct form *f, const char *label, const char *value)
{
    const struct text_style soft = { 4, false, 0, 1.35, page_soft, TEXT_LEFT };
    const struct text_style strong = { 4, true, 0, 1.35, page_ink, TEXT_LEFT };
    double h = page_text_height(f->page, value, WIDTH - LABEL_W, &strong);
    double h2 = page_text_height(f->page, label, LABEL_W - 4, &soft);

    h = h > h2 ? h : h2;
    need_room(f, h + 4);
    page_text(f->page, label, MARGIN, f->y + 2, LABEL_W - 4, &soft);
    page_text(f->page, value, MARGIN + LABEL_W, f->y + 2, WIDTH - LABEL_W, &strong);
    f->y += h + 4;
    page_line(f->page, MARGIN, f->y, MARGIN + WIDTH, f->y, 0.15, false);
}

static enum err code(struct form *f, const char *qr)
{
    need_room(f, QR_SIDE + 2 * QR_QUIET_MM);
    return page_qr(f->page, qr, MARGIN + QR_QUIET_MM, f->y + QR_QUIET_MM, QR_SIDE);
}

enum err form_draw(struct page *p, const json_value *doc, struct complaint *why)
{
    const struct text_style org = { 4, false, 0, 1.3, page_soft, TEXT_LEFT };
    const struct text_style title = { 7, true, 0, 1.25, page_ink, TEXT_LEFT };
    const struct text_style body = { 4, false, 0, 1.4, page_ink, TEXT_LEFT };
    const json_value *lines = json_get(doc, "lines"), *notes = json_get(doc, "notes");
    const char *qr = json_text(json_get(doc, "qr"));
    struct form f = { p, MARGIN };

    why->what = "lines: at most 2000 pairs of texts";
    if (json_count(lines) > LINES_MAX || json_count(notes) > LINES_MAX)
        return ERR_REJECTED;
    page_star(p, MARGIN, f.y - 1, 6, page_red);
    page_text(p, json_text(json_get(doc, "org")) ? json_text(json_get(doc, "org")) : "",
              MARGIN + 9, f.y, WIDTH - 9, &org);
    f.y += 9;
    paragraph(&f, json_text(json_get(doc, "title")), &title, 4);
    page_line(p, MARGIN, f.y, MARGIN + WIDTH, f.y, 0.4, false);
    for (size_t i = 0; i < json_count(lines); i++) {
        const char *label = json_text(json_at(json_at(lines, i), 0));
        const char *value = json_text(json_at(json_at(lines, i), 1));

        if (!label || !value)
            return ERR_REJECTED;
        line(&f, label, value);
    }
    f.y += 6;
    for (size_t i = 0; i < json_count(notes); i++)
        paragraph(&f, json_text(json_at(notes, i)), &body, 3);
    return qr && *qr ? code(&f, qr) : ERR_OK;
}
