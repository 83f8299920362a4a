/* What happened and is not on the disk yet. Events wait here until the frame that
 * answers them was shown; then they are appended in one transaction. A full disk
 * keeps them waiting, so that nothing is said to be saved before it is. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "lesson/event.h"

struct db;

#define SAVER_MAX 64 /* events that wait; beyond it the oldest step is let go */

/* One of several people for whom the same thing happened. */
struct saver_person {
    unsigned char token[EVENT_TOKEN_BYTES];
    unsigned flags; /* beside those of the event */
};

struct saver_entry {
    struct event event; /* its pointers lead into this entry, or to `body` */
    unsigned char token[EVENT_TOKEN_BYTES];
    char unit[EVENT_UNIT_MAX + 1];
    char *body;
    struct saver_person *people; /* the event is written once for each; NULL: once */
    size_t n_people;
};

struct saver {
    struct saver_entry *list[SAVER_MAX];
    size_t n;
    int64_t retry_at_ms; /* monotonic; 0: as soon as possible */
    enum err last;       /* of the last try */
    unsigned n_failed;   /* tries in a row that failed */
    size_t n_lost;       /* events that were let go since the start */
};

/* A completion became durable; `event` is "<run>-<seq>". */
typedef void saver_ack(void *ctx, const char *event, const char *lesson, int score_pct);

/* Copies `ev`. */
void saver_add(struct saver *s, const struct event *ev);
/* The same for each of `n` people (n > 0), in one transaction. */
void saver_add_each(struct saver *s, const struct event *ev,
                    const struct saver_person *people, size_t n);
/* Appends what waits, in one transaction. Without a database (`db` NULL) nothing ever is.
 * When the journal refuses something for good the events are tried one by one, and only
 * those it refuses are dropped and logged. Errors: as journal_append, ERR_REJECTED when any
 * was dropped; ERR_OK also when nothing waits. */
NODISCARD enum err saver_commit(struct saver *s, struct db *db, int64_t now_ms,
                                saver_ack *ack, void *ctx);
/* Milliseconds until the next try, -1: nothing waits. */
int saver_wait_ms(const struct saver *s, int64_t now_ms);
/* Whether an event of that kind still waits. */
bool saver_holds(const struct saver *s, enum event_kind kind);
void saver_finish(struct saver *s);
