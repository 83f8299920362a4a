/* The result sheet of a contest of teams, to be put up and signed: places in a table. Lines
 * and letters carry it all, so that it can be printed in black. */
#include "documents.h"
#include "page.h"

#define MARGIN 22.0
#define WIDTH (PAGE_W - 2 * MARGIN)
#define COLUMNS 4
#define ROWS_MAX 8
#define PAD 2.0
#define NOTES_MAX 6
#define SIGN_TOP (PAGE_H - 75.0)
#define SIGN_H 30.0 /* from the word down to the line */
#define SIGN_LOWEST (PAGE_H - 12.0 - SIGN_H)

static const double column_w[COLUMNS] = { 20, WIDTH - 20 - 28 - 26, 28, 26 };

static const char *text_at(const json_value *list, size_t i)
{
    const char *text = json_text(json_at(list, i));

    return text ? text : "";
}

static const char *word(const json_value *doc, const char *key)
{
    const char *text = json_text(json_get(doc, key));

    return text ? text : "";
}

/* One row of the table at `y`; returns its height. */
static double row(struct page *p, const json_value *cells, double y, bool head)
{
    const struct text_style plain = { 4.6, false, 0, 1.3, page_ink, TEXT_LEFT };
    const struct text_style strong = { 4.6, true, 0, 1.3, page_ink, TEXT_LEFT };
    const struct text_style soft = { 4, true, 0, 1.3, page_soft, TEXT_LEFT };
    double x = MARGIN, h = 0;

    for (size_t i = 0; i < COLUMNS; i++) {
        const struct text_style *style = head ? &soft : i < 2 ? &strong : &plain;
        double got = page_text(p, text_at(cells, i), x + PAD, y + PAD,
                               column_w[i] - 2 * PAD, style);

        h = got > h ? got : h;
        x += column_w[i];
    }
    h += 2 * PAD;
    page_line(p, MARGIN, y + h, MARGIN + WIDTH, y + h, head ? 0.5 : 0.2, false);
    return h;
}

static double paragraph(struct page *p, const char *text, double y,
                        const struct text_style *style)
{
    return *text ? page_text(p, text, MARGIN, y, WIDTH, style) : 0;
}

static void sign(struct page *p, const char *who, double x, double y, double w)
{
    const struct text_style style = { 4.2, true, 0, 1.3, page_ink, TEXT_CENTRE };

    page_text(p, who, x, y, w, &style);
    page_line(p, x + 6, y + SIGN_H, x + w - 6, y + SIGN_H, 0.3, true);
}

static enum err check(const json_value *doc, struct complaint *why)
{
    const json_value *rows = json_get(doc, "rows");

    why->what = "title: it is needed";
    if (!*word(doc, "title"))
        return ERR_REJECTED;
    why->what = "columns, rows: 4 words, 1 to 8 rows of as many texts";
    if (json_count(json_get(doc, "columns")) != COLUMNS || !json_count(rows) ||
        json_count(rows) > ROWS_MAX)
        return ERR_REJECTED;
    for (size_t i = 0; i < json_count(rows); i++)
        if (json_count(json_at(rows, i)) != COLUMNS)
            return ERR_REJECTED;
    why->what = "notes, sign: at most 6 paragraphs, 2 words";
    return json_count(json_get(doc, "notes")) <= NOTES_MAX &&
                   json_count(json_get(doc, "sign")) == 2
               ? ERR_OK
               : ERR_REJECTED;
}

enum err result_draw(struct page *p, const json_value *doc, struct complaint *why)
{
    const struct text_style org = { 4, false, 0, 1.3, page_soft, TEXT_LEFT };
    const struct text_style kind = { 5, true, 0, 1.3, page_red, TEXT_LEFT };
    const struct text_style title = { 8, true, 0, 1.25, page_ink, TEXT_LEFT };
    const struct text_style body = { 4, false, 0, 1.4, page_ink, TEXT_LEFT };
    const json_value *rows = json_get(doc, "rows"), *notes = json_get(doc, "notes");
    double y = MARGIN, half = WIDTH / 2;
    enum err err = check(doc, why);

    if (err)
        return err;
    page_star(p, MARGIN, y - 1, 6, page_red);
    page_text(p, word(doc, "org"), MARGIN + 9, y, WIDTH - 9, &org);
    y += 12;
    y += paragraph(p, word(doc, "kind_text"), y, &kind) + 1;
    y += paragraph(p, word(doc, "title"), y, &title) + 2;
    y += paragraph(p, word(doc, "about"), y, &body) + 5;
    page_line(p, MARGIN, y, MARGIN + WIDTH, y, 0.5, false);
    y += row(p, json_get(doc, "columns"), y, true);
    for (size_t i = 0; i < json_count(rows); i++)
        y += row(p, json_at(rows, i), y, false);
    y += 6;
    for (size_t i = 0; i < json_count(notes); i++)
        y += paragraph(p, text_at(notes, i), y, &body) + 2;
    y = y + 4 > SIGN_TOP ? y + 4 : SIGN_TOP;
    if (y > SIGN_LOWEST) { /* eight teams of very long names */
        page_next(p);
        y = MARGIN;
    }
    sign(p, text_at(json_get(doc, "sign"), 0), MARGIN, y, half);
    sign(p, text_at(json_get(doc, "sign"), 1), MARGIN + half, y, half);
    return ERR_OK;
}
