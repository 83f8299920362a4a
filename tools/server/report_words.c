/* See report_words.h. Skeleton: DOMAIN §6.3; layout: NĐ 30/2020/NĐ-CP. */
#include "report_words.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"
#include "notice.h"
#include "speech.h"

/* --- figures in words ------------------------------------------------------------------------ */

/* "1.234 lượt", or "chưa có số liệu". */
static void add_figure(struct speech *s, const struct report *r, const char *table,
                       const char *row, const char *column, const char *unit)
{
    const struct report_table *t = report_table_of(r, table);
    size_t c = t ? report_column_of(t, column) : 0;

    for (size_t i = 0; t && c < t->n_columns && i < t->n_rows; i++) {
        const struct value *v = &t->rows[i].cells[c];

        if (strcmp(t->rows[i].code, row) != 0)
            continue;
        report_cell_words(&t->columns[c], v, &s->text);
        if (v->kind == VALUE_NUMBER || v->kind == VALUE_RANGE)
            buf_str(&s->text, unit);
        return;
    }
    buf_str(&s->text, "chưa có số liệu");
}

/* "Số buổi học đã mở: 12 buổi (kỳ trước: chưa có số liệu)." */
static void say_figure(struct speech *s, const struct report *r, const char *what,
                       const char *row, const char *unit)
{
    buf_printf(&s->text, "- %s: ", what);
    add_figure(s, r, "b0", row, "now", unit);
    if (*r->before) {
        buf_str(&s->text, " (kỳ trước: ");
        add_figure(s, r, "b0", row, "past", unit);
        buf_char(&s->text, ')');
    }
    buf_char(&s->text, '.');
    speech_say(s, "text");
}

static void say_targets(struct speech *s, const struct report *r)
{
    const struct report_table *t = report_table_of(r, "b2");
    size_t target = report_column_of(t, "target"), said = 0;

    for (size_t i = 0; i < t->n_rows; i++) {
        if (t->rows[i].cells[target].kind != VALUE_NUMBER)
            continue;
        buf_printf(&s->text, "- %s: ", t->rows[i].name);
        add_figure(s, r, "b2", t->rows[i].code, "finished", " người");
        buf_str(&s->text, ", chỉ tiêu ");
        add_figure(s, r, "b2", t->rows[i].code, "target", " người");
        buf_str(&s->text, ", tỷ lệ ");
        add_figure(s, r, "b2", t->rows[i].code, "rate", "");
        buf_str(&s->text, " (");
        add_figure(s, r, "b2", t->rows[i].code, "document", "");
        buf_str(&s->text, ").");
        speech_say(s, "text");
        said++;
    }
    if (!said)
        speech_text(s, "text", "- Chỉ tiêu giao trong kỳ: chưa có số liệu.");
}

static void say_results(struct speech *s, const struct report *r)
{
    speech_text(s, "heading", "1. Công tác tuyên truyền");
    say_figure(s, r, "Phát bài học trên loa truyền thanh", "notice_plays", " lượt");
    say_figure(s, r, "Lượt xem hoặc nghe thông báo trên máy", NOTICE_STAT, " lượt");
    speech_text(s, "heading", "2. Công tác bồi dưỡng, tập huấn, hỗ trợ người dân");
    say_figure(s, r, "Số buổi học đã mở", "classes", " buổi");
    say_figure(s, r, "Lượt tham gia buổi học", "attendance", " lượt");
    say_figure(s, r, "Số người học (không trùng)", "active", " người");
    say_figure(s, r, "Số người xong ít nhất một bài", "finished_one", " người");
    say_figure(s, r, "Số người hoàn thành lộ trình", "path_finished", " người");
    say_figure(s, r, "Lượt hỗ trợ của Tổ công nghệ số cộng đồng", "help", " lượt");
    speech_text(s, "heading", "3. Kết quả thực hiện chỉ tiêu");
    say_targets(s, r);
}

/* --- the paper ------------------------------------------------------------------------------- */

static void say_opening(struct speech *s, const struct report *r)
{
    speech_text(s, "open", "Căn cứ ");
    buf_printf(&s->text,
               "%s %s báo cáo kết quả thực hiện phong trào “Bình dân học vụ số” ",
               r->paper.agency, r->paper.agency_place);
    speech_label(&s->text, r->period_label);
    buf_str(&s->text, " như sau:");
    speech_say(s, "text");
}

/* Of the tables that are not empty: where to read on. */
static void say_movement(struct speech *s, const struct report *r)
{
    static const struct {
        const char *table, *words;
    } lists[] = { { "b9", "phần việc đơn vị đảm nhận: Biểu 9" },
                  { "b10", "sáng kiến, giải pháp: Biểu 10" },
                  { "b11", "việc được biểu dương: Biểu 11" } };

    for (size_t i = 0; i < COUNT(lists); i++) {
        const struct report_table *t = report_table_of(r, lists[i].table);

        if (!t || !t->n_rows) /* reports of older programs have none */
            continue;
        buf_printf(&s->text, "- %zu %s, Phụ lục.", t->n_rows, lists[i].words);
        speech_say(s, "text");
    }
}

static void say_body(struct speech *s, const struct report *r)
{
    say_opening(s, r);
    speech_to_write(s, "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI");
    speech_text(s, "heading", "II. KẾT QUẢ THỰC HIỆN");
    say_results(s, r);
    speech_to_write(s, "4. Điển hình tiên tiến, sáng kiến");
    speech_text(
        s, "text",
        "Danh mục đề nghị biểu dương theo số liệu (để tham khảo): Biểu 7, Phụ lục.");
    say_movement(s, r);
    speech_to_write(s, "5. Cuộc thi, hội thi");
    speech_text(s, "heading", "III. ĐÁNH GIÁ CHUNG");
    speech_to_write(s, "1. Ưu điểm");
    speech_to_write(s, "2. Tồn tại, hạn chế và nguyên nhân");
    speech_to_write(s, "3. Khó khăn, vướng mắc");
    speech_to_write(s, "IV. NHIỆM VỤ TRỌNG TÂM KỲ TỚI");
    speech_to_write(s, "V. ĐỀ XUẤT, KIẾN NGHỊ");
    buf_str(&s->text,
            "Trên đây là báo cáo kết quả thực hiện phong trào “Bình dân học vụ "
            "số” ");
    speech_label(&s->text, r->period_label);
    buf_printf(&s->text, " của %s %s./.", r->paper.agency, r->paper.agency_place);
    speech_say(s, "text");
}

static void put_recipients(struct speech *s, const struct report_paper *p)
{
    json_open(s->out, "recipients", '[');
    for (size_t i = 0; i < p->n_recipients; i++) {
        buf_printf(&s->text, "- %s%s", p->recipients[i],
                   i + 1 < p->n_recipients ? ";" : ".");
        json_put_text(s->out, NULL, buf_text(&s->text));
        buf_clear(&s->text);
    }
    json_close(s->out, ']');
}

static void put_annex(struct speech *s, const struct report *r)
{
    json_put_text(s->out, "annex", "Phụ lục");
    buf_str(&s->text, "Biểu số liệu phong trào “Bình dân học vụ số” ");
    speech_label(&s->text, r->period_label);
    json_put_text(s->out, "annex_title", buf_text(&s->text));
    buf_clear(&s->text);
    buf_printf(
        &s->text,
        "(Kèm theo Báo cáo số         /%s ngày       tháng       năm           của "
        "%s %s)",
        r->paper.symbol, r->paper.agency, r->paper.agency_place);
    json_put_text(s->out, "annex_of", buf_text(&s->text));
    buf_clear(&s->text);
}

void report_words_paper(const struct report *r, struct buf *out)
{
    const struct report_paper *p = &r->paper;
    struct speech s = { .out = out, .of_paper = true };

    buf_init(&s.text, SPEECH_TEXT_MAX);
    json_open(out, "paper", '{');
    json_put_text(out, "parent", p->parent);
    json_put_text(out, "agency", p->agency);
    json_put_text(out, "agency_place", p->agency_place);
    buf_printf(&s.text, "Số:         /%s", p->symbol);
    json_put_text(out, "number", buf_text(&s.text));
    buf_clear(&s.text);
    buf_printf(&s.text, "%s, ngày       tháng       năm           ", p->place);
    json_put_text(out, "day", buf_text(&s.text));
    buf_clear(&s.text);
    json_put_text(out, "kind", "Báo cáo");
    buf_str(&s.text, "Kết quả thực hiện phong trào “Bình dân học vụ số” ");
    speech_label(&s.text, r->period_label);
    json_put_text(out, "about", buf_text(&s.text));
    buf_clear(&s.text);
    json_open(out, "body", '[');
    say_body(&s, r);
    json_close(out, ']');
    put_recipients(&s, p);
    json_open(out, "signer", '[');
    for (size_t i = 0; i < p->n_signer; i++)
        json_put_text(out, NULL, p->signer[i]);
    json_close(out, ']');
    put_annex(&s, r);
    json_close(out, '}');
    buf_finish(&s.text);
}

/* --- annex and section ------------------------------------------------------------------------ */

void report_words_title(const struct report *r, struct buf *out)
{
    struct buf text;

    buf_init(&text, SPEECH_TEXT_MAX);
    buf_str(&text, "Kết quả phong trào “Bình dân học vụ số” ");
    speech_label(&text, r->period_label);
    json_put_text(out, "title", buf_text(&text));
    buf_finish(&text);
}

void report_words_results(const struct report *r, struct buf *out)
{
    struct speech s = { .out = out };

    buf_init(&s.text, SPEECH_TEXT_MAX);
    say_results(&s, r);
    buf_finish(&s.text);
}

const char *report_words_small(const struct report *r)
{
    if (r->outside)
        return "Ô có từ 1 đến 4 người hoặc lượt, và ô có thể suy ra từ ô khác đã gộp "
               "trước "
               "khi "
               "gửi ra ngoài xã.";
    return report_small_cells(r) ? "Bản dùng trong xã: có ô dưới 5 người hoặc lượt. "
                                   "Trước khi công khai hoặc "
                                   "gửi ra ngoài xã phải lập bản gộp số nhỏ."
                                 : "Không có ô dưới 5 người hoặc lượt.";
}

void report_words_source(const struct report *r, const char *frozen_sha256,
                         struct buf *out)
{
    struct buf text;

    buf_init(&text, SPEECH_TEXT_MAX);
    buf_printf(&text,
               "Nguồn: số liệu tổng hợp của các máy tại điểm học, không có tên người. "
               "Mã xã: %s. Kỳ: %s.",
               r->commune_code, r->period);
    if (*r->made)
        buf_printf(&text, " Ngày lập số liệu: %.2s/%.2s/%.4s.", r->made + 8,
                   r->made + 5, r->made);
    json_put_text(out, NULL, buf_text(&text));
    buf_clear(&text);
    if (r->version) {
        buf_printf(&text, "Số liệu đã chốt, bản số %lld. Mã kiểm tra SHA-256: %s.",
                   (long long)r->version, frozen_sha256);
        json_put_text(out, NULL, buf_text(&text));
    }
    for (size_t i = 0; i < r->n_lines; i++)
        json_put_text(out, NULL, r->lines[i]);
    if (r->outside || report_small_cells(r))
        json_put_text(out, NULL, report_words_small(r));
    buf_finish(&text);
}
