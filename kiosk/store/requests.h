/* What people ask about their own data, and until when it must be answered (PROTOCOL §6):
 * a word within 2 working days, done within 15 days. By card number; never a name. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct db;

/* Numbers are stored. */
enum request_kind {
    REQUEST_ERASE = 1,
    REQUEST_CORRECT,
    REQUEST_SEE,
    REQUEST_STOP_UPLOAD,
    REQUEST_KIND_COUNT
};
enum request_outcome { REQUEST_OPEN, REQUEST_DONE, REQUEST_REFUSED };

struct request {
    int64_t id;
    enum request_kind kind;
    char card[24]; /* "572140"; the receipt once the person was erased */
    int64_t received_day;
    int64_t reply_by_day;
    int64_t done_by_day;
    int64_t replied_day; /* -1: not yet */
    int64_t done_day;    /* -1: not yet */
    enum request_outcome outcome;
    char actor[17]; /* who took it down */
};

/* Today. While the clock is not certain: the last day that was, so that a due day comes too
 * early rather than never. -1 without a database. */
int64_t requests_today(struct db *db);
/* `received_day` since 1970 as written on the paper, or today. Errors: ERR_REJECTED (no such
 * kind, a number that is no card of ours, a day before the program was built). */
NODISCARD enum err requests_add(struct db *db, enum request_kind kind, const char *card,
                                int64_t received_day, const char *actor,
                                int64_t *id_out);
/* Open ones first, by due day; then the others, newest first. */
NODISCARD enum err requests_read(struct db *db, size_t skip, size_t max,
                                 struct arena *arena, struct request **out,
                                 size_t *n_out);
/* The person was told that it was received. `day`: when. Errors: ERR_REJECTED. */
NODISCARD enum err requests_reply(struct db *db, int64_t id, int64_t day,
                                  const char *actor);
/* Done or refused; a reply counts as given then. Errors: ERR_REJECTED (not open). */
NODISCARD enum err requests_close(struct db *db, int64_t id,
                                  enum request_outcome outcome, int64_t day,
                                  const char *actor);
/* Open ones, and those of them that are late on `today`. */
NODISCARD enum err requests_count(struct db *db, int64_t today, int64_t *open_out,
                                  int64_t *late_out);
/* 2 working days, Monday to Friday, after `day`. */
int64_t requests_reply_by(int64_t day);

/* The person of `root` was erased: in their requests the receipt takes the place of the
 * card, and those to erase are done. Part of the caller's transaction. */
NODISCARD enum err requests_erased(struct db *db, const unsigned char *root,
                                   const char *receipt);
