/* The report of a period, for officials: the standard tables (DOMAIN §6.3) out of
 * store/figures.h, with their definitions and a data dictionary. Numbers only, no name of
 * a person. Thread: the owner of the database. */
#pragma once

#include "base/err.h"
#include "store/figures.h"

struct buf;
struct db;
struct pack;

/* The tables document of HELPER_SHEET_XLSX and HELPER_SHEET_DOCX. `pack` (may be NULL) has
 * the titles of lessons. Errors: ERR_CORRUPT, ERR_FULL. */
NODISCARD enum err report_file_tables(struct db *db, const struct pack *pack,
                                      const struct figure_range *range,
                                      struct buf *out);
/* The same tables one under the other as CSV (UTF-8 with a mark, CRLF). Errors: ERR_FULL,
 * ERR_REJECTED (no tables document). */
NODISCARD enum err report_file_csv(const struct buf *tables, struct buf *out);

/* "bao-cao-6-thang-2026-2.xlsx", "bao-cao-2026-06-01-2026-11-30.csv": what a stick's file is
 * called. `suffix` "xlsx". */
#define REPORT_NAME_BYTES 64
void report_file_name(const struct figure_range *range, const char *suffix,
                      char out[REPORT_NAME_BYTES]);
