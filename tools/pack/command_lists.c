/* coverage, facts: tables over a content tree, tab-separated on stdout. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/options.h"
#include "commands.h"
#include "coverage.h"
#include "items/items.h"
#include "report.h"
#include "source.h"
#include "voice_list.h"

#define OUT_BYTES_MAX (4U * 1024U * 1024U)
#define SOON_DAYS 60

static void finish(struct report *report, struct source *s)
{
    fputs(buf_text(&report->lines), stderr);
    report_finish(report);
    source_finish(s);
}

int command_coverage(const struct options *o, char **words)
{
    struct arena arena = { 0 };
    struct voice_list voices = { 0 };
    struct report report;
    struct source s;
    struct buf out;
    enum err err;

    report_init(&report);
    buf_init(&out, OUT_BYTES_MAX);
    err = command_source(o, words[0], command_today(o), &report, &s);
    if (!err)
        err = voice_list_read(words[0], &arena, &report, &voices);
    if (!err)
        coverage_write(&s, items_table, &voices, &out);
    fputs(buf_text(&out), stdout);
    buf_finish(&out);
    finish(&report, &s);
    arena_finish(&arena);
    return err ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* --- facts -------------------------------------------------------------------------- */

static bool names(const struct source_lesson *l, const char *fact)
{
    for (size_t i = 0; i < l->front.facts.n; i++) {
        if (strcmp(l->front.facts.item[i], fact) == 0)
            return true;
    }
    return false;
}

/* "id id", NULL when no lesson names it. */
static const char *users(struct source *s, const char *fact)
{
    const char *list = NULL;

    for (size_t i = 0; i < s->n_modules; i++) {
        for (size_t k = 0; k < s->modules[i].n_lessons; k++) {
            const struct source_lesson *l = &s->modules[i].lessons[k];

            if (names(l, fact))
                list = list ? arena_printf(&s->arena, "%s %s", list, l->front.id)
                            : l->front.id;
        }
    }
    return list;
}

/* One line for each thing to know of it. True when its day has come. */
static bool list_fact(struct source *s, const struct fact *f, int64_t day)
{
    const char *lessons = users(s, f->id);
    char due[11] = "";

    if (f->due >= 0)
        clock_day_text(f->due, due);
    if (f->due <= day + SOON_DAYS)
        printf("%s\t%s %s\t%s\t%s\t%s\n", f->id, f->due <= day ? "due" : "soon", due,
               f->text, f->source, lessons ? lessons : "");
    if (!lessons)
        printf("%s\tunused\t%s\t%s\t\n", f->id, f->text, f->source);
    return f->due <= day;
}

static void list_unknown(const struct source *s, const struct source_lesson *l)
{
    for (size_t i = 0; i < l->front.facts.n; i++) {
        if (!facts_find(&s->facts, l->front.facts.item[i]))
            printf("%s\tunknown\t\t\t%s\n", l->front.facts.item[i], l->front.id);
    }
}

int command_facts(const struct options *o, char **words)
{
    struct report report;
    struct source s;
    int64_t day = command_today(o);
    size_t n_due = 0;
    bool good;

    report_init(&report);
    good = command_source(o, words[0], day, &report, &s) == ERR_OK;
    for (size_t i = 0; good && i < s.facts.n; i++)
        n_due += list_fact(&s, &s.facts.list[i], day);
    for (size_t i = 0; good && i < s.n_modules; i++) {
        for (size_t k = 0; k < s.modules[i].n_lessons; k++)
            list_unknown(&s, &s.modules[i].lessons[k]);
    }
    finish(&report, &s);
    return good && n_due == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
