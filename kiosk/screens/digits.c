/* Figures typed by one finger; what they mean is read once they are asked for. */
#include "screens/digits.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "ui/controls.h"

/* "22/11/2026", "07:30", as far as typed. */
static const char *shown(struct ui *ui, const struct digits *d)
{
    const char *t = d->text;
    size_t n = strlen(t);
    struct arena *arena = ui_arena(ui);

    if (d->kind == DIGITS_DATE && n > 4)
        return arena_printf(arena, "%.2s/%.2s/%s", t, t + 2, t + 4);
    if (d->kind == DIGITS_DATE && n > 2)
        return arena_printf(arena, "%.2s/%s", t, t + 2);
    if (d->kind == DIGITS_TIME && n > 2)
        return arena_printf(arena, "%.2s:%s", t, t + 2);
    return t;
}

static bool draw_field(struct ui *ui, struct rect at, const struct digits *d, bool on)
{
    struct ui_font bold = staff_font(ui, STAFF_BOLD),
                   small = staff_font(ui, STAFF_SMALL);
    const char *text = shown(ui, d);
    float dy = 0, dx = ui_dim(ui, 18, 12, 14);
    bool tapped = staff_row(ui, UI_ROLE_FIELD, d->id, d->label, at,
                            d->bad ? UI_NOT_YET
                            : on   ? UI_SELECTED
                                   : 0,
                            &dy);
    struct rect in = rect_inset(at, dx, 4);
    float w = ui_text_width(ui, text, bold) + 2;

    in.y += dy;
    ui_node_value(ui, UI_ROLE_TEXT, arena_printf(ui_arena(ui), "%s.value", d->id),
                  d->label, text, in, 0);
    ui_text_middle(ui, (struct rect){ in.x + in.w - w, in.y, w, in.h }, text, bold, INK,
                   UI_LEFT);
    if (on)
        ui_box(ui, (struct rect){ in.x + in.w + 1, in.y + in.h * 0.2F, 3, in.h * 0.6F },
               &(struct ui_box_style){ .fill = INDIGO });
    in.w -= w + 10;
    ui_text_middle(ui, in, d->label, small, INK2, UI_LEFT);
    return tapped;
}

static void press(struct digits *d, char key)
{
    size_t n = strlen(d->text);

    if (key == '\b' && n) {
        d->text[n - 1] = 0;
    } else if (key == 'x') {
        d->text[0] = 0;
    } else if (key >= '0' && key <= '9' && n < d->max && n + 1 < sizeof(d->text)) {
        d->text[n] = key;
        d->text[n + 1] = 0;
    } else {
        return;
    }
    d->bad = false;
}

void digits_frame(struct ui *ui, struct rect r, struct digits *list, size_t n,
                  size_t *at)
{
    float gap = ui_dim(ui, 14, 8, 10), h = ui_dim(ui, 80, 60, 70);
    bool por = ui_panel(ui) == PANEL_POR;
    struct rect keys, fields = r;
    char key;

    if (por) {
        fields = rect_cut_top(&r, (h + gap + 4) * (float)n);
        keys = r;
    } else {
        keys = rect_cut_right(&fields, r.w * 0.42F);
        rect_cut_right(&fields, ui_dim(ui, 26, 14, 0));
        if (h * (float)n + (gap + 4) * (float)(n - 1) > fields.h)
            h = (fields.h - (gap + 4) * (float)(n - 1)) / (float)n;
    }
    for (size_t i = 0; i < n; i++) {
        struct rect one = { fields.x, fields.y + (float)i * (h + gap + 4), fields.w,
                            h };

        if (draw_field(ui, one, &list[i], i == *at))
            *at = i;
    }
    key = staff_keypad(ui, keys, NULL, NULL);
    if (key && *at < n)
        press(&list[*at], key);
}

static int64_t date_of(const char *t)
{
    char iso[16];

    if (strlen(t) != 8)
        return -2;
    snprintf(iso, sizeof(iso), "%.4s-%.2s-%.2s", t + 4, t + 2, t);
    return clock_day_parse(iso) < 0 ? -2 : clock_day_parse(iso);
}

int64_t digits_value(const struct digits *d)
{
    long long v = strtoll(d->text, NULL, 10);

    if (!*d->text)
        return -1;
    if (d->kind == DIGITS_DATE)
        return date_of(d->text);
    if (d->kind == DIGITS_TIME)
        return strlen(d->text) != 4 || v / 100 > 23 || v % 100 > 59
                   ? -2
                   : v / 100 * 60 + v % 100;
    return v;
}

void digits_set(struct digits *d, int64_t value)
{
    int year, month, mday;

    d->text[0] = 0;
    d->bad = false;
    if (value < 0)
        return;
    if (d->kind == DIGITS_DATE) {
        clock_day_civil(value, &year, &month, &mday);
        snprintf(d->text, sizeof(d->text), "%02u%02u%04u", (unsigned)mday % 100,
                 (unsigned)month % 100, (unsigned)year % 10000);
    } else if (d->kind == DIGITS_TIME) {
        snprintf(d->text, sizeof(d->text), "%02u%02u", (unsigned)(value / 60 % 24),
                 (unsigned)(value % 60));
    } else {
        snprintf(d->text, sizeof(d->text), "%" PRId64, value % 10000000000);
    }
}
