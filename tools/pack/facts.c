/* The records of facts.csv, checked and copied. */
#include "facts.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "csv.h"
#include "lesson/lesson.h"
#include "report.h"

#define N_FIELDS 5
static const char *const head[N_FIELDS] = { "id", "fact", "source", "checked", "due" };

static void check(const struct facts *f, const struct fact *x, int64_t today,
                  const char *file, struct report *report)
{
    if (!lesson_id_valid(x->id))
        report_problem(report, file, x->line,
                       "id “%.40s”: use 1 to 32 of a-z 0-9 . _ -", x->id);
    else if (facts_find(f, x->id))
        report_problem(report, file, x->line, "fact %s is there twice: keep one",
                       x->id);
    if (!*x->text)
        report_problem(report, file, x->line, "no fact: say what the lessons state");
    if (!*x->source)
        report_problem(report, file, x->line,
                       "no source: name the law, page or office it comes from");
    if (x->checked < 0 || x->due < 0)
        report_problem(report, file, x->line,
                       "checked or due is not a date: write YYYY-MM-DD");
    else if (x->due <= today)
        report_warning(report, file, x->line,
                       "fact %s is due: look at its source again and set new dates",
                       x->id);
}

void facts_read(char *text, const char *file, int64_t today, struct arena *arena,
                struct report *report, struct facts *out)
{
    struct csv c = { text, 1, file, head, N_FIELDS, report };
    char *fields[CSV_FIELDS_MAX];

    *out = (struct facts){ .list = arena_alloc(arena, FACTS_MAX * sizeof(*out->list)) };
    if (!csv_read_head(&c))
        return;
    while (*c.at) {
        struct fact x = { .line = c.line };

        if (!csv_read(&c, fields))
            continue;
        x.id = arena_strdup(arena, fields[0]);
        x.text = arena_strdup(arena, fields[1]);
        x.source = arena_strdup(arena, fields[2]);
        x.checked = clock_day_parse(fields[3]);
        x.due = clock_day_parse(fields[4]);
        check(out, &x, today, file, report);
        if (out->n == FACTS_MAX) {
            report_problem(report, file, x.line,
                           "more than 2000 facts: split the pack");
            return;
        }
        out->list[out->n++] = x;
    }
}

const struct fact *facts_find(const struct facts *f, const char *id)
{
    for (size_t i = 0; i < f->n; i++) {
        if (strcmp(f->list[i].id, id) == 0)
            return &f->list[i];
    }
    return NULL;
}
