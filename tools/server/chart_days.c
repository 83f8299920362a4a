/* The days of a machine: columns of what was learnt, dots where something was sent. */
#include <inttypes.h>

#include "base/buf.h"
#include "chart.h"
#include "html.h"

#define INDIGO "#173B6C"
#define TODAY "#8FA6C8"
#define INK2 "#4B3A2B"
#define SAND2 "#DCCBAE"
#define LUA "#17572F"
#define TOP 26

static const struct geometry {
    int w;
    int h;
    int font;
    int label_each; /* every how many days a number */
} geometries[] = {
    [CHART_WIDE] = { 700, 240, 14, 1 },
    [CHART_NARROW] = { 350, 220, 12, 3 },
};

struct plot {
    const struct geometry *g;
    int64_t max;
    int floor; /* y of 0 */
};

static int middle_of(const struct plot *p, int i)
{
    return 10 + (p->g->w - 20) * (2 * i + 1) / (2 * CHART_DAYS_MAX);
}

static void column(struct buf *out, const struct plot *p, int i, int64_t v, bool last)
{
    int width = (p->g->w - 20) / CHART_DAYS_MAX * 2 / 3;
    int height = (int)((p->floor - TOP) * v / p->max);

    buf_printf(out,
               "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\""
               " fill=\"%s\"/>",
               middle_of(p, i) - width / 2, p->floor - height, width, height,
               last ? TODAY : INDIGO);
    if (v == p->max)
        buf_printf(out,
                   "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"%d\""
                   " font-weight=\"700\" fill=\"#22170E\">%" PRId64 "</text>",
                   middle_of(p, i), p->floor - height - 6, p->g->font + 1, v);
}

static void foot(struct buf *out, const struct plot *p, int i, bool sent)
{
    if (sent)
        buf_printf(out, "<circle cx=\"%d\" cy=\"%d\" r=\"4\" fill=\"" LUA "\"/>",
                   middle_of(p, i), p->floor + 12);
    if (i % p->g->label_each == 0)
        buf_printf(out,
                   "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"%d\""
                   " fill=\"" INK2 "\">%d</text>",
                   middle_of(p, i), p->g->h - 8, p->g->font, i + 1);
}

void chart_days(struct buf *out, const struct figure values[CHART_DAYS_MAX],
                const bool sent[CHART_DAYS_MAX], int n_days, enum chart_size size)
{
    struct plot p = { .g = &geometries[size], .max = 1 };
    int n = n_days < CHART_DAYS_MAX ? n_days : CHART_DAYS_MAX;

    p.floor = p.g->h - 46;
    for (int i = 0; i < n; i++)
        if (values[i].value > p.max)
            p.max = values[i].value;
    buf_printf(
        out,
        "<svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\""
        " aria-label=\"Biểu đồ lượt xong bài từng ngày; các số ở bảng bên dưới\">"
        "<path d=\"M8 %dH%d\" stroke=\"" SAND2 "\" stroke-width=\"2\"/>",
        size == CHART_WIDE ? "chart wide" : "chart narrow", p.g->w, p.g->h, p.floor,
        p.g->w - 8);
    for (int i = 0; i < n; i++) {
        if (values[i].known && values[i].value > 0)
            column(out, &p, i, values[i].value, i == n - 1);
        foot(out, &p, i, sent[i]);
    }
    html_raw(out, "</svg>\n");
}
