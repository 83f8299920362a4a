/* What lies over the page of the open class. */
#include "screens/class_page.h"

#include "base/check.h"
#include "screens/bar.h"
#include "screens/class_words.h"
#include "screens/screens.h"

static const struct other {
    enum text_id text;
    const char *icon, *screen;
} others[] = {
    { T_ses_heads, "users", "headcount" }, { T_ses_log, "help", "help_log" },
    { T_ses_sign, "phone", "signoff" },    { T_ses_find, "search", "search" },
    { T_ses_group, "users", "group_who" }, { T_ct_title, "award", "contest_setup" }
};

static struct rect open_sheet(struct ui *ui, const char *id, const char *title, float h)
{
    float w = ui_dim(ui, 720, 620, 520);
    struct rect page = ui_page(ui), at;

    w = w > page.w - 32 ? page.w - 32 : w;
    at = rect_centre(page, w, h);
    ui_fill_page(ui, SCRIM);
    ui_dialog_begin(ui, id, title, at);
    ui_shadow(ui, at, 32);
    ui_box(ui, at, &(struct ui_box_style){ .fill = SURFACE, .radius = 32 });
    return rect_inset(at, ui_dim(ui, 32, 22, 22), ui_dim(ui, 26, 16, 20));
}

/* Two beside each other, but for portrait. */
void class_page_more(struct app *app, struct class_page *s, struct ui *ui)
{
    struct ui_font head = staff_font(ui, STAFF_HEAD);
    float h = ui_dim(ui, 76, 70, 72), gap = ui_dim(ui, 18, 12, 16), w;
    size_t columns = ui_panel(ui) == PANEL_POR ? 1 : 2;
    size_t rows = (COUNT(others) + columns - 1) / columns + 1;
    struct rect in = open_sheet(ui, "ses.more.sheet", text_of(T_ses_more),
                                head.line + (float)rows * (h + gap) + 60);

    ui_label(ui, UI_ROLE_TITLE, "ses.more.title", text_of(T_ses_more),
             rect_cut_top(&in, head.line), head, INK, UI_LEFT);
    rect_cut_top(&in, gap);
    w = (in.w - gap * (float)(columns - 1)) / (float)columns;
    for (size_t i = 0; i < COUNT(others); i++) {
        struct rect at = { in.x + (float)(i % columns) * (w + gap),
                           in.y + (float)(i / columns) * (h + gap), w, h };

        if (staff_button(ui, text_key(others[i].text), text_of(others[i].text), at,
                         UI_BUTTON_SECONDARY, others[i].icon, 0))
            app_goto(app, others[i].screen, 0);
    }
    rect_cut_top(&in, (float)(rows - 1) * (h + gap));
    if (staff_button(ui, STR(help_set_close), rect_cut_top(&in, h), UI_BUTTON_PRIMARY,
                     NULL, 0) ||
        ui_key(ui, UI_KEY_BACK))
        s->more = false;
    ui_dialog_end(ui);
}

static float draw_mark(struct ui *ui, struct rect in, enum text_id text,
                       enum text_id note, bool on, bool *tapped)
{
    struct ui_font bold = staff_font(ui, STAFF_BOLD),
                   small = staff_font(ui, STAFF_SMALL);
    float w = ui_dim(ui, 120, 100, 104);
    struct rect words = { in.x, in.y, in.w - w, 0 };
    float h = ui_text(ui, words, text_of(text), bold, INK, UI_LEFT);

    words.y += h;
    h += ui_text(ui, words, text_of(note), small, INK2, UI_LEFT);
    h = h < 60 ? 60 : h;
    *tapped = staff_switch(ui, text_key(text), text_of(text),
                           (struct rect){ in.x, in.y, in.w, h }, on);
    return h + ui_dim(ui, 18, 10, 14);
}

void class_page_sheet(struct app *app, struct class_page *s, struct ui *ui)
{
    struct class_person *p = &s->list[s->sheet_at];
    const char *name = class_name(app, ui, p->token);
    struct ui_font head = staff_font(ui, STAFF_HEAD);
    float h = ui_dim(ui, 76, 62, 72);
    struct rect in =
        open_sheet(ui, "ses.sheet", name, ui_dim(ui, 400, 316, 380) + head.line);
    bool need, hand;
    enum err err = ERR_OK;

    in.y += ui_label(ui, UI_ROLE_TITLE, text_key(T_help_who), name, in, head, INK,
                     UI_LEFT) +
            ui_dim(ui, 16, 8, 12);
    in.y += draw_mark(ui, in, T_help_set_need, T_help_set_need_s, p->needs_help, &need);
    in.y += draw_mark(ui, in, T_help_set_hand, T_help_set_hand_s, p->assisted, &hand);
    if (need)
        err = class_needs_help(app->db, p->token, !p->needs_help, app_actor(app));
    if (hand)
        err = class_assist(app->db, p->token, !p->assisted);
    if (staff_button(ui, STR(help_set_close), (struct rect){ in.x, in.y, in.w, h },
                     UI_BUTTON_PRIMARY, "check", 0) ||
        ui_key(ui, UI_KEY_BACK) || err)
        s->sheet = false;
    ui_dialog_end(ui);
    if (err)
        class_page_tell(app, s, text_of(T_list_unwritten), CHIP_SON);
    if (need || hand)
        class_page_read(app, s);
}
