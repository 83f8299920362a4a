/* Contests of teams: primary data of this kiosk alone. They are no events, count in no
 * statistic and are never sent. Each answer is durable before its verdict may be shown, so
 * that after a power cut the contest goes on with the next team. The newest ones are kept. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "lesson/contest.h"

struct db;

#define CONTEST_NAME_BYTES 96
#define CONTEST_TEAM_BYTES 64
#define CONTEST_ID_BYTES 33
#define CONTEST_KEPT 20
#define CONTEST_SECONDS_LEAST 5
#define CONTEST_SECONDS_MOST 600

/* Numbers are stored: only append. */
enum contest_state {
    CONTEST_RUNNING,
    CONTEST_DONE,
    CONTEST_CALLED_OFF /* ended before its end: no result */
};

struct contest_record {
    int64_t id;
    enum contest_state state;
    int64_t day; /* when it began, since 1970; -1: not certain */
    char name[CONTEST_NAME_BYTES];
    uint32_t seed; /* order of the choices, the same for all teams */
    int seconds;   /* for one answer */
    char teams[CONTEST_TEAMS_MAX][CONTEST_TEAM_BYTES];
    struct {
        char lesson[CONTEST_ID_BYTES], item[CONTEST_ID_BYTES];
    } questions[CONTEST_QUESTIONS_MAX];
    struct contest game; /* `gone` is for those who know the lessons */
};

/* Begins what `record` says: its names, questions and numbers; id, state and day are filled
 * in. Contests beyond the newest CONTEST_KEPT go. Errors: ERR_REJECTED (one is running, or the
 * record is not whole), those of the disk. */
NODISCARD enum err contests_begin(struct db *db, struct contest_record *record,
                                  const char *actor);
/* The newest one with all its answers; `*found_out` false: there was none yet. Errors: ERR_CORRUPT
 * (cannot be read), ERR_REJECTED (its rows are not whole: it can only be called off). */
NODISCARD enum err contests_newest(struct db *db, struct contest_record *out,
                                   bool *found_out);

/* One answer, of record and disk: once it is ERR_OK it is for ever. The same one again (a
 * second try after a fault) changes nothing. Errors: ERR_REJECTED (it is not that team's turn
 * of a running contest), those of the disk; the record is as it was then. */
NODISCARD enum err contests_answer(struct db *db, struct contest_record *record,
                                   struct contest_turn turn,
                                   struct contest_answer answer);
/* Calls for an extra question. Errors: ERR_REJECTED (nobody shares a place, or none is left). */
NODISCARD enum err contests_extra(struct db *db, struct contest_record *record);
/* DONE or CALLED_OFF. Errors: ERR_REJECTED (DONE while somebody's answer is awaited). */
NODISCARD enum err contests_end(struct db *db, struct contest_record *record,
                                enum contest_state state);
