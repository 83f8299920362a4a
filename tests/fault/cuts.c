/* cuts --n N --seed S [--pragma-normal] [--dirs strict|ordered] [--loud]: the production
 * store on the disk of cut_disk.c; N power cuts at random moments of random work. After
 * each one everything that was acknowledged must be there, once, in a whole database
 * whose totals follow from its events. Prints one JSON line; exit 0 when all is well, or,
 * with --pragma-normal (the control, which proves that the disk bites), when more than
 * half of the cuts lost something. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "cut_vfs.h"
#include "store/journal.h"
#include "store/outbox.h"
#include "store/person.h"
#include "store/private.h"

#define CUTS_PER_LIFE 20 /* then the disk is formatted */
#define OPS_MAX 300      /* a cut comes within so many disk operations */
#define EVENTS_MAX 8192  /* per life */
#define PEOPLE_MAX 512

struct counts {
    int64_t cuts;
    int64_t cuts_with_loss;
    int64_t acked;
    int64_t lost;
    int64_t doubled;
    int64_t broken; /* did not open, or failed integrity_check or rebuild */
};

struct life {
    struct db_config config;
    bool normal;
    bool is_acked[EVENTS_MAX];
    int64_t n_tried; /* marks given out: "n0", "n1", … in the actor column */
    struct person_card people[PEOPLE_MAX]; /* acknowledged */
    size_t n_people;
    int64_t mono_ms;
};

static struct db *open_db(struct life *life)
{
    struct db *db = NULL;

    if (db_open(&life->config, &db) != ERR_OK)
        return NULL;
    if (life->normal)
        (void)!db_exec(db, "PRAGMA synchronous = NORMAL");
    return db;
}

static void append_one(struct life *life, struct db *db, struct counts *c)
{
    char unit[16], mark[24];
    struct event events[] = {
        { .kind = EVENT_START, .unit = unit },
        { .kind = EVENT_COMPLETE,
          .unit = unit,
          .value = 100,
          .flags = EVENT_PASSED,
          .actor = mark },
    };
    struct event_id id;

    if (life->n_people && cut_random_below(2))
        events[0].token = events[1].token =
            life->people[cut_random_below((uint32_t)life->n_people)].token;
    ASSERT(life->n_tried < EVENTS_MAX);
    (void)snprintf(unit, sizeof(unit), "l%u", cut_random_below(5));
    (void)snprintf(mark, sizeof(mark), "n%" PRId64, life->n_tried);
    if (journal_append(db, events, COUNT(events), &id) == ERR_OK) {
        life->is_acked[life->n_tried] = true;
        c->acked++;
    }
    life->n_tried++;
    life->mono_ms += 60000;
}

static void add_person(struct life *life, struct db *db, struct counts *c)
{
    const struct person_cohort cohort = { .sex = "f", .thon = "t07", .band = "b4" };

    ASSERT(life->n_people < PEOPLE_MAX);
    if (person_add(db, &cohort, &life->people[life->n_people]) == ERR_OK) {
        life->n_people++;
        c->acked++;
    }
}

static void keep_bundle(struct db *db)
{
    struct arena arena = { 0 };
    struct bundle b;

    memset(&b, 0, sizeof(b));
    if (outbox_fill(db, 20, &arena, &b) == ERR_OK)
        (void)!outbox_keep(db, b.n, "bytes", 5);
    arena_finish(&arena);
}

/* Works until the power goes. */
static void work(struct life *life, struct counts *c)
{
    struct db *db;

    cut_disk.cut_after = 1 + cut_random_below(OPS_MAX);
    db = open_db(life);
    while (db && !cut_disk.is_off) {
        uint32_t dice = cut_random_below(20);

        if (dice == 0)
            db_checkpoint(db);
        else if (dice == 1)
            keep_bundle(db);
        else if (dice == 2)
            (void)!journal_learn_time(db, life->mono_ms, 1000, RUN_TRUST_STAFF);
        else if (dice == 3)
            add_person(life, db, c);
        else
            append_one(life, db, c);
    }
    db_close(db);
}

static bool text_is(struct db *db, const char *sql, const char *want)
{
    sqlite3_stmt *st = NULL;
    bool same = sqlite3_prepare_v2(db->sq, sql, -1, &st, NULL) == SQLITE_OK &&
                sqlite3_step(st) == SQLITE_ROW && !strcmp(db_column_text(st, 0), want);

    sqlite3_finalize(st);
    return same;
}

/* How often each mark is in the journal, against what was acknowledged. */
static void check_marks(struct life *life, struct db *db, struct counts *c)
{
    static unsigned char found[EVENTS_MAX];
    sqlite3_stmt *st = NULL;
    int64_t lost = 0;

    memset(found, 0, sizeof(found));
    if (sqlite3_prepare_v2(db->sq,
                           "SELECT CAST(substr(actor, 2) AS INTEGER), count(*)"
                           " FROM event WHERE actor IS NOT NULL GROUP BY actor",
                           -1, &st, NULL) != SQLITE_OK)
        c->broken++;
    while (st && sqlite3_step(st) == SQLITE_ROW) {
        found[sqlite3_column_int64(st, 0)] = 1;
        c->doubled += sqlite3_column_int64(st, 1) > 1;
    }
    sqlite3_finalize(st);
    for (int64_t i = 0; i < life->n_tried; i++) {
        lost += life->is_acked[i] && !found[i];
        life->is_acked[i] = found[i]; /* counted once; what is there has to stay */
    }
    c->lost += lost;
    c->cuts_with_loss += lost > 0;
}

static void check_people(struct life *life, struct db *db, struct counts *c)
{
    unsigned char token[EVENT_TOKEN_BYTES];
    size_t kept = 0;
    bool typo;

    for (size_t i = 0; i < life->n_people; i++) {
        struct person_card *card = &life->people[i];

        if (person_by_code(db, card->code, token, &typo) == ERR_OK &&
            !memcmp(token, card->token, sizeof(token)))
            life->people[kept++] = *card;
        else
            c->lost++;
    }
    life->n_people = kept;
}

static void check(struct life *life, bool rebuilds, struct counts *c)
{
    struct db *db = open_db(life);
    struct buf report;

    if (!db) {
        c->broken++;
        return;
    }
    c->broken += !text_is(db, "PRAGMA integrity_check", "ok");
    check_marks(life, db, c);
    check_people(life, db, c);
    buf_init(&report, 1 << 20);
    if (rebuilds && journal_rebuild(db, 0, &report) != ERR_OK) {
        c->broken++;
        (void)fprintf(stderr, "cuts: %.2000s\n", buf_text(&report));
    }
    buf_finish(&report);
    db_close(db);
}

static int64_t read_mono(void *ctx)
{
    return *(const int64_t *)ctx;
}

static void live(struct life *life, int64_t n_cuts, uint32_t seed, enum cut_dirs dirs,
                 struct counts *c)
{
    cut_disk_format(seed);
    cut_disk.dirs = dirs;
    life->n_tried = 0;
    life->n_people = 0;
    memset(life->is_acked, 0, sizeof(life->is_acked));
    for (int64_t i = 0; i < n_cuts; i++) {
        work(life, c);
        c->cuts++;
        cut_disk_power_on();
        check(life, i + 1 == n_cuts, c);
    }
}

static void report(const struct counts *c, const struct life *life, enum cut_dirs dirs)
{
    printf("{\"synchronous\":\"%s\",\"dirs\":\"%s\",\"cuts\":%" PRId64
           ",\"cuts_with_loss\":%" PRId64 ",\"acked\":%" PRId64
           ",\"acked_lost\":%" PRId64 ",\"doubled\":%" PRId64
           ",\"integrity_failures\":%" PRId64 "}\n",
           life->normal ? "normal" : "extra",
           dirs == CUT_DIRS_STRICT ? "strict" : "ordered", c->cuts, c->cuts_with_loss,
           c->acked, c->lost, c->doubled, c->broken);
}

int main(int argc, char **argv)
{
    static struct life life;
    char dir[] = "/tmp/bdhvs-cuts-XXXXXX";
    char command[64];
    struct clock clock = { read_mono, read_mono, &life.mono_ms };
    struct counts c = { 0 };
    enum cut_dirs dirs = CUT_DIRS_STRICT;
    int64_t n = 2000;
    uint32_t seed = 1;
    bool loud = false;

    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";

        if (!strcmp(argv[i], "--pragma-normal"))
            life.normal = true;
        else if (!strcmp(argv[i], "--loud"))
            loud = true;
        else if (!strcmp(argv[i], "--n"))
            n = strtoll(value, NULL, 10);
        else if (!strcmp(argv[i], "--seed"))
            seed = (uint32_t)strtoul(value, NULL, 10);
        else if (!strcmp(argv[i], "--dirs"))
            dirs = strcmp(value, "ordered") ? CUT_DIRS_STRICT : CUT_DIRS_ORDERED;
    }
    hash_init();
    if (!loud && !freopen("/dev/null", "w", stderr)) /* every cut logs errors */
        return 1;
    cut_vfs_register();
    if (!mkdtemp(dir))
        return 1;
    life.config =
        (struct db_config){ .dir = dir, .vfs = CUT_VFS_NAME, .clock = &clock };
    while (c.cuts < n) {
        int64_t left = n - c.cuts;

        live(&life, left < CUTS_PER_LIFE ? left : CUTS_PER_LIFE,
             seed * 2654435761U + (uint32_t)c.cuts, dirs, &c);
    }
    report(&c, &life, dirs);
    (void)snprintf(command, sizeof(command), "rm -rf '%s'", dir);
    (void)!system(command);
    if (life.normal)
        return c.cuts_with_loss * 2 > c.cuts ? 0 : 1;
    return c.lost || c.doubled || c.broken ? 1 : 0;
}
