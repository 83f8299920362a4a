/* Words of a class: when, where, who, what. */
#include "screens/class_words.h"

#include <string.h>

#include "base/check.h"
#include "lesson/address.h"
#include "screens/bar.h"

#define NOON_MIN (12 * 60)
#define EVENING_MIN (18 * 60)

const char *class_weekday(int weekday)
{
    static const enum text_id words[] = { T_day_mon, T_day_tue, T_day_wed, T_day_thu,
                                          T_day_fri, T_day_sat, T_day_sun };

    ASSERT(weekday >= 0 && weekday < 7);
    return text_of(words[weekday]);
}

struct class_when class_when(struct ui *ui, int64_t day, int minute)
{
    struct class_when w = { 0 };
    int year, month, mday;

    if (day >= 0) {
        clock_day_civil(day, &year, &month, &mday);
        w.weekday = class_weekday((int)((day + 3) % 7)); /* 1 Jan 1970: Thursday */
        w.date = arena_printf(ui_arena(ui), "%d/%d", mday, month);
    }
    if (minute >= 0) {
        w.part = text_of(minute < NOON_MIN      ? T_day_morning
                         : minute < EVENING_MIN ? T_day_noon
                                                : T_day_evening);
        w.Part = text_of(minute < NOON_MIN      ? T_day_Morning
                         : minute < EVENING_MIN ? T_day_Noon
                                                : T_day_Evening);
    }
    return w;
}

const char *class_where(struct app *app, struct ui *ui, const struct class_plan *plan)
{
    const char *thon;

    if (!*plan->thon)
        return text_of(T_open_where_none);
    thon = commune_name(app->db, COMMUNE_THON, plan->thon, ui_arena(ui));
    if (*plan->place && strstr(plan->place, thon))
        return plan->place; /* "Nhà văn hóa thôn Nước Giáp" says it already */
    return *plan->place ? text_fill(ui_arena(ui), text_of(T_open_where), "noi",
                                    plan->place, "thon", thon, NULL)
                        : text_fill(ui_arena(ui), text_of(T_open_where_thon), "thon",
                                    thon, NULL);
}

const char *class_form(const struct app *app, int year, const char *sex)
{
    int now, month, day;

    clock_day_civil(clock_day(clock_wall_ms(app->clock)), &now, &month, &day);
    return address_of(year > 0 ? now - year : -1, sex);
}

const char *class_lesson(const struct app *app, const char *lesson)
{
    long i = app->pack ? pack_find_lesson(app->pack, lesson) : -1;

    return i >= 0 ? pack_info(app->pack)->lessons[i].title : lesson;
}

const char *class_name(struct app *app, struct ui *ui, const unsigned char *token)
{
    const struct people_entry *entry = class_entry(app, token);
    char code[PERSON_CODE_CHARS];

    if (entry)
        return arena_strdup(ui_arena(ui), entry->name);
    class_code(app, token, code);
    return text_fill(
        ui_arena(ui), text_of(T_ses_card), "ma",
        arena_printf(ui_arena(ui), "%.3s %s", code, strlen(code) > 3 ? code + 3 : ""),
        NULL);
}

const char *class_born(struct app *app, struct ui *ui, const unsigned char *token)
{
    const struct people_entry *entry = class_entry(app, token);
    const char *thon;

    if (!entry)
        return "";
    thon = *entry->thon ? commune_name(app->db, COMMUNE_THON, entry->thon, ui_arena(ui))
                        : "";
    if (!entry->year)
        return thon;
    return text_fill(ui_arena(ui), text_of(T_ses_born), "nam",
                     page_number(ui, entry->year), "thon", thon, NULL);
}

const char *class_trouble(enum err err)
{
    return !err                  ? NULL
           : err == ERR_REJECTED ? text_of(T_list_refused)
                                 : text_of(T_list_unwritten);
}

const char *class_number(struct ui *ui, int64_t n)
{
    return page_number(ui, n);
}

float class_mark(struct ui *ui, float x, float y_middle, const char *icon,
                 enum chip_tone tone)
{
    static const uint32_t fills[] = { [CHIP_SAND] = INDIGO_TINT,
                                      [CHIP_NGHE] = NGHE_TINT,
                                      [CHIP_LUA] = LUA_TINT,
                                      [CHIP_SON] = SON_TINT };
    static const uint32_t inks[] = { [CHIP_SAND] = INDIGO,
                                     [CHIP_NGHE] = NGHE_DEEP,
                                     [CHIP_LUA] = LUA,
                                     [CHIP_SON] = SON };
    float side = ui_dim(ui, 44, 34, 38), glyph = side * 0.61F;
    struct rect at = { x, y_middle - side / 2, side, side };

    ui_box(ui, at, &(struct ui_box_style){ .fill = fills[tone], .radius = side / 2 });
    ui_icon(ui, rect_centre(at, glyph, glyph), icon, inks[tone]);
    return side;
}

/* --- a list to choose from ----------------------------------------------------------------- */

static bool draw_choice(struct ui *ui, struct rect at, const struct pick *p, size_t i)
{
    const char *text = p->text(p->ctx, ui, i);
    const char *note = p->note ? p->note(p->ctx, ui, i) : "";
    struct ui_font bold = staff_font(ui, STAFF_BOLD),
                   small = staff_font(ui, STAFF_SMALL);
    float pad = ui_dim(ui, 16, 10, 12), ring = ui_dim(ui, 34, 26, 30), dy = 0;
    bool on = p->on ? p->on(p->ctx, i) : i == p->chosen;
    bool tapped = staff_row(ui, UI_ROLE_CHOICE,
                            arena_printf(ui_arena(ui), "%s#%zu", p->id, i + 1), text,
                            at, on ? UI_SELECTED : 0, &dy);
    struct rect in = rect_inset(at, pad, 4), left;

    in.y += dy;
    left = rect_cut_left(&in, ring);
    if (p->on)
        staff_check(ui, rect_centre(left, ring, ring), on);
    else
        staff_radio(ui, rect_centre(left, ring, ring), on);
    rect_cut_left(&in, pad);
    if (*note) {
        in.y += (in.h - bold.line - small.line) / 2;
        staff_line(ui, (struct rect){ in.x, in.y, in.w, bold.line }, text, bold, INK);
        staff_line(ui, (struct rect){ in.x, in.y + bold.line, in.w, small.line }, note,
                   small, INK2);
    } else {
        staff_line(ui, in, text, bold, INK);
    }
    return tapped;
}

long pick_frame(struct ui *ui, struct rect r, const struct pick *p, size_t *first)
{
    size_t columns = p->columns ? p->columns : ui_panel(ui) == PANEL_POR ? 1 : 2;
    float gap = ui_dim(ui, 14, 8, 8), h = ui_dim(ui, 76, 64, 68);
    float h_pager = ui_dim(ui, 72, 60, 66) + 4;
    size_t rows = (size_t)((r.h + gap) / (h + gap + 4)), page = rows * columns;
    long tapped = -1;

    if (p->n > page) {
        rows = (size_t)((r.h - h_pager) / (h + gap + 4));
        page = rows * columns;
    }
    page = page ? page : 1;
    if (*first >= p->n)
        *first = 0;
    for (size_t i = *first; i < p->n && i < *first + page; i++) {
        size_t k = i - *first;
        float w = (r.w - gap * (float)(columns - 1)) / (float)columns;
        struct rect at = { r.x + (float)(k % columns) * (w + gap),
                           r.y + (float)(k / columns) * (h + gap + 4), w, h };

        if (draw_choice(ui, at, p, i))
            tapped = (long)i;
    }
    if (p->n > page) {
        size_t shown = p->n - *first > page ? page : p->n - *first;
        struct rect foot = { r.x, r.y + r.h - h_pager, r.w, h_pager - 4 };

        *first +=
            (size_t)(staff_pager(ui, foot, *first, shown, p->n, NULL) * (int)page);
    }
    return tapped;
}
