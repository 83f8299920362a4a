/* /theo-bai: the lessons in teaching order. */
#include "base/buf.h"
#include "figures.h"
#include "html.h"
#include "pages.h"

static void row(struct buf *out, const struct figures_lesson *l,
                const struct figures *before)
{
    const struct figures_lesson *then =
        before ? figures_lesson_of(before, l->id) : NULL;
    const struct figure unknown = { .known = false };

    html_raw(out, "<tr><th scope=\"row\">");
    html_text(out, l->title);
    html_raw(out, "</th>");
    page_cell(out, &l->visits[FIGURES_STARTS]);
    page_cell(out, &l->visits[FIGURES_COMPLETIONS]);
    page_cell(out, then ? &then->visits[FIGURES_COMPLETIONS] : &unknown);
    page_cell(out, &l->visits[FIGURES_PASSES]);
    page_share_cell(out, &l->visits[FIGURES_PASSES], &l->visits[FIGURES_COMPLETIONS]);
    page_cell(out, &l->firsts);
    html_raw(out, "</tr>\n");
}

static void table(struct buf *out, const struct figures *f,
                  const struct figures *before)
{
    html_raw(out, "<div class=\"box\">");
    page_table(out, "Bảng theo bài học");
    html_raw(out,
             "<tr><th scope=\"col\" rowspan=\"2\">Bài học</th>"
             "<th scope=\"colgroup\" colspan=\"5\" class=\"group\">Lượt</th>"
             "<th scope=\"colgroup\" class=\"group\">Người</th></tr><tr>"
             "<th scope=\"col\" class=\"num\">bắt đầu</th>"
             "<th scope=\"col\" class=\"num\">xong</th>"
             "<th scope=\"col\" class=\"num\">xong, kỳ trước</th>"
             "<th scope=\"col\" class=\"num\">đạt</th>"
             "<th scope=\"col\" class=\"num\">phần đạt</th>"
             "<th scope=\"col\" class=\"num\">đạt lần đầu</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < f->n_lessons; i++)
        row(out, &f->lessons[i], before);
    html_raw(out, "<tr class=\"total\"><th scope=\"row\">Tất cả các bài</th>");
    page_cell(out, &f->visits[FIGURES_STARTS]);
    page_cell(out, &f->visits[FIGURES_COMPLETIONS]);
    page_cell(out, before ? &before->visits[FIGURES_COMPLETIONS]
                          : &(const struct figure){ .known = false });
    page_cell(out, &f->visits[FIGURES_PASSES]);
    page_share_cell(out, &f->visits[FIGURES_PASSES], &f->visits[FIGURES_COMPLETIONS]);
    html_raw(out, "<td class=\"none\">–</td></tr>");
    page_table_end(out);
    html_raw(out, "</div>\n");
}

static void write(const struct visit *v, struct buf *out, const struct figures *f,
                  const struct figures *before)
{
    page_top(out, "Theo bài học", "");
    page_period_choice(v, &f->period, out);
    page_download(out, &f->period);
    page_top_end(out);
    if (f->n_lessons)
        table(out, f, before);
    else
        page_none(out);
    html_raw(out, "<p class=\"mute foot\">Kỳ này: ");
    page_period_line(&f->period, out);
    html_raw(out, ". Đạt: đúng ít nhất 2 trên 3 câu, và hiểu mọi câu về an toàn. Một "
                  "người đạt lần đầu một bài chỉ được tính một lần.</p>\n");
}

enum err page_lessons(const struct visit *v, struct http_response *r)
{
    return page_compared(v, r, "Theo bài học", write);
}
