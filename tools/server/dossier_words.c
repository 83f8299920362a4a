/* The dossier on paper. What only people can say is left open: difficulties, the form that
 * is asked for, the unit's certification, the council's opinion. */
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "dossier.h"
#include "nominations.h"
#include "speech.h"

static void put(struct speech *s, const char *key, const char *text)
{
    json_put_text(s->out, key, text);
}

/* What stands in s->text. */
static void put_said(struct speech *s, const char *key)
{
    put(s, key, buf_text(&s->text));
    buf_clear(&s->text);
}

static const char *subject_of(const struct report *r)
{
    return r->tables[0].rows[0].name;
}

/* "Từ ngày 01/01/2026 đến ngày 31/12/2026." */
static void say_days(struct speech *s, const struct report *r)
{
    if (!*r->from)
        return;
    buf_printf(&s->text, "- Từ ngày %.2s/%.2s/%.4s đến ngày %.2s/%.2s/%.4s.",
               r->from + 8, r->from + 5, r->from, r->to + 8, r->to + 5, r->to);
    speech_say(s, "text");
}

static void say_who(struct speech *s, const struct report *r)
{
    const struct report_row *who = &r->tables[0].rows[0];

    speech_text(s, "heading", "I. TẬP THỂ VÀ THỜI GIAN");
    buf_printf(&s->text, "- Tập thể: %s (%s, mã %s).", who->name, who->cells[0].text,
               who->cells[1].text);
    speech_say(s, "text");
    speech_text(s, "open", "- Người đứng đầu, liên hệ: ");
    buf_str(&s->text, "- Thời gian lập thành tích: ");
    speech_label(&s->text, r->period_label);
    buf_char(&s->text, '.');
    speech_say(s, "text");
    say_days(s, r);
}

/* "- Số người học: 152 người." of each row that is known; the annex has all. */
static void say_rows(struct speech *s, const struct report_table *t, const char *none)
{
    size_t n = 0;

    for (size_t i = 0; i < t->n_rows; i++) {
        if (t->rows[i].cells[0].kind == VALUE_NONE)
            continue;
        buf_printf(&s->text, "- %s: ", t->rows[i].name);
        report_cell_words(&t->columns[0], &t->rows[i].cells[0], &s->text);
        buf_char(&s->text, '.');
        speech_say(s, "text");
        n++;
    }
    if (!n)
        speech_text(s, "text", none);
}

static void say_achievements(struct speech *s, const struct report *r)
{
    speech_text(s, "heading", "II. SỐ LIỆU THÀNH TÍCH");
    speech_text(s, "heading", "1. Chỉ số ở trong nhóm cao nhất xã (để tham khảo)");
    say_rows(s, &r->tables[1], "- Không có chỉ số nào trong Biểu 7 của kỳ này.");
    speech_text(s, "heading", "2. Các chỉ số trong kỳ");
    say_rows(s, &r->tables[2], "- chưa có số liệu.");
    speech_to_write(s, "3. Việc làm, cách làm nổi bật (đơn vị ghi)");
}

static void say_body(struct speech *s, const struct report *r)
{
    say_who(s, r);
    say_achievements(s, r);
    speech_to_write(s, "III. KHÓ KHĂN ĐÃ VƯỢT QUA (đơn vị ghi)");
    speech_text(s, "heading", "IV. HÌNH THỨC ĐỀ NGHỊ (đánh dấu một ô)");
    for (const char *const *form = nomination_forms; *form; form++) {
        buf_printf(&s->text, "[    ]  %s", *form);
        speech_say(s, "text");
    }
    speech_to_write(s, "V. XÁC NHẬN CỦA ĐƠN VỊ");
    speech_to_write(s, "VI. Ý KIẾN CỦA HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG XÃ");
    speech_text(s, "text",
                "Số liệu do phần mềm tổng hợp từ các máy tại điểm học, không có tên "
                "người học. Phần mềm chỉ cung cấp số liệu; việc xét và đề nghị do Hội "
                "đồng quyết định.");
}

static void put_lists(struct speech *s)
{
    json_open(s->out, "recipients", '[');
    put(s, NULL, "- Hội đồng Thi đua - Khen thưởng xã;");
    put(s, NULL, "- Lưu: đơn vị.");
    json_close(s->out, ']');
    json_open(s->out, "signer", '[');
    put(s, NULL, "Xác nhận của đơn vị");
    put(s, NULL, "Người đứng đầu");
    json_close(s->out, ']');
}

static void put_head(struct speech *s, const struct report *r)
{
    buf_printf(&s->text, "%s %s", r->paper.agency, r->paper.agency_place);
    put_said(s, "parent");
    put(s, "agency", r->tables[0].rows[0].cells[0].text);
    put(s, "agency_place", subject_of(r));
    put(s, "number", "Số:         /……");
    buf_printf(&s->text, "%s, ngày       tháng       năm           ", r->paper.place);
    put_said(s, "day");
    put(s, "kind", "Báo cáo thành tích");
    buf_str(&s->text, "Đề nghị khen thưởng phong trào “Bình dân học vụ số” ");
    speech_label(&s->text, r->period_label);
    put_said(s, "about");
}

void dossier_words_paper(const struct report *r, struct buf *out)
{
    struct speech s = { .out = out, .of_paper = true };

    buf_init(&s.text, SPEECH_TEXT_MAX);
    json_open(out, "paper", '{');
    put_head(&s, r);
    json_open(out, "body", '[');
    say_body(&s, r);
    json_close(out, ']');
    put_lists(&s);
    put(&s, "annex", "Phụ lục");
    buf_printf(&s.text, "Số liệu của %s ", subject_of(r));
    speech_label(&s.text, r->period_label);
    put_said(&s, "annex_title");
    put(&s, "annex_of", "(Kèm theo Báo cáo thành tích đề nghị khen thưởng)");
    json_close(out, '}');
    buf_finish(&s.text);
}
