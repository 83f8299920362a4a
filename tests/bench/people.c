/* bench_people [DIR]: searching among 10 000 people with names, in DIR (default /dev/shm:
 * the disk is bench_store's business). One JSON line a metric. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/check.h"
#include "base/hash.h"
#include "base/log.h"
#include "store/commune.h"
#include "store/people_index.h"
#include "store/vault.h"

#define PEOPLE 10000
#define ROUNDS 40
#define PAGE 20 /* hits on a page of v09 */

static const char *const families[] = { "Phạm", "Đinh", "Nguyễn", "Trần",  "Lê",
                                        "Hồ",   "Bùi",  "Võ",     "Huỳnh", "Đặng" };
static const char *const middles[] = { "Thị", "Văn", "Thị Thu", "Minh", "Đức", "Ngọc" };
static const char *const given[] = { "Nga",  "Ngà",   "Ngân", "Hoa",  "Đào", "Rế",
                                     "Ghế",  "Trong", "Giáp", "Nước", "An",  "Ân",
                                     "Thùy", "Trâm",  "Hạnh", "Minh" };
static const char *const places[] = { "Đồng Răm",  "Vẫy Ốc",  "Nước Giáp", "Hố Sâu",
                                      "Nước Đang", "Bùi Hui", "Con Dóc",   "Cây Muối" };
static const char *const queries[] = { "58 nuoc giap", "nga pham",
                                       "pham thi nga", "n",
                                       "1958",         "dinh van re 61",
                                       "hoa cay muoi", "khong co ai" };

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static void must(enum err err, const char *what)
{
    if (!err)
        return;
    (void)fprintf(stderr, "bench_people: %s: %s\n", what, err_name(err));
    exit(1);
}

static void say(const char *metric, double value)
{
    printf("{\"bench\":\"people\",\"metric\":\"%s\",\"value\":%.2f,\"unit\":\"ms\"}\n",
           metric, value);
}

static void set_places(struct db *db)
{
    for (unsigned i = 0; i < COUNT(places); i++) {
        struct commune_entry e = { .code = "" };

        (void)snprintf(e.code, sizeof(e.code), "t%02u", i + 1);
        (void)snprintf(e.name, sizeof(e.name), "%s", places[i]);
        must(commune_set(db, COMMUNE_THON, &e), "thôn");
    }
}

static void set_people(struct db *db, struct vault *vault)
{
    const struct person_consent consent = { .text_version = "c1",
                                            .method = CONSENT_TAP,
                                            .guardian = GUARDIAN_OTHER };
    double from = now_ms();

    for (unsigned i = 0; i < PEOPLE; i++) {
        struct person_details d = { .year = 1940 + (int)hash_random_below(70) };
        struct person_cohort c = { .sex = { i % 2 ? 'f' : 'm' }, .group = "g2" };
        struct person_card card;

        (void)snprintf(d.name, sizeof(d.name), "%s %s %s",
                       families[hash_random_below(COUNT(families))],
                       middles[hash_random_below(COUNT(middles))],
                       given[hash_random_below(COUNT(given))]);
        (void)snprintf(c.thon, sizeof(c.thon), "t%02u",
                       1 + (unsigned)hash_random_below(COUNT(places)));
        must(people_register(db, vault, &d, &c, &consent, NULL, "s1", &card), "person");
    }
    say("people_register", (now_ms() - from) / PEOPLE);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void time_search(const struct people_index *ix)
{
    static double samples[ROUNDS * COUNT(queries)];
    const struct people_entry *out[PAGE];
    size_t n = 0;

    for (int round = 0; round < ROUNDS; round++)
        for (size_t q = 0; q < COUNT(queries); q++) {
            double from = now_ms();

            (void)people_search(ix, queries[q], out, PAGE);
            samples[n++] = now_ms() - from;
        }
    qsort(samples, n, sizeof(double), by_value);
    say("people_search", samples[n / 2]);
    say("people_search_max", samples[n - 1]);
}

static void time_alike(const struct people_index *ix)
{
    struct people_likeness out[4];
    double from = now_ms();

    for (int round = 0; round < ROUNDS; round++)
        (void)people_alike(ix, "Phạm Thị Nga", 1958, "t03", out, 4);
    say("people_alike", (now_ms() - from) / ROUNDS);
}

static void measure(struct db *db, struct vault *vault)
{
    char recovery[VAULT_SECRET_CHARS];
    const struct people_entry *first;
    struct people_index *ix;
    double from;

    must(vault_create(vault, "mat khau thu", recovery), "vault");
    set_places(db);
    set_people(db, vault);
    from = now_ms();
    must(people_index_open(db, vault, &ix), "index");
    say("people_index_open", now_ms() - from);
    time_search(ix);
    time_alike(ix);
    (void)people_all(ix, 0, &first, 1);
    from = now_ms();
    must(people_index_refresh(ix, first->token), "refresh");
    say("people_index_refresh", now_ms() - from);
    people_index_close(ix);
}

int main(int argc, char **argv)
{
    char dir[256], command[300];
    struct db_config config = { .dir = dir, .program_version = "bench" };
    struct vault *vault;
    struct db *db;

    (void)snprintf(dir, sizeof(dir), "%s/bdhvs-bench-XXXXXX",
                   argc > 1                   ? argv[1]
                   : access("/dev/shm", W_OK) ? "/tmp"
                                              : "/dev/shm");
    hash_init();
    log_set_level(LOG_LEVEL_WARN);
    ASSERT(mkdtemp(dir));
    must(db_open(&config, &db), "database");
    must(vault_open(db, &vault), "vault");
    measure(db, vault);
    vault_close(vault);
    db_close(db);
    (void)snprintf(command, sizeof(command), "rm -rf '%s'", dir);
    return system(command) != 0;
}
