/* Frame, ground and head of each kind of screen, and where its parts stand. */
#include "screens/phone.h"

#include "screens/phone_parts.h"

#define NIGHT 0xFF2B2730 /* ground of calls and cameras */
#define CHAT_GROUND 0xFFEFEAE2
#define SCALES 6
#define SMALLER 0.92F

/* What surrounds the parts. */
enum head { HEAD_BAR, HEAD_CALLER, HEAD_ADDRESS, HEAD_CLOCK, HEAD_NONE };

static const struct kind_look {
    enum head head;
    uint32_t ground;
    bool dark;
} kind_looks[PHONE_KIND_COUNT] = {
    [PHONE_HOME] = { HEAD_NONE, INDIGO_LIP_TINT, false },
    [PHONE_LIST] = { HEAD_BAR, SURFACE, false },
    [PHONE_SETTINGS] = { HEAD_BAR, SURFACE, false },
    [PHONE_SMS] = { HEAD_BAR, SURFACE, false },
    [PHONE_CHAT] = { HEAD_BAR, CHAT_GROUND, false },
    [PHONE_RING] = { HEAD_CALLER, NIGHT, true },
    [PHONE_CALL] = { HEAD_CALLER, NIGHT, true },
    [PHONE_KEYPAD] = { HEAD_BAR, SURFACE, false },
    [PHONE_FORM] = { HEAD_BAR, SURFACE, false },
    [PHONE_CAMERA] = { HEAD_BAR, NIGHT, true },
    [PHONE_PAY] = { HEAD_BAR, SURFACE, false },
    [PHONE_MAP] = { HEAD_BAR, SURFACE, false },
    [PHONE_NOTICE] = { HEAD_CLOCK, INDIGO_TINT, false },
    [PHONE_WEB] = { HEAD_ADDRESS, SURFACE, false },
    [PHONE_STORE] = { HEAD_BAR, SURFACE, false },
    [PHONE_GALLERY] = { HEAD_BAR, SURFACE, false },
    [PHONE_WALLET] = { HEAD_BAR, SURFACE, false },
    [PHONE_VIDEO] = { HEAD_CALLER, NIGHT, true },
};

/* --- the frame ------------------------------------------------------------------------ */

/* Returns the room on the phone. */
static struct rect draw_case(struct ui *ui, struct rect r)
{
    float line = ui_dim(ui, 14, 4, 10), corner = ui_dim(ui, 46, 0, 46);
    struct rect in = rect_inset(r, line, line);
    unsigned corners = UI_CORNERS_ALL;

    if (ui_panel(ui) == PANEL_CMP)
        in = (struct rect){ r.x + line, r.y, r.w - line, r.h };
    if (ui_panel(ui) == PANEL_POR) {
        corners = UI_CORNERS_TOP;
        in.h += line; /* it goes on below the edge */
    }
    ui_box(ui, r,
           &(struct ui_box_style){
               .fill = INK, .radius = corner, .corners = (unsigned char)corners });
    ui_node(ui, UI_ROLE_PHONE, STR(p_phone), r, 0);
    return in;
}

/* Always there: it is no real phone. */
static void draw_mark(struct ui *ui, struct rect *in, uint32_t ground)
{
    float size = ui_dim(ui, 18.5F, 15.5F, 19), h = ui_dim(ui, 36, 28, 36);
    float corner = ui_dim(ui, 33, 0, 36);
    struct ui_font font = { size, size * 1.3F, true };
    struct rect r = *in;
    bool portrait = ui_panel(ui) == PANEL_POR;

    ui_box(ui, r,
           &(struct ui_box_style){ .fill = ground,
                                   .radius = corner,
                                   .corners = portrait ? UI_CORNERS_TOP : 0 });
    r = rect_cut_top(in, h);
    ui_box(ui, r,
           &(struct ui_box_style){
               .fill = NGHE_TINT, .radius = corner, .corners = UI_CORNERS_TOP });
    ui_text_middle(ui, r, text_of(T_p_fake), font, NGHE_DEEP, UI_CENTRE);
    ui_node(ui, UI_ROLE_TEXT, STR(p_fake), r, 0);
}

static void draw_status(struct ui *ui, struct rect *in, const char *clock, bool dark)
{
    float size = ui_dim(ui, 19, 15, 20), side = ui_dim(ui, 22, 18, 24);
    struct rect r =
        rect_inset(rect_cut_top(in, ui_dim(ui, 34, 25, 38)), ui_dim(ui, 22, 14, 28), 0);
    uint32_t ink = dark ? SURFACE : INK;

    ui_text_middle(ui, r, clock ? clock : "08:30",
                   (struct ui_font){ size, size * 1.3F, true }, ink, UI_LEFT);
    ui_icon(ui, rect_centre(rect_cut_right(&r, side), side, side), "wifi", ink);
}

/* --- heads ------------------------------------------------------------------------------ */

static uint32_t bar_fill(enum practice_kind kind, enum practice_tone tone)
{
    switch (tone) {
    case TONE_GREEN:
    case TONE_OK:
        return LUA;
    case TONE_RED:
    case TONE_DANGER:
        return SON;
    case TONE_BLUE:
    case TONE_MAIN:
        return INDIGO;
    case TONE_DARK:
        return NIGHT;
    case TONE_PLAIN:
    case TONE_COUNT:
        break;
    }
    return kind == PHONE_CHAT ? LUA : SURFACE;
}

static void draw_face(struct ui *ui, struct rect r, const char *face)
{
    ui_box(ui, r, &(struct ui_box_style){ .fill = SENDER_TINT, .radius = r.w / 2 });
    if (face)
        ui_picture(ui, rect_inset(r, r.w * 0.06F, r.w * 0.06F),
                   arena_printf(ui_arena(ui), "art:%s", face), UI_FIT_COVER_TOP,
                   r.w * 0.44F, 0);
    else
        ui_icon(ui, rect_centre(r, r.w * 0.6F, r.w * 0.6F), "user", SENDER_INK);
}

static void draw_bar(struct pen *p, struct rect *in)
{
    const struct practice_screen *s = p->screen;
    struct ui_font title = pen_font(p, 25, 20, 26, true),
                   sub = pen_font(p, 19, 16, 20, false);
    uint32_t fill = bar_fill(s->kind, s->tone), ink = fill == SURFACE ? INK : SURFACE;
    float h = ui_dim(p->ui, 70, 52, 74), d = ui_dim(p->ui, 52, 38, 54), text_h;
    bool who = s->face || s->kind == PHONE_SMS;
    struct rect r, words;

    if (!s->top)
        return;
    words = rect_inset(*in, ui_dim(p->ui, 20, 14, 20), 0);
    if (who)
        rect_cut_left(&words, d + 12);
    text_h = ui_text(p->ui, words, s->top, title, 0, UI_LEFT) +
             (s->sub ? ui_text(p->ui, words, s->sub, sub, 0, UI_LEFT) : 0);
    r = rect_cut_top(in, text_h + 14 > h ? text_h + 14 : h);
    ui_box(p->ui, r, &(struct ui_box_style){ .fill = fill });
    if (fill == SURFACE)
        ui_box(p->ui, (struct rect){ r.x, r.y + r.h - 2, r.w, 2 },
               &(struct ui_box_style){ .fill = SAND });
    if (who)
        draw_face(p->ui, (struct rect){ words.x - d - 12, r.y + (r.h - d) / 2, d, d },
                  s->face);
    words.y = r.y + (r.h - text_h) / 2;
    words.y +=
        ui_label(p->ui, UI_ROLE_TEXT, "phone.top", s->top, words, title, ink, UI_LEFT);
    if (s->sub)
        ui_label(p->ui, UI_ROLE_TEXT, "phone.sub", s->sub, words, sub, ink, UI_LEFT);
}

/* Without what its words take. */
static float caller_h(const struct pen *p)
{
    return (ui_dim(p->ui, 22, 8, 24) + ui_dim(p->ui, 148, 84, 150) +
            ui_dim(p->ui, 16, 6, 16) + ui_dim(p->ui, 76, 60, 80)) *
           p->scale;
}

static void draw_caller(struct pen *p, struct rect *in)
{
    const struct practice_screen *s = p->screen;
    struct ui_font name = pen_font(p, 34, 26, 36, true),
                   sub = pen_font(p, 24, 19, 25, false);
    float d = ui_dim(p->ui, 148, 84, 150) * p->scale;

    rect_cut_top(in, ui_dim(p->ui, 22, 8, 24) * p->scale);
    draw_face(p->ui, rect_centre(rect_cut_top(in, d), d, d), s->face);
    rect_cut_top(in, ui_dim(p->ui, 16, 6, 16) * p->scale);
    if (s->top)
        rect_cut_top(in, ui_label(p->ui, UI_ROLE_TEXT, "phone.top", s->top, *in, name,
                                  SURFACE, UI_CENTRE));
    if (s->sub)
        rect_cut_top(in, ui_label(p->ui, UI_ROLE_TEXT, "phone.sub", s->sub, *in, sub,
                                  SURFACE, UI_CENTRE));
}

static void draw_address(struct pen *p, struct rect *in)
{
    struct ui_font font = pen_font(p, 22, 18, 23, false);
    struct rect r, pill;
    float h;

    if (!p->screen->top)
        return;
    pill = rect_inset(*in, ui_dim(p->ui, 16, 12, 16) + 40, 0);
    h = ui_text(p->ui, pill, p->screen->top, font, 0, UI_LEFT) + 16;
    r = rect_cut_top(in, h + ui_dim(p->ui, 16, 10, 16));
    pill = rect_centre(r, r.w - 2 * ui_dim(p->ui, 16, 12, 16), h);
    ui_box(p->ui, pill,
           &(struct ui_box_style){ .fill = PICTURE_TINT,
                                   .border = LINE2,
                                   .line = 2,
                                   .radius = h / 2 > 24 ? 24 : h / 2 });
    ui_icon(p->ui, (struct rect){ pill.x + 12, pill.y + (h - 24) / 2, 24, 24 }, "globe",
            INDIGO);
    pill = rect_inset(pill, 40, 8);
    ui_label(p->ui, UI_ROLE_TEXT, "phone.top", p->screen->top, pill, font, INK,
             UI_LEFT);
}

/* The lock screen: the time large, the day below. */
static void draw_clock(struct pen *p, struct rect *in)
{
    struct ui_font big = pen_font(p, 72, 44, 76, true),
                   day = pen_font(p, 24, 18, 25, false);
    const char *clock = p->screen->clock ? p->screen->clock : "08:30";

    rect_cut_top(in, 8);
    rect_cut_top(in, ui_text(p->ui, *in, clock, big, INK, UI_CENTRE));
    if (p->screen->top)
        rect_cut_top(in, ui_label(p->ui, UI_ROLE_TEXT, "phone.top", p->screen->top, *in,
                                  day, INK2, UI_CENTRE));
}

static void draw_head(struct pen *p, struct rect *in)
{
    switch (kind_looks[p->screen->kind].head) {
    case HEAD_BAR:
        draw_bar(p, in);
        return;
    case HEAD_CALLER:
        draw_caller(p, in);
        return;
    case HEAD_ADDRESS:
        draw_address(p, in);
        return;
    case HEAD_CLOCK:
        draw_clock(p, in);
        return;
    case HEAD_NONE:
        return;
    }
}

/* --- the parts --------------------------------------------------------------------------- */

/* Parts of one kind that stand in a row: from `at`, how many. */
static size_t run_of(const struct practice_screen *s, size_t at, size_t *columns_out)
{
    enum practice_part_kind kind = s->parts[at].kind;
    size_t most = part_looks[kind]->columns, n = 1;

    if (most == 1) {
        *columns_out = 1;
        return 1;
    }
    while (at + n < s->n_parts && s->parts[at + n].kind == kind && (!most || n < most))
        n++;
    *columns_out = kind == PART_APP ? most : n; /* a photo alone is large */
    return n;
}

static float column_w(const struct pen *p, float w, size_t columns)
{
    return (w - pen_gap(p) * (float)(columns - 1)) / (float)columns;
}

static float run_h(struct pen *p, float w, size_t at, size_t n, size_t columns)
{
    float h = 0;

    for (size_t k = 0; k < n; k++) {
        float one;

        p->at = at + k;
        one = part_looks[p->screen->parts[at + k].kind]->height(
            p, column_w(p, w, columns));
        h = one > h ? one : h;
    }
    return h;
}

static float all_h(struct pen *p, float w)
{
    float h = 0;

    for (size_t at = 0; at < p->screen->n_parts;) {
        size_t columns, n = run_of(p->screen, at, &columns);

        h += (at ? pen_gap(p) : 0) + run_h(p, w, at, n, columns);
        at += n;
    }
    return h;
}

/* Where the parts begin that stand at the lower edge: the last of them. */
static size_t first_low(const struct practice_screen *s)
{
    size_t at = s->n_parts;

    while (at > 0 && part_looks[s->parts[at - 1].kind]->low)
        at--;
    return at;
}

static void mark_part(struct pen *p, struct rect r)
{
    struct rect hand = { r.x + r.w - 58, r.y + r.h - 40, 60, 60 };

    if (p->at != p->view->marked)
        return;
    r = rect_inset(r, -5, -5);
    ui_box(p->ui, r, &(struct ui_box_style){ .border = NGHE, .line = 7, .radius = 22 });
    ui_box(p->ui, rect_inset(r, -2, -2),
           &(struct ui_box_style){ .border = INK, .line = 2, .radius = 24 });
    if (!p->view->hand)
        return;
    ui_box(p->ui, hand,
           &(struct ui_box_style){
               .fill = SURFACE, .border = INK, .line = 3, .radius = 32 });
    ui_icon(p->ui, rect_centre(hand, 44, 44), "hand", INK);
}

static struct rect draw_run(struct pen *p, struct rect r, size_t at, size_t n,
                            size_t columns)
{
    float w = column_w(p, r.w, columns);

    for (size_t k = 0; k < n; k++) {
        struct rect one = { r.x + (float)k * (w + pen_gap(p)), r.y, w, r.h };

        p->at = at + k;
        part_looks[p->screen->parts[at + k].kind]->draw(p, one);
    }
    for (size_t k = 0; k < n; k++) {
        p->at = at + k;
        mark_part(p, (struct rect){ r.x + (float)k * (w + pen_gap(p)), r.y, w, r.h });
    }
    return r;
}

static void draw_parts(struct pen *p, struct rect in)
{
    size_t low = first_low(p->screen);
    float y = in.y;

    for (size_t at = 0; at < p->screen->n_parts;) {
        size_t columns, n = run_of(p->screen, at, &columns);
        float h;

        if (at == low) { /* as low as they can stand */
            float rest = 0;

            for (size_t k = at; k < p->screen->n_parts;) {
                size_t c, m = run_of(p->screen, k, &c);

                rest += (k > at ? pen_gap(p) : 0) + run_h(p, in.w, k, m, c);
                k += m;
            }
            y = in.y + in.h - rest > y ? in.y + in.h - rest : y;
        }
        h = run_h(p, in.w, at, n, columns);
        draw_run(p, (struct rect){ in.x, y, in.w, h }, at, n, columns);
        y += h + pen_gap(p);
        at += n;
    }
}

struct phone_touch phone_frame(struct app *app, struct ui *ui, struct rect r,
                               const struct phone_view *view)
{
    const struct practice_screen *s = &view->practice->screens[view->state->at];
    const struct kind_look *look = &kind_looks[s->kind];
    struct phone_touch touch = { 0 };
    struct pen p = { .app = app,
                     .ui = ui,
                     .view = view,
                     .screen = s,
                     .scale = 1,
                     .dark = look->dark,
                     .touch = &touch };
    struct rect in = draw_case(ui, r);

    draw_mark(ui, &in, look->ground);
    draw_status(ui, &in, s->clock, look->dark);
    if (look->head == HEAD_CALLER) /* the face gives way first */
        for (int i = 0; i < SCALES && caller_h(&p) + all_h(&p, in.w - 40) > in.h - 28;
             i++)
            p.scale *= SMALLER;
    draw_head(&p, &in);
    in = rect_inset(in, ui_dim(ui, 18, 14, 20), ui_dim(ui, 14, 8, 14));
    if (ui_panel(ui) == PANEL_POR)
        in.h -= 12;
    for (int i = 0; i < SCALES && all_h(&p, in.w) > in.h; i++)
        p.scale *= SMALLER;
    draw_parts(&p, in);
    return touch;
}
