/* What people_histories.c did, kept apart from the program, and the gauges counted out of
 * that by other means than the program's. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/journal.h"
#include "store/passport.h"
#include "store/people.h"

#define TOKENS_MAX 64
#define EVENTS_MAX 2048
#define LESSONS 5
#define KEY_BYTES 96

struct vault;

struct model_token {
    unsigned char token[EVENT_TOKEN_BYTES];
    bool registered, erased, named;
    bool card_gone; /* a new one was made */
    int parent;     /* merged into; -1 */
    int64_t merge_seq, merge_day;
    struct person_cohort cohort;
};

/* M_CLAIM: a guest's completion that became a person's; M_PASSPORT: one of elsewhere. */
enum model_kind { M_START, M_COMPLETE, M_CURRICULUM, M_CLAIM, M_PASSPORT };
struct model_event {
    enum model_kind kind;
    int token; /* -1: a guest */
    int lesson;
    bool passed, taken_back, given;
    int64_t day;
    struct event_id id;
    unsigned module; /* M_CURRICULUM: its lessons, a bit each */
};

struct keys {
    char (*at)[KEY_BYTES];
    size_t n, cap;
};

struct stock { /* who was known when the period was carried last */
    char period[12];
    struct keys cells;
};

#define PRINTED_MAX 32
struct printed { /* a passport on paper */
    char text[PASSPORT_TEXT_CHARS];
    int token; /* the root then */
    unsigned lessons, module;
};

struct people_world {
    uint64_t random;
    char dir[64];
    int64_t mono_ms, wall_ms;
    bool knows_time;
    struct db *db;
    struct vault *vault;
    struct model_token tokens[TOKENS_MAX];
    int n_tokens;
    struct model_event events[EVENTS_MAX];
    int n_events;
    struct printed printed[PRINTED_MAX];
    int n_printed;
    struct stock stocks[128];
    int n_stocks;
    bool verbose, control;
};
extern struct people_world w;

uint32_t pick(uint32_t below);
/* By chance, -1: none such. */
int some_token(bool (*fits)(const struct model_token *));
bool is_any(const struct model_token *t);
bool is_registered(const struct model_token *t);
/* A lesson is begun, and completed, by token `t` or a guest (-1). */
void learn(int t, int lesson, bool passed, bool complete);

/* people_credits.c: a guest's lessons are claimed, passports are printed and scanned. */
void step_claim(void);
void step_print(void);
void step_scan(void);

/* The person a token belongs to now, by its number. */
int root_of(int t);
/* The day of the world, -1 while its clock is not known. */
int64_t today(void);
void add_key(struct keys *k, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
int compare_keys(const void *a, const void *b);
/* Stocks of the periods of today follow those of "all". */
void carry(void);
/* "stat|period|unit|dims=value" of every people gauge, sorted. */
void recount(struct keys *out);
