/* Columns, and the words that stand in their cells. */
#include "app/people_columns.h"

#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "vietnamese/fold.h"

#define FOLDED_BYTES 256

const struct people_column_def people_columns[COL_COUNT] = {
    [COL_CODE] = { T_pf_code, 9 },
    [COL_NAME] = { T_pf_name, 28 },
    [COL_YEAR] = { T_pf_year, 9 },
    [COL_SEX] = { T_pf_sex, 8 },
    [COL_THON] = { T_pf_thon, 18 },
    [COL_GROUP] = { T_pf_group, 24 },
    [COL_JOB] = { T_pf_job, 24 },
    [COL_UNIT] = { T_pf_unit, 24 },
    [COL_GUARDIAN] = { T_pf_guardian, 24 },
    [COL_KIN] = { T_pf_kin, 12 },
    [COL_CONSENT] = { T_pf_consent, 10 },
    [COL_CONSENT_DAY] = { T_pf_consent_day, 12 },
    [COL_CONSENT_HOW] = { T_pf_consent_how, 12 },
};

/* --- the commune's lists --------------------------------------------------------------- */

enum err people_lists_read(struct db *db, struct people_lists *out)
{
    *out = (struct people_lists){ 0 };
    for (int list = COMMUNE_THON; list <= COMMUNE_JOB; list++) {
        enum err err = commune_read(db, (enum commune_list)list, &out->arena,
                                    &out->entries[list], &out->n[list]);

        if (err) {
            people_lists_finish(out);
            return err;
        }
    }
    return ERR_OK;
}

void people_lists_finish(struct people_lists *lists)
{
    arena_finish(&lists->arena);
}

static const struct commune_entry *entry_named(const struct people_lists *lists,
                                               enum commune_list list, const char *name,
                                               size_t *n_found)
{
    const struct commune_entry *found = NULL;
    char want[FOLDED_BYTES], have[FOLDED_BYTES];

    *n_found = 0;
    (void)fold_text(name, want, sizeof(want));
    for (size_t i = 0; i < lists->n[list]; i++) {
        (void)fold_text(lists->entries[list][i].name, have, sizeof(have));
        if (strcmp(want, have) != 0)
            continue;
        found = &lists->entries[list][i];
        (*n_found)++;
    }
    return found;
}

const char *people_list_word(const struct people_lists *lists, enum commune_list list,
                             const char *code)
{
    for (size_t i = 0; i < lists->n[list]; i++) {
        const struct commune_entry *e = &lists->entries[list][i];
        size_t n;

        if (strcmp(e->code, code) != 0 || !e->name[0])
            continue;
        (void)entry_named(lists, list, e->name, &n);
        return n == 1 ? e->name : code;
    }
    return code;
}

const char *people_list_code(const struct people_lists *lists, enum commune_list list,
                             const char *word)
{
    const struct commune_entry *e;
    size_t n;

    for (size_t i = 0; i < lists->n[list]; i++)
        if (!strcmp(lists->entries[list][i].code, word))
            return lists->entries[list][i].code;
    e = entry_named(lists, list, word, &n);
    return n == 1 ? e->code : NULL;
}

/* --- words ----------------------------------------------------------------------------- */

enum text_id people_how_word(enum consent_method how)
{
    switch (how) {
    case CONSENT_TAP:
        return T_pf_tap;
    case CONSENT_VOICE:
        return T_pf_voice;
    case CONSENT_PAPER:
        return T_pf_paper;
    }
    return T_COUNT;
}

enum text_id people_kin_word(enum guardian_kind kin)
{
    static const enum text_id words[] = {
        [GUARDIAN_NONE] = T_COUNT,       [GUARDIAN_FATHER] = T_pf_father,
        [GUARDIAN_MOTHER] = T_pf_mother, [GUARDIAN_GRANDPARENT] = T_pf_grandparent,
        [GUARDIAN_OTHER] = T_pf_other,
    };

    return (size_t)kin < COUNT(words) ? words[kin] : T_COUNT;
}

static const char *word(enum text_id id)
{
    return id == T_COUNT ? "" : text_of(id);
}

void people_cells(const struct people_lists *lists, const struct person_record *who,
                  struct arena *arena, const char *cells[COL_COUNT])
{
    const struct person_cohort *c = &who->cohort;
    char day[11] = "";

    if (who->consent.day >= 0)
        clock_day_text(who->consent.day, day);
    cells[COL_CODE] = who->code;
    cells[COL_NAME] = who->details.name;
    cells[COL_YEAR] =
        who->details.year ? arena_printf(arena, "%d", who->details.year) : "";
    cells[COL_SEX] = !strcmp(c->sex, "f")   ? text_of(T_pf_female)
                     : !strcmp(c->sex, "m") ? text_of(T_pf_male)
                                            : "";
    cells[COL_THON] = people_list_word(lists, COMMUNE_THON, c->thon);
    cells[COL_GROUP] = people_list_word(lists, COMMUNE_GROUP, c->group);
    cells[COL_JOB] = people_list_word(lists, COMMUNE_JOB, c->job);
    cells[COL_UNIT] = people_list_word(lists, COMMUNE_UNIT, c->unit);
    cells[COL_GUARDIAN] = who->details.guardian_name;
    cells[COL_KIN] = word(people_kin_word(who->consent.guardian));
    cells[COL_CONSENT] = who->consent.text_version;
    cells[COL_CONSENT_DAY] = arena_strdup(arena, day);
    cells[COL_CONSENT_HOW] = word(people_how_word(who->consent.method));
}
