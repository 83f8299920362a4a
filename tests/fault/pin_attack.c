/* pin_attack --n N [--count-late]: an attacker who cuts the power at every guess. A process
 * opens the database, tries one PIN and is killed with SIGKILL at a random moment, N times
 * over; the clock is moved on by an hour each time, so that no wait stands in the way. How
 * often a guess was really compared is counted in memory that outlives the process.
 * With ten misses locking, at most ten guesses may ever be compared.
 * --count-late is the control: it counts the miss after the comparison, as one would write
 * it without thinking of the power, and must be caught. Prints one JSON line; exit 0 when
 * all is as promised. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include <inttypes.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/log.h"
#include "store/db.h"
#include "store/journal.h"
#include "store/staff.h"
#include "store/waiting.h"

#define HOUR_MS 3600000
#define LIFE_US_MAX 1500 /* a try takes about that long */
#define MISSES_LOCK 10

static struct shared {
    atomic_int compared;
    atomic_int by_verdict[5];
} * shared;

static char dir[32];
static int64_t mono_ms = HOUR_MS;

static int64_t mono(void *ctx)
{
    (void)ctx;
    return mono_ms;
}

static int64_t wall(void *ctx)
{
    (void)ctx;
    return 1795300000000 + mono_ms;
}

static const struct clock moved = { mono, wall, NULL };

/* In the place of base/hash.c's: a comparison that costs nothing, and is counted. */
bool __wrap_hash_pin_fits(const char *hash, const char *pin);
bool __wrap_hash_pin_fits(const char *hash, const char *pin)
{
    (void)hash;
    atomic_fetch_add(&shared->compared, 1);
    if (hash_random_below(2))
        kill(getpid(), SIGKILL);   /* the best moment: the verdict is known */
    return !strcmp(pin, "739204"); /* no guess below */
}

static struct db *open_db(void)
{
    struct db_config config = { .dir = dir, .clock = &moved, .program_version = "1" };
    struct db *db = NULL;

    return db_open(&config, &db) ? NULL : db;
}

/* The order of the control: compare, then count. */
static enum pin_verdict try_late(struct db *db, const char *id, const char *pin)
{
    char key[STAFF_ID_MAX + 8];
    int misses;

    snprintf(key, sizeof(key), "pin.%s", id);
    misses = waiting_misses(db, key);
    if (misses >= MISSES_LOCK)
        return PIN_LOCKED;
    if (__wrap_hash_pin_fits("", pin))
        return PIN_RIGHT;
    return waiting_miss(db, key, MISSES_LOCK, 1, 1) ? PIN_UNSURE : PIN_MISSED;
}

static void die_in(long us)
{
    struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL };
    struct itimerspec when = { .it_value = { 0, us * 1000 + 1 } };
    timer_t timer;

    if (timer_create(CLOCK_MONOTONIC, &event, &timer) ||
        timer_settime(timer, 0, &when, NULL))
        _exit(3);
}

static _Noreturn void guess(const char *id, int i, bool late, long life_us)
{
    struct db *db;
    char pin[8];
    enum pin_verdict verdict;

    snprintf(pin, sizeof(pin), "%06d", i % 700000);
    db = open_db();
    if (!db)
        _exit(4);
    die_in(life_us);
    verdict = late ? try_late(db, id, pin) : staff_try_pin(db, id, pin);
    atomic_fetch_add(&shared->by_verdict[verdict], 1);
    kill(getpid(), SIGKILL); /* the power goes without a goodbye */
    _exit(5);
}

static void make_staff(char id_out[STAFF_ID_MAX + 1])
{
    struct staff who = { .alias = "Cô Hạnh", .role = STAFF_ADMIN };
    struct db *db = open_db();

    ASSERT(db && !staff_add(db, &who, "739204"));
    memcpy(id_out, who.id, sizeof(who.id));
    db_close(db);
}

int main(int argc, char **argv)
{
    char id[STAFF_ID_MAX + 1];
    bool late = false, ok;
    int n = 300, compared;

    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--count-late"))
            late = true;
        else if (!strcmp(argv[i], "--n") && i + 1 < argc)
            n = (int)strtol(argv[++i], NULL, 10);
    }
    hash_init();
    shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ASSERT(shared != MAP_FAILED);
    memcpy(dir, "/tmp/bdhvs-pin-XXXXXX", 22);
    ASSERT(mkdtemp(dir));
    make_staff(id);
    for (int i = 0; i < n; i++, mono_ms += HOUR_MS) {
        long life_us = (long)hash_random_below(LIFE_US_MAX);
        pid_t child = fork();

        ASSERT(child >= 0);
        if (!child)
            guess(id, i, late, life_us);
        ASSERT(waitpid(child, NULL, 0) == child);
    }
    compared = atomic_load(&shared->compared);
    ok = late ? compared > MISSES_LOCK : compared <= MISSES_LOCK;
    printf("{\"tries\":%d,\"control\":%s,\"compared\":%d,\"missed\":%d,\"wait\":%d,"
           "\"locked\":%d,\"unsure\":%d,\"right\":%d,\"ok\":%s}\n",
           n, late ? "true" : "false", compared,
           atomic_load(&shared->by_verdict[PIN_MISSED]),
           atomic_load(&shared->by_verdict[PIN_WAIT]),
           atomic_load(&shared->by_verdict[PIN_LOCKED]),
           atomic_load(&shared->by_verdict[PIN_UNSURE]),
           atomic_load(&shared->by_verdict[PIN_RIGHT]), ok ? "true" : "false");
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
