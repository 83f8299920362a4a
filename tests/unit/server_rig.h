/* A commune server on a temporary database with a clock that the test moves, and one
 * kiosk's key enrolled at it. For the tests of tools/server. The database is SQLite's, or
 * PostgreSQL's when BDHVS_TEST_DB=postgresql. */
#pragma once

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ingest.h"
#include "pages.h"
#include "pg_cluster.h"
#include "server.h"
#include "wire/ack.h"
#include "wire/bundle.h"

#define RIG_START_MS 1795300000000 /* 22 November 2026 */
#define RIG_COMMUNE "21520"

struct rig {
    char dir[64];
    char uri[PG_URI_BYTES];
    int64_t wall_ms;
    struct clock clock;
    struct server server;
    struct jws_key key; /* the kiosk's */
    char kiosk[BUNDLE_ID_MAX + 1];
    struct arena arena;
    struct buf answer; /* of the last rig_send */
    struct ack ack;    /* of the last rig_send that was taken */
};

/* Which database the environment asks for. */
bool rig_on_postgres(void);

/* cmocka setup and teardown: *state is a struct rig. */
int rig_setup(void **state);
int rig_teardown(void **state);

/* Closes the server and opens it again on the same database. */
void rig_restart(struct rig *r);

/* A bundle of this kiosk with one run: 0x77, ord 1, revs from..to. */
struct bundle rig_bundle(struct rig *r, int64_t n, int64_t from, int64_t to);
void rig_count(struct rig *r, struct bundle *b, const char *stat, const char *period,
               const char *unit, int64_t plus, int64_t minus);
void rig_gauge(struct rig *r, struct bundle *b, const char *stat, const char *period,
               int64_t value, int64_t rev);

/* Encodes and signs; the bytes are appended to `out`. */
void rig_sign(struct rig *r, const struct bundle *b, struct buf *out);
/* Signs, hands it in, decodes the acknowledgement. */
enum ingest_status rig_send(struct rig *r, const struct bundle *b);

/* totals --json of the server; valid until rig_teardown. */
const char *rig_totals(struct rig *r);

/* Every page that is looked at, as an administrator sees it; ?id= is this kiosk. Errors: of
 * the page. */
#define RIG_PAGES 22
extern page_fn *const rig_pages[RIG_PAGES];
NODISCARD enum err rig_page(struct rig *r, page_fn *page, const char *period,
                            struct http_response *response);
