/* The semantic tree and the targets: what is on the page and what can be tapped. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "ui/ui_internal.h"

#define FOCUS_DARK 5.0F   /* dp: the dark ring, right outside the shape */
#define FOCUS_BRIGHT 6.0F /* dp: the bright one around it */
#define BARE_RADIUS 18.0F /* dp: of rings around targets whose shape we do not know */

static bool counts(const struct ui *ui)
{
    return !ui->after_dialog && !ui->is_ahead;
}

void ui_node_value(struct ui *ui, enum ui_role role, const char *id, const char *text,
                   const char *value, struct rect r, unsigned state)
{
    struct frame *f = ui_now(ui);

    if (!counts(ui))
        return;
    if (ui->reading_id && !strcmp(id, ui->reading_id))
        state |= UI_PLAYING;
    if (f->n_nodes == f->cap_nodes) {
        f->cap_nodes = f->cap_nodes ? 2 * f->cap_nodes : 64;
        f->nodes = check_realloc(f->nodes, f->cap_nodes * sizeof(f->nodes[0]));
    }
    f->nodes[f->n_nodes++] = (struct ui_node){
        .id = arena_strdup(&f->arena, id),
        .text = arena_strdup(&f->arena, text ? text : ""),
        .value = value ? arena_strdup(&f->arena, value) : NULL,
        .box = ui_box_px(ui, r),
        .role = role,
        .state = state,
    };
}

void ui_node(struct ui *ui, enum ui_role role, const char *id, const char *text,
             struct rect r, unsigned state)
{
    ui_node_value(ui, role, id, text, NULL, r, state);
}

float ui_label(struct ui *ui, enum ui_role role, const char *id, const char *text,
               struct rect r, struct ui_font font, uint32_t colour, enum ui_align align)
{
    float h = ui_text(ui, r, text, font, colour, align);

    ui_node(ui, role, id, text, (struct rect){ r.x, r.y, r.w, h }, 0);
    return h;
}

static void add_target(struct ui *ui, const char *id, enum ui_role role, struct rect r,
                       struct rect hit, unsigned state)
{
    struct frame *f = ui_now(ui);

    if (f->n_targets == f->cap_targets) {
        f->cap_targets = f->cap_targets ? 2 * f->cap_targets : 64;
        f->targets = check_realloc(f->targets, f->cap_targets * sizeof(f->targets[0]));
    }
    f->targets[f->n_targets++] = (struct target){
        .id = id,
        .box = ui_box_px(ui, r),
        .hit = ui_box_px(ui, hit),
        .role = role,
        .state = state,
    };
}

static bool is_same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

bool ui_target_hit(struct ui *ui, enum ui_role role, const char *id, const char *text,
                   struct rect r, const struct rect *hit, unsigned state,
                   unsigned *state_out)
{
    struct frame *f = ui_now(ui);
    struct rect grown = hit ? *hit : rect_inset(r, -HIT_GROW, -HIT_GROW);
    bool tapped =
        ui->taken_open && ui->taken.kind == UI_TAKEN_TAP && is_same(ui->taken.text, id);

    if (ui->press_held && is_same(ui->press_id, id))
        state |= UI_PRESSED;
    if (ui->focus_shown && is_same(ui->focus_id, id))
        state |= UI_FOCUS;
    if (state_out)
        *state_out = state & (UI_PRESSED | UI_FOCUS);
    if (!counts(ui))
        return false;
    ui_node(ui, role, id, text, r, state);
    f->nodes[f->n_nodes - 1].active = true;
    add_target(ui, f->nodes[f->n_nodes - 1].id, role, r, grown, state);
    if (tapped)
        ui->taken_open = false;
    return tapped;
}

/* A bare target draws its ring as lines: what lies inside is the caller's. */
static void outline(struct ui *ui, struct rect r, float out, float line)
{
    ui_box(ui, rect_inset(r, -out, -out),
           &(struct ui_box_style){ .border = out > FOCUS_DARK ? NGHE : INK,
                                   .line = line,
                                   .radius = BARE_RADIUS + out });
}

bool ui_target(struct ui *ui, enum ui_role role, const char *id, const char *text,
               struct rect r, unsigned state, unsigned *state_out)
{
    unsigned got;
    bool tapped = ui_target_hit(ui, role, id, text, r, NULL, state, &got);

    if (got & UI_FOCUS) {
        outline(ui, r, FOCUS_DARK + FOCUS_BRIGHT, FOCUS_BRIGHT);
        outline(ui, r, FOCUS_DARK, FOCUS_DARK);
    }
    if (state_out)
        *state_out = got;
    return tapped;
}

void ui_focus_ring(struct ui *ui, struct rect r, float radius)
{
    float out = FOCUS_DARK + FOCUS_BRIGHT;

    ui_box(ui, rect_inset(r, -out, -out),
           &(struct ui_box_style){ .fill = NGHE, .radius = radius + out });
    ui_box(ui, rect_inset(r, -FOCUS_DARK, -FOCUS_DARK),
           &(struct ui_box_style){ .fill = INK, .radius = radius + FOCUS_DARK });
}

void ui_dialog_begin(struct ui *ui, const char *id, const char *text, struct rect r)
{
    struct frame *f = ui_now(ui);

    ASSERT(!ui->in_dialog);
    if (!counts(ui))
        return; /* the first dialog of a page is the one on top */
    ui->in_dialog = true;
    f->n_nodes = 0;
    f->n_targets = 0;
    ui_node(ui, UI_ROLE_DIALOG, id, text, r, 0);
}

void ui_dialog_end(struct ui *ui)
{
    if (ui->in_dialog)
        ui->after_dialog = true;
    ui->in_dialog = false;
}
