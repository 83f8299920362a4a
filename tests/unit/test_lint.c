/* Every rule that an author can break: one spoiled place each, named by file and line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "items/items.h"
#include "lint.h"
#include "report.h"
#include "source.h"
#include "tree.h"

#define TODAY "2026-11-26"
#define MODULE "m01-one/module.yaml"

static void lint(struct tree *t, const char *today, struct report *report)
{
    struct source s;

    report_init(report);
    if (!source_read(t->content, clock_day_parse(today), report, &s))
        lint_source(&s, items_table, report);
    source_finish(&s);
}

static void test_the_example_has_no_problem(void **state)
{
    struct report report;
    struct tree t;

    (void)state;
    tree_make(&t);
    lint(&t, TODAY, &report);
    assert_string_equal(buf_text(&report.lines), "");
    assert_int_equal(report.n_problems + report.n_warnings, 0);
    report_finish(&report);
    tree_remove(&t);
}

/* What Notepad makes of it: a BOM and CR LF. */
static void test_files_saved_on_windows_are_read(void **state)
{
    static const char *const files[] = { "pack.yaml", "facts.csv", MODULE, TREE_LESSON,
                                         "art/khoa.svg" };
    struct report report;
    struct tree t;

    (void)state;
    tree_make(&t);
    for (size_t i = 0; i < COUNT(files); i++) {
        size_t n;
        const char *text = tree_read(&t, tree_path(&t, files[i]), &n);
        struct buf b;

        buf_init(&b, 2 * n + 3);
        if (!strstr(files[i], ".svg"))
            buf_str(&b, "\xEF\xBB\xBF");
        for (size_t k = 0; k < n; k++) {
            if (text[k] == '\n')
                buf_char(&b, '\r');
            buf_char(&b, text[k]);
        }
        tree_write(tree_path(&t, files[i]), b.data, b.len);
        buf_finish(&b);
    }
    lint(&t, TODAY, &report);
    assert_string_equal(buf_text(&report.lines), "");
    report_finish(&report);
    tree_remove(&t);
}

static const struct rule {
    const char *name;
    const char *file, *from, *to;
    const char *want; /* follows the file's name in the report */
} rules[] = {
    { "a sentence of 13 syllables", TREE_LESSON, "Công an không bao giờ hỏi mã.",
      "Công an không bao giờ hỏi mã của bà con mình ở đâu cả.",
      ":23: the card has a sentence of 14 syllables" },
    { "a third sentence on a card", TREE_LESSON, "Công an không bao giờ hỏi mã.",
      "Công an đến. Họ hỏi. Mình nghe.", ":23: the card has 3 sentences" },
    { "a heading of 7 words", TREE_LESSON, "# Ai hỏi mã?",
      "# Ai hay hỏi mã của mình nhỉ?", ":19: the heading has 7 syllables" },
    { "a word in English", TREE_LESSON, "Công an không", "Công an online không",
      ":23: the card says “online”: say trên mạng" },
    { "an English word in capitals", TREE_LESSON, "Tắt máy #Tắt", "OK #Tắt",
      ":58: an answer says “ok”" },
    { "“bạn” outside a message", TREE_LESSON, "{Xh} cứ nói", "Bạn cứ nói",
      ":29: the card says “bạn”" },
    { "a placeholder that is none", TREE_LESSON, "{Xh} cứ nói", "{ten} cứ nói",
      ":29: the card has a { that is not {xh} or {Xh}" },
    { "a placeholder in a heading", TREE_LESSON, "# Nói không", "# {Xh} nói không",
      ":25: the heading has a {: leave the form of address out" },
    { "a word that blames", TREE_LESSON, "#Chưa đúng.#", "#Sai rồi.#",
      ":63: a reason says “sai rồi”" },
    { "a card without a picture", TREE_LESSON,
      "![Chìa khóa của nhà mình](khoa.svg)\n\n", "", ":11: a card without a picture" },
    { "a picture that is nowhere", TREE_LESSON, "nhà mình](khoa.svg)", "x](khong.svg)",
      ":13: picture khong.svg is not there" },
    { "a picture outside the content", TREE_LESSON, "nhà mình](khoa.svg)",
      "x](../../art/khoa.svg)", ":13: picture ../../art/khoa.svg is not there" },
    { "a picture without words", TREE_LESSON, "![Chìa khóa của nhà mình]", "![]",
      ":13: picture khoa.svg has no words" },
    { "an option's picture without words", TREE_LESSON, "![Đưa mã]", "![]",
      ":57: picture khoa.svg has no words" },
    { "an answer without a reason", TREE_LESSON, " #Tắt máy là an toàn.", "",
      ":58: an answer without its reason" },
    { "true or false without reasons", TREE_LESSON, "{T#Chưa đúng.#Đúng vậy.}", "{T}",
      ":63: an answer without its reason" },
    { "an answer without a picture", TREE_LESSON, "=![Chặn lại](tay.svg) ", "=",
      ":58: an answer without a picture" },
    { "no right answer", TREE_LESSON, "=![Chặn", "~![Chặn", ":56: 0 right answers" },
    { "a type that cannot be played", TREE_LESSON, "// type: single", "// type: dance",
      ":56: type “dance” cannot be played" },
    { "a type that does not fit its answers", TREE_LESSON, "// type: single",
      "// type: true-false", ":56: type true-false needs {T#…#…}" },
    { "a misspelt key", TREE_LESSON, "// safety: yes", "// saftey: yes",
      ":55: a // line with an unknown key" },
    { "a message without a sender", TREE_LESSON, "// from: Số lạ\n", "",
      ":66: a message without a sender" },
    { "the same question id twice", TREE_LESSON,
      "::m01-b01-q2::", "::m01-b01-q1::", ":63: question m01-b01-q1 is there twice" },
    { "a question id of another lesson", TREE_LESSON,
      "::m01-b01-q2::", "::m09-b01-q2::", ":63: id m09-b01-q2: write m01-b01-q1" },
    { "answers that do not end", TREE_LESSON, "toàn.\n}\n", "toàn.\n",
      ":56: the answers do not end" },
    { "a lesson id outside its alphabet", TREE_LESSON, "id: m01-b01", "id: M01 b01",
      ":2: id “M01 b01”" },
    { "a lesson id of another module", TREE_LESSON, "id: m01-b01", "id: m02-b01",
      ":2: id m02-b01 is not of module m01" },
    { "an unknown fact", TREE_LESSON, "facts: [ma]", "facts: [khac]",
      ":7: fact “khac” is not in facts.csv" },
    { "an unknown path", TREE_LESSON, "path: [short, full]", "path: [long]",
      ":8: path “long” is not known" },
    { "an unknown key in front", TREE_LESSON, "minutes: 5", "minuts: 5",
      ":5: Unexpected key: minuts" },
    { "a missing key in front", TREE_LESSON, "minutes: 5\n", "",
      ":2: Missing required" },
    { "a word where a number is", TREE_LESSON, "minutes: 5", "minutes: năm", ":5: " },
    { "no front matter", TREE_LESSON, "---\n", "", ":1: no front matter" },
    { "an alias", TREE_LESSON, "framework: [D4]\nfacts: [ma]",
      "framework: &a [D4]\nfacts: *a", ":7: aliases and anchors" },
    { "a small heading", TREE_LESSON, "# Nói không", "## Nói không",
      ":25: a small heading (##)" },
    { "a second paragraph on a card", TREE_LESSON, "Công an không bao giờ hỏi mã.",
      "Một.\n\nHai.", ":25: a second paragraph" },
    { "a second picture on a card", TREE_LESSON, "Công an không bao giờ hỏi mã.",
      "![Khóa](khoa.svg)\n\nMột.", ":23: a second picture" },
    { "a word with any note", TREE_LESSON, "# Ai hỏi mã?",
      "# Từ: OTP\n\n> Hai.\n\n# Ai hỏi?", ":21: the note of a word: write > Đọc là:" },
    { "a word without how it is said", TREE_LESSON, "# Ai hỏi mã?", "# Từ: OTP",
      "a word without how it is said" },
    { "a word that is no word", TREE_LESSON, "# Ai hỏi mã?", "# Từ: mật khẩu rất dài",
      "a word of" },
    { "a word said twice over", TREE_LESSON, "# Ai hỏi mã?",
      "# Từ: OTP\n\n> Đọc là: ô\n\n> Đọc là: tê\n\n# Ai hỏi?", "a second note (>)" },
    { "a word used before it is taught", TREE_LESSON, "# Ai hỏi mã?",
      "# Từ: OTP\n\n> Đọc là: ô\n\n# Ai hỏi?",
      ":17: “OTP” is used before its word card" },
    { "a word taught twice", TREE_LESSON, "# Ai hỏi mã?",
      "# Từ: OTP\n\n> Đọc là: ô\n\n# Từ: OTP\n\n> Đọc là: ô\n\n# Ai hỏi?",
      "“OTP” is taught twice" },
    { "a second note on a card", TREE_LESSON, "# Ai hỏi mã?", "> Hai.\n\n# Ai hỏi?",
      ":19: a second note (>)" },
    { "a picture inside a sentence", TREE_LESSON, "Công an không",
      "![Khóa](khoa.svg) Công an không", ":23: a picture inside text" },
    { "bold words", TREE_LESSON, "Công an không", "**Công an** không",
      ":23: emphasis (* or _)" },
    { "code words", TREE_LESSON, "Công an không", "`Công an` không", ":23: code (`)" },
    { "a list to remember", TREE_LESSON, "Mã là của mình. Không", "- Mã\n- Không",
      ":72: only one paragraph stands" },
    { "a second quiz", TREE_LESSON, "# Nhớ", "# Hỏi",
      ":70: this heading is there twice" },
    { "words where practice stands", TREE_LESSON, "```practice", "```phone",
      ":33: only ```practice blocks" },
    { "words before the first heading", TREE_LESSON, "# Mã là gì?", "Mã là gì?",
      ":11: text before the first heading" },
    { "front matter without an end", TREE_LESSON, "path: [short, full]\n---\n", "",
      ":1: no front matter" },
    { "one answer alone", TREE_LESSON,
      "  ~![Đưa mã](khoa.svg) Đọc mã #Ai có mã là lấy được tiền.\n", "",
      ":56: 1 answers: give 2 or 3" },
    { "an answer without words", TREE_LESSON, " Tắt máy #Tắt", " #Tắt",
      ":58: an answer without words" },
    { "an answer that is a match", TREE_LESSON, "Tắt máy #", "Tắt -> máy #",
      ":58: a reason (#) in a pair" },
    { "a question without words", TREE_LESSON, "Cho mượn mã là nguy hiểm. ", "",
      ":63: no question" },
    { "a question id outside its alphabet", TREE_LESSON,
      "::m01-b01-q2::", "::m01-b01-q2 B::", ":63: id “m01-b01-q2 B”" },
    { "a picture of an item without words", TREE_LESSON, "// alt: Chìa khóa\n", "",
      ":61: picture khoa.svg has no words" },
    { "minutes without end", TREE_LESSON, "minutes: 5", "minutes: 50",
      ":5: minutes is 50" },
    { "an outcome of two sentences", TREE_LESSON, "Biết từ chối khi",
      "Biết. Từ chối khi", ":4: the outcome is 8 syllables in 2 sentences" },
    { "a drawing under another name", TREE_LESSON, "nhà mình](khoa.svg)", "x](chu.png)",
      ":13: picture chu.png is not there" },
    { "a module id outside its alphabet", MODULE, "id: m01", "id: M 01",
      ":1: id “M 01”" },
    { "a pack id outside its alphabet", "pack.yaml", "id: one", "id: One!",
      ":1: id “One!”" },
    { "the same module twice", "pack.yaml", "[m01-one]", "[m01-one, m01-one]",
      "module m01 is there twice" },
    { "the same lesson twice", "pack.yaml", "[m01-one]", "[m01-one, m01-one]",
      "lesson m01-b01 is there twice" },
    { "a fact without words", "facts.csv", "\"Không ai hỏi mã, \"\"kể cả\"\" cán bộ\"",
      "", ":2: no fact" },
    { "a fact id outside its alphabet", "facts.csv", "ma,", "Mã,", ":2: id “Mã”" },
    { "another head line of facts", "facts.csv", "id,fact", "id,text",
      ":1: the head line" },
    { "words after a quoted field", "facts.csv", "cán bộ\"", "cán bộ\" xã",
      ":2: a stray quotation mark" },
    { "nothing to remember", TREE_LESSON, "Mã là của mình. Không đưa cho ai.\n", "",
      ":1: nothing to remember" },
    { "a list on a card", TREE_LESSON, "Công an không bao giờ hỏi mã.", "- một\n- hai",
      ":23: a card holds one picture" },
    { "a link on a card", TREE_LESSON, "{Xh} cứ nói không.", "[đây](http://x) nhé.",
      ":29: a link: write plain words" },
    { "HTML on a card", TREE_LESSON, "{Xh} cứ nói không.", "cứ <b>nói</b> không.",
      ":29: HTML: write plain words" },
    { "the parts out of order", TREE_LESSON, "# Nhớ", "# Tập", ":70: out of order" },
    { "text in the quiz that is no gift", TREE_LESSON, "```gift", "```gitf",
      ":53: only a ```gift block" },
    { "letters and marks apart", TREE_LESSON, "Công an không", "Co\xCC\x82ng an không",
      ":23: letters and marks are apart" },
    { "bytes that are not UTF-8", TREE_LESSON, "Công an không", "C\xF4ng an kh\xF4ng",
      ":23: not valid UTF-8" },
    { "a module that is not there", "pack.yaml", "[m01-one]", "[m01-one, m02-two]",
      "m02-two/module.yaml:1: is not there" },
    { "a module outside the content", "pack.yaml", "[m01-one]", "[../m01-one]",
      ":7: module “../m01-one” is no folder name" },
    { "a path to no lesson", "pack.yaml", "[m01-b01]", "[m01-b01, m01-b09]",
      ":8: path short names lesson “m01-b09”" },
    { "a path that only pack.yaml knows", TREE_LESSON, "path: [short, full]",
      "path: [full]", ":8: path short: this line and pack.yaml do not agree" },
    { "a path that only the lesson knows", "pack.yaml", "short: [m01-b01]",
      "full: [m01-b09]",
      "lesson.md:8: path full: this line and pack.yaml do not agree" },
    { "a version below 1", "pack.yaml", "version: 3", "version: 0",
      ":2: version is 0: count up" },
    { "a module that asks too much at once", MODULE, "picture:",
      "question: Mình tự làm được việc ấy một mình ở nhà không hỏi ai chưa?\npicture:",
      "the question has a sentence of 14 syllables" },
    { "a module picture that is nowhere", MODULE, "khoa.svg", "khong.svg",
      ":4: picture khong.svg is not there" },
    { "a fact without a source", "facts.csv", "Luật", "", ":2: no source" },
    { "a fact without a date", "facts.csv", "2027-01-01", "sau Tết",
      ":2: checked or due is not a date" },
    { "a fact with a stray quote", "facts.csv", "Luật", "Luật \"mới\"",
      ":2: a stray quotation mark" },
    { "a fact with a field too few", "facts.csv", "Luật,", "", ":2: 4 fields, not 5" },
    { "a fact that is there twice", "facts.csv", "2027-01-01\n",
      "2027-01-01\nma,a,b,2026-01-01,2027-01-01\n", ":3: fact ma is there twice" },
    { "a drawing with a script", "art/khoa.svg", "<circle", "<script/><circle",
      "picture khoa.svg: line 1: <script> is not a flat shape" },
    { "a drawing that reads a file", "art/khoa.svg", "<circle",
      "<image href=\"file:///etc/passwd\"/><circle",
      "picture khoa.svg: line 1: <image> is not a flat shape" },
    { "a drawing with a reference", "art/khoa.svg", "fill=\"#17572F\"",
      "fill=\"url(http://x/#a)\"", "picture khoa.svg: line 1: a paint or image" },
    { "a drawing with entities", "art/khoa.svg", "<svg",
      "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg",
      "picture khoa.svg: line 1: a DOCTYPE, entity" },
    { "a drawing that is not whole", "art/khoa.svg", "</svg>", "",
      "picture khoa.svg: not well-formed SVG" },
};

static void check_rule(void **state)
{
    const struct rule *r = *state;
    struct report report;
    const char *want;
    struct tree t;

    tree_make(&t);
    tree_replace(&t, r->file, r->from, r->to);
    lint(&t, TODAY, &report);
    want = r->want[0] == ':'
               ? arena_printf(&t.arena, "%s%s", tree_path(&t, r->file), r->want)
               : r->want;
    if (!strstr(buf_text(&report.lines), want))
        fail_msg("wanted %s in:\n%s", want, buf_text(&report.lines));
    assert_int_not_equal(report.n_problems, 0);
    report_finish(&report);
    tree_remove(&t);
}

static void test_a_fact_past_its_day_is_a_warning(void **state)
{
    struct report report;
    struct tree t;

    (void)state;
    tree_make(&t);
    lint(&t, "2027-01-01", &report);
    assert_int_equal(report.n_problems, 0);
    assert_int_equal(report.n_warnings, 1);
    assert_non_null(
        strstr(buf_text(&report.lines), "facts.csv:2: warning: fact ma is due"));
    report_finish(&report);
    tree_remove(&t);
}

static void test_a_lesson_not_written_yet_is_a_warning(void **state)
{
    struct report report;
    struct tree t;

    (void)state;
    tree_make(&t);
    assert_int_equal(file_make_folder(tree_path(&t, "m01-one/b02-later")), ERR_OK);
    lint(&t, TODAY, &report);
    assert_int_equal(report.n_problems, 0);
    assert_int_equal(report.n_warnings, 1);
    report_finish(&report);
    tree_remove(&t);
}

/* One file filled with something huge or deep; the lint ends, with a problem there. */
static const struct hostile {
    const char *name;
    const char *file;
    const char *head, *repeat;
    size_t times;
} hostiles[] = {
    { "13 cards", TREE_LESSON,
      "---\nid: m01-b01\ntitle: a\noutcome: a\nminutes: 5\n---\n\n", "# a\n\nMột.\n\n",
      13 },
    { "an empty file", TREE_LESSON, "", "", 0 },
    { "65 modules", "pack.yaml",
      "id: one\nversion: 1\ntitle: a\nlanguages: [vi]\nauthors: [a]\nlicence: "
      "x\nmodules:\n",
      "  - m01-one\n", 65 },
    { "2001 facts", "facts.csv", "id,fact,source,checked,due\n",
      "a,b,c,2026-01-01,2027-01-01\n", 2001 },
    { "a field over many lines in facts", "facts.csv",
      "id,fact,source,checked,due\na,\"", "b\n", 2000 },
    { "a line of 10 MB", TREE_LESSON, "", "aaaaaaaaaa", 1000000 },
    { "a long line", TREE_LESSON, "---\n", "aaaaaaaaaa", 20000 },
    { "a Markdown quote 1000 deep", TREE_LESSON,
      "---\nid: m01-b01\ntitle: a\noutcome: a\nminutes: 5\n---\n\n# a\n\n", "> ",
      1900 },
    { "a list 2000 deep, line after line", TREE_LESSON,
      "---\nid: m01-b01\ntitle: a\noutcome: a\nminutes: 5\n---\n\n# a\n\n", "- \n",
      20000 },
    { "YAML 30000 deep", "pack.yaml", "id: ", "[", 30000 },
    { "YAML of 1 MB", "pack.yaml", "id: ", "aaaaaaaaa\n", 100000 },
    { "a drawing of 2 MB", "art/khoa.svg", "<svg>", "<g/>", 500000 },
    { "a drawing 5000 deep", "art/khoa.svg", "<svg viewBox=\"0 0 1 1\">", "<g>", 5000 },
    { "a drawing of 30000 shapes", "art/khoa.svg", "<svg viewBox=\"0 0 1 1\">", "<g/>",
      30000 },
    { "a drawing of one endless line", "art/khoa.svg",
      "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0", "L1 2", 100000 },
    { "GIFT that never ends", TREE_LESSON,
      "---\nid: m01-b01\ntitle: a\noutcome: a\nminutes: 5\n---\n\n# Hỏi\n\n```gift\n",
      "::q:: a {\n~", 10000 },
    { "5000 questions", TREE_LESSON,
      "---\nid: m01-b01\ntitle: a\noutcome: a\nminutes: 5\n---\n\n# Hỏi\n\n```gift\n",
      "::m01-b01-q1:: a {T#b#c}\n\n", 5000 },
    { "quotation marks in facts", "facts.csv", "id,fact,source,checked,due\n", "\"",
      3000 },
};

static void check_hostile(void **state)
{
    const struct hostile *h = *state;
    struct report report;
    struct buf b;
    struct tree t;

    tree_make(&t);
    buf_init(&b, 16U * 1024U * 1024U);
    buf_str(&b, h->head);
    for (size_t i = 0; i < h->times; i++)
        buf_str(&b, h->repeat);
    tree_write(tree_path(&t, h->file), buf_text(&b), b.len);
    lint(&t, TODAY, &report);
    assert_int_not_equal(report.n_problems, 0);
    buf_finish(&b);
    report_finish(&report);
    tree_remove(&t);
}

int main(void)
{
    const struct CMUnitTest whole[] = {
        cmocka_unit_test(test_the_example_has_no_problem),
        cmocka_unit_test(test_files_saved_on_windows_are_read),
        cmocka_unit_test(test_a_fact_past_its_day_is_a_warning),
        cmocka_unit_test(test_a_lesson_not_written_yet_is_a_warning),
    };
    struct CMUnitTest rule[COUNT(rules)], hostile[COUNT(hostiles)];

    for (size_t i = 0; i < COUNT(rules); i++)
        rule[i] = (struct CMUnitTest){ .name = rules[i].name,
                                       .test_func = check_rule,
                                       .initial_state = (void *)&rules[i] };
    for (size_t i = 0; i < COUNT(hostiles); i++)
        hostile[i] = (struct CMUnitTest){ .name = hostiles[i].name,
                                          .test_func = check_hostile,
                                          .initial_state = (void *)&hostiles[i] };
    return cmocka_run_group_tests(whole, NULL, NULL) +
           cmocka_run_group_tests(rule, NULL, NULL) +
           cmocka_run_group_tests(hostile, NULL, NULL);
}
