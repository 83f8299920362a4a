/* Who is learning: nobody, a guest, the holder of a card by its code, or several people
 * together. Nobody is known by name here. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "app/group.h"
#include "base/arena.h"
#include "lesson/event.h"
#include "store/look.h"
#include "store/people.h"
#include "store/progress.h"

struct app;

struct visit {
    bool open;
    bool by_code;   /* by code or card; else a guest or a group */
    bool leaving;   /* app_leave was called, app_turn will end it */
    unsigned flags; /* of its events: EVENT_ASSISTED, EVENT_VISITOR, EVENT_GROUP */
    unsigned char token[EVENT_TOKEN_BYTES];
    struct group group;
    struct look look;
    bool look_changed;        /* and not yet written */
    struct arena arena;       /* of `progress` */
    struct progress progress; /* as the journal knows it; empty without a database */
};

/* Codes that did not fit, whoever typed them: after some a wait, never a lock. */
struct code_guard {
    long n_missed;
    int64_t wait_until_ms; /* monotonic */
};

enum code_result { CODE_OK, CODE_MISSED, CODE_WAIT };

/* A code did not fit, wherever it was typed. */
enum code_result app_code_missed(struct app *app);

/* Begins a visit and leads to the lessons. */
void app_visit_guest(struct app *app);
/* Of the open class, by the own name. */
void app_visit_person(struct app *app, const unsigned char token[EVENT_TOKEN_BYTES]);
/* The same for the holder of the card with that 6-digit code. CODE_WAIT: too many
 * misses, see app_code_wait_s. */
enum code_result app_visit_code(struct app *app, const char *code);
/* The same by what a scanner read off a card. A card of another kiosk opens a visit that
 * counts as a visitor's (PROTOCOL §3); with the others nothing happens and the verdict says
 * why. */
enum card_verdict app_visit_card(struct app *app, const char *scanned);
/* What app_visit_group does, once its people are known. */
void visit_begin_group(struct app *app);
/* Whole seconds until codes are taken again; 0: now. */
long app_code_wait_s(const struct app *app);
/* Ends the visit between two frames: the place of a card holder is kept, that of a
 * guest forgotten. Leads to the first page. */
void app_leave(struct app *app);
/* Nobody came back to the place that a guest had when the power went: the next guest
 * must not meet it. */
void visit_forget_guest(struct app *app);
/* What app_turn does about it. */
void visit_end(struct app *app);

/* NULL for a guest and for a group. */
const unsigned char *app_token(const struct app *app);
/* Reads `progress` again, after a completion was saved. */
void app_progress_refresh(struct app *app);
bool app_lesson_done(const struct app *app, const char *lesson_id);
