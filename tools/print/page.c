/* cairo's PDF surface and Pango's layouts. */
#include "page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "app/qr.h"
#include "base/buf.h"
#include "base/check.h"

#define PT (72.0 / 25.4) /* points in a millimetre */
#define PDF_MAX (32u << 20)
#define FONT "Noto Sans"

struct page {
    struct buf bytes;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoLayout *layout;
    bool started; /* something stands on the page */
};

const struct colour page_ink = { 0.133, 0.090, 0.055 };
const struct colour page_soft = { 0.294, 0.227, 0.169 };
const struct colour page_line_brown = { 0.541, 0.420, 0.298 };
const struct colour page_red = { 0.588, 0.106, 0.118 };
const struct colour page_gold = { 0.953, 0.706, 0.200 };
const struct colour page_pale = { 1, 0.937, 0.784 };
const struct colour page_white = { 1, 1, 1 };

static cairo_status_t take(void *closure, const unsigned char *bytes, unsigned n)
{
    struct page *p = closure;

    buf_add(&p->bytes, bytes, n);
    return p->bytes.overflow ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

void page_open(const char *title, const char *date, struct page **out)
{
    struct page *p = check_alloc(sizeof(*p));

    *p = (struct page){ 0 };
    buf_init(&p->bytes, PDF_MAX);
    p->surface = cairo_pdf_surface_create_for_stream(take, p, PAGE_W * PT, PAGE_H * PT);
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "bdhvs");
    p->cr = cairo_create(p->surface);
    p->layout = pango_cairo_create_layout(p->cr);
    pango_context_set_language(pango_layout_get_context(p->layout),
                               pango_language_from_string("vi"));
    pango_context_set_round_glyph_positions(pango_layout_get_context(p->layout), FALSE);
    *out = p;
}

enum err page_close(struct page *p, struct buf *out)
{
    cairo_status_t status;
    enum err err = ERR_OK;

    cairo_show_page(p->cr);
    g_object_unref(p->layout);
    status = cairo_status(p->cr);
    cairo_destroy(p->cr);
    cairo_surface_finish(p->surface);
    if (!status)
        status = cairo_surface_status(p->surface);
    cairo_surface_destroy(p->surface);
    buf_add(out, buf_text(&p->bytes), p->bytes.len);
    if (p->bytes.overflow || out->overflow)
        err = ERR_FULL;
    else if (status)
        err = ERR_CORRUPT;
    buf_finish(&p->bytes);
    free(p);
    return err;
}

void page_next(struct page *p)
{
    cairo_show_page(p->cr);
}

void page_turn(struct page *p)
{
    cairo_pdf_surface_set_size(p->surface, PAGE_H * PT, PAGE_W * PT);
}

void page_a5(struct page *p)
{
    cairo_pdf_surface_set_size(p->surface, PAGE_A5_W * PT, PAGE_A5_H * PT);
}

/* --- text ----------------------------------------------------------------------------- */

static void shape(struct page *p, const char *text, double w,
                  const struct text_style *style)
{
    static const PangoAlignment aligns[] = { [TEXT_LEFT] = PANGO_ALIGN_LEFT,
                                             [TEXT_RIGHT] = PANGO_ALIGN_RIGHT,
                                             [TEXT_CENTRE] = PANGO_ALIGN_CENTER };
    PangoFontDescription *font = pango_font_description_from_string(FONT);
    PangoAttrList *attrs = pango_attr_list_new();
    double line = style->line > 0 ? style->line : 1.25;

    pango_font_description_set_absolute_size(font, style->size * PT * PANGO_SCALE);
    pango_font_description_set_weight(font, style->bold ? PANGO_WEIGHT_BOLD
                                                        : PANGO_WEIGHT_NORMAL);
    pango_attr_list_insert(attrs, pango_attr_line_height_new_absolute((int)lround(
                                      line * style->size * PT * PANGO_SCALE)));
    if (style->spacing > 0)
        pango_attr_list_insert(attrs, pango_attr_letter_spacing_new((int)lround(
                                          style->spacing * PT * PANGO_SCALE)));
    /* A name is broken where it must be, without a hyphen that is not in it. */
    pango_attr_list_insert(attrs, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_font_description(p->layout, font);
    pango_layout_set_attributes(p->layout, attrs);
    pango_layout_set_width(p->layout, (int)lround(w * PT * PANGO_SCALE));
    pango_layout_set_wrap(p->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(p->layout, aligns[style->align]);
    pango_layout_set_text(p->layout, text, -1);
    pango_attr_list_unref(attrs);
    pango_font_description_free(font);
}

static double height_of(struct page *p)
{
    int h;

    pango_layout_get_size(p->layout, NULL, &h);
    return h / (PT * PANGO_SCALE);
}

double page_text_height(struct page *p, const char *text, double w,
                        const struct text_style *style)
{
    shape(p, text, w, style);
    return height_of(p);
}

static void ink(struct page *p, struct colour c)
{
    cairo_set_source_rgb(p->cr, c.r, c.g, c.b);
}

double page_text(struct page *p, const char *text, double x, double y, double w,
                 const struct text_style *style)
{
    shape(p, text, w, style);
    ink(p, style->colour);
    cairo_move_to(p->cr, x * PT, y * PT);
    pango_cairo_show_layout(p->cr, p->layout);
    return height_of(p);
}

/* --- shapes --------------------------------------------------------------------------- */

void page_rect(struct page *p, double x, double y, double w, double h,
               struct colour colour)
{
    ink(p, colour);
    cairo_rectangle(p->cr, x * PT, y * PT, w * PT, h * PT);
    cairo_fill(p->cr);
}

void page_frame(struct page *p, double x, double y, double w, double h, double line,
                struct colour colour)
{
    ink(p, colour);
    cairo_set_line_width(p->cr, line * PT);
    cairo_rectangle(p->cr, (x + line / 2) * PT, (y + line / 2) * PT, (w - line) * PT,
                    (h - line) * PT);
    cairo_stroke(p->cr);
}

static void trace_round(struct page *p, double x, double y, double w, double h,
                        double r)
{
    const double quarter = acos(-1.0) / 2;
    const double corners[4][2] = { { x + w - r, y + r },
                                   { x + w - r, y + h - r },
                                   { x + r, y + h - r },
                                   { x + r, y + r } };

    cairo_new_sub_path(p->cr);
    for (int i = 0; i < 4; i++)
        cairo_arc(p->cr, corners[i][0] * PT, corners[i][1] * PT, r * PT,
                  (i - 1) * quarter, i * quarter);
    cairo_close_path(p->cr);
}

void page_round(struct page *p, double x, double y, double w, double h, double r,
                struct colour colour)
{
    ink(p, colour);
    trace_round(p, x, y, w, h, r);
    cairo_fill(p->cr);
}

void page_round_frame(struct page *p, double x, double y, double w, double h, double r,
                      double line, struct colour colour)
{
    ink(p, colour);
    cairo_set_line_width(p->cr, line * PT);
    trace_round(p, x + line / 2, y + line / 2, w - line, h - line, r - line / 2);
    cairo_stroke(p->cr);
}

void page_disc(struct page *p, double x, double y, double r, struct colour colour)
{
    ink(p, colour);
    cairo_arc(p->cr, x * PT, y * PT, r * PT, 0, 2 * acos(-1.0));
    cairo_fill(p->cr);
}

void page_line(struct page *p, double x1, double y1, double x2, double y2, double width,
               bool dashes)
{
    const double dash[] = { 1.0 * PT, 0.8 * PT };

    cairo_save(p->cr);
    cairo_set_source_rgb(p->cr, 0.54, 0.54, 0.54);
    cairo_set_line_width(p->cr, width * PT);
    if (dashes)
        cairo_set_dash(p->cr, dash, COUNT(dash), 0);
    cairo_move_to(p->cr, x1 * PT, y1 * PT);
    cairo_line_to(p->cr, x2 * PT, y2 * PT);
    cairo_stroke(p->cr);
    cairo_restore(p->cr);
}

void page_star(struct page *p, double x, double y, double size, struct colour colour)
{
    const double turn = acos(-1.0) / 5, r = size / 2;

    for (int i = 0; i < 10; i++) {
        double radius = i % 2 ? r * 0.45 : r;

        cairo_line_to(p->cr, (x + r + radius * sin(i * turn)) * PT,
                      (y + r - radius * cos(i * turn)) * PT);
    }
    cairo_close_path(p->cr);
    ink(p, colour);
    cairo_fill(p->cr);
}

/* --- pictures ------------------------------------------------------------------------- */

struct bytes {
    const unsigned char *at;
    size_t left;
};

static cairo_status_t give(void *closure, unsigned char *out, unsigned n)
{
    struct bytes *b = closure;

    if (n > b->left)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(out, b->at, n);
    b->at += n;
    b->left -= n;
    return CAIRO_STATUS_SUCCESS;
}

/* Whether its head says a size that we draw: looked at before anything is unpacked. */
static bool png_ok(const unsigned char *png, size_t n)
{
    static const unsigned char head[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n',
                                          0,    0,   0,   13,  'I',  'H',  'D',  'R' };

    if (n < sizeof(head) + 8 || memcmp(png, head, sizeof(head)) != 0)
        return false;
    for (size_t at = sizeof(head); at < sizeof(head) + 8; at += 4) {
        unsigned long side = (unsigned long)png[at] << 24 |
                             (unsigned long)png[at + 1] << 16 |
                             (unsigned long)png[at + 2] << 8 | png[at + 3];

        if (side == 0 || side > PAGE_PICTURE_PX)
            return false;
    }
    return true;
}

enum err page_picture(struct page *p, const void *png, size_t n, double x, double y,
                      double w, double h, double r)
{
    struct bytes bytes = { png, n };
    cairo_surface_t *image;
    double px_w, px_h, scale, wide, high;

    if (!png_ok(png, n))
        return ERR_REJECTED;
    image = cairo_image_surface_create_from_png_stream(give, &bytes);
    if (cairo_surface_status(image)) {
        cairo_surface_destroy(image);
        return ERR_REJECTED;
    }
    px_w = cairo_image_surface_get_width(image);
    px_h = cairo_image_surface_get_height(image);
    scale = fmin(w / px_w, h / px_h); /* mm a pixel */
    wide = px_w * scale;
    high = px_h * scale;
    cairo_save(p->cr);
    trace_round(p, x + (w - wide) / 2, y + (h - high) / 2, wide, high, r);
    cairo_clip(p->cr);
    cairo_translate(p->cr, (x + (w - wide) / 2) * PT, (y + (h - high) / 2) * PT);
    cairo_scale(p->cr, scale * PT, scale * PT);
    cairo_set_source_surface(p->cr, image, 0, 0);
    cairo_paint(p->cr);
    cairo_restore(p->cr);
    cairo_surface_destroy(image);
    return ERR_OK;
}

enum err page_qr(struct page *p, const char *text, double x, double y, double side)
{
    struct qr qr;
    enum err err = qr_make(text, &qr);
    double module = side / (qr.side ? qr.side : 1);

    if (err)
        return err;
    ink(p, page_ink);
    for (int row = 0; row < qr.side; row++) {
        for (int from = 0, to; from < qr.side; from = to) {
            to = from + 1;
            if (!qr.dark[row][from])
                continue;
            while (to < qr.side && qr.dark[row][to])
                to++; /* one bar for neighbours: no hairlines between them */
            cairo_rectangle(p->cr, (x + from * module) * PT, (y + row * module) * PT,
                            (to - from) * module * PT, module * PT);
        }
    }
    cairo_fill(p->cr);
    return ERR_OK;
}

#ifdef __SANITIZE_ADDRESS__
/* fontconfig keeps some of its patterns until the process ends. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}
#endif
