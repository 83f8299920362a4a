/* A4 pages of a PDF, or one of A5, measured in millimetres from the top left. cairo and Pango stay
 * behind this header. The same document gives the same bytes. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct buf;
struct page;

#define PAGE_W 210.0
#define PAGE_H 297.0
#define PAGE_A5_W 148.0
#define PAGE_A5_H 210.0

struct colour {
    double r, g, b;
};
extern const struct colour page_ink, page_soft, page_line_brown, page_red, page_gold,
    page_pale, page_white;

/* `date`: "2026-11-22T08:52:00+07:00", when it was made. */
void page_open(const char *title, const char *date, struct page **out);
/* Ends the PDF and appends it to `out`. Errors: ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err page_close(struct page *p, struct buf *out);
void page_next(struct page *p);
/* The page lies on its side: PAGE_H wide, PAGE_W high. Before anything is drawn on it. */
void page_turn(struct page *p);
/* The page is A5, upright: PAGE_A5_W wide, PAGE_A5_H high. Before anything is drawn on it. */
void page_a5(struct page *p);

struct text_style {
    double size; /* height of a line's letters' em */
    bool bold;
    double spacing; /* between letters */
    double line;    /* line height in ems; 0: 1.25 */
    struct colour colour;
    enum { TEXT_LEFT, TEXT_RIGHT, TEXT_CENTRE } align;
};
/* Draws `text` in lines of at most `w`, returns the height that it takes. */
double page_text(struct page *p, const char *text, double x, double y, double w,
                 const struct text_style *style);
double page_text_height(struct page *p, const char *text, double w,
                        const struct text_style *style);

void page_rect(struct page *p, double x, double y, double w, double h,
               struct colour colour);
/* Its outline, `line` thick, inside. */
void page_frame(struct page *p, double x, double y, double w, double h, double line,
                struct colour colour);
/* The same two with round corners of radius `r`. */
void page_round(struct page *p, double x, double y, double w, double h, double r,
                struct colour colour);
void page_round_frame(struct page *p, double x, double y, double w, double h, double r,
                      double line, struct colour colour);
/* A PNG of `n` bytes, as large as fits into the box and in its middle, with round corners.
 * Errors: ERR_REJECTED (no PNG, or one of more than PAGE_PICTURE_PX a side). */
#define PAGE_PICTURE_PX 4096
NODISCARD enum err page_picture(struct page *p, const void *png, size_t n, double x,
                                double y, double w, double h, double r);
void page_disc(struct page *p, double x, double y, double r, struct colour colour);
/* A line to cut along (`dashes`) or to write on. */
void page_line(struct page *p, double x1, double y1, double x2, double y2, double width,
               bool dashes);
void page_star(struct page *p, double x, double y, double size, struct colour colour);
/* `side` without the quiet zone. Errors: ERR_REJECTED (too long). */
NODISCARD enum err page_qr(struct page *p, const char *text, double x, double y,
                           double side);
