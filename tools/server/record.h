/* Settings that are more than a name, as one line of text:
 *   target.<group>.<period>  "120; 2026-12-31; KH 06/KH-UBND"   (value; due; document;
 *                            group "all": the whole commune; period 2026-h2, 2026, p1)
 *   base.<thôn>.<year>       "90; 360; 240; 2026-01-15; Công an xã"  (households; people;
 *                            adults; day; source; "-": not known) */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct buf;

struct record {
    bool is_base;
    char code[33];   /* group, "" for the whole commune; or thôn */
    char period[11]; /* "2026-H2"; of a base its year */
    int64_t numbers[3];
    char day[11]; /* due, or of the source */
    char text[200];
};

/* False: `*why` says what is wrong. */
bool record_read(const char *key, const char *value, struct record *out,
                 const char **why);
void record_json(const struct record *r, struct buf *out);
