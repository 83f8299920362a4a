/* What the layout check reports of frames painted by hand; letters are 10 px wide. */
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "ui/layout_check.h"

#define W 1000
#define H 800
#define DPI 160 /* 1 px is 1 dp */

static int letters_10(void *ctx, bool bold, int size, const char *text, size_t n)
{
    (void)ctx;
    (void)bold;
    (void)size;
    (void)text;
    return (int)n * 10;
}

static const struct ui_font font = { 20, 26, false };

struct found {
    char what[64]; /* joined by spaces */
    int by;
};

static void note(void *ctx, const struct layout_fault *fault)
{
    struct found *f = ctx;
    size_t n = strlen(f->what);

    (void)snprintf(f->what + n, sizeof(f->what) - n, "%s%s", n ? " " : "", fault->what);
    f->by = fault->by;
}

static void box(struct ui *ui, float x, float y, float w, float h, uint32_t fill)
{
    ui_box(ui, (struct rect){ x, y, w, h }, &(struct ui_box_style){ .fill = fill });
}

static void text(struct ui *ui, float x, float y, float w, const char *words,
                 uint32_t colour)
{
    ui_text(ui, (struct rect){ x, y, w, 26 }, words, font, colour, UI_LEFT);
}

static void in_order(struct ui *ui)
{
    box(ui, 20, 20, 200, 60, SURFACE);
    text(ui, 30, 30, 180, "vừa vặn", INK);
    text(ui, 30, 90, 180, "ở ngoài", INK);
}

static void too_long(struct ui *ui)
{
    box(ui, 20, 20, 60, 60, SURFACE);
    text(ui, 30, 30, 180, "dài quá", INK);
}

static void off_page(struct ui *ui)
{
    text(ui, W - 40, 90, 180, "khuất mất", INK);
}

static void one_on_another(struct ui *ui)
{
    text(ui, 30, 30, 180, "một", INK);
    text(ui, 40, 36, 180, "hai", INK);
}

static void close_lines(struct ui *ui)
{
    text(ui, 30, 30, 180, "một", INK);
    text(ui, 30, 53, 180, "hai", INK);
}

static void in_two_pieces(struct ui *ui)
{
    text(ui, 30, 30, 50, "nghiêng", INK);
}

static void an_address(struct ui *ui)
{
    text(ui, 30, 30, 50, "xa.gov.vn", INK);
}

static void pale(struct ui *ui)
{
    text(ui, 30, 30, 180, "mờ", LINE2);
}

static void son_on_sand(struct ui *ui)
{
    box(ui, 20, 20, 200, 60, SAND);
    text(ui, 30, 30, 180, "đỏ", SON);
}

static void under_a_dialog(struct ui *ui)
{
    text(ui, 300, 90, 180, "bị che", LINE2);
    box(ui, 0, 0, W, H, 0xB822170E);
    box(ui, 100, 100, 200, 100, SURFACE);
    text(ui, 110, 110, 180, "hộp", INK);
}

static void being_read(struct ui *ui)
{
    ui_set_reading(ui, "a", "đang đọc", 0, strlen("đang"));
    text(ui, 30, 30, 180, "đang đọc", INK);
}

static const struct row {
    const char *name;
    void (*paint)(struct ui *ui);
    const char *want;
    int by;
} rows[] = {
    { "what fits is no fault", in_order, "", 0 },
    { "a text longer than its box", too_long, "overflow", 40 },
    { "a text off the page", off_page, "cut", 90 },
    { "two texts in one place", one_on_another, "overlap", 16 },
    { "lines may stand close", close_lines, "", 0 },
    { "a word in two pieces", in_two_pieces, "broken", 0 },
    { "an address may be", an_address, "", 0 },
    { "ink that is too pale", pale, "pale", 418 },
    { "the pair that tokens.md forbids", son_on_sand, "pale", 656 },
    { "what a dialog covers is not looked at", under_a_dialog, "", 0 },
    { "the mark of reading is no ground", being_read, "", 0 },
};

static void test_every_fault_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ui_metrics metrics = { letters_10, NULL };
        struct ui *ui = ui_create(&metrics, W, H, DPI);
        struct found found = { 0 };

        ui_begin(ui);
        ui_fill_page(ui, PAPER);
        rows[i].paint(ui);
        ui_end(ui);
        layout_check(ui, note, &found);
        if (strcmp(found.what, rows[i].want) != 0 || found.by != rows[i].by)
            fail_msg("%s: “%s” by %d", rows[i].name, found.what, found.by);
        ui_destroy(ui);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_fault_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
