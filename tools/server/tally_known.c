/* Since when anything is known: whether a missing row of totals means 0 or nothing. */
#include <string.h>

#include "base/check.h"
#include "tally.h"

#define FIRSTS_MAX 20000

/* What must have been counted for a missing row to mean 0: nobody completed where lessons
 * were started; where none was started, nobody knows. */
static const struct {
    const char *stats, *witness;
} families[] = {
    { " completions passes item_first_right ", "starts" },
    { " active finished_one lesson_firsts module_finished path_finished ",
      "registered" },
    { " attendance head_count ", "classes" },
};

struct knowing {
    struct arena *arena;
    struct tally *t;
};

static bool is_word_of(const char *list, const char *word)
{
    size_t n = strlen(word);

    for (const char *at = strstr(list, word); n && at; at = strstr(at + 1, word))
        if (at[-1] == ' ' && at[n] == ' ')
            return true;
    return false;
}

static void note_first(struct knowing *k, const char *of, size_t n, const char *day)
{
    struct tally *t = k->t;
    size_t i = 0;

    while (i < t->n_firsts &&
           (strncmp(t->firsts[i].of, of, n) != 0 || t->firsts[i].of[n]))
        i++;
    if (i == FIRSTS_MAX)
        return;
    if (i == t->n_firsts)
        t->firsts[t->n_firsts++] = (struct tally_first){ arena_strndup(k->arena, of, n),
                                                         arena_strdup(k->arena, day) };
    else if (*day && (!*t->firsts[i].day || strcmp(day, t->firsts[i].day) < 0))
        t->firsts[i].day = arena_strdup(k->arena, day);
}

/* Cells: stat dims first. Places, units and groups are known by the parts of dims. */
static enum err take_first(void *ctx, const struct cell *c)
{
    struct knowing *k = ctx;
    const char *day = c[2].text ? c[2].text : "";

    note_first(k, c[0].text, strlen(c[0].text), day);
    for (const char *at = c[1].text; *at; at += *at == ';') {
        size_t n = strcspn(at, ";");

        if (memchr(at, '=', n))
            note_first(k, at, n, day);
        at += n;
    }
    return ERR_OK;
}

/* By the end of the span. */
static bool was_there(const struct tally *t, const char *of, size_t n)
{
    char end[11] = "9999-12-31";

    if (!t->span.is_all)
        clock_day_text(t->span.end_day - 1, end);
    for (size_t i = 0; i < t->n_firsts; i++)
        if (!strncmp(t->firsts[i].of, of, n) && !t->firsts[i].of[n])
            return t->span.is_all ||
                   (*t->firsts[i].day && strcmp(t->firsts[i].day, end) <= 0);
    return false;
}

/* Whether a missing row means 0. A thôn or unit that never sent anything is unknown. */
bool tally_is_measured(const struct tally *t, const char *stat, const char *dims)
{
    static const char *const owners[] = { "thon=", "unit=", "group=" };
    const char *witness = stat;

    if (t->not_begun)
        return false;
    for (size_t i = 0; i < COUNT(families); i++)
        if (is_word_of(families[i].stats, stat))
            witness = families[i].witness;
    if (!was_there(t, witness, strlen(witness)))
        return false;
    for (const char *at = dims; *at; at += *at == ';') {
        size_t n = strcspn(at, ";");

        for (size_t i = 0; i < COUNT(owners); i++)
            if (!strncmp(at, owners[i], strlen(owners[i])) && !was_there(t, at, n))
                return false;
        at += n;
    }
    return true;
}

enum err tally_read_firsts(struct server *s, struct arena *arena, struct tally *t)
{
    struct knowing k = { arena, t };

    t->firsts = arena_alloc(arena, FIRSTS_MAX * sizeof(*t->firsts));
    return store_run_plain(s->store, Q_REPORT_FIRST, take_first, &k);
}

size_t tally_codes(const struct tally *t, const char *dimension, struct arena *arena,
                   const char ***out)
{
    size_t n = 0, n_dimension = strlen(dimension);

    *out = arena_alloc(arena, (t->n_firsts + 1) * sizeof(**out));
    for (size_t i = 0; i < t->n_firsts; i++)
        if (!strncmp(t->firsts[i].of, dimension, n_dimension) &&
            t->firsts[i].of[n_dimension] == '=')
            (*out)[n++] = t->firsts[i].of + n_dimension + 1;
    return n;
}
