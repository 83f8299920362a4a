/* A grid of hashes; the idea is that of lite's rencache. */
#include "platform/damage.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "platform/canvas.h"
#include "ui/ui_core.h"

#define CELL 32 /* px */
#define SEED 14695981039346656037U

struct damage {
    int w, h;
    int cols, rows;
    uint64_t *before, *now;
    bool known; /* `before` describes the window */
};

struct damage *damage_create(int w_px, int h_px)
{
    struct damage *d = check_alloc(sizeof(*d));
    size_t n;

    *d = (struct damage){ .w = w_px, .h = h_px };
    d->cols = (w_px + CELL - 1) / CELL;
    d->rows = (h_px + CELL - 1) / CELL;
    n = (size_t)d->cols * (size_t)d->rows;
    d->before = check_alloc(n * sizeof(uint64_t));
    d->now = check_alloc(n * sizeof(uint64_t));
    return d;
}

void damage_destroy(struct damage *d)
{
    if (!d)
        return;
    free(d->before);
    free(d->now);
    free(d);
}

void damage_forget(struct damage *d)
{
    d->known = false;
}

struct box damage_extent(const struct ui_cmd *cmd)
{
    struct box b = cmd->box;

    if (cmd->kind == UI_CMD_TEXT) {
        /* Letters may stand out of their line box, and a little to the sides. */
        int over = cmd->size / 2;

        return (struct box){ b.x - over, b.y - over, b.w + 2 * over, b.h + 2 * over };
    }
    if (cmd->kind == UI_CMD_SHADOW) {
        int reach = cmd->size * 3 / 2 + 1;

        return (struct box){ b.x - reach, b.y + cmd->value - reach, b.w + 2 * reach,
                             b.h + 2 * reach };
    }
    return b;
}

static void add_command(struct damage *d, struct box area, uint64_t hash)
{
    struct box see = box_common(area, (struct box){ 0, 0, d->w, d->h });

    if (see.w == 0 || see.h == 0)
        return;
    for (int row = see.y / CELL; row <= (see.y + see.h - 1) / CELL; row++) {
        uint64_t *cells = d->now + (size_t)row * (size_t)d->cols;

        for (int col = see.x / CELL; col <= (see.x + see.w - 1) / CELL; col++)
            cells[col] = (cells[col] ^ hash) * 1099511628211U;
    }
}

static void hash_cells(struct damage *d, const struct ui_cmd *cmds, size_t n_cmds)
{
    struct box all = { 0, 0, d->w, d->h };
    struct box clip = all;
    uint64_t clip_hash = 0;

    for (size_t i = 0; i < (size_t)d->cols * (size_t)d->rows; i++)
        d->now[i] = SEED;
    for (size_t i = 0; i < n_cmds; i++) {
        if (cmds[i].kind == UI_CMD_CLIP) {
            clip = cmds[i].box.w > 0 ? cmds[i].box : all;
            clip_hash = cmds[i].box.w > 0 ? ui_cmd_hash(&cmds[i]) : 0;
            continue;
        }
        add_command(d, box_common(damage_extent(&cmds[i]), clip),
                    ui_cmd_hash(&cmds[i]) ^ clip_hash);
    }
}

/* Adds one run of changed cells: to the box above when it has the same sides. */
static size_t add_run(struct box *out, size_t n, struct box run)
{
    for (size_t i = 0; i < n; i++) {
        if (out[i].x == run.x && out[i].w == run.w && out[i].y + out[i].h == run.y) {
            out[i].h += run.h;
            return n;
        }
    }
    if (n == DAMAGE_RECTS_MAX) { /* too scattered: one box around all */
        for (size_t i = 1; i < n; i++)
            out[0] = box_around(out[0], out[i]);
        out[0] = box_around(out[0], run);
        return 1;
    }
    out[n] = run;
    return n + 1;
}

/* Boxes that came to overlap (after the box around all) become one. */
static size_t join_overlaps(struct box *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            if (box_common(out[i], out[j]).w && box_common(out[i], out[j]).h) {
                out[i] = box_around(out[i], out[j]);
                out[j] = out[--n];
                return join_overlaps(out, n);
            }
        }
    }
    return n;
}

size_t damage_update(struct damage *d, const struct ui_cmd *cmds, size_t n_cmds,
                     struct box out[DAMAGE_RECTS_MAX])
{
    size_t n = 0;
    uint64_t *swap;

    hash_cells(d, cmds, n_cmds);
    for (int row = 0; row < d->rows; row++) {
        int y = row * CELL;
        size_t at = (size_t)row * (size_t)d->cols;

        for (int col = 0; col < d->cols; col++) {
            int first = col;

            while (col < d->cols && (!d->known || d->before[at + (size_t)col] !=
                                                      d->now[at + (size_t)col]))
                col++;
            if (col > first)
                n = add_run(out, n,
                            box_common((struct box){ first * CELL, y,
                                                     (col - first) * CELL, CELL },
                                       (struct box){ 0, 0, d->w, d->h }));
        }
    }
    swap = d->before;
    d->before = d->now;
    d->now = swap;
    d->known = true;
    return join_overlaps(out, n);
}
