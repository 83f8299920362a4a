/* From one event row to its projections: the same way when it happens and in rebuild. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lesson/event.h"
#include "store/db.h"

#define APPLY_UNIT_BYTES 41

/* The columns of an event that projections look at; the rest they read in SQL. */
struct event_row {
    int64_t seq;
    int64_t run;
    int64_t mono_ms;
    int64_t day; /* -1: not certain */
    int kind;
    unsigned flags;
    bool has_token;
    unsigned char token[EVENT_TOKEN_BYTES];
    int64_t cohort; /* 0: none */
    char unit[APPLY_UNIT_BYTES];
};

struct apply {
    struct db *db;
    struct event_row ev;
    int64_t rev; /* the last one given in ev.run */
};

/* Books event `seq`, which is already in the table. */
NODISCARD enum err apply_event(struct db *db, int64_t seq);

/* Reads an event. Errors: ERR_REJECTED when there is none. */
NODISCARD enum err event_read(struct db *db, int64_t seq, struct event_row *out);
/* The event that the EVENT_VOID `seq` takes back. */
NODISCARD enum err apply_read_taken(struct db *db, int64_t seq, struct event_row *out);
