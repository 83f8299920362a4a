/* The sheets of a period report. */
#include "app/report_file.h"
#include "app/lists.h"

#include <stdio.h>
#include <string.h>

#include "app/report_sheet.h"
#include "base/check.h"
#include "base/clock.h"
#include "lesson/pack.h"

#define DIMS_BYTES 96
#define MONTHS 12

/* --- what is measured -------------------------------------------------------------------- */

/* One row is one column of every table by a code, and one line of the summary and of the
 * dictionary. */
struct measure {
    enum text_id head;
    const char *stat;
    const char *with; /* before the table's own dimension: "sex=f;"; NULL: as it is */
    bool people;
    enum text_id meaning;
};
static const struct measure summary[] = {
    { T_rf_c_registered, "registered", NULL, true, T_rf_n_people },
    { T_rf_c_active, "active", NULL, true, T_rf_n_people },
    { T_rf_c_finished, "finished_one", NULL, true, T_rf_n_done },
    { T_rf_c_completions, "completions", NULL, false, T_rf_n_times },
    { T_rf_c_passes, "passes", NULL, false, T_rf_n_times },
    { T_rf_c_classes, "classes", NULL, false, T_rf_n_times },
    { T_rf_c_attendance, "attendance", NULL, false, T_rf_n_times },
    { T_rf_c_heads, "head_count", NULL, false, T_rf_n_heads },
    { T_rf_c_help, "help", NULL, false, T_rf_n_times },
    { T_rf_c_modules, "certificates", NULL, false, T_rf_n_times },
};
static const struct measure by_code[] = {
    { T_rf_c_registered, "registered", NULL, true, T_rf_n_people },
    { T_rf_c_active, "active", NULL, true, T_rf_n_people },
    { T_rf_c_finished, "finished_one", NULL, true, T_rf_n_done },
    { T_rf_c_completions, "completions", NULL, false, T_rf_n_times },
    { T_rf_c_attendance, "attendance", NULL, false, T_rf_n_times },
};
static const struct measure by_thon[] = {
    { T_rf_c_classes, "classes", NULL, false, T_rf_n_times },
    { T_rf_c_attendance, "attendance", NULL, false, T_rf_n_times },
    { T_rf_c_heads, "head_count", NULL, false, T_rf_n_heads },
    { T_rf_c_active, "active", NULL, true, T_rf_n_people },
    { T_rf_c_women, "active", "sex=f;", true, T_rf_n_people },
    { T_rf_c_old, "active", "band=b4;", true, T_rf_n_people },
    { T_rf_c_finished, "finished_one", NULL, true, T_rf_n_done },
};
static const enum text_id notes[] = { T_rf_n_times, T_rf_n_people, T_rf_n_done,
                                      T_rf_n_heads, T_rf_n_none,   T_rf_n_range,
                                      T_COUNT };

static const char *unit_of(const struct measure *m)
{
    /* Of lessons and modules: all of them together. */
    return !strcmp(m->stat, "completions") || !strcmp(m->stat, "passes") ||
                   !strcmp(m->stat, "certificates")
               ? NULL
               : "-";
}

static void put(struct report *r, const struct measure *m, const char *dimension,
                const char *code, const struct figure_range *range)
{
    char dims[DIMS_BYTES];

    (void)snprintf(dims, sizeof(dims), "%s%s%s%s", m->with ? m->with : "", dimension,
                   *code ? "=" : "", code);
    if (m->people) {
        struct figure_people n = report_people_of(r, range, m->stat, dims);

        report_people(r, &n);
    } else {
        report_number(r, report_times_of(r, range, m->stat, unit_of(m), dims));
    }
}

/* --- the sheets -------------------------------------------------------------------------- */

static void sheet_summary(struct report *r)
{
    report_sheet_open(r, T_rf_s_sum, T_rf_sum);
    report_column(r, T_rf_c_what, 36, REPORT_TEXT);
    report_column(r, T_rf_c_kind, 10, REPORT_TEXT);
    report_column(r, T_rf_c_now, 16, REPORT_INT);
    report_column(r, T_rf_c_before, 16, REPORT_INT);
    report_rows(r);
    for (size_t i = 0; i < COUNT(summary); i++) {
        report_row_open(r);
        report_text(r, text_of(summary[i].head));
        report_text(r, text_of(summary[i].people ? T_rf_people : T_rf_times));
        put(r, &summary[i], "-", "", &r->range);
        put(r, &summary[i], "-", "", &r->before);
        report_row_close(r);
    }
    report_sheet_close(r, notes);
}

static const struct commune_base *base_of(const struct commune_base *bases, size_t n,
                                          const char *thon)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(bases[i].thon, thon))
            return &bases[i];
    return NULL;
}

static void row_thon(struct report *r, const struct commune_entry *thon,
                     const struct commune_base *base)
{
    int64_t adults = base && base->adults >= 0 ? base->adults : FIGURE_NONE;
    char dims[DIMS_BYTES];
    int64_t active, finished;

    (void)snprintf(dims, sizeof(dims), "thon=%s", thon->code);
    active = report_people_of(r, &r->range, "active", dims).most;
    finished = report_people_of(r, &r->range, "finished_one", dims).most;
    report_row_open(r);
    report_text(r, thon->code);
    report_text(r, thon->name);
    report_number(r, base && base->households >= 0 ? base->households : FIGURE_NONE);
    report_number(r, adults);
    for (size_t i = 0; i < COUNT(by_thon); i++)
        put(r, &by_thon[i], "thon", thon->code, &r->range);
    report_rate(r, finished, active);
    report_rate(r, finished, adults);
    report_text(r, base ? base->source : "");
    report_row_close(r);
}

static void sheet_thon(struct report *r)
{
    struct commune_entry *entries = NULL;
    struct commune_base *bases = NULL;
    size_t n = 0, n_bases = 0;
    int year = 0, month, day;

    if (r->range.to_day >= 0)
        clock_day_civil(r->range.to_day, &year, &month, &day);
    if (!r->err)
        r->err = commune_read(r->db, COMMUNE_THON, r->arena, &entries, &n);
    if (!r->err)
        r->err = commune_bases(r->db, year, r->arena, &bases, &n_bases);
    report_sheet_open(r, T_rf_s_thon, T_rf_thon);
    report_column(r, T_rf_c_code, 8, REPORT_TEXT);
    report_column(r, T_rf_c_name, 20, REPORT_TEXT);
    report_column(r, T_rf_c_households, 10, REPORT_INT);
    report_column(r, T_rf_c_adults, 14, REPORT_INT);
    for (size_t i = 0; i < COUNT(by_thon); i++)
        report_column(r, by_thon[i].head, 14, REPORT_INT);
    report_column(r, T_rf_c_of_active, 14, REPORT_PERCENT);
    report_column(r, T_rf_c_of_adults, 14, REPORT_PERCENT);
    report_column(r, T_rf_c_source, 24, REPORT_TEXT);
    report_rows(r);
    for (size_t i = 0; !r->err && i < n; i++)
        row_thon(r, &entries[i], base_of(bases, n_bases, entries[i].code));
    report_sheet_close(r, notes);
}

static void row_by(struct report *r, const char *dimension, const char *code,
                   const char *name)
{
    report_row_open(r);
    report_text(r, code);
    report_text(r, name);
    for (size_t i = 0; i < COUNT(by_code); i++)
        put(r, &by_code[i], dimension, code, &r->range);
    report_row_close(r);
}

static void head_by(struct report *r, enum text_id name, enum text_id title)
{
    report_sheet_open(r, name, title);
    report_column(r, T_rf_c_code, 8, REPORT_TEXT);
    report_column(r, T_rf_c_name, 36, REPORT_TEXT);
    for (size_t i = 0; i < COUNT(by_code); i++)
        report_column(r, by_code[i].head, 16, REPORT_INT);
    report_rows(r);
}

static void sheet_list(struct report *r, enum text_id name, enum text_id title,
                       enum commune_list list, const char *dimension)
{
    struct commune_entry *entries = NULL;
    size_t n = 0;

    if (!r->err)
        r->err = commune_read(r->db, list, r->arena, &entries, &n);
    head_by(r, name, title);
    for (size_t i = 0; !r->err && i < n; i++)
        row_by(r, dimension, entries[i].code,
               entries[i].name[0] ? entries[i].name : entries[i].code);
    report_sheet_close(r, notes);
}

static void sheet_age_and_sex(struct report *r)
{
    static const char *const bands[][2] = { { "b0", "< 14" },
                                            { "b1", "14–17" },
                                            { "b2", "18–34" },
                                            { "b3", "35–59" },
                                            { "b4", "60+" } };

    head_by(r, T_rf_s_age, T_rf_age);
    for (size_t i = 0; !r->err && i < COUNT(bands); i++)
        row_by(r, "band", bands[i][0], bands[i][1]);
    report_sheet_close(r, notes);
    head_by(r, T_rf_s_sex, T_rf_sex);
    row_by(r, "sex", "f", text_of(T_pf_female));
    row_by(r, "sex", "m", text_of(T_pf_male));
    report_sheet_close(r, notes);
}

static void sheet_targets(struct report *r)
{
    struct commune_target *targets = NULL;
    size_t n = 0;

    if (!r->err && r->range.period[0])
        r->err = commune_targets(r->db, r->range.period, r->arena, &targets, &n);
    report_sheet_open(r, T_rf_s_target, T_rf_target);
    report_column(r, T_rf_c_group, 36, REPORT_TEXT);
    report_column(r, T_rf_c_target, 12, REPORT_INT);
    report_column(r, T_rf_c_finished, 16, REPORT_INT);
    report_column(r, T_rf_c_of_active, 14, REPORT_PERCENT);
    report_column(r, T_rf_c_due, 12, REPORT_DATE);
    report_column(r, T_rf_c_document, 28, REPORT_TEXT);
    report_column(r, T_rf_c_reached, 12, REPORT_DATE);
    report_rows(r);
    for (size_t i = 0; !r->err && i < n; i++) {
        const struct commune_target *t = &targets[i];
        struct figure_people done = report_people_of(
            r, &r->range, "finished_one",
            t->group[0] ? arena_printf(r->arena, "group=%s", t->group) : "-");

        report_row_open(r);
        report_text(r, t->group[0] ? list_words(r->db, LIST_GROUP, t->group, r->arena)
                                   : text_of(T_tg_sum));
        report_number(r, t->value);
        report_people(r, &done);
        report_rate(r, done.most, t->value);
        report_day(r, t->due_day);
        report_text(r, t->document);
        report_day(r, t->reached_day);
        report_row_close(r);
    }
    report_sheet_close(r, notes);
}

static const char *lesson_title(const struct report *r, const char *id)
{
    long at = r->pack ? pack_find_lesson(r->pack, id) : -1;

    return at < 0 ? id : pack_info(r->pack)->lessons[at].title;
}

static void sheet_lessons(struct report *r)
{
    struct figure_row *rows = NULL;
    size_t n = 0;

    if (!r->err)
        r->err =
            figure_by_unit(r->db, "completions", false, &r->range, r->arena, &rows, &n);
    report_sheet_open(r, T_rf_s_lesson, T_rf_lesson);
    report_column(r, T_rf_c_code, 12, REPORT_TEXT);
    report_column(r, T_rf_c_name, 44, REPORT_TEXT);
    report_column(r, T_rf_c_completions, 14, REPORT_INT);
    report_column(r, T_rf_c_passes, 14, REPORT_INT);
    report_column(r, T_rf_c_firsts, 16, REPORT_INT);
    report_rows(r);
    for (size_t i = 0; !r->err && i < n; i++) {
        struct figure_people firsts = { FIGURE_NONE, FIGURE_NONE };

        r->err = figure_people(r->db, "lesson_firsts", rows[i].code, "-", &r->range,
                               &firsts);
        report_row_open(r);
        report_text(r, rows[i].code);
        report_text(r, lesson_title(r, rows[i].code));
        report_number(r, rows[i].value);
        report_number(r, report_times_of(r, &r->range, "passes", rows[i].code, "-"));
        report_people(r, &firsts);
        report_row_close(r);
    }
    report_sheet_close(r, notes);
}

static void sheet_help(struct report *r)
{
    struct figure_row *rows = NULL;
    size_t n = 0;

    if (!r->err)
        r->err = figure_by(r->db, "help", "-", "kind", false, &r->range, r->arena,
                           &rows, &n);
    report_sheet_open(r, T_rf_s_help, T_rf_help);
    report_column(r, T_rf_c_code, 28, REPORT_TEXT);
    report_column(r, T_rf_c_help, 14, REPORT_INT);
    report_rows(r);
    for (size_t i = 0; !r->err && i < n; i++) {
        report_row_open(r);
        report_text(r, list_words(r->db, LIST_HELP, rows[i].code, r->arena));
        report_number(r, rows[i].value);
        report_row_close(r);
    }
    report_sheet_close(r, notes);
}

static void sheet_months(struct report *r)
{
    static const char *const stats[] = { "completions", "attendance", "help" };
    struct figure_row *rows[COUNT(stats)] = { NULL };
    size_t n[COUNT(stats)] = { 0 };

    for (size_t i = 0; i < COUNT(stats); i++)
        if (!r->err)
            r->err = figure_by_month(r->db, stats[i], i ? "-" : NULL, "-", &r->range,
                                     MONTHS, r->arena, &rows[i], &n[i]);
    report_sheet_open(r, T_rf_s_month, T_rf_month);
    report_column(r, T_rf_c_month, 12, REPORT_TEXT);
    report_column(r, T_rf_c_completions, 16, REPORT_INT);
    report_column(r, T_rf_c_attendance, 16, REPORT_INT);
    report_column(r, T_rf_c_help, 16, REPORT_INT);
    report_rows(r);
    for (size_t m = 0; !r->err && m < n[0]; m++) {
        report_row_open(r);
        report_text(r, rows[0][m].code);
        for (size_t i = 0; i < COUNT(stats); i++)
            report_number(r, m < n[i] ? rows[i][m].value : FIGURE_NONE);
        report_row_close(r);
    }
    report_sheet_close(r, notes);
}

static void sheet_dictionary(struct report *r)
{
    report_sheet_open(r, T_rf_s_dict, T_rf_dict);
    report_column(r, T_rf_c_what, 36, REPORT_TEXT);
    report_column(r, T_rf_c_code, 22, REPORT_TEXT);
    report_column(r, T_rf_c_kind, 10, REPORT_TEXT);
    report_column(r, T_rf_c_meaning, 90, REPORT_TEXT);
    report_rows(r);
    for (size_t i = 0; i < COUNT(summary); i++) {
        report_row_open(r);
        report_text(r, text_of(summary[i].head));
        report_text(r, summary[i].stat);
        report_text(r, text_of(summary[i].people ? T_rf_people : T_rf_times));
        report_text(r, text_of(summary[i].meaning));
        report_row_close(r);
    }
    report_sheet_close(r, notes);
}

/* --- the document ------------------------------------------------------------------------- */

static const char *day_words(struct arena *arena, int64_t day)
{
    int year, month, mday;

    clock_day_civil(day, &year, &month, &mday);
    return arena_printf(arena, "%02d/%02d/%d", mday, month, year);
}

static void head(struct report *r)
{
    const char *place = commune_title(r->db, r->arena);
    int64_t unplaced = 0, n;

    if (r->range.to_day < 0)
        json_put_text(r->out, "title",
                      text_fill(r->arena, text_of(T_rf_all), "noi", place, NULL));
    else
        json_put_text(r->out, "title",
                      text_fill(r->arena, text_of(T_rf_title), "noi", place, "tu",
                                day_words(r->arena, r->range.from_day), "den",
                                day_words(r->arena, r->range.to_day), NULL));
    json_open(r->out, "paragraphs", '[');
    json_put_text(r->out, NULL,
                  text_fill(r->arena, text_of(T_rf_source), "ma",
                            commune_code(r->db, r->arena), NULL));
    r->err = figure_times(r->db, "completions", NULL, "-", &r->range, &n, &unplaced);
    if (!r->err && unplaced > 0)
        json_put_text(r->out, NULL,
                      text_fill(r->arena, text_of(T_rf_n_unplaced), "n",
                                arena_printf(r->arena, "%lld", (long long)unplaced),
                                NULL));
    json_close(r->out, ']');
}

enum err report_file_tables(struct db *db, const struct pack *pack,
                            const struct figure_range *range, struct buf *out)
{
    struct arena arena = { 0 };
    struct report r = {
        .db = db, .pack = pack, .range = *range, .out = out, .arena = &arena
    };

    r.before = figure_range_before(db, range);
    json_open(out, NULL, '{');
    head(&r);
    json_open(out, "sheets", '[');
    sheet_summary(&r);
    sheet_thon(&r);
    sheet_list(&r, T_rf_s_group, T_rf_group, COMMUNE_GROUP, "group");
    sheet_targets(&r);
    sheet_age_and_sex(&r);
    sheet_lessons(&r);
    sheet_list(&r, T_rf_s_unit, T_rf_unit, COMMUNE_UNIT, "unit");
    sheet_help(&r);
    sheet_list(&r, T_rf_s_job, T_rf_job, COMMUNE_JOB, "job");
    sheet_months(&r);
    sheet_dictionary(&r);
    json_close(out, ']');
    json_close(out, '}');
    arena_finish(&arena);
    return !r.err && out->overflow ? ERR_FULL : r.err;
}
