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
    free(e->people);
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

void saver_add_each(struct saver *s, const struct event *ev,
                    const struct saver_person *people, size_t n)
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
    if (n) {
        e->people = check_alloc(n * sizeof(*people));
        memcpy(e->people, people, n * sizeof(*people));
        e->n_people = n;
    }
    e->event.actor = NULL; /* a learner's act, whoever of the staff stands beside */
    if (s->n == SAVER_MAX)
        make_room(s);
    s->list[s->n++] = e;
    if (s->n == 1)
        s->retry_at_ms = 0;
}

void saver_add(struct saver *s, const struct event *ev)
{
    saver_add_each(s, ev, NULL, 0);
}

static size_t n_of(const struct saver_entry *e)
{
    return e->people ? e->n_people : 1;
}

/* The event of the i-th of its people. */
static struct event event_of(const struct saver_entry *e, size_t i)
{
    struct event ev = e->event;

    if (e->people) {
        ev.token = e->people[i].token;
        ev.flags |= e->people[i].flags;
    }
    return ev;
}

static void tell(const struct event *ev, uint64_t run, int64_t seq, saver_ack *ack,
                 void *ctx)
{
    char id[EVENT_ID_BYTES];

    if (!ack || ev->kind != EVENT_COMPLETE)
        return;
    snprintf(id, sizeof(id), "%016" PRIx64 "-%" PRId64, run, seq);
    ack(ctx, id, ev->unit, (int)ev->value);
}

static void drop_all(struct saver *s)
{
    while (s->n)
        drop_at(s, s->n - 1);
}

static enum err append_all(struct saver *s, struct db *db, saver_ack *ack, void *ctx)
{
    struct event_id last;
    struct event *events;
    size_t n = 0, k = 0;
    enum err err;

    for (size_t i = 0; i < s->n; i++)
        n += n_of(s->list[i]);
    events = check_alloc(n * sizeof(*events));
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j < n_of(s->list[i]); j++)
            events[k++] = event_of(s->list[i], j);
    err = journal_append(db, events, n, &last);
    /* one transaction numbers its events without a gap */
    for (size_t i = 0; !err && i < n; i++)
        tell(&events[i], last.run, last.seq - (int64_t)(n - 1 - i), ack, ctx);
    free(events);
    if (!err)
        drop_all(s);
    return err;
}

/* One event in each transaction. What is left afterwards waits. */
static enum err append_each(struct saver *s, struct db *db, saver_ack *ack, void *ctx)
{
    size_t lost = s->n_lost;

    while (s->n) {
        struct saver_entry *e = s->list[0];
        struct event ev = event_of(e, 0);
        struct event_id last;
        enum err err = journal_append(db, &ev, 1, &last);

        if (err == ERR_REJECTED) {
            LOG_ERR("an event of kind %d was refused by the journal and is dropped",
                    (int)ev.kind);
            s->n_lost++;
        } else if (err) {
            return err;
        } else {
            tell(&ev, last.run, last.seq, ack, ctx);
        }
        if (n_of(e) == 1)
            drop_at(s, 0);
        else
            memmove(e->people, e->people + 1, --e->n_people * sizeof(*e->people));
    }
    return s->n_lost > lost ? ERR_REJECTED : ERR_OK;
}

enum err saver_commit(struct saver *s, struct db *db, int64_t now_ms, saver_ack *ack,
                      void *ctx)
{
    enum err err;

    if (!s->n)
        return ERR_OK;
    if (!db) {
        for (size_t i = 0; i < s->n; i++)
            s->n_lost += n_of(s->list[i]);
        drop_all(s);
        s->last = ERR_CORRUPT;
        return s->last;
    }
    if (s->retry_at_ms > now_ms)
        return s->last;
    err = append_all(s, db, ack, ctx);
    if (err == ERR_REJECTED)
        err = append_each(s, db, ack, ctx);
    if (err == ERR_FULL)
        s->retry_at_ms = now_ms + RETRY_MAX_MS;
    else if (s->n)
        s->retry_at_ms = now_ms + (RETRY_FIRST_MS << (s->n_failed < RETRY_DOUBLINGS
                                                          ? s->n_failed
                                                          : RETRY_DOUBLINGS));
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
