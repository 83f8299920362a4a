/* Cells into a person. */
#include "app/people_row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "vietnamese/fold.h"

#define FOLDED_BYTES 256
#define OLDEST_YEAR 1900
#define ADULT_AT 16
#define SERIAL_OF_1970 25569
#define DAYS_1904 1462
#define DAY_LEAST 10957 /* 2000-01-01: no consent is older */

static bool same_word(const char *a, const char *b)
{
    char x[FOLDED_BYTES], y[FOLDED_BYTES];

    (void)fold_text(a, x, sizeof(x));
    (void)fold_text(b, y, sizeof(y));
    return !strcmp(x, y);
}

/* --- the header --------------------------------------------------------------------------- */

bool people_reader_header(struct people_reader *r, const json_value *cells)
{
    for (int c = 0; c < COL_COUNT; c++) {
        r->at[c] = -1;
        for (size_t i = 0; i < json_count(cells); i++) {
            const char *text = json_text(json_at(cells, i));

            if (r->at[c] < 0 && text &&
                same_word(text, text_of(people_columns[c].head)))
                r->at[c] = (int)i;
        }
    }
    return r->at[COL_NAME] >= 0;
}

/* "" when there is none; without the apostrophe of our own CSV. */
static const char *cell(const struct people_reader *r, const json_value *cells,
                        enum people_column c)
{
    const char *text =
        r->at[c] < 0 ? NULL : json_text(json_at(cells, (size_t)r->at[c]));

    if (!text)
        return "";
    return text[0] == '\'' && text[1] && strchr("=+-@\t\r", text[1]) ? text + 1 : text;
}

bool people_reader_empty(const struct people_reader *r, const json_value *cells)
{
    for (int c = 0; c < COL_COUNT; c++)
        if (*cell(r, cells, (enum people_column)c))
            return false;
    return true;
}

/* --- cells -------------------------------------------------------------------------------- */

static enum text_id read_name(const char *text, char out[PERSON_NAME_MAX])
{
    static const enum text_id words[] = {
        [NAME_OK] = T_COUNT,
        [NAME_EMPTY] = T_pf_r_name,
        [NAME_ONE_LETTER] = T_pf_r_short,
        [NAME_TOO_LONG] = T_pf_r_long,
        [NAME_BAD_CHARACTER] = T_pf_r_letters,
    };

    return words[person_name_clean(text, out)];
}

static bool read_year(const char *text, int this_year, int *out)
{
    char *end;
    long v = strtol(text, &end, 10);

    *out = 0;
    if (!*text)
        return true;
    if (*end || v < OLDEST_YEAR || v > this_year)
        return false;
    *out = (int)v;
    return true;
}

/* "2026-11-22", "22/11/2026", or a spreadsheet's number. */
static bool read_day(const struct people_reader *r, const char *text, int64_t *out)
{
    char iso[32];
    int day, month, year;
    char rest, *end;
    long serial = strtol(text, &end, 10);

    *out = -1;
    if (!*text)
        return true;
    if (*end == 0 && end != text)
        *out = serial + (r->date1904 ? DAYS_1904 : 0) - SERIAL_OF_1970;
    else if (sscanf(text, "%2d/%2d/%4d%c", &day, &month, &year, &rest) == 3 &&
             snprintf(iso, sizeof(iso), "%04d-%02d-%02d", year, month, day) == 10)
        *out = clock_day_parse(iso);
    else
        *out = clock_day_parse(text);
    return *out >= DAY_LEAST && *out < 366L * (r->this_year + 1 - 1970);
}

/* A code of a place or a unit that the server dropped, or has not sent yet: "t07". They are
 * shown raw and never refused. */
static bool is_open_code(enum commune_list list, const char *text)
{
    size_t n = strlen(text);

    return (list == COMMUNE_THON || list == COMMUNE_UNIT) && n >= 2 &&
           n <= PERSON_FIELD_MAX && text[0] >= 'a' && text[0] <= 'z' &&
           strspn(text + 1, "0123456789") == n - 1;
}

static bool read_code(const struct people_reader *r, enum commune_list list,
                      const char *text, char out[PERSON_FIELD_MAX + 1])
{
    const char *code = *text ? people_list_code(&r->lists, list, text) : "";

    out[0] = 0;
    if (!code && is_open_code(list, text))
        code = text;
    if (!code)
        return false;
    (void)snprintf(out, PERSON_FIELD_MAX + 1, "%s", code);
    return true;
}

static bool read_sex(const char *text, char out[PERSON_FIELD_MAX + 1])
{
    const char *code = !*text                                  ? ""
                       : same_word(text, text_of(T_pf_female)) ? "f"
                       : same_word(text, text_of(T_pf_male))   ? "m"
                                                               : NULL;

    (void)snprintf(out, PERSON_FIELD_MAX + 1, "%s", code ? code : "");
    return code != NULL;
}

static bool read_consent(const struct people_reader *r, const json_value *cells,
                         struct people_row *row)
{
    const char *how = cell(r, cells, COL_CONSENT_HOW);
    const char *kin = cell(r, cells, COL_KIN);
    const char *version = cell(r, cells, COL_CONSENT);
    struct person_consent *c = &row->consent;
    bool how_fits = !*how, kin_fits = !*kin;

    for (int i = CONSENT_TAP; *how && i <= CONSENT_PAPER; i++)
        if (same_word(how, text_of(people_how_word((enum consent_method)i)))) {
            c->method = (enum consent_method)i;
            how_fits = true;
        }
    for (int i = GUARDIAN_FATHER; *kin && i <= GUARDIAN_OTHER; i++)
        if (same_word(kin, text_of(people_kin_word((enum guardian_kind)i)))) {
            c->guardian = (enum guardian_kind)i;
            kin_fits = true;
        }
    row->has_consent = *how || *version;
    return how_fits && kin_fits && strlen(version) < sizeof(c->text_version) &&
           snprintf(c->text_version, sizeof(c->text_version), "%s", version) >= 0 &&
           read_day(r, cell(r, cells, COL_CONSENT_DAY), &c->day);
}

enum text_id people_reader_row(const struct people_reader *r, const json_value *cells,
                               struct people_row *out, const char **code_out)
{
    const char *guardian = cell(r, cells, COL_GUARDIAN);
    struct person_cohort *c = &out->cohort;
    enum text_id why;

    *out = (struct people_row){ 0 };
    *code_out = cell(r, cells, COL_CODE);
    for (int i = 0; i < COL_COUNT; i++)
        out->has[i] = r->at[i] >= 0;
    why = read_name(cell(r, cells, COL_NAME), out->details.name);
    if (why == T_COUNT && *guardian)
        why = read_name(guardian, out->details.guardian_name);
    if (why != T_COUNT)
        return why;
    if (!read_year(cell(r, cells, COL_YEAR), r->this_year, &out->details.year))
        return T_pf_r_year;
    if (!read_sex(cell(r, cells, COL_SEX), c->sex))
        return T_pf_r_sex;
    if (!read_code(r, COMMUNE_THON, cell(r, cells, COL_THON), c->thon))
        return T_pf_r_thon;
    if (!read_code(r, COMMUNE_GROUP, cell(r, cells, COL_GROUP), c->group))
        return T_pf_r_group;
    if (!read_code(r, COMMUNE_JOB, cell(r, cells, COL_JOB), c->job))
        return T_pf_r_job;
    if (!read_code(r, COMMUNE_UNIT, cell(r, cells, COL_UNIT), c->unit))
        return T_pf_r_unit;
    if (!read_consent(r, cells, out))
        return T_pf_r_consent;
    if (out->details.year && r->this_year - out->details.year < ADULT_AT &&
        out->consent.guardian == GUARDIAN_NONE && !**code_out)
        return T_pf_r_kin;
    return T_COUNT;
}

/* --- beside what is known ------------------------------------------------------------------ */

enum text_id people_row_check_new(const struct people_row *row)
{
    return row->consent.text_version[0] && row->consent.method ? T_COUNT
                                                               : T_pf_r_consent;
}

enum text_id people_row_check_known(struct people_row *row,
                                    const struct person_record *now)
{
    const struct person_consent *a = &row->consent, *b = &now->consent;
    struct person_cohort *c = &row->cohort;

    if (!row->has[COL_YEAR])
        row->details.year = now->details.year;
    if (!row->has[COL_GUARDIAN])
        memcpy(row->details.guardian_name, now->details.guardian_name,
               sizeof(row->details.guardian_name));
    if (!row->has[COL_SEX])
        memcpy(c->sex, now->cohort.sex, sizeof(c->sex));
    if (!row->has[COL_THON])
        memcpy(c->thon, now->cohort.thon, sizeof(c->thon));
    if (!row->has[COL_GROUP])
        memcpy(c->group, now->cohort.group, sizeof(c->group));
    if (!row->has[COL_JOB])
        memcpy(c->job, now->cohort.job, sizeof(c->job));
    if (!row->has[COL_UNIT])
        memcpy(c->unit, now->cohort.unit, sizeof(c->unit));
    if (row->has_consent &&
        (strcmp(a->text_version, b->text_version) != 0 || a->method != b->method ||
         (a->day >= 0 && a->day != b->day) || a->guardian != b->guardian))
        return T_pf_r_consent_other;
    return T_COUNT;
}

bool people_row_same(const struct people_row *row, const struct person_record *now)
{
    const struct person_cohort *a = &row->cohort, *b = &now->cohort;

    return !strcmp(row->details.name, now->details.name) &&
           row->details.year == now->details.year &&
           !strcmp(row->details.guardian_name, now->details.guardian_name) &&
           !strcmp(a->sex, b->sex) && !strcmp(a->thon, b->thon) &&
           !strcmp(a->group, b->group) && !strcmp(a->job, b->job) &&
           !strcmp(a->unit, b->unit);
}
