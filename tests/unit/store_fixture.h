/* A real database in a temporary folder, with clocks that the test moves. */
#pragma once

#include "store/db.h"
#include "store/journal.h"

struct fixture {
    char dir[64];
    struct clock clock;
    int64_t mono_ms;
    int64_t wall_ms;
    struct db *db;
};

#define FIXTURE_BUILD_DAY 20500       /* 2026-02-16 */
#define FIXTURE_WALL_MS 1795300000000 /* 2026-11-22, 05:26 in Vietnam */

/* cmocka setup and teardown; *state is the fixture. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

void fixture_open(struct fixture *f);
/* Closes and opens again, as after a power cut or an update. */
void fixture_reopen(struct fixture *f);
/* A path in the folder; valid until the next call. */
const char *fixture_path(const struct fixture *f, const char *name);

/* Appends one event and asserts that it worked. */
struct event_id fixture_append(struct fixture *f, struct event ev);
/* START and COMPLETE of a lesson, passed with 100 %, in 60 s. */
void fixture_complete(struct fixture *f, const char *lesson,
                      const unsigned char *token);
/* The clock was set by staff: days are certain from now on. */
void fixture_learn_time(struct fixture *f);

/* The value of a row of journal_totals_json, 0 when it is not there. */
int64_t fixture_total(struct fixture *f, const char *stat, const char *period,
                      const char *unit, const char *dims);
/* One integer from the database file, read by a connection of the test's own while
 * `f->db` is closed. */
int64_t fixture_sql_int(struct fixture *f, const char *sql);
