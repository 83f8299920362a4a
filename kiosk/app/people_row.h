/* A row of a people file: its cells read, and what is wrong with them in words. */
#pragma once

#include "app/people_columns.h"
#include "base/json.h"

struct people_reader {
    struct people_lists lists;
    int this_year;
    bool date1904;     /* dates of the file count from there */
    int at[COL_COUNT]; /* which cell of a row; -1: no such column */
};

struct people_row {
    long row;
    bool known; /* somebody who is here: `token` */
    bool has_consent;
    unsigned char token[EVENT_TOKEN_BYTES];
    struct person_details details;
    struct person_cohort cohort;
    struct person_consent consent;
    bool has[COL_COUNT]; /* the file has this column */
};

/* Whether `cells` is the header: it has the column of names. Others it does not know are
 * left alone. */
bool people_reader_header(struct people_reader *r, const json_value *cells);
bool people_reader_empty(const struct people_reader *r, const json_value *cells);
/* T_COUNT: well. `*code_out` is borrowed from `cells`. The caller wipes `out`. */
enum text_id people_reader_row(const struct people_reader *r, const json_value *cells,
                               struct people_row *out, const char **code_out);

/* T_COUNT: well. */
enum text_id people_row_check_new(const struct people_row *row);
/* Columns that the file lacks are filled in from what is known. */
enum text_id people_row_check_known(struct people_row *row,
                                    const struct person_record *now);
bool people_row_same(const struct people_row *row, const struct person_record *now);
