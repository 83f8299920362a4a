/* See chart.h. Colours are tokens of the design: indigo, its tint for last year, ink2,
 * sand. */
#include "chart.h"

#include <inttypes.h>

#include "base/buf.h"
#include "html.h"

#define MONTHS 12
#define STEPS 4
#define INDIGO "#173B6C"
#define LAST_YEAR "#8FA6C8"
#define INK2 "#4B3A2B"
#define SAND "#ECE1CD"
#define NGHE "#F3B433"
#define SPARK_W 110
#define SPARK_H 28

static const struct geometry {
    int w;
    int h;
    int left; /* room for the scale */
    int font;
} geometries[] = {
    [CHART_WIDE] = { 700, 260, 56, 14 },
    [CHART_NARROW] = { 350, 230, 44, 12 },
};

struct plot {
    const struct geometry *g;
    const struct figures *f;
    int64_t top;
};

int64_t chart_scale(int64_t max)
{
    int64_t power = 1;

    for (;;) {
        if (STEPS * power >= max)
            return STEPS * power;
        if (STEPS * 2 * power >= max)
            return STEPS * 2 * power;
        if (power >= 10 && STEPS * (power / 10) * 25 >= max)
            return STEPS * (power / 10) * 25;
        if (STEPS * 5 * power >= max)
            return STEPS * 5 * power;
        power *= 10;
    }
}

static int x_of(const struct plot *p, int month)
{
    int room = p->g->w - p->g->left - 12;

    return p->g->left + 10 + (room - 16) * month / (MONTHS - 1);
}

static int y_of(const struct plot *p, int64_t v)
{
    int bottom = p->g->h - 36;

    return bottom - (int)((bottom - 24) * (v < 0 ? 0 : v) / p->top);
}

static void text(struct buf *out, const struct plot *p, int x, int y,
                 const char *anchor, const char *words)
{
    buf_printf(
        out,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"%d\" fill=\"" INK2
        "\">",
        x, y, anchor, p->g->font);
    html_text(out, words);
    html_raw(out, "</text>");
}

static void grid(struct buf *out, const struct plot *p)
{
    char words[HTML_NUMBER_CHARS];

    for (int i = 0; i <= STEPS; i++) {
        int y = y_of(p, p->top * i / STEPS);

        buf_printf(out,
                   "<path d=\"M%d %dH%d\" stroke=\"" SAND "\" stroke-width=\"1.5\"/>",
                   p->g->left, y, p->g->w - 8);
        html_number_text(p->top * i / STEPS, words);
        text(out, p, p->g->left - 8, y + p->g->font / 3, "end", words);
    }
    for (int i = 0; i < MONTHS; i++) {
        struct buf name;

        buf_init(&name, 16);
        buf_printf(&name, "T%d", i + 1);
        text(out, p, x_of(p, i), p->g->h - 12, "middle", buf_text(&name));
        buf_finish(&name);
    }
}

/* The 12 months from `first`, with a gap where nothing is known. */
static void line(struct buf *out, const struct plot *p,
                 const struct figures_month *first, const char *colour, int width)
{
    bool drawing = false;

    html_raw(out, "<path d=\"");
    for (int i = 0; i < MONTHS; i++) {
        const struct figure *v = &first[i].visits[FIGURES_COMPLETIONS];

        if (v->known)
            buf_printf(out, "%c%d %d", drawing ? 'L' : 'M', x_of(p, i),
                       y_of(p, v->value));
        drawing = v->known;
    }
    buf_printf(out,
               "\" fill=\"none\" stroke=\"%s\" stroke-width=\"%d\""
               " stroke-linejoin=\"round\"/>",
               colour, width);
    for (int i = 0; i < MONTHS; i++) {
        const struct figure *v = &first[i].visits[FIGURES_COMPLETIONS];

        if (v->known)
            buf_printf(out, "<circle cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"%s\"/>",
                       x_of(p, i), y_of(p, v->value), width, colour);
    }
}

/* The number over the highest month. */
static void highest(struct buf *out, const struct plot *p)
{
    const struct figures_month *months = &p->f->months[MONTHS];
    char number[HTML_NUMBER_CHARS];
    int64_t v;
    int best = -1;

    for (int i = 0; i < MONTHS; i++) {
        const struct figure *at = &months[i].visits[FIGURES_COMPLETIONS];

        if (at->known && at->value > 0 &&
            (best < 0 || at->value > months[best].visits[FIGURES_COMPLETIONS].value))
            best = i;
    }
    if (best < 0)
        return;
    v = months[best].visits[FIGURES_COMPLETIONS].value;
    html_number_text(v, number);
    buf_printf(out,
               "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"%d\""
               " font-weight=\"700\" fill=\"#22170E\">%s</text>",
               x_of(p, best), y_of(p, v) - 10, p->g->font + 1, number);
}

void chart_months(struct buf *out, const struct figures *f, enum chart_size size)
{
    struct plot p = { .g = &geometries[size], .f = f };
    int64_t max = 0;

    for (int i = 0; i < FIGURES_MONTHS; i++)
        if (f->months[i].visits[FIGURES_COMPLETIONS].value > max)
            max = f->months[i].visits[FIGURES_COMPLETIONS].value;
    p.top = chart_scale(max);
    buf_printf(
        out,
        "<svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\""
        " aria-label=\"Biểu đồ lượt xong bài mỗi tháng; các số ở bảng bên dưới\">",
        size == CHART_WIDE ? "chart wide" : "chart narrow", p.g->w, p.g->h);
    grid(out, &p);
    line(out, &p, &f->months[0], LAST_YEAR, 3);
    line(out, &p, &f->months[MONTHS], INDIGO, 4);
    highest(out, &p);
    html_raw(out, "</svg>\n");
}

void chart_bar(struct buf *out, int64_t v, int64_t max)
{
    int64_t share = max > 0 && v > 0 ? 1000 * v / max : 0;

    buf_printf(out,
               "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\""
               " aria-hidden=\"true\"><rect width=\"%" PRId64 "\" height=\"10\""
               " fill=\"" INDIGO "\"/></svg>",
               share);
}

void chart_share(struct buf *out, int percent, bool low)
{
    buf_printf(
        out,
        "<svg class=\"bar\" viewBox=\"0 0 1000 100\" preserveAspectRatio=\"none\""
        " aria-hidden=\"true\"><rect width=\"1000\" height=\"100\""
        " fill=\"" SAND "\"/><rect width=\"%d\" height=\"100\" fill=\"%s\"/></svg>",
        percent > 100 ? 1000 : percent * 10, low ? NGHE : INDIGO);
}

void chart_spark(struct buf *out, const struct figure *first, size_t n)
{
    int64_t max = 1;
    size_t n_known = 0;
    bool drawing = false;

    for (size_t i = 0; i < n; i++) {
        n_known += first[i].known;
        if (first[i].value > max)
            max = first[i].value;
    }
    if (n_known < 2)
        return;
    buf_printf(out,
               "<svg class=\"spark\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\">"
               "<path d=\"",
               SPARK_W, SPARK_H);
    for (size_t i = 0; i < n; i++) {
        int64_t v = first[i].value < 0 ? 0 : first[i].value;

        if (first[i].known)
            buf_printf(out, "%c%zu %" PRId64, drawing ? 'L' : 'M',
                       3 + (SPARK_W - 6) * i / (n - 1),
                       SPARK_H - 4 - (SPARK_H - 8) * v / max);
        drawing = first[i].known;
    }
    html_raw(out, "\" fill=\"none\" stroke=\"" INDIGO "\" stroke-width=\"3\""
                  " stroke-linejoin=\"round\" stroke-linecap=\"round\"/></svg>");
}
