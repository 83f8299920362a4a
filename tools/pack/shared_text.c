/* Each lesson as a sorted set of its runs of three words; two sets are merged to count. */
#include "shared_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "source.h"
#include "spoken.h"
#include "vietnamese/fold.h"

#define RUN_WORDS 3 /* two are a common phrase, four miss a word exchanged */
#define TEXT_BYTES_MAX 4096

struct runs {
    const char **list;
    size_t n, cap;
};

static void add_run(struct runs *r, const char *run)
{
    if (r->n == r->cap) {
        r->cap = r->cap ? 2 * r->cap : 512;
        r->list = check_realloc(r->list, r->cap * sizeof(const char *));
    }
    r->list[r->n++] = run;
}

/* Letters and digits of a folded text, one space between words. */
static void keep_words(char *text)
{
    char *to = text;

    for (const char *c = text; *c; c++) {
        if (isalnum((unsigned char)*c))
            *to++ = *c;
        else if (to > text && to[-1] != ' ')
            *to++ = ' ';
    }
    while (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
}

/* A text shorter than a run is a run of its own. */
static void add_text(struct arena *arena, struct runs *r, const char *text)
{
    char folded[TEXT_BYTES_MAX];
    const char *begins[RUN_WORDS]; /* of the last words seen */
    size_t n = 0;
    char *copy;

    fold_text(text, folded, sizeof(folded));
    keep_words(folded);
    copy = arena_strdup(arena, folded);
    if (!*copy)
        return;
    for (char *c = copy; c; c = strchr(c, ' ')) {
        c += *c == ' ';
        begins[n++ % RUN_WORDS] = c;
        if (n >= RUN_WORDS) {
            const char *from = begins[n % RUN_WORDS];

            add_run(r,
                    arena_strndup(arena, from, (size_t)(c - from) + strcspn(c, " ")));
        }
    }
    if (n < RUN_WORDS)
        add_run(r, copy);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void make_set(struct runs *r)
{
    size_t n = 0;

    if (r->n)
        qsort(r->list, r->n, sizeof(const char *), compare);
    for (size_t i = 0; i < r->n; i++) {
        if (!n || strcmp(r->list[n - 1], r->list[i]) != 0)
            r->list[n++] = r->list[i];
    }
    r->n = n;
}

static void collect(struct arena *arena, const struct source_lesson *l,
                    struct runs *out)
{
    struct spoken spoken;

    spoken_collect_lesson(l, &spoken);
    for (size_t i = 0; i < spoken.n; i++)
        add_text(arena, out, spoken.list[i].text);
    spoken_finish(&spoken);
    make_set(out);
}

static int percent(const struct runs *a, const struct runs *b)
{
    size_t both = 0, shorter = a->n < b->n ? a->n : b->n;

    for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
        int order = strcmp(a->list[i], b->list[k]);

        both += order == 0;
        i += order <= 0;
        k += order >= 0;
    }
    return shorter ? (int)((100 * both + shorter - 1) / shorter) : 0;
}

static void note(struct shared_row *row, const struct shared_row *other, int share)
{
    if (row->with && row->percent >= share)
        return;
    row->with = other->lesson;
    row->percent = share;
}

static size_t count_lessons(const struct source *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n_modules; i++)
        n += s->modules[i].n_lessons;
    return n;
}

void shared_text_measure(const struct source *s, struct shared_text *out)
{
    size_t n = count_lessons(s);
    struct runs *runs;

    *out = (struct shared_text){ 0 };
    out->rows = arena_alloc(&out->arena, (n + 1) * sizeof(*out->rows));
    runs = arena_alloc(&out->arena, (n + 1) * sizeof(*runs));
    for (size_t i = 0; i < s->n_modules; i++) {
        for (size_t k = 0; k < s->modules[i].n_lessons; k++) {
            out->rows[out->n].lesson = &s->modules[i].lessons[k];
            collect(&out->arena, &s->modules[i].lessons[k], &runs[out->n++]);
        }
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; k < n; k++) {
            int share = percent(&runs[i], &runs[k]);

            note(&out->rows[i], &out->rows[k], share);
            note(&out->rows[k], &out->rows[i], share);
        }
    }
    for (size_t i = 0; i < n; i++)
        free(runs[i].list);
}

void shared_text_finish(struct shared_text *t)
{
    arena_finish(&t->arena);
    t->n = 0;
}
