/* Counting people out of what was done. */
#include "people_model.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"

struct people_world w;

void add_key(struct keys *k, const char *format, ...)
{
    va_list args;

    if (k->n == k->cap) {
        size_t cap = k->cap ? 2 * k->cap : 64;
        char(*more)[KEY_BYTES] = check_alloc(cap * KEY_BYTES);

        if (k->n)
            memcpy(more, k->at, k->n * KEY_BYTES);
        free(k->at);
        k->at = more;
        k->cap = cap;
    }
    va_start(args, format);
    (void)vsnprintf(k->at[k->n++], KEY_BYTES, format, args);
    va_end(args);
}

uint32_t pick(uint32_t below)
{
    w.random = w.random * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(w.random >> 33) % below;
}

int some_token(bool (*fits)(const struct model_token *))
{
    int start = w.n_tokens ? (int)pick((uint32_t)w.n_tokens) : 0;

    for (int i = 0; i < w.n_tokens; i++) {
        int t = (start + i) % w.n_tokens;

        if (!w.tokens[t].erased && fits(&w.tokens[t]))
            return t;
    }
    return -1;
}

bool is_any(const struct model_token *t)
{
    (void)t;
    return true;
}

bool is_registered(const struct model_token *t)
{
    return t->registered;
}

int root_of(int t)
{
    while (w.tokens[t].parent >= 0)
        t = w.tokens[t].parent;
    return t;
}

int64_t today(void)
{
    return w.knows_time ? clock_day(w.wall_ms) : -1;
}

/* --- counting, apart from the program ------------------------------------------------ */

static void cells_of(const struct person_cohort *c, struct keys *out,
                     const char *before)
{
    add_key(out, "%s|-", before);
    if (c->band[0])
        add_key(out, "%s|band=%s", before, c->band);
    if (c->group[0])
        add_key(out, "%s|group=%s", before, c->group);
    if (c->job[0])
        add_key(out, "%s|job=%s", before, c->job);
    if (c->sex[0])
        add_key(out, "%s|sex=%s", before, c->sex);
    if (c->thon[0])
        add_key(out, "%s|thon=%s", before, c->thon);
    if (c->unit[0])
        add_key(out, "%s|unit=%s", before, c->unit);
    if (c->band[0] && c->thon[0])
        add_key(out, "%s|band=%s;thon=%s", before, c->band, c->thon);
    if (c->sex[0] && c->thon[0])
        add_key(out, "%s|sex=%s;thon=%s", before, c->sex, c->thon);
}

static int periods_of_day(int64_t day, char out[6][12])
{
    int y, m, d;

    (void)snprintf(out[0], 12, "all");
    if (day < 0)
        return 1;
    clock_day_civil(day, &y, &m, &d);
    (void)snprintf(out[1], 12, "%04u-%02u", (unsigned)y % 10000, (unsigned)m % 100);
    (void)snprintf(out[2], 12, "%04u-Q%u", (unsigned)y % 10000,
                   (unsigned)(m - 1) / 3 % 4 + 1);
    (void)snprintf(out[3], 12, "%04u-H%d", (unsigned)y % 10000, m < 7 ? 1 : 2);
    (void)snprintf(out[4], 12, "%04u", (unsigned)y % 10000);
    (void)snprintf(out[5], 12, "P%d", y <= 2027 ? 1 : 2);
    return 6;
}

static void count_day(struct keys *out, int root, const char *stat, const char *unit,
                      int64_t day)
{
    char periods[6][12], before[KEY_BYTES];
    int n = periods_of_day(day, periods);

    for (int i = 0; i < n; i++) {
        (void)snprintf(before, sizeof(before), "%s|%s|%s", stat, periods[i], unit);
        cells_of(&w.tokens[root].cohort, out, before);
    }
}

static bool is_learnt(const struct model_event *e)
{
    return e->kind == M_COMPLETE || e->kind == M_CLAIM || e->kind == M_PASSPORT;
}

/* Once in each period, whatever the number of days. */
static void count_days(struct keys *out, int root, const char *stat, bool complete_only)
{
    struct keys seen = { 0 };
    char periods[6][12], before[KEY_BYTES];

    for (int i = 0; i < w.n_events; i++) {
        const struct model_event *e = &w.events[i];
        int n;

        if (e->kind == M_CURRICULUM || e->token < 0 || e->taken_back ||
            root_of(e->token) != root ||
            (complete_only ? !is_learnt(e) : e->kind == M_PASSPORT))
            continue;
        n = periods_of_day(e->day, periods);
        for (int k = 0; k < n; k++) {
            bool known = false;

            for (size_t s = 0; s < seen.n; s++)
                known = known || !strcmp(seen.at[s], periods[k]);
            if (known)
                continue;
            add_key(&seen, "%s", periods[k]);
            (void)snprintf(before, sizeof(before), "%s|%s|-", stat, periods[k]);
            cells_of(&w.tokens[root].cohort, out, before);
        }
    }
    free(seen.at);
}

/* The first pass that makes the module whole, among the events before `end`. */
static bool module_day(int root, unsigned module, int end, int from, int64_t *day)
{
    unsigned passed = 0;

    for (int i = 0; i < end; i++) {
        const struct model_event *e = &w.events[i];

        if (!is_learnt(e) || !e->passed || e->taken_back || e->token < 0 ||
            root_of(e->token) != root)
            continue;
        passed |= 1U << e->lesson;
        if (i >= from && module & 1U << e->lesson && (passed & module) == module) {
            *day = e->day;
            return true;
        }
    }
    return false;
}

static void count_module(struct keys *out, int root)
{
    int64_t day;
    unsigned module = 0;

    for (int i = 0; i <= w.n_events; i++) {
        bool is_change = i == w.n_events || w.events[i].kind == M_CURRICULUM;
        int from = i, next = i + 1;

        if (i == w.n_events)
            return;
        if (!is_change)
            continue;
        module = w.events[i].module;
        while (next < w.n_events && w.events[next].kind != M_CURRICULUM)
            next++;
        /* seen by the new one at once, else as lessons are passed under it */
        if (module_day(root, module, from, 0, &day) ||
            module_day(root, module, next, from, &day)) {
            count_day(out, root, "module_finished", "m1", day);
            return;
        }
    }
}

static void count_firsts(struct keys *out, int root)
{
    for (int lesson = 0; lesson < LESSONS; lesson++)
        for (int i = 0; i < w.n_events; i++) {
            const struct model_event *e = &w.events[i];
            char unit[8];

            if (!is_learnt(e) || !e->passed || e->taken_back || e->token < 0 ||
                e->lesson != lesson || root_of(e->token) != root)
                continue;
            (void)snprintf(unit, sizeof(unit), "b%d", lesson);
            count_day(out, root, "lesson_firsts", unit, e->day);
            break;
        }
}

static void count_registered(struct keys *out, const char *period)
{
    char before[40];

    (void)snprintf(before, sizeof(before), "registered|%s|-", period);
    for (int t = 0; t < w.n_tokens; t++)
        if (w.tokens[t].registered && !w.tokens[t].erased &&
            (w.tokens[t].parent < 0 || w.control))
            cells_of(&w.tokens[t].cohort, out, before);
}

void carry(void)
{
    char periods[6][12];
    int n = periods_of_day(today(), periods);

    for (int i = 1; i < n; i++) {
        int s = 0;

        while (s < w.n_stocks && strcmp(w.stocks[s].period, periods[i]) != 0)
            s++;
        ASSERT(s < (int)COUNT(w.stocks));
        if (s == w.n_stocks)
            w.n_stocks++;
        memcpy(w.stocks[s].period, periods[i], sizeof(periods[i]));
        w.stocks[s].cells.n = 0;
        count_registered(&w.stocks[s].cells, periods[i]);
    }
}

int compare_keys(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* "key" n times becomes "key=n". */
static void sum_keys(struct keys *k)
{
    size_t kept = 0;

    if (k->n)
        qsort(k->at, k->n, KEY_BYTES, compare_keys);
    for (size_t i = 0; i < k->n;) {
        char key[KEY_BYTES];
        unsigned n = 0;

        memcpy(key, k->at[i], KEY_BYTES);
        while (i < k->n && !strcmp(k->at[i], key))
            i++, n++;
        (void)snprintf(k->at[kept++], KEY_BYTES, "%.70s=%u", key, n);
    }
    k->n = kept;
    if (k->n)
        qsort(k->at, k->n, KEY_BYTES, compare_keys);
}

void recount(struct keys *out)
{
    count_registered(out, "all");
    for (int s = 0; s < w.n_stocks; s++)
        for (size_t i = 0; i < w.stocks[s].cells.n; i++)
            add_key(out, "%s", w.stocks[s].cells.at[i]);
    for (int t = 0; t < w.n_tokens; t++) {
        if (!w.tokens[t].registered || w.tokens[t].erased ||
            (w.tokens[t].parent >= 0 && !w.control))
            continue;
        count_days(out, t, "active", false);
        count_days(out, t, "finished_one", true);
        count_firsts(out, t);
        count_module(out, t);
    }
    sum_keys(out);
}
