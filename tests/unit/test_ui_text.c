/* Wrapping: every letter is 10 px wide, every line 10 px tall. */
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "base/utf8.h"
#include "ui/ui_core.h"

static const struct ui_font font = { 10, 10, false };

struct meter {
    int n_calls;
};

static int letters_10(void *ctx, bool bold, int size, const char *text, size_t n)
{
    struct meter *m = ctx;
    int w = 0;
    size_t at = 0;

    (void)bold;
    (void)size;
    m->n_calls++;
    while (at < n) {
        uint32_t cp;

        at += utf8_next(text + at, &cp);
        w += cp >= 0x300 && cp <= 0x36F ? 0 : 10;
    }
    return w;
}

static const struct row {
    const char *name, *text;
    int width;
    const char *want; /* lines joined by | */
} rows[] = {
    { "what fits stays on one line", "một hai ba", 200, "một hai ba" },
    { "exactly as wide still fits", "một hai ba", 100, "một hai ba" },
    { "lines are balanced", "aaaa bbbb cccc dddd", 150, "aaaa bbbb|cccc dddd" },
    { "three lines are balanced", "aa bb cc dd ee ff", 70, "aa bb|cc dd|ee ff" },
    { "a full line does not leave one syllable", "aaaa bb cccccccc d", 170,
      "aaaa bb|cccccccc d" },
    { "a lone syllable pulls another down", "aa bb cc", 50, "aa|bb cc" },
    { "unless that would not fit", "a bbbbbb cccccc", 80, "a bbbbbb|cccccc" },
    { "or nothing stayed above", "aaaaa bbbbbbbbbb cc", 120, "aaaaa|bbbbbbbbbb|cc" },
    { "a no-break space keeps words together", "gửi mã 6\xC2\xA0số", 70,
      "gửi mã|6\xC2\xA0số" },
    { "two joined syllables may stand alone",
      "aa bb c\xC2\xA0"
      "c",
      50,
      "aa bb|c\xC2\xA0"
      "c" },
    { "a line feed breaks", "một\nhai", 200, "một|hai" },
    { "paragraphs are balanced one by one", "aa bb cc dd\nee", 80, "aa bb|cc dd|ee" },
    { "spaces at the ends vanish", "  một  ", 200, "một" },
    { "an address is broken where it must be", "dichvucong.gov.vn", 100,
      "dichvucong|.gov.vn" },
    { "a mark stays with its letter",
      "ee\xCC\x82"
      "ee",
      20, "ee\xCC\x82|ee" },
    { "a width of nothing loses nothing", "ab", 0, "ab" },
    { "a letter wider than the line stands alone", "ab", 5, "a|b" },
};

static void join_lines(const struct ui *ui, char *out, size_t n_out)
{
    size_t n;
    const struct ui_cmd *c = ui_cmds(ui, &n);
    size_t len = 0;

    for (size_t i = 0; i < n; i++) {
        size_t k = strlen(c[i].text);

        assert_true(len + k + 2 < n_out);
        if (i > 0)
            out[len++] = '|';
        memcpy(out + len, c[i].text, k);
        len += k;
    }
    out[len] = '\0';
}

static void check_row(void **state)
{
    const struct row *r = *state;
    struct meter meter = { 0 };
    struct ui_metrics m = { letters_10, &meter };
    struct ui *ui = ui_create(&m, 1000, 800, 160);
    char lines[256];
    float measured;
    float drawn;
    struct rect at = { 0, 0, (float)r->width, 100 };
    size_t n_lines = 1;

    ui_begin(ui);
    measured = ui_text(ui, at, r->text, font, 0, UI_LEFT);
    drawn = ui_text(ui, at, r->text, font, INK, UI_LEFT);
    ui_end(ui);
    join_lines(ui, lines, sizeof(lines));
    assert_string_equal(lines, r->want);
    for (const char *c = lines; *c; c++)
        n_lines += *c == '|';
    assert_int_equal((int)drawn, (int)n_lines * 10);
    assert_int_equal((int)measured, (int)drawn);
    ui_destroy(ui);
}

static void test_centred_lines_stand_in_the_middle(void **state)
{
    struct meter meter = { 0 };
    struct ui_metrics m = { letters_10, &meter };
    struct ui *ui = ui_create(&m, 1000, 800, 160);
    const struct ui_cmd *c;
    size_t n;

    (void)state;
    ui_begin(ui);
    ui_text_middle(ui, (struct rect){ 100, 50, 200, 100 }, "abcd", font, INK,
                   UI_CENTRE);
    ui_end(ui);
    c = ui_cmds(ui, &n);
    assert_int_equal(n, 1);
    assert_int_equal(c[0].box.x, 180);
    assert_int_equal(c[0].box.y, 95);
    assert_int_equal(c[0].box.w, 40);
    assert_int_equal(c[0].box.h, 10);
    ui_destroy(ui);
}

static void test_empty_text_takes_no_room(void **state)
{
    struct meter meter = { 0 };
    struct ui_metrics m = { letters_10, &meter };
    struct ui *ui = ui_create(&m, 1000, 800, 160);
    size_t n;

    (void)state;
    ui_begin(ui);
    assert_int_equal((int)ui_text(ui, ui_page(ui), "", font, INK, UI_LEFT), 0);
    ui_end(ui);
    ui_cmds(ui, &n);
    assert_int_equal(n, 0);
    ui_destroy(ui);
}

static void test_a_word_is_measured_once(void **state)
{
    struct meter meter = { 0 };
    struct ui_metrics m = { letters_10, &meter };
    struct ui *ui = ui_create(&m, 1000, 800, 160);
    int first;

    (void)state;
    for (int i = 0; i < 2; i++) {
        ui_begin(ui);
        ui_text(ui, ui_page(ui), "học mà chơi, chơi mà học", font, INK, UI_LEFT);
        ui_end(ui);
        if (i == 0)
            first = meter.n_calls;
    }
    assert_int_equal(meter.n_calls, first);
    assert_true(first > 0);
    ui_destroy(ui);
}

/* As wide as the size says, bold one px more: to tell fonts apart. */
static int as_wide_as_the_size(void *ctx, bool bold, int size, const char *text,
                               size_t n)
{
    (void)ctx;
    (void)text;
    return (int)n * size + bold;
}

/* Sizes and weights were once mixed so weakly into the key that the first letter could
 * cancel them: "1" of one size had the width of another. */
static void test_no_two_fonts_share_a_width(void **state)
{
    static const char *const words[] = {
        "0", "1", "2", "3", " ", "a", "1 bài", "3 bài"
    };
    struct ui_metrics m = { as_wide_as_the_size, NULL };
    struct ui *ui = ui_create(&m, 1536, 864, 160);

    (void)state;
    ui_begin(ui);
    for (int size = 10; size < 60; size++)
        for (int bold = 0; bold < 2; bold++)
            for (size_t i = 0; i < COUNT(words); i++) {
                struct ui_font f = { (float)size, (float)size, bold };
                int want = (int)strlen(words[i]) * size + bold;

                assert_int_equal((int)ui_text_width(ui, words[i], f), want);
            }
    ui_end(ui);
    ui_destroy(ui);
}

static void test_the_width_cache_never_fills_up(void **state)
{
    struct meter meter = { 0 };
    struct ui_metrics m = { letters_10, &meter };
    struct ui *ui = ui_create(&m, 1000, 800, 160);

    (void)state;
    for (int i = 0; i < 30000; i++) {
        char word[12];
        size_t n = 0;

        for (int k = i; n == 0 || k > 0; k /= 10)
            word[n++] = (char)('0' + k % 10);
        word[n] = '\0';
        ui_begin(ui);
        assert_int_equal((int)ui_text_width(ui, word, font), (int)n * 10);
        ui_end(ui);
    }
    ui_destroy(ui);
}

/* Where turmeric stands under the line `text` while the word at `from` of `all` is read; -1:
 * nowhere. */
static int marked_x(const char *all, size_t from, size_t n, const char *text)
{
    struct meter meter = { 0 };
    const struct ui_metrics metrics = { letters_10, &meter };
    struct ui *ui = ui_create(&metrics, 1000, 800, 160);
    const struct ui_cmd *c;
    size_t n_cmds;
    int x = -1;

    ui_set_reading(ui, "a", all, from, n);
    ui_begin(ui);
    ui_text(ui, (struct rect){ 100, 0, 300, 10 }, text, font, INK, UI_LEFT);
    ui_end(ui);
    c = ui_cmds(ui, &n_cmds);
    for (size_t i = 0; i < n_cmds; i++)
        if (c[i].kind == UI_CMD_FILL && c[i].colour == HIGHLIGHT)
            x = c[i].box.x + (c[i].box.w - (int)n * 10) / 2; /* wider than its word */
    ui_destroy(ui);
    return x;
}

static void test_the_word_that_is_read_is_marked_wherever_its_sentence_stands(
    void **state)
{
    static const char all[] = "Mua rau. Tra sau.";

    (void)state;
    assert_int_equal(marked_x(all, 4, 4, all), 140);
    assert_int_equal(marked_x(all, 9, 3, all), 190);
    assert_int_equal(marked_x(all, 4, 4, "Mua rau. "), 140); /* its first sentence */
    assert_int_equal(marked_x(all, 9, 3, "Mua rau. "), -1);
    assert_int_equal(marked_x(all, 9, 3, "Tra sau."), 100); /* its last */
    assert_int_equal(marked_x(all, 4, 4, "Tra sau."), -1);
    assert_int_equal(marked_x(all, 4, 4, "Mua"), -1); /* a word is no sentence */
    assert_int_equal(marked_x(all, 9, 3, "sau."), -1);
    assert_int_equal(marked_x(all, 0, 3, "Mua cam."), -1);
}

#define NAMED 6

int main(void)
{
    struct CMUnitTest tests[NAMED + COUNT(rows)] = {
        cmocka_unit_test(test_centred_lines_stand_in_the_middle),
        cmocka_unit_test(test_empty_text_takes_no_room),
        cmocka_unit_test(test_a_word_is_measured_once),
        cmocka_unit_test(test_no_two_fonts_share_a_width),
        cmocka_unit_test(test_the_width_cache_never_fills_up),
        cmocka_unit_test(
            test_the_word_that_is_read_is_marked_wherever_its_sentence_stands),
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[NAMED + i] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
