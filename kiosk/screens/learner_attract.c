/* The first page: one very large button, readable from across the room. */
#include <math.h>

#include "app/alert.h"
#include "app/class_day.h"
#include "app/languages.h"
#include "app/look.h"
#include "base/check.h"
#include "items/quiz_page.h"
#include "screens/attract_people.h"
#include "screens/bar.h"
#include "screens/card_scan.h"
#include "screens/notice_card.h"
#include "screens/screens.h"

#define LIP_START 9.0F /* dp, tokens.md §5 */
#define LIP_MORE 4.0F
#define BREATH_AFTER_MS 30000
#define BREATHS 3
#define BREATH_MS 2400
#define BREATH_STEP_MS 33
#define PI 3.14159265F
#define TOUCH_AGAIN_MS 5000

struct attract {
    int64_t since_ms; /* monotonic */
};

static void draw_head(struct app *app, struct ui *ui)
{
    float x = ui_dim(ui, 44, 24, 24), d = ui_dim(ui, 72, 52, 72);
    float star = ui_dim(ui, 44, 32, 44), size = ui_dim(ui, 30, 24, 24);
    float name_w = ui_dim(ui, 600, 500, 290);
    struct rect seal = { x, ui_dim(ui, 39, 33, 34), d, d };
    struct ui_font name = { size, size * 1.3F, true };
    struct ui_font place = { size * 0.8F, size * 1.3F, false };
    struct rect at = { seal.x + d + ui_dim(ui, 18, 18, 12),
                       seal.y + d / 2 - name.line - 1, name_w, 0 };
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct ui_button_style staff = { .kind = UI_BUTTON_SECONDARY,
                                     .icon_left = portrait ? NULL : "lock",
                                     .icon = 30,
                                     .radius = 18,
                                     .font = ui_dim(ui, 24, 22, 22) };
    float w = ui_dim(ui, 180, 158, 108);
    struct rect button = { ui_page(ui).w - x - w, ui_dim(ui, 36, 26, 34), w,
                           ui_dim(ui, 72, 66, 72) };

    ui_box(ui, seal, &(struct ui_box_style){ .fill = SON, .radius = d / 2 });
    ui_icon(ui, rect_centre(seal, star, star), "star", NGHE);
    ui_label(ui, UI_ROLE_TEXT, STR(app_name), at, name, INK, UI_LEFT);
    at.y += name.line;
    ui_label(ui, UI_ROLE_TEXT, STR(app_place), at, place, INK, UI_LEFT);
    if (ui_button(ui, STR(attract_staff), button, &staff))
        app_goto(app, app_staff_door(app), 0);
}

/* What everybody shall know these days, under the invitation. Returns where it ends. */
static float draw_alert(struct ui *ui, struct rect r, const char *title, bool measure)
{
    float size = ui_dim(ui, 28, 20, 27), glyph = ui_dim(ui, 44, 32, 40);
    float pad = ui_dim(ui, 18, 6, 16);
    struct ui_font font = { size, size * 1.3F, true };
    const char *words =
        text_fill(ui_arena(ui), text_of(T_attract_alert), "bai", title, NULL);
    struct rect in;

    r.y += ui_dim(ui, 22, 2, 16);
    r.w = ui_dim(ui, 440, 356, r.w); /* as far as the old man stands */
    in = rect_inset(r, pad, 0);
    rect_cut_left(&in, glyph + 14);
    in.h = ui_text(ui, in, words, font, 0, UI_LEFT);
    r.h = in.h + 2 * pad;
    if (measure)
        return r.y + r.h;
    ui_box(ui, r,
           &(struct ui_box_style){
               .fill = NGHE_TINT, .border = NGHE, .line = 3, .radius = 20 });
    ui_icon(ui, (struct rect){ r.x + pad, r.y + (r.h - glyph) / 2, glyph, glyph },
            "warn", SON);
    in.y = r.y + pad;
    ui_label(ui, UI_ROLE_TEXT, text_key(T_attract_alert), words, in, font, INK,
             UI_LEFT);
    return r.y + r.h;
}

/* The invitation, what it says below, and the alert. */
struct invitation {
    const char *alert; /* NULL: none */
    enum text_id sub;
    bool has_sub;
    bool must; /* it is no praise, but what is wrong with the machine */
};

/* Returns where it ends. */
static float draw_words(struct ui *ui, const struct invitation *w, bool measure)
{
    float size = ui_dim(ui, 72, 50, 49), sub = ui_dim(ui, 34, 26, 26);
    struct ui_font title = { size, size * 1.22F, true };
    struct ui_font body = { sub, sub * 1.4F, w->must };
    float x = ui_dim(ui, 44, 24, 24);
    struct rect r = { x, ui_dim(ui, 158, 116, 142),
                      ui_dim(ui, 800, 712, ui_page(ui).w - 48), 0 };

    if (!measure) {
        ui_text(ui, r, text_of(T_attract_title), title, SON, UI_LEFT);
        ui_node(ui, UI_ROLE_TITLE, STR(attract_title),
                (struct rect){ r.x, r.y, ui_dim(ui, 672, 712, r.w), title.line }, 0);
    }
    r.y += title.line + ui_dim(ui, 12, 2, 12);
    if (w->has_sub && measure)
        r.y += ui_text(ui, r, text_of(w->sub), body, 0, UI_LEFT);
    else if (w->has_sub)
        r.y += ui_label(ui, UI_ROLE_TEXT, text_key(w->sub), text_of(w->sub), r, body,
                        INK, UI_LEFT);
    return w->alert ? draw_alert(ui, r, w->alert, measure) : r.y;
}

/* A notice above the doors, on their ground, which is the higher for it. */
struct notice_place {
    const struct notice *notice; /* NULL: none */
    struct notice_card card;
    float lift;
};

/* With what the invitation says below its title, if the people keep room on an upright panel;
 * else without it; at last the people make room. */
static void plan_notice(struct app *app, struct ui *ui, const struct notice *n,
                        struct invitation *w, struct notice_place *out)
{
    float ground = ui_page(ui).h - attract_doors_height(ui);
    float over = ui_dim(ui, 32, 24, 34), people = ui_dim(ui, 0, 0, 160);
    const struct {
        bool has_sub;
        float room;
    } tries[] = { { true, people }, { false, people }, { false, 0 } };

    *out = (struct notice_place){ .notice = NULL };
    for (size_t i = 0; n && i < COUNT(tries) && !out->notice; i++) {
        w->has_sub = tries[i].has_sub || w->must;
        if (notice_card_plan(app, ui, n, draw_words(ui, w, true) + over + tries[i].room,
                             ground + ui_dim(ui, 12, 8, 12), &out->card))
            out->notice = n;
    }
    w->has_sub = w->has_sub || !out->notice;
    if (out->notice)
        out->lift = ground - (out->card.r.y - over);
}

/* The first language beside Vietnamese that speaks here; false: there is none. */
static bool other_language(const struct app *app, struct language *out)
{
    struct languages heard;

    languages_heard(app, &heard);
    if (heard.n > 1)
        *out = heard.list[1];
    return heard.n > 1;
}

/* The same door with another voice. */
static bool draw_other(struct ui *ui, struct rect r, const struct language *l)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    const char *name = arena_strdup(ui_arena(ui), language_name(l));
    float size = ui_dim(ui, 34, 25, 31), small = ui_dim(ui, 24, 19, 0), dy;
    struct ui_font font = { size, size * 1.2F, true };
    struct ui_font pre = { small, small * 1.2F, false };
    float face = ui_dim(ui, 116, 84, 88), gap = ui_dim(ui, 12, 8, 12);
    float w = ui_text_width(ui, name, font), lead = ui_dim(ui, 18, 8, 0);
    struct rect at = r;
    bool tapped =
        ui_card(ui, UI_ROLE_BUTTON, arena_printf(ui_arena(ui), "attract.%s", l->code),
                name, r, 0, &dy);

    at.y += dy;
    if (portrait)
        lead = (r.w - face - gap - w) / 2;
    rect_cut_left(&at, lead);
    /* its foot stands on the edge of the button */
    ui_picture(ui,
               (struct rect){ at.x, at.y + at.h - 3 - face * 1.1F, face, face * 1.1F },
               "art:nguoi-chi", UI_FIT_CONTAIN, 0, 0);
    rect_cut_left(&at, face + gap);
    at.y += (at.h - font.line - pre.line) / 2;
    if (!portrait)
        ui_text(ui, at, text_of(T_attract_hre_pre), pre, INK, UI_LEFT);
    at.y += pre.line;
    ui_text(ui, at, name, font, INK, UI_LEFT);
    return tapped;
}

static float other_width(struct ui *ui, const struct language *l)
{
    float size = ui_dim(ui, 34, 25, 31);
    struct ui_font font = { size, size * 1.2F, true };
    float w = ui_text_width(ui, arena_strdup(ui_arena(ui), language_name(l)), font);

    return ui_dim(ui, 18 + 116 + 12 + 33, 8 + 84 + 8 + 20, 0) + w;
}

/* What stands beside or below the doors, within `r`. */
static void draw_free(struct ui *ui, struct rect r, bool guests)
{
    float size = ui_dim(ui, 28, 21, 25), glyph = ui_dim(ui, 54, 40, 0);
    struct ui_font font = { size, size * 1.35F, true };
    bool portrait = ui_panel(ui) == PANEL_POR;
    enum text_id word = portrait && guests ? T_who_guest_sub : T_attract_free;

    if (!portrait)
        ui_icon(
            ui,
            (struct rect){ r.x - glyph - 16, r.y + (r.h - glyph) / 2, glyph, glyph },
            "book", INDIGO);
    ui_text_middle(ui, r, text_of(word), font, INK, portrait ? UI_CENTRE : UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, text_key(word), text_of(word), r, 0);
}

enum door { DOOR_NONE, DOOR_FIRST, DOOR_OTHER };

/* The ways in. */
static enum door draw_way_in(struct ui *ui, bool guests, const struct language *other,
                             float lip)
{
    struct rect page = ui_page(ui), button, words;
    float ground = page.h - attract_doors_height(ui);
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct ui_button_style style = { .kind = UI_BUTTON_PRIMARY,
                                     .icon_left = "hand",
                                     .icon = ui_dim(ui, 84, 62, 66),
                                     .radius = 36,
                                     .lip = lip,
                                     .font = ui_dim(ui, 44, 31, 38) };
    enum door door = DOOR_NONE;

    button = (struct rect){ ui_dim(ui, 44, 24, 24), 0, ui_dim(ui, 495, 338, 506),
                            ui_dim(ui, 136, 104, 136) };
    button.y = ground + ui_dim(ui, 31.5F, 25.5F, 34);
    if (ui_button(ui, STR(attract_start), button, &style))
        door = DOOR_FIRST;
    words = portrait ? (struct rect){ button.x, button.y + button.h + LIP, button.w,
                                      page.h - button.y - button.h - LIP }
                     : (struct rect){ button.x + button.w + ui_dim(ui, 104, 88, 0),
                                      button.y, 500, button.h + LIP };
    if (other && portrait) {
        words = (struct rect){ button.x, button.y + button.h + 25, button.w, 104 };
        return draw_other(ui, words, other) ? DOOR_OTHER : door;
    }
    if (other) {
        button.x += button.w + ui_dim(ui, 28, 16, 0);
        button.w = other_width(ui, other);
        if (draw_other(ui, button, other))
            door = DOOR_OTHER;
        words.x = button.x + button.w + ui_dim(ui, 104, 68, 0);
        words.w = page.w - words.x;
    }
    draw_free(ui, words, guests);
    return door;
}

/* The start button breathes a few times when nobody came for a while, then rests: a page
 * that stands all day costs nothing. Returns the lip, dp. */
static float breathe(struct app *app, const struct attract *s, struct ui *ui)
{
    int64_t ms = clock_mono_ms(app->clock) - s->since_ms - BREATH_AFTER_MS;
    float phase;

    if (app_is_still(app) || ms >= BREATHS * BREATH_MS)
        return LIP_START;
    if (ms < 0) {
        ui_wake_in(ui, (int)-ms);
        return LIP_START;
    }
    ui_wake_in(ui, BREATH_STEP_MS);
    phase = (float)(ms % BREATH_MS) / (float)BREATH_MS;
    return LIP_START + LIP_MORE * (1 - cosf(phase * 2 * PI)) / 2;
}

#define ASKED "language.asked" /* setting: once, where another can be heard */

/* Whoever begins first where several languages can be heard is shown that they are there. */
static void ask_once(struct app *app)
{
    struct languages heard;

    languages_heard(app, &heard);
    if (heard.n < 2 || !app->db || db_setting(app->db, ASKED, NULL))
        return;
    if (db_set(app->db, ASKED, "1") == ERR_OK)
        app_cover_name(app, "language");
}

/* The card, and what a touch of it does. */
static void draw_notice(struct app *app, struct ui *ui, const struct notice_place *p)
{
    enum notice_card_tap tap = notice_card_draw(app, ui, p->notice, &p->card);

    if (tap == NOTICE_CARD_NONE)
        return;
    notices_count(app);
    if (tap == NOTICE_CARD_LISTEN)
        notices_listen(app, p->notice);
    else
        notices_next(app);
    ui_wake_in(ui, 0);
}

/* Their own ground under a second band. */
static void draw_ground(struct ui *ui, float lift)
{
    struct rect page = ui_page(ui), ground = page;

    ground.h = attract_doors_height(ui) + lift;
    ground.y = page.h - ground.h;
    ui_box(ui, ground, &(struct ui_box_style){ .fill = PAPER });
    ui_band(ui, (struct rect){ 0, ground.y, page.w, BAND_H });
}

/* In through a door. */
static void enter_by(struct app *app, enum door door, const struct language *other)
{
    if (door == DOOR_OTHER)
        app_set_voice_language(app, other->code);
    app_goto(app,
             !app->pack                                                  ? "problem"
             : app_class_has_names(app) && app->desk.klass.plan.tap_only ? "names"
                                                                         : "signin",
             0);
    if (door != DOOR_OTHER && app->pack)
        ask_once(app);
}

/* What is said below the invitation: what the machine lacks, if anything. */
static enum text_id sub_of(const struct app *app, struct ui *ui)
{
    if (app->touchable && !app->touchable(app->ctx)) {
        ui_wake_in(ui,
                   TOUCH_AGAIN_MS); /* a cable that is put in again shows by itself */
        return T_attract_untouched;
    }
    return !app->db && app->db_err == ERR_OFFLINE ? T_attract_unkept : T_attract_sub;
}

static void attract_frame(struct app *app, void *state, struct ui *ui)
{
    struct rect band = ui_page(ui);
    struct language other;
    bool has_other = other_language(app, &other);
    long alert = app_alert_index(app);
    struct invitation words = {
        .alert = alert >= 0 ? pack_info(app->pack)->lessons[alert].title : NULL,
        .sub = sub_of(app, ui),
        .has_sub = true
    };
    struct notice_place notice;
    enum door door;
    bool start;

    words.must = words.sub != T_attract_sub;
    plan_notice(app, ui, notices_look(app), &words, &notice);
    ui_fill_page(ui, PAPER_ATTRACT);
    start = attract_people(ui, notice.lift,
                           ui_panel(ui) == PANEL_POR ? draw_words(ui, &words, true)
                                                     : ui_dim(ui, 130, 108, 0));
    band.h = BAND_H;
    ui_band(ui, band);
    draw_head(app, ui);
    (void)draw_words(ui, &words, false);
    draw_ground(ui, notice.lift);
    if (notice.notice)
        draw_notice(app, ui, &notice);
    if (notices_wait_ms(app) >= 0)
        ui_wake_in(ui, notices_wait_ms(app));
    door = draw_way_in(ui, app->settings.value[SETTING_GUEST],
                       has_other ? &other : NULL, breathe(app, state, ui));
    card_scan(app, ui);
    if (!start && !door)
        return;
    if (notice.notice)
        notices_count(app);
    enter_by(app, door, &other);
}

/* Without lessons the first page has nothing to invite to. */
static void attract_enter(struct app *app, void *state, size_t arg)
{
    struct attract *s = state;

    (void)arg;
    s->since_ms = clock_mono_ms(app->clock);
    notices_arrive(app);
    app_set_voice_language(app, LANGUAGE_FIRST);
    if (!app->pack)
        app_goto(app, "problem", 1);
}

const struct screen screen_attract = {
    .name = "attract",
    .state_size = sizeof(struct attract),
    .enter = attract_enter,
    .frame = attract_frame,
};
