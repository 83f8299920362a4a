/* Dates, figures and lines of the administration's pages. */
#include "screens/office.h"

#include <string.h>

#include "base/clock.h"
#include "screens/bar.h"

#define DAY_MS 86400000
#define ZONE_MS 25200000 /* UTC+7 */
#define MIN_MS 60000
#define MB_PER_GB 1024

const char *office_day(struct ui *ui, int64_t day)
{
    int y, m, d;

    if (day < 0)
        return text_of(T_of_noday);
    clock_day_civil(day, &y, &m, &d);
    return arena_printf(ui_arena(ui), "%02d/%02d/%d", d, m, y);
}

const char *office_moment(struct ui *ui, int64_t wall_ms)
{
    int64_t minute = (wall_ms + ZONE_MS) % DAY_MS / MIN_MS;
    int y, m, d;

    if (wall_ms <= 0)
        return text_of(T_of_noday);
    clock_day_civil(clock_day(wall_ms), &y, &m, &d);
    return arena_printf(ui_arena(ui), "%02d/%02d, %02d:%02d", d, m, (int)(minute / 60),
                        (int)(minute % 60));
}

const char *office_count(struct ui *ui, int64_t n)
{
    struct arena *arena = ui_arena(ui);
    long long v = n;

    if (v < 0)
        return text_of(T_of_none);
    if (v < 1000)
        return arena_printf(arena, "%lld", v);
    if (v < 1000000)
        return arena_printf(arena, "%lld.%03lld", v / 1000, v % 1000);
    return arena_printf(arena, "%lld.%03lld.%03lld", v / 1000000, v / 1000 % 1000,
                        v % 1000);
}

const char *office_space(struct ui *ui, int64_t mb)
{
    long long v = mb < 0 ? 0 : mb;

    if (v < MB_PER_GB)
        return arena_printf(ui_arena(ui), "%lld MB", v);
    return arena_printf(ui_arena(ui), "%lld,%lld GB", v / MB_PER_GB,
                        v % MB_PER_GB * 10 / MB_PER_GB);
}

/* What is left for words beside the picture and the button. */
static struct rect words_of(struct ui *ui, struct rect r, float w_right)
{
    r = rect_inset(r, ui_dim(ui, 22, 12, 14), 0);
    rect_cut_right(&r, w_right);
    rect_cut_left(&r, ui_dim(ui, 42, 30, 34) + ui_dim(ui, 22, 12, 14));
    rect_cut_right(&r, w_right > 0 ? 8 : 0);
    return r;
}

float office_line_words(struct ui *ui, struct rect r, const char *bold,
                        const char *small, float w_right)
{
    struct rect in = words_of(ui, r, w_right);

    return ui_text(ui, in, bold, staff_font(ui, STAFF_BOLD), 0, UI_LEFT) +
           (small && *small
                ? ui_text(ui, in, small, staff_font(ui, STAFF_SMALL), 0, UI_LEFT)
                : 0);
}

struct rect office_line(struct ui *ui, struct rect r, const char *id, const char *icon,
                        const char *bold, const char *small, float w_right, bool nghe)
{
    struct ui_font head = staff_font(ui, STAFF_BOLD),
                   body = staff_font(ui, STAFF_SMALL);
    float dx = ui_dim(ui, 22, 12, 14), glyph = ui_dim(ui, 42, 30, 34), h_head, h_body;
    struct rect in, right, words = words_of(ui, r, w_right);

    if (nghe)
        ui_box(ui, r,
               &(struct ui_box_style){ .fill = NGHE_TINT,
                                       .border = NGHE_DEEP,
                                       .line = LINE_DECORATIVE,
                                       .radius = 22 });
    else
        staff_panel(ui, r);
    in = rect_inset(r, dx, 0);
    right = rect_cut_right(&in, w_right);
    ui_icon(ui, (struct rect){ in.x, r.y + (r.h - glyph) / 2, glyph, glyph }, icon,
            nghe ? NGHE_DEEP : INDIGO);
    h_head = ui_text(ui, words, bold, head, 0, UI_LEFT);
    h_body = small && *small ? ui_text(ui, words, small, body, 0, UI_LEFT) : 0;
    words.y = r.y + (r.h - h_head - h_body) / 2;
    ui_text(ui, words, bold, head, nghe ? NGHE_DEEP : INK, UI_LEFT);
    words.y += h_head;
    if (h_body > 0)
        ui_text(ui, words, small, body, nghe ? NGHE_DEEP : INK2, UI_LEFT);
    ui_node_value(ui, UI_ROLE_TEXT, id, bold, small, r, 0);
    return right;
}

struct rect office_cell(struct ui *ui, struct rect r, size_t i, size_t n)
{
    size_t columns = ui_panel(ui) == PANEL_POR ? 1 : 2;
    size_t rows = (n + columns - 1) / columns;
    float gap = ui_dim(ui, 14, 7, 10);
    float w = (r.w - gap * (float)(columns - 1)) / (float)columns;
    float h = (r.h - gap * (float)(rows - 1)) / (float)rows;

    return (struct rect){ r.x + (float)(i % columns) * (w + gap),
                          r.y + (float)(i / columns) * (h + gap), w, h };
}

void office_note(struct ui *ui, struct rect r, const char *id, const char *text)
{
    struct ui_font font = staff_font(ui, STAFF_SMALL);
    float glyph = ui_dim(ui, 26, 20, 22);

    ui_icon(ui, (struct rect){ r.x, r.y + (r.h - glyph) / 2, glyph, glyph }, "info",
            INK2);
    rect_cut_left(&r, glyph + 10);
    ui_text_middle(ui, r, text, font, INK2, UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, id, text, r, 0);
}

const char *office_words(const char *key)
{
    for (int id = 0; id < T_COUNT; id++)
        if (!strcmp(text_key((enum text_id)id), key))
            return text_of((enum text_id)id);
    return key;
}
