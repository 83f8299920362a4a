/* The life of the toolkit: panel, frames, queue. What events mean is ui_input.c. */
#include "ui/ui_core.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "ui/ui_internal.h"

#define DP_PER_INCH 160.0F
#define WIDE_W_DP 1536.0F /* the design's page on the 21-inch panel */
#define WIDE_H_DP 864.0F
#define CMP_BELOW_DP 640.0F
/* Less than this no page was drawn for. A dpi that leaves less is not believed: a panel, its
 * EDID or a ruler held wrongly shall not make buttons that leave the page. */
#define LEAST_LONG_DP 940.0F
#define LEAST_SHORT_DP 540.0F
#define SCALE_STEPS 64.0F

#define HASH_SEED 14695981039346656037U
#define HASH_PRIME 1099511628211U

/* Panels the design was measured on. */
static const struct known_panel {
    int w, h, dpi;
} known_panels[] = {
    { 1280, 800, 150 },                      /* 10.1 inch */
    { 800, 480, 133 },                       /* 7 inch */
    { 1920, 1080, 105 },                     /* 21 inch */
    { 720, 1280, 208 },                      /* 7 inch, upright */
    { 1024, 600, 170 },                      /* 7 inch */
    { 1280, 720, 150 },  { 1366, 768, 112 }, /* 14 inch */
    { 1920, 1200, 225 },                     /* 10.1 inch */
    { 600, 1024, 170 },  { 800, 1280, 189 }, /* 8 inch, upright */
    { 1080, 1920, 312 },
};

int ui_dpi_guess(int w_px, int h_px)
{
    for (size_t i = 0; i < COUNT(known_panels); i++) {
        if (known_panels[i].w == w_px && known_panels[i].h == h_px)
            return known_panels[i].dpi;
    }
    /* Not known: what gives the composition of the nearest reference panel. */
    if (w_px < h_px)
        return w_px * 208 / 720;
    return h_px < 600 ? h_px * 133 / 480 : h_px * 150 / 800;
}

static float scale_of(int w, int h, int dpi)
{
    float by_dpi = (float)dpi / DP_PER_INCH;
    float by_size = fminf((float)w / WIDE_W_DP, (float)h / WIDE_H_DP);
    float most = fminf(fmaxf((float)w, (float)h) / LEAST_LONG_DP,
                       fminf((float)w, (float)h) / LEAST_SHORT_DP);
    float s = roundf(fminf(fmaxf(by_dpi, by_size), most) * SCALE_STEPS) / SCALE_STEPS;

    return fmaxf(s, 1.0F / SCALE_STEPS);
}

static enum panel panel_of(int w, int h, float s)
{
    if (w < h)
        return PANEL_POR;
    if ((float)h / s < CMP_BELOW_DP)
        return PANEL_CMP;
    return w >= 1600 ? PANEL_WIDE : PANEL_REG;
}

void ui_set_dpi(struct ui *ui, int dpi)
{
    ui->dpi = dpi > 0 ? dpi : ui_dpi_guess(ui->w, ui->h);
    ui->s = scale_of(ui->w, ui->h, ui->dpi);
    ui->panel = panel_of(ui->w, ui->h, ui->s);
}

int ui_dpi(const struct ui *ui)
{
    return ui->dpi;
}

struct ui *ui_create(const struct ui_metrics *metrics, int w_px, int h_px, int dpi)
{
    struct ui *ui = check_alloc(sizeof(*ui));

    ASSERT(w_px > 0 && h_px > 0);
    *ui = (struct ui){ .w = w_px, .h = h_px, .metrics = *metrics, .wake_ms = -1 };
    ui_set_dpi(ui, dpi);
    ui->tap_ms = INT64_MIN / 2;
    return ui;
}

void ui_destroy(struct ui *ui)
{
    if (!ui)
        return;
    for (size_t i = 0; i < COUNT(ui->frames); i++) {
        struct frame *f = &ui->frames[i];

        arena_finish(&f->arena);
        free(f->shown.cmds);
        free(f->ahead.cmds);
        free(f->nodes);
        free(f->targets);
    }
    for (size_t i = 0; i < ui->n_queue; i++)
        free((char *)(uintptr_t)ui->queue[i].text);
    ui_set_string(&ui->press_id, NULL);
    ui_set_string(&ui->tap_id, NULL);
    ui_set_string(&ui->focus_id, NULL);
    ui_set_reading(ui, NULL, NULL, 0, 0);
    ui_widths_destroy(ui->widths);
    free(ui);
}

struct frame *ui_now(struct ui *ui)
{
    return &ui->frames[ui->at];
}

const struct frame *ui_last(const struct ui *ui)
{
    return &ui->frames[!ui->at];
}

enum panel ui_panel(const struct ui *ui)
{
    return ui->panel;
}

float ui_scale(const struct ui *ui)
{
    return ui->s;
}

void ui_size(const struct ui *ui, int *w_px_out, int *h_px_out)
{
    *w_px_out = ui->w;
    *h_px_out = ui->h;
}

struct rect ui_page(const struct ui *ui)
{
    return (struct rect){ 0, 0, (float)ui->w / ui->s, (float)ui->h / ui->s };
}

float ui_dim(const struct ui *ui, float reg, float cmp, float por)
{
    if (ui->panel == PANEL_CMP)
        return cmp;
    return ui->panel == PANEL_POR ? por : reg;
}

void ui_set_group(struct ui *ui, float foot_h)
{
    ui->group = true;
    ui->group_foot = foot_h;
}

bool ui_is_group(const struct ui *ui)
{
    return ui->group;
}

float ui_group_foot(const struct ui *ui)
{
    return ui->group_foot;
}

struct arena *ui_arena(struct ui *ui)
{
    return &ui_now(ui)->arena;
}

void ui_set_reading(struct ui *ui, const char *id, const char *text, size_t from,
                    size_t n)
{
    ui_set_string(&ui->reading_id, id);
    ui_set_string(&ui->reading_text, id ? text : NULL);
    ui->reading_from = from;
    ui->reading_n = n;
}

void ui_set_text_step(struct ui *ui, int step)
{
    ui->text_step = step < 0 ? 0 : step > 2 ? 2 : step;
}

void ui_set_contrast(struct ui *ui, bool on)
{
    ui->contrast = on;
}

float ui_text_scale(const struct ui *ui)
{
    static const float scales[] = { 1.0F, 1.17F, 1.3F };

    return scales[ui->text_step];
}

void ui_feed(struct ui *ui, const struct ui_event *event)
{
    struct ui_event e = *event;

    if (ui->n_queue == UI_QUEUE_MAX)
        return;
    if (e.kind == UI_EVENT_SCAN && strlen(e.text) > UI_SCAN_MAX)
        return;
    e.text = e.text ? check_strdup(e.text) : NULL;
    ui->queue[ui->n_queue++] = e;
}

void ui_begin(struct ui *ui)
{
    bool settles = ui->taken.kind != UI_TAKEN_NONE;
    struct frame *f;

    ui->at = !ui->at;
    f = ui_now(ui);
    arena_reset(&f->arena);
    f->shown.n = f->ahead.n = f->n_nodes = f->n_targets = 0;
    ui->in_dialog = ui->after_dialog = ui->is_ahead = false;
    f->wants_text = false;
    ui->shift = 0;
    ui->group = false;
    ui->group_foot = 0;
    ui->wake_ms = -1;
    ui->taken = (struct ui_taken){ 0 };
    ui->taken_open = false;
    /* The frame that took an action shows a page half before it and half after it: a
     * second touch must not be resolved against that. */
    if (!settles)
        ui_take_events(ui);
}

static uint64_t hash_value(uint64_t h, uint64_t v)
{
    h = (h ^ v) * HASH_PRIME;
    return h ^ h >> 32; /* FNV-1a over words: carry the high bits back down */
}

static uint64_t hash_pair(uint64_t h, int a, int b)
{
    return hash_value(h, (uint64_t)(unsigned)a << 32 | (unsigned)b);
}

static uint64_t hash_cmd(uint64_t h, const struct ui_cmd *c)
{
    h = hash_pair(h, c->box.x, c->box.y);
    h = hash_pair(h, c->box.w, c->box.h);
    h = hash_pair(h, c->radius, c->line);
    h = hash_pair(h, c->size, c->value);
    h = hash_pair(h, (int)c->kind,
                  c->bold << 24 | c->dashed << 16 | c->fit << 8 | c->corners);
    h = hash_value(h, c->colour);
    for (const char *t = c->text; t && *t; t++)
        h = hash_value(h, (unsigned char)*t);
    return h;
}

uint64_t ui_cmd_hash(const struct ui_cmd *cmd)
{
    return hash_cmd(HASH_SEED, cmd);
}

void ui_end(struct ui *ui)
{
    struct frame *f = ui_now(ui);

    f->hash = HASH_SEED;
    for (size_t i = 0; i < f->shown.n; i++)
        f->hash = hash_cmd(f->hash, &f->shown.cmds[i]);
    ui->n_frames++;
}

bool ui_again(const struct ui *ui)
{
    return ui->taken.kind != UI_TAKEN_NONE || ui->n_queue > 0;
}

void ui_wake_in(struct ui *ui, int ms)
{
    if (ui->is_ahead)
        return;
    if (ms < 0)
        ms = 0;
    if (ui->wake_ms < 0 || ms < ui->wake_ms)
        ui->wake_ms = ms;
}

int ui_wake_ms(const struct ui *ui)
{
    return ui->wake_ms;
}

const struct ui_cmd *ui_cmds(const struct ui *ui, size_t *n_out)
{
    *n_out = ui->frames[ui->at].shown.n;
    return ui->frames[ui->at].shown.cmds;
}

const struct ui_cmd *ui_ahead(const struct ui *ui, size_t *n_out)
{
    *n_out = ui->frames[ui->at].ahead.n;
    return ui->frames[ui->at].ahead.cmds;
}

void ui_ahead_begin(struct ui *ui)
{
    ui->is_ahead = true;
}

void ui_ahead_end(struct ui *ui)
{
    ui->is_ahead = false;
}

const struct ui_node *ui_nodes(const struct ui *ui, size_t *n_out)
{
    *n_out = ui->frames[ui->at].n_nodes;
    return ui->frames[ui->at].nodes;
}

uint64_t ui_hash(const struct ui *ui)
{
    return ui->frames[ui->at].hash;
}

uint64_t ui_frame(const struct ui *ui)
{
    return ui->n_frames;
}

struct ui_taken ui_taken(const struct ui *ui)
{
    return ui->taken;
}
