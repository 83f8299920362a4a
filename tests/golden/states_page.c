/* Laid out like the design's page of states. */
#include "states_page.h"

#include <stddef.h>

#include "base/check.h"
#include "ui/ui.h"

static const struct ui_font label_font = { 19, 24.7F, true };
static const struct ui_font card_font = { 26, 33.8F, true };

struct cell {
    const char *label;
    void (*draw)(struct ui *ui, struct rect r, const struct cell *cell);
    enum ui_button_kind kind;
    unsigned state;
    const char *text, *icon;
};

static void draw_button(struct ui *ui, struct rect r, const struct cell *cell)
{
    ui_button(ui, cell->label, cell->text, r,
              &(struct ui_button_style){ .kind = cell->kind,
                                         .font = 28,
                                         .icon_left = cell->icon,
                                         .state = cell->state });
}

static void draw_card(struct ui *ui, struct rect r, const struct cell *cell)
{
    uint32_t ink = cell->state & UI_NOT_YET   ? NGHE_DEEP
                   : cell->state & UI_CORRECT ? LUA
                                              : INDIGO;
    float dy;

    ui_card(ui, UI_ROLE_CHOICE, cell->label, cell->text, r, cell->state, &dy);
    r = rect_inset(r, 22, 0);
    r.y += dy;
    if (cell->icon)
        ui_icon(ui, rect_centre(rect_cut_right(&r, 60), 44, 44), cell->icon, ink);
    ui_text_middle(ui, r, cell->text, card_font, cell->state & UI_DISABLED ? INK2 : INK,
                   UI_LEFT);
}

static void draw_tools(struct ui *ui, struct rect r, const struct cell *cell)
{
    float w = ui_dim(ui, 112, 100, 92);
    float h = ui_dim(ui, 80, 72, 76);

    (void)cell;
    ui_tool(ui, "listen", "speaker", "Nghe", (struct rect){ r.x, r.y, w, h },
            UI_SELECTED);
    ui_tool(ui, "text", "text", "Cỡ chữ", (struct rect){ r.x + w + 14, r.y, w, h },
            UI_PLAYING);
}

static void draw_dots(struct ui *ui, struct rect r, const struct cell *cell)
{
    (void)cell;
    ui_dots(ui, r, 5, 2, UI_LEFT);
}

static void draw_ring(struct ui *ui, struct rect r, const struct cell *cell)
{
    struct rect at = rect_centre(r, 96, 96);

    (void)cell;
    ui_ring(ui, at, 10, 1000, SAND);
    ui_ring(ui, at, 10, 667, INDIGO);
    ui_text_middle(ui, at, "20", (struct ui_font){ 40, 50, true }, INK, UI_CENTRE);
}

static void draw_marks(struct ui *ui, struct rect r, const struct cell *cell)
{
    float h;

    (void)cell;
    h = ui_text(ui, r, "ẪỖẶỰỴ Ễ Ộ g", (struct ui_font){ 36, 49, false }, INK, UI_LEFT);
    r.y += h;
    ui_text(ui, r, "ẪỖẶỰỴ Ễ Ộ g", (struct ui_font){ 36, 49, true }, SON, UI_LEFT);
}

static void draw_float(struct ui *ui, struct rect r, const struct cell *cell)
{
    r = rect_inset(r, 30, 4);
    ui_shadow(ui, r, 32);
    ui_box(ui, r, &(struct ui_box_style){ .fill = SURFACE, .radius = 32 });
    ui_text_middle(ui, r, cell->text, card_font, INK, UI_CENTRE);
}

static void draw_picture(struct ui *ui, struct rect r, const struct cell *cell)
{
    struct rect half = rect_cut_left(&r, r.w / 2 - 8);

    (void)cell;
    rect_cut_left(&r, 16);
    ui_picture(ui, half, "art:canh-giotay", UI_FIT_COVER, 28, UI_CORNERS_ALL);
    ui_box(ui, r, &(struct ui_box_style){ .fill = SAND, .radius = 20 });
    ui_picture(ui, r, "art:nguoi-ba", UI_FIT_CONTAIN, 0, UI_CORNERS_ALL);
}

static const struct cell cells[] = {
    { "thường", draw_button, UI_BUTTON_PRIMARY, 0, "Học tiếp", NULL },
    { "đang nhấn", draw_button, UI_BUTTON_PRIMARY, UI_PRESSED, "Học tiếp", NULL },
    { "bàn phím tới", draw_button, UI_BUTTON_PRIMARY, UI_FOCUS, "Học tiếp", NULL },
    { "chưa dùng được", draw_button, UI_BUTTON_PRIMARY, UI_DISABLED, "Học tiếp", NULL },
    { "nút phụ", draw_button, UI_BUTTON_SECONDARY, 0, "Trang trước", NULL },
    { "xác nhận", draw_button, UI_BUTTON_OK, 0, "Đồng ý", "check" },
    { "nguy hiểm", draw_button, UI_BUTTON_DANGER, 0, "Lừa đảo", "stop" },
    { "gợi ý", draw_button, UI_BUTTON_SUN, 0, "Gợi ý", "bulb" },
    { "lựa chọn: thường", draw_card, 0, 0, "Đọc mã cho họ", NULL },
    { "đã chọn", draw_card, 0, UI_SELECTED, "Tắt máy", "check" },
    { "đúng", draw_card, 0, UI_CORRECT, "Tắt máy", "check" },
    { "chưa đúng", draw_card, 0, UI_NOT_YET, "Đọc mã cho họ", "bulb" },
    { "lựa chọn: đang nhấn", draw_card, 0, UI_PRESSED, "Đọc mã cho họ", NULL },
    { "lựa chọn: bàn phím tới", draw_card, 0, UI_FOCUS, "Đọc mã cho họ", NULL },
    { "lựa chọn: tắt", draw_card, 0, UI_DISABLED, "Đọc mã cho họ", NULL },
    { "nút nghe", draw_tools, 0, 0, NULL, NULL },
    { "chấm trang", draw_dots, 0, 0, NULL, NULL },
    { "vòng đếm", draw_ring, 0, 0, NULL, NULL },
    { "dấu chồng", draw_marks, 0, 0, NULL, NULL },
    { "bóng", draw_float, 0, 0, "Bác còn ở đó không?", NULL },
    { "tranh", draw_picture, 0, 0, NULL, NULL },
};

void states_page(struct ui *ui, size_t part)
{
    struct rect page = ui_page(ui);
    bool upright = ui_panel(ui) == PANEL_POR;
    bool small = upright || ui_panel(ui) == PANEL_CMP;
    size_t columns = upright ? 2 : 4;
    size_t rows = upright ? 6 : small ? 3 : 6;
    size_t first = part * columns * rows;
    float w;
    float h;

    ui_fill_page(ui, PAPER);
    ui_band(ui, rect_cut_top(&page, BAND_H));
    page = rect_inset(page, 24, 10);
    w = page.w / (float)columns;
    h = page.h / (float)rows;
    for (size_t i = first; i < COUNT(cells) && i < first + columns * rows; i++) {
        struct rect r = { page.x + (float)((i - first) % columns) * w,
                          page.y + (float)((i - first) / columns) * h, w, h };

        r = rect_inset(r, 8, 6);
        ui_text(ui, rect_cut_top(&r, 38), cells[i].label, label_font, INK2, UI_LEFT);
        rect_cut_bottom(&r, 14);
        cells[i].draw(ui, r, &cells[i]);
    }
}
