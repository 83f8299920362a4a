/* Cards, receipts and certificates, through the real helper onto paper and back: text by pdftotext, QR
 * codes by zbar out of a raster. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#include "app/paper.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "printed.h"
#include "store/contests.h"
#include "ui/strings.h"

#define BYTES (4 << 20)
#define WALL_MS 1795312320000 /* 2026-11-22, 08:52 in Vietnam */

static const struct paper_place place = { "xã Đặng Thùy Trâm", "Lớp Nước Giáp",
                                          WALL_MS };
static char dir[64];

static int make_dir(void **state)
{
    (void)state;
    (void)snprintf(dir, sizeof(dir), "/tmp/bdhvs-paper-XXXXXX");
    return mkdtemp(dir) ? 0 : -1;
}

static int drop_dir(void **state)
{
    char command[128];

    (void)state;
    (void)snprintf(command, sizeof(command), "rm -rf %s", dir);
    return system(command);
}

static void print(const struct buf *doc, struct buf *pdf)
{
    char path[128];

    assert_int_equal(printed(doc, pdf), ERR_OK);
    (void)snprintf(path, sizeof(path), "%s/a.pdf", dir);
    assert_int_equal(file_replace(path, pdf->data, pdf->len, 0600), ERR_OK);
}

/* What a command in the folder says. */
static void said(const char *command, struct buf *out)
{
    char line[1024];
    FILE *f;

    (void)snprintf(line, sizeof(line), "cd %s && %s 2>/dev/null", dir, command);
    f = popen(line, "r");
    assert_non_null(f);
    buf_clear(out);
    while (fgets(line, sizeof(line), f))
        buf_str(out, line);
    pclose(f);
}

static void make_cards(struct paper_card *cards, size_t n)
{
    static const char *const names[] = {
        "Phạm Thị Nga", "Đinh Thị Ngưỡng",
        "Nguyễn Phước Hoàng Phương Thảo Trường Khương Nghiêng Quỳnh U", "", "Y-Bă H'Rê"
    };

    for (size_t i = 0; i < n; i++) {
        cards[i] = (struct paper_card){ .name = names[i % COUNT(names)],
                                        .about = "sinh 1958 · thôn Nước Giáp" };
        (void)snprintf(cards[i].code, sizeof(cards[i].code), "%06zu", 407021 + i * 7);
        (void)snprintf(cards[i].qr, sizeof(cards[i].qr),
                       "BD1ABCDEFGH0123456789JKMNPQRSTVWX%03zu", i);
    }
}

static void test_every_card_is_read_back_from_paper(void **state)
{
    struct paper_card cards[13];
    struct buf doc, pdf, out;

    (void)state;
    make_cards(cards, COUNT(cards));
    buf_init(&doc, BYTES);
    buf_init(&pdf, BYTES);
    buf_init(&out, BYTES);
    paper_cards(&place, cards, COUNT(cards), &doc);
    print(&doc, &pdf);
    said("pdfinfo a.pdf", &out);
    assert_non_null(strstr(buf_text(&out), "(A4)"));
    assert_non_null(strstr(buf_text(&out), "Pages:           2"));
    said("pdftotext -raw a.pdf - | tr '\\n' ' '", &out);
    for (size_t i = 0; i < COUNT(cards); i++) {
        char spaced[16];

        (void)snprintf(spaced, sizeof(spaced), "%.3s %.3s", cards[i].code,
                       cards[i].code + 3);
        assert_non_null(strstr(buf_text(&out), spaced));
        assert_non_null(strstr(buf_text(&out), cards[i].name));
    }
    assert_non_null(strstr(buf_text(&out), "tờ 2 trên 2 · Lớp Nước Giáp"));
    said("pdftoppm -r 150 -png a.pdf p && zbarimg -q --raw p-*.png", &out);
    for (size_t i = 0; i < COUNT(cards); i++)
        assert_non_null(strstr(buf_text(&out), cards[i].qr));
    buf_finish(&doc);
    buf_finish(&pdf);
    buf_finish(&out);
}

static void test_the_same_sheet_is_the_same_bytes(void **state)
{
    struct paper_card cards[3];
    struct buf doc, one, two;

    (void)state;
    make_cards(cards, COUNT(cards));
    buf_init(&doc, BYTES);
    buf_init(&one, BYTES);
    buf_init(&two, BYTES);
    paper_cards(&place, cards, COUNT(cards), &doc);
    print(&doc, &one);
    print(&doc, &two);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    buf_finish(&doc);
    buf_finish(&one);
    buf_finish(&two);
}

#define CERTIFICATE_TEXT                                                               \
    "BC104114YRZ6C7N2B01081G81C3DMR3J6A81S7TABBF45GQZQNM9V8KVADZV1BVSJM6JHKXHBFGSG2K3" \
    "Z3NGKWMET0WCVN4K2DXSBJJ6S2KSFCE6261ZC06QVJK56J2VE3M3339FYZDJZE1JE0C"

static void read_certificate(const struct paper_certificate *c, struct buf *words,
                             struct buf *qr)
{
    struct buf doc, pdf;

    buf_init(&doc, BYTES);
    buf_init(&pdf, BYTES);
    paper_certificate(&place, c, &doc);
    print(&doc, &pdf);
    said("pdftotext -raw a.pdf - | tr '\\n' ' '", words);
    said("pdftoppm -r 100 -png a.pdf p && zbarimg -q --raw p-*.png", qr);
    buf_finish(&doc);
    buf_finish(&pdf);
}

static void test_a_certificate_is_read_back_from_paper(void **state)
{
    static const char long_name[] =
        "Nguyễn Phước Hoàng Phương Thảo Trường Khương Nghiêng Quỳnh U";
    struct paper_certificate c = { .name = "Phạm Thị Nga",
                                   .part = "Tránh kẻ lừa đảo",
                                   .date = "Ngày 22 tháng 11 năm 2026",
                                   .number = "Số: 7F3K-9Q2M",
                                   .qr = CERTIFICATE_TEXT };
    struct buf words, qr;

    (void)state;
    buf_init(&words, BYTES);
    buf_init(&qr, BYTES);
    read_certificate(&c, &words, &qr);
    assert_non_null(strstr(buf_text(&words), "Giấy ghi nhận hoàn thành bài học"));
    assert_non_null(strstr(buf_text(&words), "Điểm học xã Đặng Thùy Trâm ghi nhận"));
    assert_non_null(strstr(buf_text(&words), "Phạm Thị Nga"));
    assert_non_null(strstr(buf_text(&words), "“Tránh kẻ lừa đảo”"));
    assert_non_null(strstr(buf_text(&words), text_of(T_cert_foot)));
    assert_non_null(strstr(buf_text(&words), "BC104 114YR"));
    assert_non_null(strstr(buf_text(&qr), CERTIFICATE_TEXT));
    said("pdfinfo a.pdf | tr -s ' '", &words);
    assert_non_null(strstr(buf_text(&words), "Pages: 1"));
    assert_non_null(strstr(buf_text(&words), "(A4)"));
    c.name = "";
    read_certificate(&c, &words, &qr);
    assert_non_null(strstr(buf_text(&words), text_of(T_cert_name)));
    assert_non_null(strstr(buf_text(&qr), CERTIFICATE_TEXT));
    c.name = long_name; /* smaller, but whole */
    read_certificate(&c, &words, &qr);
    assert_non_null(strstr(buf_text(&words), long_name));
    assert_non_null(strstr(buf_text(&qr), CERTIFICATE_TEXT));
    buf_finish(&words);
    buf_finish(&qr);
}

static void test_the_result_of_a_contest_is_one_page_with_every_place(void **state)
{
    struct contest_record c = { .name = "Hội thi an toàn trên mạng",
                                .day = 20779, /* 2026-11-22 */
                                .seconds = 30 };
    struct buf doc, pdf, words;

    (void)state;
    buf_init(&doc, BYTES);
    buf_init(&pdf, BYTES);
    buf_init(&words, BYTES);
    c.game =
        (struct contest){ .n_teams = 8, .n_main = 1, .n_extra = 1, .n_questions = 2 };
    for (size_t t = 0; t < 8; t++) {
        (void)snprintf(c.teams[t], sizeof(c.teams[t]),
                       "Đội thôn Nước Giáp và thôn Đồng Răm, tổ %zu", t + 1);
        c.game.answers[0][t] = (struct contest_answer){ CONTEST_RIGHT, 3000 };
        c.game.answers[1][t] =
            (struct contest_answer){ t ? CONTEST_NOT_YET : CONTEST_RIGHT, 3000 };
    }
    paper_result(&place, &c, &doc);
    print(&doc, &pdf);
    said("pdftotext -layout a.pdf - | tr -s ' \\n' ' '", &words);
    assert_non_null(strstr(buf_text(&words), c.name));
    assert_non_null(strstr(buf_text(&words), "1 câu hỏi, mỗi câu 30 giây."));
    assert_non_null(strstr(buf_text(&words), "22/11/2026"));
    assert_non_null(strstr(buf_text(&words), "tổ 8"));
    assert_non_null(strstr(buf_text(&words), text_of(T_cp_shared)));
    assert_non_null(strstr(buf_text(&words), text_of(T_cp_apart)));
    assert_non_null(strstr(buf_text(&words), text_of(T_cp_board)));
    /* "1 + 1" right in 3 s; spaces are as the reader likes */
    said("pdftotext -layout a.pdf - | tr -d ' \\n'", &words);
    assert_non_null(strstr(buf_text(&words), "1+13"));
    assert_non_null(strstr(buf_text(&words), "2="));
    said("pdfinfo a.pdf | tr -s ' '", &words);
    assert_non_null(strstr(buf_text(&words), "Pages: 1"));
    buf_finish(&doc);
    buf_finish(&pdf);
    buf_finish(&words);
}

static void test_a_receipt_says_what_and_when(void **state)
{
    const struct erase_receipt receipt = { .number = "X-2026-0007",
                                           .wall_ms = WALL_MS };
    const struct erase_receipt undated = { .number = "X-2026-0008" };
    struct buf doc, pdf, out;

    (void)state;
    buf_init(&doc, BYTES);
    buf_init(&pdf, BYTES);
    buf_init(&out, BYTES);
    paper_receipt(&place, &receipt, "Cô Hạnh", &doc);
    print(&doc, &pdf);
    said("pdftotext -raw a.pdf - | tr '\\n' ' '", &out);
    assert_non_null(strstr(buf_text(&out), "Giấy báo đã xóa tên"));
    assert_non_null(strstr(buf_text(&out), "X-2026-0007"));
    assert_non_null(strstr(buf_text(&out), "08:52, 22/11/2026"));
    assert_non_null(strstr(buf_text(&out), "Điểm học xã Đặng Thùy Trâm"));
    buf_clear(&doc);
    buf_clear(&pdf);
    paper_receipt(&place, &undated, "Cô Hạnh", &doc);
    print(&doc, &pdf);
    said("pdftotext -raw a.pdf - | tr '\\n' ' '", &out);
    assert_non_null(strstr(buf_text(&out), text_of(T_pp_no_clock)));
    buf_finish(&doc);
    buf_finish(&pdf);
    buf_finish(&out);
}

static void test_many_lines_go_on_over_pages(void **state)
{
    struct paper_line lines[90];
    struct buf doc, pdf, out;

    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++)
        lines[i] = (struct paper_line){ "Bài", "Gọi hình cho con cháu" };
    lines[COUNT(lines) - 1].value = "dòng cuối";
    buf_init(&doc, BYTES);
    buf_init(&pdf, BYTES);
    buf_init(&out, BYTES);
    paper_person(&place, "Thông tin của bác", lines, COUNT(lines), "BP1TEST", &doc);
    print(&doc, &pdf);
    said("pdftotext -raw a.pdf -", &out);
    assert_non_null(strstr(buf_text(&out), "dòng cuối"));
    assert_non_null(strstr(buf_text(&out), "Ô vuông này ghi các bài đã đạt"));
    said("pdftoppm -r 100 -png a.pdf p && zbarimg -q --raw p-*.png", &out);
    assert_non_null(strstr(buf_text(&out), "BP1TEST"));
    said("pdfinfo a.pdf", &out);
    assert_null(strstr(buf_text(&out), "Pages:           1\n"));
    buf_finish(&doc);
    buf_finish(&pdf);
    buf_finish(&out);
}

static const struct row {
    const char *name, *doc;
} rows[] = {
    { "no JSON is refused", "cards" },
    { "an unknown kind is refused",
      "{\"kind\":\"x\",\"date\":\"\",\"pdf_title\":\"\"}" },
    { "no cards are refused", "{\"kind\":\"cards\",\"date\":\"2026-11-22T08:00:00+07:"
                              "00\",\"pdf_title\":\"\"}" },
    { "a card without its code is refused",
      "{\"kind\":\"cards\",\"date\":\"2026-11-22T08:00:00+07:00\",\"pdf_title\":\"\","
      "\"cards\":[{\"code\":\"12a456\",\"qr\":\"X\"}]}" },
    { "a line without its value is refused",
      "{\"kind\":\"receipt\",\"date\":\"2026-11-22T08:00:00+07:00\",\"pdf_title\":\"\","
      "\"lines\":[[\"a\"]]}" },
    { "a result without its places is refused",
      "{\"kind\":\"result\",\"date\":\"2026-11-22T08:00:00+07:00\",\"pdf_title\":\"x\","
      "\"title\":\"x\",\"columns\":[\"a\",\"b\",\"c\",\"d\"],\"rows\":[],\"sign\":["
      "\"a\",\"b\"]}" },
    { "a certificate without its words is refused",
      "{\"kind\":\"certificate\",\"date\":\"2026-11-22T08:00:00+07:00\","
      "\"pdf_title\":\"\",\"title\":\"a\",\"qr\":\"BC1\"}" },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct buf doc, out;

    buf_init(&doc, BYTES);
    buf_init(&out, BYTES);
    buf_str(&doc, r->doc);
    assert_int_equal(printed(&doc, &out), ERR_REJECTED);
    assert_int_equal(out.len, 0); /* no half page */
    buf_finish(&doc);
    buf_finish(&out);
}

int main(void)
{
#define PAPER(test) cmocka_unit_test_setup_teardown(test, make_dir, drop_dir)
    static const struct CMUnitTest others[] = {
        PAPER(test_every_card_is_read_back_from_paper),
        PAPER(test_the_same_sheet_is_the_same_bytes),
        PAPER(test_a_certificate_is_read_back_from_paper),
        PAPER(test_the_result_of_a_contest_is_one_page_with_every_place),
        PAPER(test_a_receipt_says_what_and_when),
        PAPER(test_many_lines_go_on_over_pages),
    };
    struct CMUnitTest tests[COUNT(others) + COUNT(rows)];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(others); i++)
        tests[n++] = others[i];
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[n++] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
