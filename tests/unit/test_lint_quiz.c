/* Rules for quiz items of every type: one spoiled place each, named by file and line. */
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "base/clock.h"
#include "items/items.h"
#include "lint.h"
#include "report.h"
#include "source.h"
#include "tree.h"

/* The item that is replaced; its first line is line 61 of the file. */
#define OLD                                       \
    "// picture: khoa.svg\n// alt: Chìa khóa\n" \
    "::m01-b01-q2:: Cho mượn mã là nguy hiểm. {T#Chưa đúng.#Đúng vậy.}"
#define ID "::m01-b01-q2:: "
#define LOCK "![Khóa](khoa.svg) "

static const struct row {
    const char *name, *item;
    const char *want; /* follows the file's name; NULL: no problem */
} rows[] = {
    { "several right answers",
      ID "Giữ gì? {\n~%50%" LOCK "Mã #Vì mã.\n~%50%" LOCK "Thẻ #Vì thẻ.\n~" LOCK
         "Lá #Vì lá.\n####Vì thế.\n}",
      NULL },
    { "several, but one right",
      "// type: multiple\n" ID "Giữ gì? {\n=" LOCK "Mã #Vì mã.\n~" LOCK
      "Thẻ #Vì thẻ.\n~" LOCK "Lá #Vì lá.\n}",
      ":62: 1 right answers: give two or more a weight" },
    { "several, all right",
      "// type: multiple\n" ID "Giữ gì? {\n=" LOCK "Mã #Vì mã.\n=" LOCK
      "Thẻ #Vì thẻ.\n=" LOCK "Lá #Vì lá.\n}",
      ":62: 3 right answers" },
    { "one of four pictures",
      "// type: picture-choice\n" ID "Đâu? {\n=" LOCK "Mã #Vì mã.\n~" LOCK
      "Thẻ #Vì thẻ.\n~" LOCK "Lá #Vì lá.\n~" LOCK "Hoa #Vì hoa.\n}",
      NULL },
    { "a picture that is missing",
      "// type: picture-choice\n" ID "Đâu? {\n=" LOCK "Mã #Vì mã.\n~Thẻ #Vì thẻ.\n}",
      ":64: an answer without a picture" },
    { "steps in order",
      "// type: order\n" ID "Làm sao? {\n=Một #Vì một.\n=Hai #Vì hai.\n=Ba #Vì ba.\n}",
      NULL },
    { "a step that is not right",
      "// type: order\n" ID "Làm sao? {\n=Một #Vì một.\n~Hai #Vì hai.\n=Ba #Vì ba.\n}",
      ":62: 2 right answers: put = before each" },
    { "two steps", "// type: order\n" ID "Làm sao? {\n=Một #Vì một.\n=Hai #Vì hai.\n}",
      ":62: 2 answers: give 3 or 4" },
    { "a step with a picture",
      "// type: order\n" ID "Làm sao? {\n=" LOCK
      "Một #Vì một.\n=Hai #Vì hai.\n=Ba #Vì ba.\n}",
      ":63: a picture that order does not show" },
    { "a step without its reason",
      "// type: order\n" ID "Làm sao? {\n=Một #Vì một.\n=Hai\n=Ba #Vì ba.\n}",
      ":64: an answer without its reason" },
    { "pairs", ID "Nào? {\n=" LOCK "-> Mã\n=" LOCK "-> Thẻ\n####Vì thế.\n}", NULL },
    { "pairs of words", ID "Nào? {\n=Cháy -> 114\n=Trộm -> 113\n####Vì thế.\n}", NULL },
    { "pairs not alike", ID "Nào? {\n=" LOCK "-> Mã\n=Thẻ -> Giấy\n####Vì thế.\n}",
      ":61: pairs with and without a picture" },
    { "a pair without a right side", ID "Nào? {\n=Mã ->\n=Thẻ -> Giấy\n}",
      ":62: an answer without words" },
    { "pairs that are not marked as such",
      "// type: single\n" ID "Nào? {\n=Mã -> Thẻ\n=Lá -> Hoa\n}",
      ":62: type single needs ~ and = answers" },
    { "a number", "// unit: đồng\n" ID "Bao nhiêu? {#=5000:0#Vì thế.~#Gõ lại nhé.}",
      NULL },
    { "a number without a reason for others", ID "Bao nhiêu? {#=5000:0#Vì thế.}",
      ":61: an answer without its reason" },
    { "a number that is a choice", "// type: numeric\n" ID "Bao nhiêu? {=5#a ~6#b}",
      ":62: type numeric needs a number" },
    { "places",
      "// type: hotspot\n// picture: khoa.svg\n// alt: Khóa\n" ID
      "Đâu? {\n// hotspot: 0 0 200 200\n=Mã #Vì mã.\n// hotspot: 240 0 200 200\n"
      "~Thẻ #Vì thẻ.\n}",
      NULL },
    { "a place that is missing",
      "// type: hotspot\n// picture: khoa.svg\n"
      "// alt: Khóa\n" ID "Đâu? {\n// hotspot: 0 0 200 200\n=Mã #Vì mã.\n"
      "~Thẻ #Vì thẻ.\n}",
      ":67: an answer without its place" },
    { "a place too small for a finger",
      "// type: hotspot\n// picture: khoa.svg\n"
      "// alt: Khóa\n" ID "Đâu? {\n// hotspot: 0 0 60 200\n=Mã #Vì mã.\n"
      "// hotspot: 240 0 200 200\n~Thẻ #Vì thẻ.\n}",
      ":66: a place beyond" },
    { "places that overlap",
      "// type: hotspot\n// picture: khoa.svg\n// alt: Khóa\n" ID
      "Đâu? {\n// hotspot: 0 0 200 200\n=Mã #Vì mã.\n// hotspot: 150 0 200 200\n"
      "~Thẻ #Vì thẻ.\n}",
      ":68: two places overlap" },
    { "places without a picture",
      "// type: hotspot\n" ID
      "Đâu? {\n// hotspot: 0 0 200 200\n=Mã #Vì mã.\n// hotspot: 240 0 200 200\n"
      "~Thẻ #Vì thẻ.\n}",
      ":62: no picture to touch" },
    { "a story",
      "// type: scenario\n" ID "Sao? {\n// go: 2\n=" LOCK "Hỏi #Vì hỏi.\n~" LOCK
      "Gửi #Vì gửi.\n}\n\n::m01-b01-q2.2:: Rồi sao? {\n=" LOCK "Báo #Vì báo.\n~" LOCK
      "Im #Vì im.\n}",
      NULL },
    { "a part that nothing leads to",
      "// type: scenario\n" ID "Sao? {\n=" LOCK "Hỏi #Vì hỏi.\n~" LOCK
      "Gửi #Vì gửi.\n}\n\n::m01-b01-q2.2:: Rồi sao? {\n=" LOCK "Báo #Vì báo.\n~" LOCK
      "Im #Vì im.\n}",
      ":67: no act leads to this part" },
    { "a way to a part that is not there",
      "// type: scenario\n" ID "Sao? {\n// go: 3\n=" LOCK "Hỏi #Vì hỏi.\n~" LOCK
      "Gửi #Vì gửi.\n}",
      ":64: an act that goes to part 3" },
    { "a part without a safe act",
      "// type: scenario\n" ID "Sao? {\n// go: 2\n=" LOCK "Hỏi #Vì hỏi.\n~" LOCK
      "Gửi #Vì gửi.\n}\n\n::m01-b01-q2.2:: Rồi sao? {\n~" LOCK "Báo #Vì báo.\n~" LOCK
      "Im #Vì im.\n}",
      ":68: 0 right answers" },
    { "a part of true or false",
      "// type: scenario\n" ID "Sao? {\n// go: 2\n=" LOCK "Hỏi #Vì hỏi.\n~" LOCK
      "Gửi #Vì gửi.\n}\n\n::m01-b01-q2.2:: Rồi sao? {T#Lỡ.#Đúng.}",
      ":68: type scenario needs ~ and =" },
    { "a reason for all that is too long",
      ID "Nào? {\n=Cháy -> 114\n=Trộm -> 113\n"
         "####Một hai ba bốn năm sáu bảy tám chín mười mười một mười hai.\n}",
      ":61: a reason has a sentence of 14 syllables" },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct report report;
    struct source s;
    struct tree t;
    const char *said;

    tree_make(&t);
    tree_replace(&t, TREE_LESSON, OLD, r->item);
    report_init(&report);
    if (!source_read(t.content, clock_day_parse("2026-11-26"), &report, &s))
        lint_source(&s, items_table, &report);
    said = buf_text(&report.lines);
    if (r->want ? !strstr(said, r->want) : *said != 0)
        fail_msg("wanted “%s” in “%s”", r->want ? r->want : "nothing", said);
    source_finish(&s);
    report_finish(&report);
    tree_remove(&t);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows)];

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[i] = (struct CMUnitTest){ .name = rows[i].name,
                                        .test_func = check_row,
                                        .initial_state = (void *)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
