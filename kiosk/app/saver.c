/* The queue between what happened and the journal. */
#include "app/saver.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOG_MODULE "saver"
#include "base/check.h"
#include "base/log.h"
#include "store/journal.h"

#define RETRY_FIRST_MS 1000 /* then twice as long each time, up to … */
#define RETRY_MAX_MS 32000
#define RETRY_DOUBLINGS 5
#define EVENT_ID_BYTES 48

static void entry_free(struct saver_entry *e)
{
    free(e->body);
    free(e);
}

static void drop_at(struct saver *s, size_t i)
{
    entry_free(s->list[i]);
    s->n--;
    memmove(&s->list[i], &s->list[i + 1], (s->n - i) * sizeof(s->list[0]));
}

/* A place in the lesson is worth less than an answer or a completion. */
static void make_room(struct saver *s)
{
    size_t i = 0;

    while (i < s->n && s->list[i]->event.kind != EVENT_STEP)
        i++;
    drop_at(s, i < s->n ? i : 0);
    s->n_lost++;
}

void saver_add(struct saver *s, const struct event *ev)
{
    struct saver_entry *e = check_alloc(sizeof(*e));

    memset(e, 0, sizeof(*e));
    e->event = *ev;
    if (ev->token) {
        memcpy(e->token, ev->token, sizeof(e->token));
        e->event.token = e->token;
    }
    if (ev->unit) {
        snprintf(e->unit, sizeof(e->unit), "%s", ev->unit);
        e->event.unit = e->unit;
    }
    if (ev->body) {
        e->body = check_strdup(ev->body);
        e->event.body = e->body;
    }
    e->event.actor = NULL; /* no staff is signed in on this machine yet */
    if (s->n == SAVER_MAX)
        make_room(s);
    s->list[s->n++] = e;
    if (s->n == 1)
        s->retry_at_ms = 0;
}

static void tell(const struct saver *s, const struct event_id *last, saver_ack *ack,
                 void *ctx)
{
    for (size_t i = 0; ack && i < s->n; i++) {
        const struct event *ev = &s->list[i]->event;
        char id[EVENT_ID_BYTES];

        if (ev->kind != EVENT_COMPLETE)
            continue;
        /* one transaction numbers its events without a gap */
        snprintf(id, sizeof(id), "%016" PRIx64 "-%" PRId64, last->run,
                 last->seq - (int64_t)(s->n - 1 - i));
        ack(ctx, id, ev->unit, (int)ev->value);
    }
}

static void drop_all(struct saver *s)
{
    for (size_t i = 0; i < s->n; i++) {
        entry_free(s->list[i]);
        s->list[i] = NULL;
    }
    s->n = 0;
}

enum err saver_commit(struct saver *s, struct db *db, int64_t now_ms, saver_ack *ack,
                      void *ctx)
{
    struct event events[SAVER_MAX];
    struct event_id last;
    enum err err;

    if (!s->n)
        return ERR_OK;
    if (!db) {
        s->n_lost += s->n;
        drop_all(s);
        s->last = ERR_CORRUPT;
        return s->last;
    }
    if (s->retry_at_ms > now_ms)
        return s->last;
    for (size_t i = 0; i < s->n; i++)
        events[i] = s->list[i]->event;
    err = journal_append(db, events, s->n, &last);
    switch (err) {
    case ERR_OK:
        tell(s, &last, ack, ctx);
        drop_all(s);
        break;
    case ERR_REJECTED:
        LOG_ERR("%zu events were refused by the journal and are dropped", s->n);
        s->n_lost += s->n;
        drop_all(s);
        break;
    case ERR_FULL:
        s->retry_at_ms = now_ms + RETRY_MAX_MS;
        break;
    default:
        s->retry_at_ms = now_ms + (RETRY_FIRST_MS << (s->n_failed < RETRY_DOUBLINGS
                                                          ? s->n_failed
                                                          : RETRY_DOUBLINGS));
        break;
    }
    s->n_failed = err ? s->n_failed + 1 : 0;
    s->last = err;
    return err;
}

int saver_wait_ms(const struct saver *s, int64_t now_ms)
{
    if (!s->n)
        return -1;
    return s->retry_at_ms > now_ms ? (int)(s->retry_at_ms - now_ms) : 0;
}

bool saver_holds(const struct saver *s, enum event_kind kind)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->list[i]->event.kind == kind)
            return true;
    return false;
}

void saver_finish(struct saver *s)
{
    drop_all(s);
}
