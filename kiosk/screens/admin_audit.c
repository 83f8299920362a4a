/* The log of what staff did (a08): newest first; nothing here changes it. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/screens.h"

#define DAY_MS 86400000
#define VIETNAM_MS (7 * 3600000)

struct audit_state {
    size_t filter, first;
};

static const enum audit_kind filters[] = { (enum audit_kind)0, AUDIT_EXPORT,
                                           AUDIT_PEOPLE, AUDIT_LOGIN };

/* The sentence of a key; the key itself when a later version wrote it. */
static const char *sentence(const char *key)
{
    for (size_t i = 0; i < T_COUNT; i++)
        if (!strcmp(text_key((enum text_id)i), key))
            return text_of((enum text_id)i);
    return key;
}

static const char *when(struct ui *ui, const struct audit_line *line)
{
    int y, m, d;
    int64_t min = (line->wall_ms + VIETNAM_MS) % DAY_MS / 60000;

    if (line->day < 0)
        return text_of(T_au_no_day);
    clock_day_civil(line->day, &y, &m, &d);
    if (!line->wall_ms)
        return arena_printf(ui_arena(ui), "%02d/%02d", d, m);
    return arena_printf(ui_arena(ui), "%02d/%02d %02d:%02d", d, m, (int)(min / 60),
                        (int)(min % 60));
}

static const char *who(struct ui *ui, const char *actor, const struct staff *list,
                       size_t n)
{
    (void)ui;
    for (size_t i = 0; i < n; i++)
        if (!strcmp(list[i].id, actor))
            return list[i].alias;
    return !strcmp(actor, "setup")  ? text_of(T_au_setup)
           : !strcmp(actor, "ctl")  ? text_of(T_au_ctl)
           : !strcmp(actor, "self") ? text_of(T_au_self)
                                    : text_of(T_au_gone);
}

/* Numbers of cards and files say themselves; counts get words. */
static const char *detail_of(struct ui *ui, const struct audit_line *line)
{
    struct arena *arena = ui_arena(ui);
    unsigned added, changed, same, refused;

    if (!line->detail)
        return "";
    if (sscanf(line->detail, "new=%u changed=%u same=%u refused=%u", &added, &changed,
               &same, &refused) != 4)
        return line->detail;
    return text_fill(arena, text_of(T_au_import), "moi",
                     arena_printf(arena, "%u", added), "sua",
                     arena_printf(arena, "%u", changed), "bo",
                     arena_printf(arena, "%u", refused), NULL);
}

static void draw_row(struct ui *ui, struct rect r, const char *const cells[4],
                     struct ui_font font, uint32_t ink, size_t i)
{
    bool narrow = ui_panel(ui) == PANEL_POR;
    struct rect in = rect_inset(r, 12, 0);

    staff_line(ui, rect_cut_left(&in, ui_dim(ui, 160, 122, 135)), cells[0], font, ink);
    staff_line(ui, rect_cut_left(&in, narrow ? 148 : ui_dim(ui, 210, 150, 0)), cells[1],
               font, ink);
    if (!narrow)
        staff_line(ui, rect_cut_right(&in, ui_dim(ui, 280, 170, 0)), cells[3], font,
                   ink);
    staff_line(ui, in, cells[2], font, ink);
    ui_box(ui, (struct rect){ r.x, r.y + r.h - 1, r.w, 1 },
           &(struct ui_box_style){ .fill = SAND2 });
    if (i)
        ui_node_value(ui, UI_ROLE_ROW, text_key_n(ui_arena(ui), T_au_c3, i), cells[2],
                      cells[3], r, 0);
}

/* How many there are is not counted: a page that is not full is the last. */
static void draw_pages(struct audit_state *s, struct ui *ui, struct rect r, size_t rows,
                       bool more)
{
    struct rect down = rect_cut_right(&r, ui_dim(ui, 72, 60, 66)), up;

    rect_cut_right(&r, 10);
    up = rect_cut_right(&r, down.w);
    up.h -= LIP;
    down.h -= LIP;
    if (staff_button(ui, "page.up", "", up, UI_BUTTON_SECONDARY, "up",
                     s->first ? 0 : UI_DISABLED) &&
        s->first)
        s->first = s->first > rows ? s->first - rows : 0;
    if (staff_button(ui, "page.down", "", down, UI_BUTTON_SECONDARY, "down",
                     more ? 0 : UI_DISABLED) &&
        more)
        s->first += rows;
    ui_label(ui, UI_ROLE_TEXT, STR(au_note), r, staff_font(ui, STAFF_SMALL), INK2,
             UI_LEFT);
}

static void draw_table(struct app *app, struct audit_state *s, struct ui *ui,
                       struct rect r)
{
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 66, 52, 60));
    float h = ui_dim(ui, 56, 44, 54);
    struct ui_font font = staff_font(ui, STAFF_BODY),
                   head = staff_font(ui, STAFF_SMALL);
    const char *const titles[4] = { text_of(T_au_c1), text_of(T_au_c2),
                                    text_of(T_au_c3), text_of(T_au_c4) };
    struct audit_line *lines;
    struct staff *staff;
    size_t rows, n = 0, n_staff = 0;

    rect_cut_bottom(&r, 8);
    staff_panel(ui, r);
    r = rect_inset(r, 8, 6);
    draw_row(ui, rect_cut_top(&r, h * 0.8F), titles, head, INK2, 0);
    rows = r.h > h ? (size_t)(r.h / h) : 1;
    if (staff_list(app->db, ui_arena(ui), &staff, &n_staff))
        n_staff = 0;
    if (audit_read(app->db, filters[s->filter], s->first, rows + 1, ui_arena(ui),
                   &lines, &n))
        n = 0;
    for (size_t i = 0; i < n && i < rows; i++) {
        const char *const cells[4] = { when(ui, &lines[i]),
                                       who(ui, lines[i].actor, staff, n_staff),
                                       sentence(lines[i].what),
                                       detail_of(ui, &lines[i]) };

        draw_row(ui, rect_cut_top(&r, h), cells, font, INK, i + 1);
    }
    if (!n)
        ui_label(ui, UI_ROLE_TEXT, STR(au_empty), rect_inset(r, 12, 12), font, INK2,
                 UI_LEFT);
    draw_pages(s, ui, foot, rows, n > rows);
}

static void audit_frame(struct app *app, void *state, struct ui *ui)
{
    static const char *const ids[] = { "au.all", "au.export", "au.people", "au.login" };
    const char *const words[] = { text_of(T_au_all), text_of(T_au_export),
                                  text_of(T_au_people), text_of(T_au_login) };
    struct audit_state *s = state;
    struct rect r =
        desk_frame(app, ui, DESK_AUDIT, text_key(T_au_title), text_of(T_au_title));
    struct rect row = rect_cut_top(&r, ui_dim(ui, 62, 52, 58));
    float w = staff_segments_width(ui, words, COUNT(words));
    int chosen;

    row.w = w < row.w ? w : row.w;
    chosen = staff_segments(ui, row, ids, words, COUNT(words), s->filter);
    if (chosen >= 0) {
        s->filter = (size_t)chosen;
        s->first = 0;
    }
    rect_cut_top(&r, ui_dim(ui, 10, 6, 8));
    draw_table(app, s, ui, r);
}

static void audit_enter(struct app *app, void *state, size_t arg)
{
    (void)state;
    (void)arg;
    if (!app_may(app, MAY_SEE_FIGURES))
        app_goto(app, app_staff_door(app), 0);
}

const struct screen screen_admin_audit = {
    .name = "admin_audit",
    .state_size = sizeof(struct audit_state),
    .enter = audit_enter,
    .frame = audit_frame,
};
