/* Ten learner cards of 85.6 × 54 mm on a sheet, to be printed at 100 % and cut
 * (design p02). */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "documents.h"
#include "page.h"

#define CARD_W 85.6
#define CARD_H 54.0
#define COLUMNS 2
#define ROWS 5
#define LEFT ((PAGE_W - COLUMNS * CARD_W) / 2)
#define TOP 13.0
#define BAND 11.6 /* of red, with the name of the programme */
#define QR_SIDE 28.0
#define QR_LEFT 4.6 /* the quiet zone of four modules is 4.5 mm */
#define TEXT_LEFT_MM (QR_LEFT + QR_SIDE + 4.5)
#define TEXT_W (CARD_W - TEXT_LEFT_MM - 2.0)
#define NAME_SIZE 4.7
#define NAME_SIZE_LEAST 2.9
#define NAME_HEIGHT 17.7 /* three lines of the full size */
#define CARDS_MAX 500
#define HEADER_BYTES 256

struct words {
    const char *heading, *cut, *foot, *title, *programme, *lost, *blank;
};
struct card {
    const char *name, *about, *code, *qr;
};

static const char *need(const json_value *v, const char *key)
{
    const char *text = json_text(json_get(v, key));

    return text ? text : "";
}

/* "407021" as people read it out. */
static void spaced_code(const char *code, char out[8])
{
    (void)snprintf(out, 8, "%.3s %.3s", code, code + 3);
}

static void draw_band(struct page *p, const struct words *w, double x, double y)
{
    const struct text_style title = { 3.3, true, 0, 1.25, page_white, TEXT_LEFT };
    const struct text_style small = { 2.8, false, 0, 1.3, page_white, TEXT_LEFT };

    page_rect(p, x, y, CARD_W, BAND, page_red);
    page_star(p, x + 4, y + (BAND - 5.5) / 2, 5.5, page_gold);
    page_text(p, w->title, x + 11.5, y + 1.8, CARD_W - 14, &title);
    page_text(p, w->programme, x + 11.5, y + 6.1, CARD_W - 14, &small);
}

/* The largest size at which the name fits; never cut off. */
static double name_style(struct page *p, const char *name, struct text_style *style)
{
    double h;

    *style = (struct text_style){ NAME_SIZE, true, 0, 1.25, page_ink, TEXT_LEFT };
    for (;;) {
        h = page_text_height(p, name, TEXT_W, style);
        if (h <= NAME_HEIGHT || style->size <= NAME_SIZE_LEAST)
            return h;
        style->size -= 0.2;
    }
}

static enum err draw_card(struct page *p, const struct words *w, const struct card *c,
                          double x, double y)
{
    const struct text_style small = { 2.8, false, 0, 1.35, page_soft, TEXT_LEFT };
    const struct text_style code = { 7, true, 0.4, 1.25, page_ink, TEXT_LEFT };
    const char *about = *c->name ? c->about : w->blank;
    struct text_style name_at;
    double name_h = 8, about_h, lost_h, at;
    char digits[8] = "";

    if (*c->name)
        name_h = name_style(p, c->name, &name_at);
    about_h = page_text_height(p, about, TEXT_W, &small);
    lost_h = page_text_height(p, w->lost, TEXT_W, &small);
    at = y + BAND + (CARD_H - BAND - name_h - about_h - 8.75 - lost_h) / 2;
    draw_band(p, w, x, y);
    if (*c->name)
        page_text(p, c->name, x + TEXT_LEFT_MM, at, TEXT_W, &name_at);
    else
        page_line(p, x + TEXT_LEFT_MM, at + name_h - 0.8, x + TEXT_LEFT_MM + TEXT_W,
                  at + name_h - 0.8, 0.3, false);
    at += name_h;
    page_text(p, about, x + TEXT_LEFT_MM, at, TEXT_W, &small);
    at += about_h;
    if (*c->code)
        spaced_code(c->code, digits);
    page_text(p, digits, x + TEXT_LEFT_MM, at, TEXT_W, &code);
    page_text(p, w->lost, x + TEXT_LEFT_MM, at + 8.75, TEXT_W, &small);
    return page_qr(p, c->qr, x + QR_LEFT, y + BAND + (CARD_H - BAND - QR_SIDE) / 2,
                   QR_SIDE);
}

static void draw_cuts(struct page *p)
{
    for (int i = 0; i <= COLUMNS; i++)
        page_line(p, LEFT + i * CARD_W, TOP, LEFT + i * CARD_W, TOP + ROWS * CARD_H,
                  0.25, true);
    for (int i = 0; i <= ROWS; i++)
        page_line(p, LEFT, TOP + i * CARD_H, LEFT + COLUMNS * CARD_W, TOP + i * CARD_H,
                  0.25, true);
}

/* "{i}" and "{n}" of the heading become numbers. */
static void heading(const char *pattern, size_t i, size_t n, struct buf *out)
{
    while (*pattern) {
        if (!strncmp(pattern, "{i}", 3) || !strncmp(pattern, "{n}", 3)) {
            buf_printf(out, "%zu", pattern[1] == 'i' ? i : n);
            pattern += 3;
        } else {
            buf_char(out, *pattern++);
        }
    }
}

static void draw_margins(struct page *p, const struct words *w, size_t sheet,
                         size_t n_sheets)
{
    const struct text_style left = { 3.2, false, 0, 1.25, page_soft, TEXT_LEFT };
    const struct text_style right = { 3.2, false, 0, 1.25, page_soft, TEXT_RIGHT };
    struct buf text;

    buf_init(&text, HEADER_BYTES);
    heading(w->heading, sheet, n_sheets, &text);
    page_text(p, buf_text(&text), LEFT, 4.5, 100, &left);
    page_text(p, w->cut, PAGE_W - LEFT - 70, 4.5, 70, &right);
    page_text(p, w->foot, LEFT, TOP + ROWS * CARD_H + 2, COLUMNS * CARD_W, &left);
    buf_finish(&text);
}

static bool read_card(const json_value *v, struct card *c)
{
    *c = (struct card){ need(v, "name"), need(v, "about"), need(v, "code"),
                        need(v, "qr") };
    if (*c->code && (strlen(c->code) != 6 || strspn(c->code, "0123456789") != 6))
        return false;
    return *c->qr != 0;
}

enum err cards_draw(struct page *p, const json_value *doc, struct complaint *why)
{
    const json_value *words = json_get(doc, "words"), *cards = json_get(doc, "cards");
    const struct words w = { need(words, "heading"),   need(words, "cut"),
                             need(words, "foot"),      need(words, "title"),
                             need(words, "programme"), need(words, "lost"),
                             need(words, "blank") };
    const size_t n = json_count(cards), sheet = COLUMNS * ROWS;
    enum err err = n && n <= CARDS_MAX ? ERR_OK : ERR_REJECTED;

    why->what = "cards: 1 to 500 of them";
    for (size_t i = 0; !err && i < n; i++) {
        size_t at = i % sheet;
        struct card c;

        if (at == 0 && i)
            page_next(p);
        if (at == 0)
            draw_margins(p, &w, i / sheet + 1, (n + sheet - 1) / sheet);
        why->what = "a card: six digits and the text of its QR code";
        if (!read_card(json_at(cards, i), &c))
            return ERR_REJECTED;
        err = draw_card(p, &w, &c, LEFT + (double)(at % COLUMNS) * CARD_W,
                        TOP + (double)(at / COLUMNS) * CARD_H);
        if (at + 1 == sheet || i + 1 == n)
            draw_cuts(p);
    }
    return err;
}
