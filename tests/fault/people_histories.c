/* Random histories of people: registered, nameless and blank cards, lessons on many days,
 * things taken back, merges and their undoing, moves, new cards, erasures, restarts with
 * and without a clock, other curricula. After each the people gauges of every period must
 * equal a recount written apart from the program's, and rebuild must find nothing.
 *
 *   people_histories [--n 100] [--seed 1] [--steps 70] [--verbose] [--control]
 *
 * --control counts who was merged as two people: it must be found out. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "people_model.h"
#include "store/vault.h"

#define DAY_MS 86400000
#define START_MS 1795300000000 /* 2026-11-22 */

/* --- what the program says ---------------------------------------------------------- */

static void read_gauges(struct keys *out)
{
    static const char *const gauges[] = { "registered", "active", "finished_one",
                                          "lesson_firsts", "module_finished" };
    json_value *doc, *rows;
    struct buf b;

    buf_init(&b, 1 << 26);
    ASSERT(!journal_totals_json(w.db, &b));
    ASSERT(!json_parse(b.data, b.len, 4, &doc, NULL, 0));
    rows = json_get(doc, "rows");
    for (size_t i = 0; i < json_count(rows); i++) {
        json_value *row = json_at(rows, i);
        const char *stat = json_text(json_at(row, 0));
        int64_t value;

        for (size_t g = 0; g < COUNT(gauges); g++)
            if (!strcmp(stat, gauges[g])) {
                ASSERT(!json_int(json_at(row, 4), 0, INT64_MAX, &value));
                add_key(out, "%s|%s|%s|%s=%" PRId64, stat, json_text(json_at(row, 1)),
                        json_text(json_at(row, 2)), json_text(json_at(row, 3)), value);
            }
    }
    json_free(doc);
    buf_finish(&b);
    if (out->n)
        qsort(out->at, out->n, KEY_BYTES, compare_keys);
}

static bool same(const struct keys *want, const struct keys *got)
{
    size_t i = 0, k = 0, shown = 0;

    while (shown < 8 && (i < want->n || k < got->n)) {
        int c = i == want->n ? 1 : k == got->n ? -1 : strcmp(want->at[i], got->at[k]);

        if (c)
            printf("  %s %s\n", c < 0 ? "recounted:" : "stored:   ",
                   c < 0 ? want->at[i] : got->at[k]);
        shown += c != 0;
        i += c <= 0;
        k += c >= 0;
    }
    return !shown;
}

static bool rebuild_is_clean(void)
{
    struct buf report;
    enum err err;

    buf_init(&report, 1 << 20);
    err = journal_rebuild(w.db, 0, &report);
    if (err)
        printf("  rebuild: %s\n%s", err_name(err), buf_text(&report));
    buf_finish(&report);
    return !err;
}

static bool check(void)
{
    struct keys want = { 0 }, got = { 0 };
    bool ok;

    recount(&want);
    read_gauges(&got);
    ok = same(&want, &got);
    free(want.at);
    free(got.at);
    return ok && rebuild_is_clean();
}

/* --- steps -------------------------------------------------------------------------- */

static int64_t read_mono(void *ctx)
{
    (void)ctx;
    return w.mono_ms;
}

static int64_t read_wall(void *ctx)
{
    (void)ctx;
    return w.wall_ms;
}

static void open_store(void)
{
    static const struct clock clock = { read_mono, read_wall, NULL };
    struct db_config config = {
        .dir = w.dir, .clock = &clock, .program_version = "1", .build_day = 20500
    };

    ASSERT(!db_open(&config, &w.db));
    ASSERT(!vault_open(w.db, &w.vault));
    w.knows_time = false;
}

static void close_store(void)
{
    vault_close(w.vault);
    db_close(w.db);
}

static void step_time(void)
{
    int64_t ms = (int64_t)pick(45) * DAY_MS;

    w.mono_ms += ms;
    w.wall_ms += ms;
}

static void step_restart(void)
{
    close_store();
    open_store();
    w.mono_ms += 1000;
    if (pick(4)) {
        ASSERT(!journal_learn_time(w.db, w.wall_ms, 1000, RUN_TRUST_STAFF));
        w.knows_time = true;
    }
}

static struct person_cohort some_cohort(void)
{
    struct person_cohort c = { 0 };

    if (pick(8))
        (void)snprintf(c.thon, sizeof(c.thon), "t0%u", 1 + pick(3));
    if (pick(8))
        (void)snprintf(c.sex, sizeof(c.sex), "%s", pick(2) ? "f" : "m");
    (void)snprintf(c.group, sizeof(c.group), "g%u", 1 + pick(4));
    return c;
}

static bool is_claimable(const struct model_token *t)
{
    return !t->named && !t->card_gone && t->parent < 0;
}

static bool is_named(const struct model_token *t)
{
    return t->named && t->parent < 0;
}

static bool is_merged(const struct model_token *t)
{
    return t->parent >= 0;
}

static void some_details(struct person_details *d)
{
    memset(d, 0, sizeof(*d));
    (void)snprintf(d->name, sizeof(d->name), "Phạm Thị Nga");
    d->year = pick(6) ? 1930 + (int)pick(75) : 0;
}

static void step_register(void)
{
    struct person_consent consent = { .text_version = "c1",
                                      .day = today(),
                                      .method = CONSENT_TAP };
    struct person_cohort c = some_cohort();
    int claim = pick(3) ? -1 : some_token(is_claimable);
    int t = claim >= 0 ? claim : w.n_tokens;
    struct person_details d;
    struct person_card card;
    int y, m, day;

    if (t == TOKENS_MAX)
        return;
    /* a root that others were merged into keeps its name: it is claimed all the same */
    some_details(&d);
    clock_day_civil(clock_day(w.wall_ms), &y, &m, &day);
    ASSERT(!people_register(w.db, w.vault, &d, &c, &consent,
                            claim >= 0 ? w.tokens[t].token : NULL, "s1", &card));
    if (d.year)
        person_band(d.year, y, c.band);
    if (claim < 0) {
        memset(&w.tokens[w.n_tokens], 0, sizeof(w.tokens[0]));
        w.tokens[w.n_tokens++].parent = -1;
        memcpy(w.tokens[t].token, card.token, EVENT_TOKEN_BYTES);
    }
    w.tokens[t].registered = w.tokens[t].named = true;
    w.tokens[t].cohort = c;
    carry();
}

static void step_nameless(void)
{
    struct person_cohort c = some_cohort();
    struct person_card card;
    struct model_token *t = &w.tokens[w.n_tokens];
    bool blank = pick(2);

    if (w.n_tokens == TOKENS_MAX)
        return;
    if (blank)
        ASSERT(!card_blank(w.db, 1, &card));
    else
        ASSERT(!person_add(w.db, &c, &card));
    memset(t, 0, sizeof(*t));
    memcpy(t->token, card.token, EVENT_TOKEN_BYTES);
    t->parent = -1;
    t->registered = !blank;
    t->cohort = c;
    w.n_tokens++;
    if (!blank)
        carry();
}

/* What is asked again moves nobody's figure, and must be rebuilt. */
static void step_recall(int t, int lesson)
{
    static const enum event_kind kinds[] = { EVENT_REVIEW, EVENT_PATH, EVENT_LEAVE };
    char unit[8];
    struct event ev = { .kind = kinds[pick(COUNT(kinds))],
                        .unit = unit,
                        .token = w.tokens[t].token };
    struct event_id id;

    (void)snprintf(unit, sizeof(unit), "b%d", lesson);
    ev.value = ev.kind == EVENT_PATH ? 0 : pick(2);
    ASSERT(!journal_append(w.db, &ev, 1, &id));
}

static void step_lesson(void)
{
    int t = pick(10) ? some_token(is_any) : -1;
    int lesson = (int)pick(LESSONS);
    bool passed = pick(4) != 0, complete = pick(3) != 0;

    learn(t, lesson, passed, complete);
    if (t >= 0)
        step_recall(t, lesson);
    carry();
}

static void step_void(void)
{
    struct model_event *e;
    char unit[48];
    struct event ev = { .kind = EVENT_VOID, .unit = unit };

    if (!w.n_events)
        return;
    e = &w.events[pick((uint32_t)w.n_events)];
    if ((e->kind != M_START && e->kind != M_COMPLETE) || e->taken_back)
        return;
    (void)snprintf(unit, sizeof(unit), "%016" PRIx64 "-%" PRId64, e->id.run, e->id.seq);
    ASSERT(!journal_append(w.db, &ev, 1, NULL));
    e->taken_back = true;
}

static void step_edit(void)
{
    int t = some_token(is_named), y, m, day;
    struct person_cohort c = some_cohort();
    struct person_details d;
    bool moved;

    if (t < 0)
        return;
    some_details(&d);
    ASSERT(!people_edit(w.db, w.vault, w.tokens[t].token, &d, &c, "s1"));
    clock_day_civil(clock_day(w.wall_ms), &y, &m, &day);
    if (d.year)
        person_band(d.year, y, c.band);
    moved = memcmp(&c, &w.tokens[t].cohort, sizeof(c)) != 0;
    w.tokens[t].cohort = c;
    if (moved)
        carry();
}

static void step_merge(void)
{
    int keep = some_token(is_registered), other = some_token(is_registered);
    struct people_merged *merges;
    struct arena arena = { 0 };
    enum err err;
    size_t n;

    if (keep < 0 || other < 0)
        return;
    keep = pick(2) ? keep : root_of(keep);
    err = people_merge(w.db, w.tokens[keep].token, w.tokens[other].token, "s1");
    if (root_of(keep) == root_of(other)) {
        ASSERT(err == ERR_REJECTED);
        return;
    }
    ASSERT(!err);
    other = root_of(other);
    w.tokens[other].merge_day = today();
    w.tokens[other].parent = root_of(keep);
    ASSERT(!people_merges(w.db, w.tokens[keep].token, &arena, &merges, &n) && n > 0);
    ASSERT(!memcmp(merges[0].other, w.tokens[other].token, EVENT_TOKEN_BYTES));
    w.tokens[other].merge_seq = merges[0].seq;
    arena_finish(&arena);
    carry();
}

static void step_unmerge(void)
{
    int t = some_token(is_merged);
    bool late;
    enum err err;

    if (t < 0)
        return;
    late = w.tokens[t].merge_day >= 0 && today() > w.tokens[t].merge_day + 30;
    err = people_unmerge(w.db, w.tokens[t].merge_seq, "s1");
    ASSERT(late ? err == ERR_REJECTED : !err);
    if (late)
        return;
    w.tokens[t].parent = -1;
    carry();
}

static void step_card(void)
{
    int t = some_token(is_registered);
    unsigned char token[EVENT_TOKEN_BYTES];
    struct person_card card;
    bool typo;

    if (t < 0)
        return;
    ASSERT(!card_reissue(w.db, w.tokens[t].token, "s1", &card));
    for (int i = 0; i < w.n_tokens; i++)
        w.tokens[i].card_gone = w.tokens[i].card_gone || root_of(i) == root_of(t);
    ASSERT(!person_by_code(w.db, card.code, token, &typo));
    ASSERT(!memcmp(token, w.tokens[root_of(t)].token, EVENT_TOKEN_BYTES));
}

static void step_erase(void)
{
    int t = some_token(is_any), root;
    struct erase_receipt receipt;

    if (t < 0)
        return;
    root = root_of(t);
    ASSERT(!people_erase(w.db, w.tokens[t].token, "s1", &receipt));
    for (int i = 0; i < w.n_tokens; i++)
        if (root_of(i) == root)
            w.tokens[i].erased = true;
    carry();
}

static void step_curriculum(void)
{
    const char *lessons[LESSONS];
    static const char *const names[LESSONS] = { "b0", "b1", "b2", "b3", "b4" };
    struct journal_group group = { "module", "m1", lessons, 0 };
    unsigned module = 1 + pick((1U << LESSONS) - 1);

    if (w.n_events == EVENTS_MAX)
        return;
    for (int i = 0; i < LESSONS; i++)
        if (module & 1U << i)
            lessons[group.n_lessons++] = names[i];
    ASSERT(!journal_set_curriculum(w.db, &group, 1));
    w.events[w.n_events++] =
        (struct model_event){ .kind = M_CURRICULUM, .token = -1, .module = module };
}

/* --- one history -------------------------------------------------------------------- */

static const struct {
    void (*step)(void);
    uint32_t weight;
} steps[] = {
    { step_lesson, 30 }, { step_register, 9 }, { step_nameless, 5 },
    { step_time, 9 },    { step_void, 5 },     { step_edit, 5 },
    { step_merge, 6 },   { step_unmerge, 6 },  { step_card, 2 },
    { step_erase, 2 },   { step_restart, 3 },  { step_curriculum, 1 },
    { step_claim, 4 },   { step_print, 3 },    { step_scan, 3 },
};

static void one_step(void)
{
    uint32_t sum = 0, at;
    size_t i = 0;

    for (size_t k = 0; k < COUNT(steps); k++)
        sum += steps[k].weight;
    at = pick(sum);
    while (at >= steps[i].weight)
        at -= steps[i++].weight;
    steps[i].step();
}

static void clear_folder(void)
{
    char command[128];

    (void)snprintf(command, sizeof(command), "rm -rf '%s'", w.dir);
    ASSERT(!system(command));
}

static bool history(uint64_t seed, int n_steps, const struct buf *template_db)
{
    char path[96];
    bool ok = true;

    w.random = seed;
    w.n_tokens = w.n_events = w.n_printed = 0;
    for (int s = 0; s < w.n_stocks; s++)
        free(w.stocks[s].cells.at);
    memset(w.stocks, 0, sizeof(w.stocks));
    w.n_stocks = 0;
    w.mono_ms = 0;
    w.wall_ms = START_MS;
    ASSERT(!file_make_folder(w.dir));
    (void)snprintf(path, sizeof(path), "%s/kiosk.db", w.dir);
    ASSERT(!file_replace(path, template_db->data, template_db->len, 0600));
    open_store();
    ASSERT(!journal_learn_time(w.db, w.wall_ms, 1000, RUN_TRUST_STAFF));
    w.knows_time = true;
    step_curriculum();
    for (int i = 0; ok && i < n_steps; i++) {
        one_step();
        if (w.verbose || i % 16 == 15)
            ok = check();
        if (!ok)
            printf("history %" PRIu64 " fails at step %d\n", seed, i);
    }
    if (ok) {
        ok = check();
        if (!ok)
            printf("history %" PRIu64 " fails at its end\n", seed);
    }
    close_store();
    clear_folder();
    return ok;
}

/* A database with a vault: making one takes a second of Argon2. */
static void make_template(struct buf *out)
{
    char recovery[VAULT_SECRET_CHARS], path[96];

    open_store();
    ASSERT(!vault_create(w.vault, "mat khau thu", recovery));
    close_store();
    (void)snprintf(path, sizeof(path), "%s/kiosk.db", w.dir);
    ASSERT(!file_read(path, out));
    clear_folder();
}

int main(int argc, char **argv)
{
    long n = 100, seed = 1, n_steps = 70, failed = 0;
    struct buf template_db;

    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], "--verbose"))
            w.verbose = true;
        else if (!strcmp(argv[i], "--control"))
            w.control = true;
        else if (i + 1 < argc && !strcmp(argv[i], "--n"))
            n = strtol(argv[++i], NULL, 10);
        else if (i + 1 < argc && !strcmp(argv[i], "--seed"))
            seed = strtol(argv[++i], NULL, 10);
        else if (i + 1 < argc && !strcmp(argv[i], "--steps"))
            n_steps = strtol(argv[++i], NULL, 10);
    hash_init();
    log_set_level(LOG_LEVEL_ERR);
    (void)snprintf(w.dir, sizeof(w.dir), "%s/bdhvs-people-XXXXXX",
                   access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
    ASSERT(mkdtemp(w.dir));
    w.wall_ms = START_MS;
    buf_init(&template_db, 1 << 24);
    make_template(&template_db);
    for (long i = 0; i < n; i++)
        failed += !history((uint64_t)(seed + i), (int)n_steps, &template_db);
    buf_finish(&template_db);
    printf("people_histories: %ld histories, %ld failed\n", n, failed);
    return failed != 0;
}
