/* A scanner or fingers: decided by time alone. */
#include "cmocka_all.h"

#include <string.h>

#include "base/check.h"
#include "platform/burst.h"

static int width_10(void *ctx, bool bold, int size, const char *text, size_t n)
{
    (void)ctx;
    (void)bold;
    (void)size;
    (void)text;
    return (int)n * 10;
}

/* Each character comes `gap_ms` after the one before; '\n' is Enter. */
static const struct row {
    const char *name, *keys;
    int gap_ms;
    const char *want_scan; /* NULL: none */
    const char *want_typed;
} rows[] = {
    { "a fast code is a scan", "7K3M-22\n", 5, "7K3M-22", "" },
    { "six characters are enough", "123456\n", 12, "123456", "" },
    { "five are typing", "12345\n", 5, NULL, "12345" },
    { "a slow code is typing", "123456\n", 30, NULL, "123456" },
    { "no Enter, no scan", "1234567", 5, NULL, "1234567" },
    { "two codes are two scans", "111111\n222222\n", 5, "222222", "" },
    { "a space belongs to the code", "AB CD EF\n", 5, "AB CD EF", "" },
};

struct heard {
    struct ui *ui;
    char scan[64], typed[64];
    size_t n_typed;
};

static void listen(struct heard *h)
{
    do {
        const char *scan;
        char c;

        ui_begin(h->ui);
        c = (char)ui_typed(h->ui);
        if (c)
            h->typed[h->n_typed++] = c;
        scan = ui_scanned(h->ui);
        if (scan)
            memcpy(h->scan, scan, strlen(scan) + 1);
        ui_end(h->ui);
    } while (ui_again(h->ui));
}

static void check_row(void **state)
{
    const struct row *r = *state;
    struct ui_metrics m = { width_10, NULL };
    struct heard h = { .ui = ui_create(&m, 100, 100, 160) };
    struct burst b = { 0 };
    int64_t t = 1000;

    for (const char *k = r->keys; *k; k++, t += r->gap_ms) {
        burst_settle(&b, h.ui, t);
        if (*k == '\n')
            burst_enter(&b, h.ui, t);
        else
            burst_char(&b, h.ui, *k, t);
        listen(&h);
    }
    assert_int_equal(burst_settle(&b, h.ui, t + BURST_GAP_MS), -1);
    listen(&h);
    assert_string_equal(h.scan, r->want_scan ? r->want_scan : "");
    assert_string_equal(h.typed, r->want_typed);
    ui_destroy(h.ui);
}

static void test_a_character_waits_no_longer_than_the_gap(void **state)
{
    struct ui_metrics m = { width_10, NULL };
    struct heard h = { .ui = ui_create(&m, 100, 100, 160) };
    struct burst b = { 0 };

    (void)state;
    assert_int_equal(burst_settle(&b, h.ui, 0), -1);
    burst_char(&b, h.ui, '7', 100);
    assert_int_equal(burst_settle(&b, h.ui, 110), BURST_GAP_MS - 10);
    listen(&h);
    assert_string_equal(h.typed, "");
    assert_int_equal(burst_settle(&b, h.ui, 100 + BURST_GAP_MS), -1);
    listen(&h);
    assert_string_equal(h.typed, "7");
    ui_destroy(h.ui);
}

static void test_an_endless_code_does_not_overrun(void **state)
{
    struct ui_metrics m = { width_10, NULL };
    struct heard h = { .ui = ui_create(&m, 100, 100, 160) };
    static struct burst b;

    (void)state;
    for (int i = 0; i < 5 * UI_SCAN_MAX; i++)
        burst_char(&b, h.ui, 'x', 1000);
    burst_enter(&b, h.ui, 1000);
    assert_int_equal(b.n, 0);
    ui_destroy(h.ui);
}

int main(void)
{
    struct CMUnitTest tests[2 + COUNT(rows)] = {
        cmocka_unit_test(test_a_character_waits_no_longer_than_the_gap),
        cmocka_unit_test(test_an_endless_code_does_not_overrun),
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[2 + i] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
