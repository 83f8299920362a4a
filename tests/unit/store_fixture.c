/* The folder, the clocks and the shorthands of the store's tests. */
#include "store_fixture.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/json.h"
#include "cmocka_all.h"

static int64_t read_mono(void *ctx)
{
    return ((struct fixture *)ctx)->mono_ms;
}

static int64_t read_wall(void *ctx)
{
    return ((struct fixture *)ctx)->wall_ms;
}

void fixture_open(struct fixture *f)
{
    struct db_config config = { .dir = f->dir,
                                .clock = &f->clock,
                                .program_version = "1.0.0",
                                .build_day = FIXTURE_BUILD_DAY };

    assert_int_equal(db_open(&config, &f->db), ERR_OK);
}

int fixture_setup(void **state)
{
    struct fixture *f = check_alloc(sizeof(*f));

    hash_init();
    (void)snprintf(f->dir, sizeof(f->dir), "/tmp/bdhvs-store-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    f->clock = (struct clock){ read_mono, read_wall, f };
    f->wall_ms = FIXTURE_WALL_MS;
    fixture_open(f);
    *state = f;
    return 0;
}

int fixture_teardown(void **state)
{
    struct fixture *f = *state;
    char command[128];

    db_close(f->db);
    (void)snprintf(command, sizeof(command), "rm -rf '%s'", f->dir);
    (void)!system(command);
    free(f);
    return 0;
}

void fixture_reopen(struct fixture *f)
{
    db_close(f->db);
    fixture_open(f);
}

const char *fixture_path(const struct fixture *f, const char *name)
{
    static char path[256];

    (void)snprintf(path, sizeof(path), "%s/%s", f->dir, name);
    return path;
}

struct event_id fixture_append(struct fixture *f, struct event ev)
{
    struct event_id id = { 0 };

    assert_int_equal(journal_append(f->db, &ev, 1, &id), ERR_OK);
    return id;
}

void fixture_complete(struct fixture *f, const char *lesson, const unsigned char *token)
{
    const struct event events[] = {
        { .kind = EVENT_START, .unit = lesson, .token = token },
        { .kind = EVENT_COMPLETE,
          .unit = lesson,
          .token = token,
          .value = 100,
          .flags = EVENT_PASSED,
          .body = "{\"seconds\":60}" },
    };
    struct event_id id;

    assert_int_equal(journal_append(f->db, events, COUNT(events), &id), ERR_OK);
}

void fixture_learn_time(struct fixture *f)
{
    assert_int_equal(journal_learn_time(f->db, f->wall_ms, 1000, RUN_TRUST_STAFF),
                     ERR_OK);
}

int64_t fixture_total(struct fixture *f, const char *stat, const char *period,
                      const char *unit, const char *dims)
{
    const char *want[] = { stat, period, unit, dims };
    struct buf b;
    json_value *doc, *rows;
    int64_t value = 0;

    buf_init(&b, 1 << 24);
    assert_int_equal(journal_totals_json(f->db, &b), ERR_OK);
    assert_int_equal(json_parse(b.data, b.len, 4, &doc, NULL, 0), ERR_OK);
    rows = json_get(doc, "rows");
    for (size_t i = 0; i < json_count(rows); i++) {
        bool same = true;

        for (size_t j = 0; j < 4; j++)
            same = same && !strcmp(json_text(json_at(json_at(rows, i), j)), want[j]);
        if (same)
            assert_int_equal(
                json_int(json_at(json_at(rows, i), 4), INT64_MIN, INT64_MAX, &value),
                ERR_OK);
    }
    json_free(doc);
    buf_finish(&b);
    return value;
}

int64_t fixture_sql_int(struct fixture *f, const char *sql)
{
    sqlite3 *sq;
    sqlite3_stmt *st;
    int64_t value;

    assert_int_equal(sqlite3_open(fixture_path(f, "kiosk.db"), &sq), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(sq, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    value = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(sq);
    return value;
}
