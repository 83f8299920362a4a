/* Copies: cards saved, written back and cloned, the server put back to an old day. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/file.h"
#include "histories_world.h"
#include "store/backup.h"

#define FILE_MAX (64U << 20)
#define ASIDE_MAX 20
#define COUNT_MERGE_PARAMS 9 /* of Q_COUNT_MERGE */
#define COUNT_MERGE_RUN 2    /* the place of its run */

/* --- files ------------------------------------------------------------------------ */

static void copy_file(const char *from_dir, const char *from, const char *to_dir,
                      const char *to)
{
    struct buf bytes;
    char path[300];
    FILE *f;

    buf_init(&bytes, FILE_MAX);
    snprintf(path, sizeof(path), "%s/%s", to_dir, to);
    unlink(path);
    snprintf(path, sizeof(path), "%s/%s", from_dir, from);
    if (!file_read(path, &bytes)) {
        snprintf(path, sizeof(path), "%s/%s", to_dir, to);
        f = fopen(path, "wb");
        ASSERT(f && fwrite(buf_text(&bytes), 1, bytes.len, f) == bytes.len);
        ASSERT(!fclose(f));
    }
    buf_finish(&bytes);
}

/* A database is its file and its write-ahead log. */
void copies_database(const char *from_dir, const char *from, const char *to_dir,
                     const char *to)
{
    char from_wal[64];
    char to_wal[64];

    snprintf(from_wal, sizeof(from_wal), "%s-wal", from);
    snprintf(to_wal, sizeof(to_wal), "%s-wal", to);
    copy_file(from_dir, from, to_dir, to);
    copy_file(from_dir, from_wal, to_dir, to_wal);
}

/* What a restore set aside is of no use to the next history. */
void copies_clean(const struct machine *m)
{
    char path[200];

    for (int i = 0; i < ASIDE_MAX; i++) {
        snprintf(path, sizeof(path), "%s/kiosk.db.bad-%d", m->dir, i);
        unlink(path);
        snprintf(path, sizeof(path), "%s/kiosk.db.bad-%d-wal", m->dir, i);
        unlink(path);
    }
}

/* --- copies ----------------------------------------------------------------------- */

static const char *card_name(size_t i)
{
    static const char *const names[WORLD_SAVED_MAX] = { "card0", "card1", "card2",
                                                        "card3", "card4", "card5",
                                                        "card6", "card7" };
    return names[i];
}

static const char *old_name(size_t i)
{
    static const char *const names[WORLD_SAVED_MAX] = {
        "old0", "old1", "old2", "old3", "old4", "old5", "old6", "old7"
    };
    return names[i];
}

void copies_save_card(struct world *w, struct machine *m)
{
    if (w->n_saved < WORLD_SAVED_MAX)
        copies_database(m->dir, "kiosk.db", w->dir, card_name(w->n_saved++));
}

/* The whole card is written back, journal and outbox and all. */
void copies_write_card_back(struct world *w, struct machine *m)
{
    if (!w->n_saved)
        return;
    machine_switch_off(m);
    copies_database(w->dir, card_name(world_random(w, (uint32_t)w->n_saved)), m->dir,
                    "kiosk.db");
    machine_forget(m);
    w->rewound = true;
    machine_switch_on(m);
}

void copies_back_up(struct machine *m)
{
    ASSERT(!backup_make(m->db, m->backup, sizeof(m->backup)));
}

void copies_restore(struct world *w, struct machine *m)
{
    struct db_config config = machine_config(m);

    if (!m->backup[0])
        return;
    machine_switch_off(m);
    ASSERT(!backup_restore(&config, m->backup));
    machine_forget(m);
    w->rewound = true;
    machine_switch_on(m);
}

void copies_clone_card(struct world *w, struct machine *m)
{
    struct machine *copy = &w->machines[w->n_machines];

    if (w->n_machines == WORLD_MACHINES)
        return;
    copies_database(m->dir, "kiosk.db", copy->dir, "kiosk.db");
    machine_forget(copy);
    copy->backup[0] = 0;
    copy->wall_ms = m->wall_ms;
    w->n_machines++;
    machine_switch_on(copy);
}

static const struct store_driver *real;

/* Adding instead of taking the greater: every upload counts under a run of its own. */
static enum err run_adding(struct store *s, enum query q, const struct param *params,
                           size_t n, row_fn *row, void *ctx)
{
    static uint64_t next_run = 1;
    struct param changed[COUNT_MERGE_PARAMS];
    char run[17];

    if (q != Q_COUNT_MERGE)
        return real->run(s, q, params, n, row, ctx);
    ASSERT(n == COUNT_MERGE_PARAMS);
    memcpy(changed, params, sizeof(changed));
    snprintf(run, sizeof(run), "%016" PRIx64, next_run++);
    changed[COUNT_MERGE_RUN] = PARAM_TEXT(run);
    return real->run(s, q, changed, n, row, ctx);
}

void copies_open_server(struct world *w)
{
    static struct store_driver adding;

    ASSERT(!server_open(w->rig->uri, &w->rig->clock, &w->rig->server));
    real = w->rig->server.store->driver;
    adding = *real;
    adding.run = run_adding;
    if (w->variant == VARIANT_INCREMENTS)
        w->rig->server.store->driver = &adding;
}

void copies_save_server(struct world *w)
{
    if (w->n_old == WORLD_SAVED_MAX)
        return;
    server_close(&w->rig->server);
    copies_server(w, SERVER_NOW, old_name(w->n_old++));
    copies_open_server(w);
}

void copies_put_server_back(struct world *w)
{
    if (!w->n_old)
        return;
    server_close(&w->rig->server);
    copies_server(w, old_name(world_random(w, (uint32_t)w->n_old)), SERVER_NOW);
    copies_open_server(w);
}
