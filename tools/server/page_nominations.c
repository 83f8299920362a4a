/* /de-nghi: who may be thought of for commendation, by figures (Biểu 7), with the figures
 * beside and the forms to choose from. It proposes data and decides nothing. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "html.h"
#include "nominations.h"
#include "pages.h"
#include "report_make.h"

#define WORDS_MAX 256

/* What the year and the phases of the plan are called when people are commended. */
static const struct {
    const char *period; /* NULL: the year of today */
    const char *word;
} occasions[] = {
    { NULL, "Hằng năm" },
    { "P1", "Sơ kết giai đoạn 1" },
    { "P2", "Tổng kết giai đoạn 2" },
};

static void occasion_name(const struct visit *v, size_t i, char out[PERIOD_NAME_CHARS])
{
    struct period year =
        period_of(PERIOD_YEAR, clock_day(clock_wall_ms(v->server->clock)));

    if (occasions[i].period)
        (void)snprintf(out, PERIOD_NAME_CHARS, "%s", occasions[i].period);
    else
        period_name(&year, out);
}

static void choice(const struct visit *v, struct buf *out, const char *chosen)
{
    char name[PERIOD_NAME_CHARS];

    html_raw(out, "<nav class=\"seg\" aria-label=\"Dịp khen thưởng\">");
    for (size_t i = 0; i < COUNT(occasions); i++) {
        occasion_name(v, i, name);
        html_raw(out, "<a href=\"/de-nghi?period=");
        html_text(out, name);
        html_literal(out, strcmp(name, chosen) ? "\">" : "\" aria-current=\"true\">");
        html_text(out, occasions[i].word);
        html_raw(out, "</a>");
    }
    html_raw(out, "</nav>\n");
}

/* --- a candidate -------------------------------------------------------------------------- */

static void figure(struct buf *out, const char *name, const struct report_column *c,
                   const struct value *cell)
{
    struct buf words;

    buf_init(&words, WORDS_MAX);
    nomination_words(c, cell, &words);
    html_raw(out, "<li>");
    html_text(out, name);
    html_raw(out, ": <b>");
    html_text(out, buf_text(&words));
    html_raw(out, "</b></li>");
    buf_finish(&words);
}

static void reasons(struct buf *out, const struct report *r, const struct nomination *n)
{
    const struct report_table *praise = report_table_of(r, "b7");
    size_t reason = report_column_of(praise, "reason");
    size_t value = report_column_of(praise, REPORT_QUOTE);

    html_raw(out, "<td><ul class=\"plain\">");
    for (size_t i = 0; i < praise->n_rows; i++) {
        const struct report_row *row = &praise->rows[i];

        if (nomination_is_in(n, row))
            figure(out, row->cells[reason].text, &praise->columns[value],
                   &row->cells[value]);
    }
    html_raw(out, "</ul></td>");
}

static void evidence(struct buf *out, const struct nomination *n)
{
    html_raw(out, "<td><ul class=\"plain\">");
    for (size_t c = 0; c < n->from->n_columns; c++)
        if (nomination_is_figure(&n->from->columns[c]))
            figure(out, n->from->columns[c].name, &n->from->columns[c],
                   &n->row->cells[c]);
    html_raw(out, "</ul></td>");
}

static void forms(struct buf *out)
{
    html_raw(out, "<td><ul class=\"plain boxes\">");
    for (const char *const *form = nomination_forms; *form; form++)
        html_element(out, "li", NULL, *form);
    html_raw(out, "</ul></td><td class=\"by-hand\"></td>");
}

static void candidate(struct buf *out, const struct report *r,
                      const struct nomination *n)
{
    html_raw(out, "<tr><th scope=\"row\">");
    html_text(out, n->row->name);
    html_raw(out, "<br><span class=\"mute\">");
    html_text(out, n->kind);
    html_raw(out, ", mã ");
    html_text(out, n->row->code);
    html_raw(out, "</span></th>");
    reasons(out, r, n);
    evidence(out, n);
    forms(out);
    html_raw(out, "</tr>\n");
}

/* --- the page ----------------------------------------------------------------------------- */

static void table(struct buf *out, const struct report *r,
                  const struct nomination *list, size_t n)
{
    html_raw(out, "<div class=\"box\">");
    page_table(out, "Danh mục để tham khảo");
    html_raw(out, "<tr><th scope=\"col\">Tập thể</th>"
                  "<th scope=\"col\">Đóng góp trong nhóm cao nhất</th>"
                  "<th scope=\"col\">Số liệu trong kỳ</th>"
                  "<th scope=\"col\">Hình thức đề nghị (đánh dấu)</th>"
                  "<th scope=\"col\">Ý kiến của Hội đồng</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < n; i++)
        candidate(out, r, &list[i]);
    page_table_end(out);
    if (!n)
        html_element(out, "p", "none", "Kỳ này chưa có số liệu đủ để nêu tập thể nào.");
    html_raw(out, "</div>\n");
}

static void explain(struct buf *out, const struct report *r)
{
    page_box(out, "cach-lap", "", "Danh mục và hồ sơ");
    html_raw(
        out,
        "<ul class=\"dots\"><li>Danh mục xếp theo số liệu của Biểu 7: mỗi chỉ số nêu "
        "tối đa ba tập thể cao nhất; bằng nhau thì cùng được nêu. Không nêu tập thể có "
        "dưới 5 người hoặc 5 lượt ở chỉ số ấy.</li>"
        "<li>Phần mềm chỉ cung cấp số liệu. Xét và đề nghị do Hội đồng Thi đua - Khen "
        "thưởng xã quyết định.</li>"
        "<li>Máy chủ không lưu tên người học: đề nghị cá nhân do đơn vị lập từ hồ sơ "
        "tại điểm học.</li><li>Bảng và hồ sơ dùng trong xã có số chính xác. Gửi ra "
        "ngoài xã: thêm --outside, số nhỏ được gộp.</li></ul>"
        "<p>Lập hồ sơ đề nghị (DOCX) của một tập thể, trên máy chủ:</p>"
        "<pre tabindex=\"0\">bdhvs-server dossier --period ");
    html_text(out, r->period);
    html_raw(out, " --thon MÃ --out ho-so.docx\nbdhvs-server dossier --period ");
    html_text(out, r->period);
    html_raw(out, " --unit MÃ --out ho-so.docx</pre>\n");
    page_box_end(out);
}

static void known_of(struct buf *out, const struct report *r)
{
    html_raw(out, "<p class=\"mute foot\">");
    html_text(out, r->period_label);
    html_raw(out, ". ");
    for (size_t i = 0; i < r->n_lines; i++) {
        html_text(out, r->lines[i]);
        html_raw(out, " ");
    }
    html_raw(out, "</p>\n");
}

enum err page_nominations(const struct visit *v, struct http_response *response)
{
    struct buf *out = &response->body;
    const char *asked = v->request->query(v->request, "period");
    struct arena arena = { 0 };
    struct report *r = arena_alloc(&arena, sizeof(*r));
    struct nomination *list;
    struct period period;
    char name[PERIOD_NAME_CHARS];
    size_t n;
    enum err err = page_begin(v, out, "Đề nghị khen thưởng");

    if (asked && period_parse(asked, &period))
        period_name(&period, name);
    else
        occasion_name(v, 0, name);
    if (!err)
        err = report_make(v->server, name, 0, &arena, r);
    if (!err) {
        n = nominations_read(r, &arena, &list);
        page_top(out, "Đề nghị khen thưởng",
                 "Số liệu để Hội đồng tham khảo. Phần mềm không quyết định thay ai.");
        choice(v, out, name);
        page_top_end(out);
        page_emulation_places(v, out);
        table(out, r, list, n);
        explain(out, r);
        known_of(out, r);
        page_end(out);
    }
    arena_finish(&arena);
    return err;
}
