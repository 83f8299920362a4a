/* What crosses between a kiosk and the server, and how it goes wrong. The controls
 * change what crosses, never the program. */
#include <string.h>

#include "base/check.h"
#include "histories_world.h"
#include "store/outbox.h"

#define ONE_RUN 1 /* the id that VARIANT_NO_RUN gives to every run */

static const size_t rows_at_once[] = { 5, 40, BUNDLE_ROWS_MAX };

/* --- the server's side ------------------------------------------------------------ */

/* Hands the bytes to the server; true when they were taken. */
static bool deliver(struct world *w, const char *bytes, size_t n, struct buf *answer)
{
    return ingest_take(&w->rig->server, bytes, n, answer) == INGEST_TAKEN;
}

/* --- the kiosk's side ------------------------------------------------------------- */

/* All lives become one: from the first rev to the greatest. */
static void one_run_for_all(struct bundle *b, struct arena *arena)
{
    struct bundle_run one = { .id = ONE_RUN, .ord = 1, .from = 1, .to = 1 };

    for (size_t i = 0; i < b->n_runs; i++)
        if (b->runs[i].to > one.to)
            one.to = b->runs[i].to;
    b->runs = arena_alloc(arena, sizeof(*b->runs));
    b->runs[0] = one;
    b->n_runs = 1;
    b->known = arena_alloc(arena, sizeof(*b->known));
    b->known[0] = (struct bundle_known){ .run = ONE_RUN };
    b->n_known = 1;
    b->run = ONE_RUN;
    for (size_t i = 0; i < b->n_counts; i++)
        b->counts[i].run = 0;
    for (size_t i = 0; i < b->n_gauges; i++)
        b->gauges[i].run = 0;
}

/* Fills, signs and keeps a bundle; its bytes are appended to `bytes`. */
static void make_bundle(struct world *w, struct machine *m, struct arena *arena,
                        struct bundle *as_kept, struct buf *bytes)
{
    struct bundle b = { .commune = RIG_COMMUNE,
                        .kiosk = w->rig->kiosk,
                        .nonce = "n",
                        .version = "1",
                        .health = { .db = "ok" } };
    size_t max_rows = rows_at_once[world_random(w, COUNT(rows_at_once))];

    ASSERT(!outbox_fill(m->db, max_rows, arena, &b));
    oracle_counted(w->oracle, &b);
    *as_kept = b;
    if (w->variant == VARIANT_NO_RUN)
        one_run_for_all(&b, arena);
    rig_sign(w->rig, &b, bytes);
    ASSERT(!outbox_keep(m->db, b.n, bytes->data, bytes->len));
}

/* Without runs an answer says no more than "taken". */
static void plain_success(struct ack *ack, const struct bundle *b, struct arena *arena)
{
    ack->held = arena_alloc(arena, (b->n_runs + 1) * sizeof(*ack->held));
    for (size_t i = 0; i < b->n_runs; i++)
        ack->held[i] = (struct ack_held){ b->runs[i].id, b->runs[i].to, b->runs[i].to };
    ack->n_held = b->n_runs;
    ack->foreign_ord = 0;
}

static void spoil_answer(struct world *w, struct ack *ack, const struct bundle *b,
                         struct arena *arena)
{
    if (w->variant == VARIANT_NO_RUN)
        plain_success(ack, b, arena);
    for (size_t i = 0; i < ack->n_held; i++) {
        if (w->variant == VARIANT_NO_ODD)
            ack->held[i].top = 0;
        for (size_t j = 0; w->variant == VARIANT_NO_ENTROPY && j < b->n_known; j++)
            if (b->known[j].run == ack->held[i].run &&
                b->known[j].acked > ack->held[i].held)
                ack->held[i].held = b->known[j].acked;
    }
    if (w->variant == VARIANT_NO_ODD)
        ack->foreign_ord = 0;
}

static void apply_answer(struct world *w, struct machine *m, const struct buf *answer,
                         const struct bundle *b, struct arena *arena)
{
    struct buf payload;
    struct ack ack;
    bool more;

    buf_init(&payload, JWS_BYTES_MAX);
    ASSERT(!jws_verify(buf_text(answer), answer->len, JWS_ACK, &w->rig->server.key,
                       &payload));
    ASSERT(!ack_decode(buf_text(&payload), payload.len, arena, &ack));
    spoil_answer(w, &ack, b, arena);
    ASSERT(!outbox_acknowledge(m->db, &ack, &more));
    buf_finish(&payload);
}

/* --- exchanges -------------------------------------------------------------------- */

void talk(struct world *w, struct machine *m, enum fate fate)
{
    struct arena arena = { 0 };
    struct bundle b = { 0 };
    struct buf bytes;
    struct buf answer;
    int64_t n = 0;

    buf_init(&bytes, BUNDLE_BYTES_MAX);
    buf_init(&answer, JWS_BYTES_MAX);
    /* A retry sends the same bytes. The controls need the bundle itself. */
    if (w->variant == VARIANT_SPEC || w->variant == VARIANT_INCREMENTS)
        ASSERT(!outbox_kept(m->db, &n, &bytes));
    if (!n)
        make_bundle(w, m, &arena, &b, &bytes);
    if (fate == FATE_CUT) {
        ASSERT(!deliver(w, bytes.data, world_random(w, (uint32_t)bytes.len), &answer));
    } else if (fate != FATE_REQUEST_LOST) {
        ASSERT(deliver(w, bytes.data, bytes.len, &answer));
        if (fate == FATE_DELIVERED)
            apply_answer(w, m, &answer, &b, &arena);
    }
    buf_finish(&bytes);
    buf_finish(&answer);
    arena_finish(&arena);
}

void talk_write_stick(struct world *w, struct machine *m)
{
    struct arena arena = { 0 };
    struct bundle b;
    struct buf *stick;

    if (w->n_mail == WORLD_MAIL_MAX)
        return;
    stick = &w->mail[w->n_mail++];
    buf_init(stick, BUNDLE_BYTES_MAX);
    make_bundle(w, m, &arena, &b, stick);
    arena_finish(&arena);
}

void talk_read_stick(struct world *w)
{
    const struct buf *stick;
    struct buf answer;

    if (!w->n_mail)
        return;
    stick = &w->mail[world_random(w, (uint32_t)w->n_mail)]; /* stays: may come again */
    buf_init(&answer, JWS_BYTES_MAX);
    ASSERT(deliver(w, stick->data, stick->len, &answer));
    buf_finish(&answer);
}
