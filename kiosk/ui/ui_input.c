/* What touches and keys mean: which target a finger is on, when a touch is a tap, where
 * the keyboard's focus goes. Works on the targets of the last finished frame. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "ui/ui_internal.h"

void ui_set_string(char **slot, const char *value)
{
    char *copy = value ? check_strdup(value) : NULL;

    free(*slot);
    *slot = copy;
}

/* Squared distance in px from a point to a box; 0 inside. */
static int64_t distance2(const struct box *b, int x, int y)
{
    int64_t dx = x < b->x ? b->x - x : x >= b->x + b->w ? x - (b->x + b->w) + 1 : 0;
    int64_t dy = y < b->y ? b->y - y : y >= b->y + b->h ? y - (b->y + b->h) + 1 : 0;

    return dx * dx + dy * dy;
}

/* The target whose grown area holds the point; the nearest drawn edge wins, and of
 * several that hold it the one drawn last. */
static const struct target *target_at(const struct frame *f, int x, int y)
{
    const struct target *best = NULL;
    int64_t best_d = 0;

    for (size_t i = 0; i < f->n_targets; i++) {
        const struct target *t = &f->targets[i];
        int64_t d = distance2(&t->box, x, y);

        if (distance2(&t->hit, x, y) == 0 && (!best || d <= best_d)) {
            best = t;
            best_d = d;
        }
    }
    return best;
}

static const struct target *target_by_id(const struct frame *f, const char *id)
{
    for (size_t i = 0; id && i < f->n_targets; i++) {
        if (strcmp(f->targets[i].id, id) == 0)
            return &f->targets[i];
    }
    return NULL;
}

static void take(struct ui *ui, struct ui_taken taken)
{
    if (taken.text)
        taken.text = arena_strdup(ui_arena(ui), taken.text);
    ui->taken = taken;
    ui->taken_open = true;
}

static void take_tap(struct ui *ui, const char *id)
{
    take(ui, (struct ui_taken){ .kind = UI_TAKEN_TAP, .text = id });
}

/* --- the finger ------------------------------------------------------------------- */

/* A trembling hand touches twice. On a keyboard two keys in quick succession are two
 * letters, so there only the same key is held back. */
static bool is_tremor(const struct ui *ui, const struct target *t, int64_t t_ms)
{
    if (t_ms - ui->tap_ms >= TAP_GAP_MS)
        return false;
    return t->role != UI_ROLE_KEY || (ui->tap_id && strcmp(ui->tap_id, t->id) == 0);
}

static void finger_down(struct ui *ui, const struct ui_event *e)
{
    const struct target *t = target_at(ui_last(ui), e->x, e->y);

    ui->focus_shown = false;
    ui_set_string(&ui->press_id, NULL);
    if (!t || is_tremor(ui, t, e->t_ms))
        return;
    ui_set_string(&ui->press_id, t->id);
    ui_set_string(&ui->tap_id, t->id);
    ui->press_held = true;
    ui->press_x = e->x;
    ui->press_y = e->y;
    ui->tap_ms = e->t_ms;
}

static bool finger_holds(const struct ui *ui, const struct ui_event *e)
{
    const struct target *t = target_by_id(ui_last(ui), ui->press_id);
    int64_t dx = e->x - ui->press_x;
    int64_t dy = e->y - ui->press_y;
    int64_t reach = ui_px(ui, SLIDE_MAX);

    return t && dx * dx + dy * dy <= reach * reach &&
           distance2(&t->hit, e->x, e->y) == 0;
}

/* Which way the finger went since it came down; not far: none. */
static enum ui_way way_of(const struct ui *ui, const struct ui_event *e)
{
    int dx = e->x - ui->press_x, dy = e->y - ui->press_y;
    int far = abs(dx) > abs(dy) ? abs(dx) : abs(dy);

    if (far < ui_px(ui, SWIPE_LEAST))
        return UI_WAY_NONE;
    if (abs(dx) > abs(dy))
        return dx < 0 ? UI_WAY_LEFT : UI_WAY_RIGHT;
    return dy < 0 ? UI_WAY_UP : UI_WAY_DOWN;
}

static void finger_up(struct ui *ui, const struct ui_event *e)
{
    if (ui->press_id && finger_holds(ui, e))
        take_tap(ui, ui->press_id);
    else if (ui->press_id && way_of(ui, e))
        take(ui, (struct ui_taken){ .kind = UI_TAKEN_SWIPE,
                                    .text = ui->press_id,
                                    .way = way_of(ui, e) });
    ui_set_string(&ui->press_id, NULL);
}

/* --- the keyboard ----------------------------------------------------------------- */

/* Reading order: lines from the top, within a line from the left. Two targets stand on
 * one line when they overlap by more than half of the lower one's height. */
static bool reads_before(const struct box *a, const struct box *b)
{
    int top = a->y > b->y ? a->y : b->y;
    int bottom = a->y + a->h < b->y + b->h ? a->y + a->h : b->y + b->h;
    int low = a->h < b->h ? a->h : b->h;

    if (2 * (bottom - top) > low)
        return a->x < b->x;
    return a->y < b->y;
}

static const struct target *in_reading_order(const struct frame *f,
                                             const struct target *from, int step)
{
    const struct target **order;
    const struct target *found = NULL;
    size_t n = f->n_targets;
    size_t at = 0;

    if (n == 0)
        return NULL;
    order = check_alloc(n * sizeof(const struct target *));
    for (size_t i = 0; i < n; i++) {
        size_t j = i;

        for (; j > 0 && reads_before(&f->targets[i].box, &order[j - 1]->box); j--)
            order[j] = order[j - 1];
        order[j] = &f->targets[i];
    }
    while (at < n && order[at] != from)
        at++;
    if (at == n)
        found = step > 0 ? order[0] : order[n - 1];
    else
        found = order[(at + n + (size_t)(step + (int)n)) % n];
    free(order);
    return found;
}

/* The nearest target wholly below (dir 1) or above (dir -1). */
static const struct target *vertical(const struct frame *f, const struct target *from,
                                     int dir)
{
    const struct target *best = NULL;
    int64_t best_d = INT64_MAX;

    for (size_t i = 0; from && i < f->n_targets; i++) {
        const struct box *b = &f->targets[i].box;
        int64_t dx = (2 * b->x + b->w) - (2 * from->box.x + from->box.w);
        int64_t dy = (2 * b->y + b->h) - (2 * from->box.y + from->box.h);
        bool apart =
            dir > 0 ? b->y >= from->box.y + from->box.h : b->y + b->h <= from->box.y;

        if (apart && dx * dx + 4 * dy * dy < best_d) {
            best_d = dx * dx + 4 * dy * dy;
            best = &f->targets[i];
        }
    }
    return best ? best : from;
}

static void move_focus(struct ui *ui, enum ui_event_key key)
{
    const struct frame *f = ui_last(ui);
    const struct target *from = ui->focus_shown ? target_by_id(f, ui->focus_id) : NULL;
    const struct target *to;

    if (from && (key == UI_EVENT_KEY_DOWN || key == UI_EVENT_KEY_UP))
        to = vertical(f, from, key == UI_EVENT_KEY_DOWN ? 1 : -1);
    else if (key == UI_EVENT_KEY_BACKTAB || key == UI_EVENT_KEY_LEFT ||
             key == UI_EVENT_KEY_UP)
        to = in_reading_order(f, from, -1);
    else
        to = in_reading_order(f, from, 1);
    ui_set_string(&ui->focus_id, to ? to->id : NULL);
    ui->focus_shown = to != NULL;
}

static void key_pressed(struct ui *ui, enum ui_event_key key)
{
    switch (key) {
    case UI_EVENT_KEY_TAB:
    case UI_EVENT_KEY_BACKTAB:
    case UI_EVENT_KEY_LEFT:
    case UI_EVENT_KEY_RIGHT:
    case UI_EVENT_KEY_UP:
    case UI_EVENT_KEY_DOWN:
        move_focus(ui, key);
        return;
    case UI_EVENT_KEY_ACT:
        if (ui->focus_shown && target_by_id(ui_last(ui), ui->focus_id))
            take_tap(ui, ui->focus_id);
        return;
    case UI_EVENT_KEY_ESC:
        take(ui, (struct ui_taken){ .kind = UI_TAKEN_KEY, .key = UI_KEY_BACK });
        return;
    case UI_EVENT_KEY_F1:
        take(ui, (struct ui_taken){ .kind = UI_TAKEN_KEY, .key = UI_KEY_LISTEN });
        return;
    case UI_EVENT_KEY_F2:
        take(ui, (struct ui_taken){ .kind = UI_TAKEN_KEY, .key = UI_KEY_HELP });
        return;
    case UI_EVENT_KEY_ERASE:
        take(ui, (struct ui_taken){ .kind = UI_TAKEN_KEY, .key = UI_KEY_ERASE });
        return;
    }
}

static void take_event(struct ui *ui, const struct ui_event *e)
{
    switch (e->kind) {
    case UI_EVENT_DOWN:
        finger_down(ui, e);
        return;
    case UI_EVENT_MOVE:
        if (ui->press_id)
            ui->press_held = finger_holds(ui, e);
        return;
    case UI_EVENT_UP:
        finger_up(ui, e);
        return;
    case UI_EVENT_CANCEL:
        ui_set_string(&ui->press_id, NULL);
        return;
    case UI_EVENT_KEY:
        key_pressed(ui, e->key);
        return;
    case UI_EVENT_CHAR:
        if (e->ch == ' ' && !ui_last(ui)->wants_text) {
            key_pressed(ui, UI_EVENT_KEY_ACT);
            return;
        }
        take(ui, (struct ui_taken){ .kind = UI_TAKEN_CHAR, .ch = e->ch });
        return;
    case UI_EVENT_SCAN:
        take(ui, (struct ui_taken){ .kind = UI_TAKEN_SCAN, .text = e->text });
        return;
    case UI_EVENT_TAP_ID:
        ui->focus_shown = false;
        if (target_by_id(ui_last(ui), e->text))
            take_tap(ui, e->text);
        return;
    }
}

void ui_take_events(struct ui *ui)
{
    size_t n = 0;

    while (n < ui->n_queue && ui->taken.kind == UI_TAKEN_NONE) {
        take_event(ui, &ui->queue[n]);
        free((char *)(uintptr_t)ui->queue[n].text);
        n++;
    }
    ui->n_queue -= n;
    memmove(ui->queue, ui->queue + n, ui->n_queue * sizeof(ui->queue[0]));
}

/* --- what pages read -------------------------------------------------------------- */

/* A page drawn ahead hears nothing. */
static bool is_open(const struct ui *ui)
{
    return ui->taken_open && !ui->is_ahead;
}

bool ui_key(struct ui *ui, enum ui_key key)
{
    if (!is_open(ui) || ui->taken.kind != UI_TAKEN_KEY || ui->taken.key != key)
        return false;
    ui->taken_open = false;
    return true;
}

enum ui_way ui_swiped(struct ui *ui, const char *id)
{
    if (!is_open(ui) || ui->taken.kind != UI_TAKEN_SWIPE ||
        strcmp(ui->taken.text, id) != 0)
        return UI_WAY_NONE;
    ui->taken_open = false;
    return ui->taken.way;
}

void ui_wants_text(struct ui *ui)
{
    ui_now(ui)->wants_text = true;
}

uint32_t ui_typed(struct ui *ui)
{
    if (!is_open(ui) || ui->taken.kind != UI_TAKEN_CHAR)
        return 0;
    ui->taken_open = false;
    return ui->taken.ch;
}

const char *ui_scanned(struct ui *ui)
{
    if (!is_open(ui) || ui->taken.kind != UI_TAKEN_SCAN)
        return NULL;
    ui->taken_open = false;
    return ui->taken.text;
}
