/* A report as one structure: tables of figures with their definitions. The server makes
 * it, freezes it, hands it out as JSON (report_json.c); every format is written from it
 * alone, so that no two can differ. No name of a person can be in it: the server has none. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct buf;

#define REPORT_SCHEMA 1
#define REPORT_COLUMNS_MAX 24
#define REPORT_ROWS_MAX 2100
#define REPORT_NOTES_MAX 12
#define REPORT_TABLES_MAX 16
#define REPORT_LINES_MAX 24
#define REPORT_SUM "sum"
#define REPORT_QUOTE "figure" /* column of rows that quote a cell by their code */
#define REPORT_SMALL 5 /* PROTOCOL §3: cells below it are merged outside the commune */

enum value_kind {
    VALUE_NONE,   /* "chưa có số liệu" */
    VALUE_NUMBER, /* `least`; of rates thousandths, of days since 1970 */
    VALUE_RANGE,  /* from `least` to `most` */
    VALUE_TEXT,
    VALUE_BLANK,  /* to be filled in by hand */
    VALUE_MERGED, /* small, left out beyond the commune */
};

struct value {
    enum value_kind kind;
    int64_t least, most;
    const char *text;
};

#define VALUE_OF(n) ((struct value){ .kind = VALUE_NUMBER, .least = (n), .most = (n) })
#define VALUE_WORDS(s) ((struct value){ .kind = VALUE_TEXT, .text = (s) })

enum column_kind {
    COLUMN_PEOPLE, /* người */
    COLUMN_TIMES,  /* lượt */
    COLUMN_COUNT,  /* buổi, hộ, giấy: nothing personal */
    COLUMN_RATE,
    COLUMN_DAY,
    COLUMN_TEXT,
    COLUMN_MIXED, /* người and lượt by turns: the row says which */
    COLUMN_KINDS
};

struct report_column {
    const char *code, *name, *meaning;
    enum column_kind kind;
    int width;           /* in characters */
    bool before;         /* of the period before */
    const char *part_of; /* code of the column that it is a part of, or NULL; all that
                            are parts of REPORT_SUM add up to it */
    const char *over;    /* of a rate: what it is a share of; part_of is its part */
};

struct report_row {
    const char *code, *name;
    bool total;    /* the other rows' whole */
    int64_t group; /* rows of one number make up the total together */
    struct value *cells;
};

struct report_table {
    const char *id;       /* "b1" */
    const char *title;    /* "Biểu 1 – Kết quả theo thôn" */
    const char *sheet;    /* ≤ 31 letters */
    const char *row_head; /* "Thôn" */
    struct report_column columns[REPORT_COLUMNS_MAX];
    size_t n_columns;
    struct report_row *rows;
    size_t n_rows;
    const char *notes[REPORT_NOTES_MAX];
    size_t n_notes;
};

/* What the frame of NĐ 30/2020 needs; number, day and signature are left to people. */
struct report_paper {
    const char *parent;       /* of the body, or "" */
    const char *agency;       /* "Ủy ban nhân dân" */
    const char *agency_place; /* "xã Đặng Thùy Trâm" */
    const char *symbol;       /* "BC-UBND" */
    const char *place;        /* "Xã Đặng Thùy Trâm" */
    const char *signer[3];
    size_t n_signer;
    const char *recipients[REPORT_LINES_MAX];
    size_t n_recipients;
};

struct report {
    const char *commune_code, *commune_name;
    const char *period, *period_label; /* "2026-H2", "6 tháng cuối năm 2026" */
    const char *from, *to;             /* days, or "" */
    const char *before, *before_label; /* "" when there is none */
    const char *made; /* day, or "" when the clock cannot be believed */
    int64_t version;  /* frozen as this number; 0: not frozen */
    bool outside;     /* small cells are merged */
    struct report_paper paper;
    const char *lines[REPORT_LINES_MAX]; /* what is known of the data as a whole */
    size_t n_lines;
    struct report_table tables[REPORT_TABLES_MAX];
    size_t n_tables;
};

/* The document (README.md); report_read takes what report_write wrote, into `arena`.
 * Errors: ERR_FULL; ERR_REJECTED (no such document). */
NODISCARD enum err report_write(const struct report *r, struct buf *out);
NODISCARD enum err report_read(const char *json, size_t n, struct arena *arena,
                               struct report *out);

const struct report_table *report_table_of(const struct report *r, const char *id);
/* The column's place, or n_columns; `code` may be NULL. */
size_t report_column_of(const struct report_table *t, const char *code);
/* As a person reads it: "1.234", "69,8%", "12 đến 20", "chưa có số liệu". */
void report_cell_words(const struct report_column *c, const struct value *cell,
                       struct buf *out);
const char *report_unit(enum column_kind kind); /* "người" */

/* Cells of fewer than REPORT_SMALL people or lượt. */
size_t report_small_cells(const struct report *r);
/* For beyond the commune: merges them, with one more where the rest would tell them. */
void report_outside(struct report *r);

/* The formats. `frozen_sha256` "" when the figures are not frozen. Errors: ERR_FULL. */
NODISCARD enum err report_csv(const struct report *r, struct buf *out);
/* What bdhvs-report makes a workbook or a text document of (tools/report/README.md). */
NODISCARD enum err report_sheets(const struct report *r, const char *frozen_sha256,
                                 struct buf *out);
enum report_shape {
    REPORT_SECTION,
    REPORT_WHOLE,
    REPORT_DOSSIER, /* of dossier_make alone */
};
NODISCARD enum err report_document(const struct report *r, const char *frozen_sha256,
                                   enum report_shape shape, struct buf *out);
/* DHIS2 dataValueSets; `map` (n_map bytes) or "": codes of our own. Errors: ERR_REJECTED
 * (`*why` says it), ERR_FULL. */
NODISCARD enum err report_dhis2(const struct report *r, const char *map, size_t n_map,
                                struct buf *out, const char **why);
