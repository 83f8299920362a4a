/* Comma-separated values by RFC 4180, for spreadsheets: CRLF, quotes doubled, and cells
 * that a spreadsheet would take for a formula made harmless. */
#pragma once

#include <stdint.h>

struct buf;

/* The byte order mark, without which spreadsheets misread Vietnamese. */
void csv_begin(struct buf *out);
/* Text is always quoted; one that starts with = + - @ TAB CR gets a ' before it. */
void csv_text(struct buf *out, const char *text);
void csv_number(struct buf *out, int64_t v);
/* 698 is 69.8 */
void csv_tenths(struct buf *out, int64_t v);
void csv_end_row(struct buf *out);
