/* Finding people by what staff type, and finding who may be the same. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"
#include "store/people_index_private.h"
#include "vietnamese/fold.h"

#define QUERY_BYTES 256
#define WORDS_MAX 12
#define PLACES_MAX 64

/* --- the query ---------------------------------------------------------------------- */

struct word {
    const char *text;
    size_t n;
    bool is_number;
    int year;     /* 4 digits; 0 */
    int year_end; /* 2 digits: the last two; -1 */
    /* which places have a word that begins so, or this code */
    bool places[PLACES_MAX];
};
struct query {
    char text[QUERY_BYTES];
    struct word words[WORDS_MAX];
    size_t n;
};

/* Does a word of `text` begin with `w`? `*whole_out`: and is it all of that word. */
static bool has_word(const char *text, const struct word *w, bool *whole_out,
                     const char **at_out)
{
    const char *at = text;

    while (*at) {
        if (!strncmp(at, w->text, w->n)) {
            *whole_out = at[w->n] == ' ' || !at[w->n];
            *at_out = at;
            return true;
        }
        at += strcspn(at, " ");
        at += *at == ' ';
    }
    return false;
}

static void read_word(const struct people_index *ix, struct word *w)
{
    size_t digits = strspn(w->text, "0123456789");
    const char *at;
    bool whole;

    w->is_number = digits == w->n;
    w->year_end = -1;
    if (w->is_number && w->n == 4)
        w->year = (int)strtol(w->text, NULL, 10);
    if (w->is_number && w->n == 2)
        w->year_end = (int)strtol(w->text, NULL, 10);
    for (size_t i = 0; i < ix->n_places && i < PLACES_MAX; i++)
        w->places[i] = has_word(ix->places[i].folded, w, &whole, &at) ||
                       (strlen(ix->places[i].code) == w->n &&
                        !strncmp(ix->places[i].code, w->text, w->n));
}

static void read_query(const struct people_index *ix, const char *typed,
                       struct query *out)
{
    char *at;

    memset(out, 0, sizeof(*out));
    (void)fold_text(typed, out->text, sizeof(out->text));
    at = out->text;
    while (out->n < WORDS_MAX) {
        struct word *w = &out->words[out->n];

        at += strspn(at, " ");
        if (!*at)
            break;
        w->text = at;
        w->n = strcspn(at, " ");
        at += w->n;
        if (*at)
            *at++ = 0;
        read_word(ix, w);
        out->n++;
    }
}

/* --- matching ----------------------------------------------------------------------- */

#define POINTS_PLACE 1
#define POINTS_YEAR 2
#define POINTS_PART 3
#define POINTS_WORD 6
#define POINTS_GIVEN 3 /* more, when it is the given name, which people are called by */
#define POINTS_CODE 50

static int points_of_number(const struct index_person *p, const struct word *w)
{
    if (w->n >= 3 && !strncmp(p->entry.code, w->text, w->n))
        return w->n == PERSON_CODE_CHARS - 1 ? POINTS_CODE : POINTS_PLACE;
    if (p->entry.year &&
        (p->entry.year == w->year || p->entry.year % 100 == w->year_end))
        return POINTS_YEAR;
    return 0;
}

static int points_of_place(const struct people_index *ix, const struct index_person *p,
                           const struct word *w)
{
    for (size_t i = 0; i < ix->n_places && i < PLACES_MAX; i++)
        if (w->places[i] && !strcmp(ix->places[i].code, p->thon))
            return POINTS_PLACE;
    return p->thon[0] && strlen(p->thon) == w->n && !strncmp(p->thon, w->text, w->n)
               ? POINTS_PLACE
               : 0;
}

static int points_of_word(const struct people_index *ix, const struct index_person *p,
                          const struct word *w)
{
    const char *at;
    bool whole;
    int points;

    if (w->is_number)
        return points_of_number(p, w);
    if (!has_word(p->folded, w, &whole, &at))
        return points_of_place(ix, p, w);
    points = whole ? POINTS_WORD : POINTS_PART;
    return points + (strchr(at, ' ') ? 0 : POINTS_GIVEN);
}

/* 0: a word of the query fits nothing about this person. */
static int points_of(const struct people_index *ix, const struct index_person *p,
                     const struct query *q)
{
    int sum = 0;

    for (size_t i = 0; i < q->n; i++) {
        int points = points_of_word(ix, p, &q->words[i]);

        if (!points)
            return 0;
        sum += points;
    }
    return sum;
}

/* Puts a hit among the best `max`; equal ones stay in the order of names. */
struct hits {
    const struct people_entry **out;
    int *points;
    size_t n, max;
};

static void add_hit(struct hits *h, const struct people_entry *entry, int points)
{
    size_t at;

    if (h->n == h->max && (h->max == 0 || h->points[h->n - 1] >= points))
        return;
    at = h->n < h->max ? h->n++ : h->n - 1;
    while (at > 0 && h->points[at - 1] < points) {
        h->points[at] = h->points[at - 1];
        h->out[at] = h->out[at - 1];
        at--;
    }
    h->points[at] = points;
    h->out[at] = entry;
}

size_t people_search(const struct people_index *ix, const char *query,
                     const struct people_entry **out, size_t max)
{
    struct hits hits = { .out = out, .max = max };
    struct query q;
    size_t total = 0;

    read_query(ix, query, &q);
    if (q.n == 0) {
        (void)people_all(ix, 0, out, max);
        return ix->n;
    }
    hits.points = check_alloc((max + 1) * sizeof(int));
    for (size_t i = 0; i < ix->n; i++) {
        int points = points_of(ix, ix->people[i], &q);

        if (!points)
            continue;
        total++;
        add_hit(&hits, &ix->people[i]->entry, points);
    }
    free(hits.points);
    hash_wipe(&q, sizeof(q));
    return total;
}

/* --- people who may be the same ----------------------------------------------------- */

/* Smaller is likelier. */
static int unlikeness(const struct people_likeness *l, int year, bool same_name)
{
    int apart = l->entry->year && year ? abs(l->entry->year - year) : 1;

    return (l->year ? 0 : 4) + (l->thon ? 0 : 4) + (same_name ? 0 : 2) +
           (apart ? 1 : 0);
}

size_t people_alike(const struct people_index *ix, const char *name, int year,
                    const char *thon, struct people_likeness *out, size_t max)
{
    int *unlike = check_alloc((max + 1) * sizeof(int));
    char folded[PERSON_NAME_MAX];
    size_t n = 0;

    (void)fold_text(name, folded, sizeof(folded));
    for (size_t i = 0; folded[0] && i < ix->n; i++) {
        const struct index_person *p = ix->people[i];
        struct people_likeness l = { .entry = &p->entry };
        size_t at;
        int u;

        l.year = year && p->entry.year && abs(p->entry.year - year) <= 1;
        l.thon = thon && thon[0] && !strcmp(p->thon, thon);
        if (!l.year && !l.thon)
            continue;
        l.name = fold_distance(folded, p->folded, 1) <= 1;
        if (!l.name)
            continue;
        u = unlikeness(&l, year, !strcmp(folded, p->folded));
        if (n == max && (max == 0 || unlike[n - 1] <= u))
            continue;
        for (at = n < max ? n++ : n - 1; at > 0 && unlike[at - 1] > u; at--) {
            unlike[at] = unlike[at - 1];
            out[at] = out[at - 1];
        }
        unlike[at] = u;
        out[at] = l;
    }
    free(unlike);
    hash_wipe(folded, sizeof(folded));
    return n;
}
