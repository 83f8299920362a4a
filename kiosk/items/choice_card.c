/* Cards for what can be chosen: design/src r15, r17, r29. */
#include "items/choice_card.h"

#include "items/quiz_page.h"

/* For a group, which calls out what it means: in the corner of the picture, or before the
 * words. */
void choice_call(struct ui *ui, struct rect *in, size_t place, bool picture)
{
    float d = ui_dim(ui, 76, 52, 56), dy = ui_dim(ui, 8, 4, 4);
    struct ui_font font = { d * 0.58F, d * 0.58F, true };
    struct rect at = { in->x + dy, in->y + dy, d, d };

    if (!ui_is_group(ui))
        return;
    if (!picture) {
        at = rect_cut_left(in, d);
        at = rect_centre(at, d, d);
        rect_cut_left(in, ui_dim(ui, 16, 8, 12));
    }
    ui_box(ui, at, &(struct ui_box_style){ .fill = INK, .radius = d / 2 });
    ui_text_middle(ui, at, arena_printf(ui_arena(ui), "%zu", place + 1), font, SURFACE,
                   UI_CENTRE);
}

static void draw_picture(struct ui *ui, struct rect *in, const struct item_option *o,
                         enum choice_look look)
{
    float gap = look == CHOICE_BESIDE ? 16 : ui_dim(ui, 10, 2, 8);
    float words = ui_dim(ui, 84, 64, 74), beside = in->h * 1.2F;
    struct rect at = look == CHOICE_BESIDE
                         ? rect_cut_left(in, beside < 190 ? beside : 190)
                         : rect_cut_top(in, in->h - words - gap);

    ui_picture(ui, at, quiz_picture_source(ui, o->picture), UI_FIT_COVER, 18, 0);
    if (look == CHOICE_BESIDE)
        rect_cut_left(in, gap);
    else
        rect_cut_top(in, gap);
}

bool choice_card(struct ui *ui, struct rect r, size_t place,
                 const struct item_option *o, enum choice_look look, unsigned state)
{
    float pad = ui_dim(ui, 17, 11, 13);
    float size = ui_dim(ui, 29, 22, 25);
    struct ui_font font = { size, size * 1.3F, true };
    struct rect in = rect_inset(r, pad, pad);
    float dy;
    bool tapped =
        ui_card(ui, UI_ROLE_CHOICE, text_key_n(ui_arena(ui), T_quiz_choice, place + 1),
                o->text, r, state, &dy);

    in.y += dy;
    if (o->picture) {
        struct rect corner = in;

        draw_picture(ui, &in, o, look);
        choice_call(ui, &corner, place, true);
    } else {
        choice_call(ui, &in, place, false);
    }
    ui_text_middle(ui, in, o->text, font, state & UI_DISABLED ? INK2 : INK,
                   look == CHOICE_BESIDE ? UI_LEFT : UI_CENTRE);
    r.y += dy;
    if (state & UI_SELECTED)
        choice_tick(ui, r);
    return tapped;
}

struct rect choice_place(const struct ui *ui, struct rect area, size_t columns,
                         size_t n, size_t i)
{
    float gap = ui_dim(ui, 26, 14, 20);
    float n_columns = (float)columns, n_rows = (float)((n + columns - 1) / columns);
    float w = (area.w - (n_columns - 1) * gap) / n_columns;
    float h = (area.h - (n_rows - 1) * gap) / n_rows - LIP;

    return (struct rect){ area.x + (float)(i % columns) * (w + gap),
                          area.y + (float)(i / columns) * (h + LIP + gap), w, h };
}

size_t choice_mixed(const unsigned char *order, size_t n, size_t i)
{
    bool same = true;

    for (size_t k = 0; k < n; k++)
        same = same && order[k] == k;
    return same ? (i + 1) % n : order[i];
}

void choice_number(struct ui *ui, struct rect at, size_t number, bool chosen)
{
    float size = at.w * 0.52F;
    struct ui_font font = { size, size, chosen };
    const char *text = arena_printf(ui_arena(ui), "%zu", number);

    ui_box(
        ui, at,
        &(struct ui_box_style){ .fill = chosen ? INDIGO : SAND, .radius = at.w / 2 });
    ui_text_middle(ui, at, text, font, chosen ? SURFACE : INK2, UI_CENTRE);
}

void choice_tick(struct ui *ui, struct rect card)
{
    struct rect at = { card.x + card.w - 22 - 54, card.y + 22, 54, 54 };

    if (card.h < at.h + 44)
        at.y = card.y + (card.h - at.h) / 2;
    ui_box(ui, at, &(struct ui_box_style){ .fill = INDIGO, .radius = 27 });
    ui_icon(ui, rect_centre(at, 34, 34), "check", SURFACE);
}

void choice_ground(struct ui *ui, struct rect card, unsigned state, float dy)
{
    if (state || dy > 0)
        return;
    ui_box(ui, rect_inset(card, LINE_PRESSABLE, LINE_PRESSABLE),
           &(struct ui_box_style){ .fill = PICTURE_TINT,
                                   .radius = ui_dim(ui, 25, 19, 21) });
}

bool confirm_button_at(struct ui *ui, struct rect r, const struct confirm *c)
{
    struct ui_button_style style = { .kind = UI_BUTTON_PRIMARY, .icon_right = "check" };
    bool tapped;

    if (c->ready)
        *c->asked = 0;
    style.state = c->ready ? 0 : UI_DISABLED;
    if (*c->asked || ui_button_width(ui, text_of(c->word), &style) > r.w)
        style.icon_right = NULL; /* asked, the button says itself why it does nothing */
    tapped = ui_button(ui, text_key(c->word), text_of(*c->asked ? c->instead : c->word),
                       r, &style);
    if (tapped)
        *c->asked = !c->ready;
    return tapped && c->ready;
}

float confirm_width(struct ui *ui, enum text_id word)
{
    struct ui_button_style style = { .kind = UI_BUTTON_PRIMARY, .icon_right = "check" };
    float w = ui_button_width(ui, text_of(word), &style);

    return w <= 260 ? ui_dim(ui, 260, 190, w) : w;
}

bool confirm_button(struct ui *ui, const struct confirm *c)
{
    return confirm_button_at(ui, page_foot_button(ui, confirm_width(ui, c->word)), c);
}
