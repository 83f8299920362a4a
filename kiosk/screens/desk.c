/* Rail, title and steps of staff pages. The rail is a table: who may see a page stands in
 * its row. */
#include "screens/desk.h"

#include <string.h>

#include "app/staff.h"
#include "base/check.h"
#include "screens/bar.h"
#include "screens/face.h"

#define NAV_INK 0xFFF3E8D4
#define TIGHT 62.0F /* dp of an item */

struct place {
    enum text_id text;
    const char *icon;
    const char *screen;
    enum staff_may may;
    bool office; /* of the administration; else of the class */
};

static const struct place places[DESK_TAB_COUNT] = {
    [DESK_CLASS] = { T_nav_lop, "users", "class", MAY_RUN_CLASS, false },
    [DESK_REGISTER] = { T_nav_ghi, "userplus", "register_name", MAY_CHANGE_PEOPLE,
                        false },
    [DESK_FIND] = { T_nav_tim, "search", "search", MAY_SEE_PEOPLE, false },
    [DESK_CARDS] = { T_nav_the, "card", "cards", MAY_CHANGE_PEOPLE, false },
    [DESK_GUIDE] = { T_nav_cach, "help", "guide", MAY_SEE_PEOPLE, false },
    [DESK_STATS] = { T_nav_tk, "chart", "admin_stats", MAY_SEE_FIGURES, true },
    [DESK_EXPORT] = { T_nav_xuat, "usb", "admin_export", MAY_ADMINISTER, true },
    [DESK_SYNC] = { T_nav_sync, "cloud", "admin_sync", MAY_SEE_FIGURES, true },
    [DESK_PACKS] = { T_nav_goi, "pack", "admin_packs", MAY_EDIT_CONTENT, true },
    [DESK_STAFF] = { T_nav_cb, "users", "admin_staff", MAY_ADMINISTER, true },
    [DESK_SETTINGS] = { T_nav_cai, "gear", "admin_settings", MAY_ADMINISTER, true },
    [DESK_AUDIT] = { T_nav_nk, "list", "admin_audit", MAY_SEE_FIGURES, true },
};

/* Doors between the halves, and to the people for those of the administration. */
static const struct place doors[] = {
    { T_nav_tim, "search", "search", MAY_SEE_PEOPLE, true },
    { T_nav_class, "users", "class", MAY_RUN_CLASS, true },
    { T_nav_admin, "chart", "admin_stats", MAY_SEE_FIGURES, false },
};

static const enum text_id role_words[] = {
    [STAFF_VOLUNTEER] = T_nav_role_volunteer,
    [STAFF_ADMIN] = T_nav_role_admin,
    [STAFF_INSPECTOR] = T_nav_role_inspector,
    [STAFF_EDITOR] = T_nav_role_editor,
};

/* --- rail ----------------------------------------------------------------------------- */

struct rail {
    struct rect r; /* what is left of it, along its length */
    float item;    /* length of one item */
    bool lies;     /* at the bottom edge */
    bool narrow;   /* icon over word */
};

static bool draw_item(struct ui *ui, struct rail *rail, const struct place *p, bool on)
{
    bool tight = rail->narrow && rail->item < TIGHT; /* an administrator's long rail */
    float size = !rail->narrow ? 20 : rail->lies ? (tight ? 12 : 14) : tight ? 13 : 15;
    struct ui_font font = { size, size * (rail->narrow ? 1.15F : 1.2F), true };
    float glyph = !rail->narrow ? 30 : tight ? 22 : 26;
    struct rect at = rail->lies ? rect_cut_left(&rail->r, rail->item)
                                : rect_cut_top(&rail->r, rail->item);
    const char *word = text_of(p->text);
    unsigned got = 0;
    uint32_t ink = on ? INK : NAV_INK;
    bool tapped;

    at = rail->lies ? rect_inset(at, 1, 0) : rect_inset(at, 0, rail->narrow ? 1 : 2);
    tapped = ui_target(ui, UI_ROLE_TAB, text_key(p->text), word, at,
                       on ? UI_SELECTED : 0, &got);
    if (on || got)
        ui_box(ui, at,
               &(struct ui_box_style){ .fill = on ? NGHE : INK2,
                                       .border = got & UI_FOCUS ? NGHE : 0,
                                       .line = 4,
                                       .radius = rail->narrow ? 12 : 16 });
    if (rail->narrow) {
        float h = ui_text(ui, rect_inset(at, 1, 0), word, font, 0, UI_CENTRE);
        float y = at.y + (at.h - glyph - 1 - h) / 2;

        ui_icon(ui, (struct rect){ at.x + (at.w - glyph) / 2, y, glyph, glyph },
                p->icon, ink);
        ui_text(ui, (struct rect){ at.x + 1, y + glyph + 1, at.w - 2, h }, word, font,
                ink, UI_CENTRE);
        return tapped;
    }
    ui_icon(ui, (struct rect){ at.x + 14, at.y + (at.h - glyph) / 2, glyph, glyph },
            p->icon, ink);
    ui_text_middle(ui, (struct rect){ at.x + 57, at.y, at.w - 71, at.h }, word, font,
                   ink, UI_LEFT);
    return tapped;
}

static void draw_who(const struct app *app, struct ui *ui, struct rail *rail)
{
    const struct staff *who = &app->desk.who;
    struct ui_font bold = { 18, 23.4F, true }, plain = { 18, 23.4F, false };
    const char *role = text_of(role_words[who->role]);
    float h_name, h_role, h;
    struct rect words = { rail->r.x + 76, rail->r.y + 8, rail->r.w - 80, 0 }, face;

    h_name = ui_text(ui, words, who->alias, bold, 0, UI_LEFT);
    h_role = ui_text(ui, words, role, plain, 0, UI_LEFT);
    h = h_name + h_role > 54 ? h_name + h_role : 54;
    face = (struct rect){ rail->r.x + 10, words.y + (h - 54) / 2, 54, 54 };
    face_draw(ui, face, who->picture);
    words.y += (h - h_name - h_role) / 2;
    ui_text(ui, words, who->alias, bold, NAV_INK, UI_LEFT);
    words.y += h_name;
    ui_text(ui, words, role, plain, NAV_INK, UI_LEFT);
    rect_cut_top(&rail->r, h + 20 + 4);
}

/* What the role may see of this half of the rail, then the doors to the other half. */
static size_t list_places(const struct app *app, bool office, const struct place **out)
{
    size_t n = 0;

    for (size_t i = 1; i < DESK_TAB_COUNT; i++)
        if (places[i].office == office && app_may(app, places[i].may))
            out[n++] = &places[i];
    for (size_t i = 0; i < COUNT(doors); i++)
        if (doors[i].office == office && app_may(app, doors[i].may))
            out[n++] = &doors[i];
    return n;
}

static void draw_items(struct app *app, struct ui *ui, struct rail *rail,
                       enum desk_tab tab)
{
    static const struct place out = { T_nav_exit, "exit", NULL, MAY_SEE_PEOPLE, false };
    const struct place *list[DESK_TAB_COUNT + COUNT(doors)];
    const struct place *here = &places[tab];
    bool office = tab == DESK_NONE ? app_may(app, MAY_SEE_FIGURES) : here->office;
    size_t n = list_places(app, office, list);
    float room = (rail->lies ? rail->r.w : rail->r.h) / (float)(n + 1);

    if (rail->lies || room < rail->item)
        rail->item = room;
    for (size_t i = 0; i < n; i++)
        if (draw_item(ui, rail, list[i], list[i] == here) &&
            strcmp(app_screen_name(app), list[i]->screen) != 0)
            app_goto(app, list[i]->screen, 0); /* also back from a page below it */
    if (!rail->lies)
        rail->r = rect_cut_bottom(&rail->r, rail->item);
    if (draw_item(ui, rail, &out, false))
        app_staff_leave(app);
}

static struct rect draw_rail(struct app *app, struct ui *ui, struct rect page,
                             enum desk_tab tab)
{
    bool lies = ui_panel(ui) == PANEL_POR;
    bool narrow = lies || ui_panel(ui) == PANEL_CMP;
    struct rect ground = lies     ? rect_cut_bottom(&page, 92)
                         : narrow ? rect_cut_left(&page, 96)
                                  : rect_cut_left(&page, 216);
    struct rail rail = { .lies = lies, .narrow = narrow };

    ui_box(ui, ground, &(struct ui_box_style){ .fill = INK });
    rail.r = rect_inset(ground, narrow ? 6 : 12, narrow ? 6 : 12);
    rail.item = narrow ? 66 : 76;
    if (!narrow)
        draw_who(app, ui, &rail);
    draw_items(app, ui, &rail, tab);
    return page;
}

struct rect desk_frame(struct app *app, struct ui *ui, enum desk_tab tab,
                       const char *id, const char *title)
{
    struct rect page = ui_page(ui), at;
    struct ui_font font = staff_font(ui, STAFF_TITLE);

    ui_fill_page(ui, PAPER);
    ui_band(ui, rect_cut_top(&page, BAND_H));
    page = draw_rail(app, ui, page, tab);
    page = rect_inset(page, ui_dim(ui, 26, 14, 16), ui_dim(ui, 18, 8, 10));
    if (!title)
        return page;
    at = rect_cut_top(&page, font.line);
    staff_line(ui, at, title, font, INK);
    ui_node(ui, UI_ROLE_TITLE, id, title, at, 0);
    rect_cut_top(&page, ui_dim(ui, 14, 8, 10));
    return page;
}

/* --- pages in steps --------------------------------------------------------------------- */

static void draw_steps(struct ui *ui, struct rect r, size_t at, size_t n)
{
    float one = (r.w - 8 * (float)(n - 1)) / (float)n;

    for (size_t i = 0; i < n; i++)
        ui_box(ui, (struct rect){ r.x + (float)i * (one + 8), r.y, one, r.h },
               &(struct ui_box_style){ .fill = i + 1 < at    ? LUA
                                               : i + 1 == at ? INDIGO
                                                             : SAND2,
                                       .radius = r.h / 2 });
}

struct rect desk_step(struct ui *ui, enum text_id tool, const char *tool_icon,
                      const char *id, const char *title, size_t at, size_t n,
                      bool *back_out)
{
    struct rect page = ui_page(ui), tool_at;
    float dx = ui_dim(ui, 24, 14, 14), size = ui_dim(ui, 27, 23, 23);
    struct ui_font font = { size, size * 1.25F, true };
    float h_bar = ui_dim(ui, 103, 75, 92), right;
    struct rect words;

    ui_fill_page(ui, PAPER);
    ui_band(ui, rect_cut_top(&page, BAND_H));
    tool_at = (struct rect){ dx, page.y + ui_dim(ui, 10, 5, 8),
                             ui_dim(ui, 112, 100, 92), ui_dim(ui, 80, 72, 76) };
    *back_out = ui_tool(ui, text_key(tool), tool_icon, text_of(tool), tool_at, 0) ||
                ui_key(ui, UI_KEY_BACK);
    right = page.w - dx;
    if (n > 0) {
        const char *count = text_fill(ui_arena(ui), text_of(T_step_n), "i",
                                      page_number(ui, (long long)at), "n",
                                      page_number(ui, (long long)n), NULL);
        float w = ui_text_width(ui, count,
                                (struct ui_font){ ui_dim(ui, 18, 16, 16), 0, true }) +
                  2 * ui_dim(ui, 16, 12, 12);

        staff_chip(ui, text_key(T_step_n), count, NULL, right - w,
                   tool_at.y + tool_at.h / 2 + 2, CHIP_SAND);
        right -= w + 16;
    }
    words = (struct rect){ tool_at.x + tool_at.w + 16, tool_at.y, 0, font.line };
    words.w = right - words.x;
    if (ui_text_width(ui, title, font) > words.w) { /* an upright panel: two lines */
        font = (struct ui_font){ 18, 22, true };
        words.h = 2 * font.line;
    }
    words.y += n > 0 ? (tool_at.h - words.h - 20) / 2 + 2 : (tool_at.h - words.h) / 2;
    if (words.h > font.line)
        ui_text_middle(ui, words, title, font, INK, UI_LEFT);
    else
        staff_line(ui, words, title, font, INK);
    ui_node(ui, UI_ROLE_TITLE, id, title, words, 0);
    if (n > 0)
        draw_steps(ui, (struct rect){ words.x, words.y + words.h + 8, words.w, 12 }, at,
                   n);
    rect_cut_top(&page, h_bar);
    return rect_inset(page, ui_dim(ui, 26, 14, 16), ui_dim(ui, 8, 4, 6));
}
