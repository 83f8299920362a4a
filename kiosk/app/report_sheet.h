/* Pieces of a report's sheets: head, cells, notes. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "store/commune.h"
#include "store/figures.h"
#include "ui/strings.h"

struct report {
    struct db *db;
    const struct pack *pack;
    struct figure_range range, before;
    struct buf *out;
    struct arena *arena;
    enum err err; /* the first; afterwards nothing is asked any more */
};

enum report_kind { REPORT_TEXT, REPORT_INT, REPORT_PERCENT, REPORT_DATE };

void report_sheet_open(struct report *r, enum text_id name, enum text_id title);
void report_column(struct report *r, enum text_id head, int width,
                   enum report_kind kind);
/* After the columns. */
void report_rows(struct report *r);
/* Ends the rows, adds `notes` (with T_COUNT at the end) and closes the sheet. */
void report_sheet_close(struct report *r, const enum text_id *notes);

void report_row_open(struct report *r);
void report_row_close(struct report *r);
void report_text(struct report *r, const char *text);
/* FIGURE_NONE says so in words. */
void report_number(struct report *r, int64_t n);
void report_people(struct report *r, const struct figure_people *n);
void report_rate(struct report *r, int64_t part, int64_t whole);
void report_day(struct report *r, int64_t day);

/* A figure of the range; FIGURE_NONE after an error. */
int64_t report_times_of(struct report *r, const struct figure_range *range,
                        const char *stat, const char *unit, const char *dims);
struct figure_people report_people_of(struct report *r,
                                      const struct figure_range *range,
                                      const char *stat, const char *dims);
