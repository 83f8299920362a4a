/* Reports and lists to the stick. What was read back from it, and stands in the log of
 * staff, is done; nothing else is. Works while it waits: a page says so before. */
#pragma once

#include "app/report_file.h"
#include "app/usb.h"
#include "ui/strings.h"

struct app;

enum export_kind {
    EXPORT_REPORT, /* DOCX, XLSX, CSV */
    EXPORT_TABLES, /* XLSX, CSV */
    EXPORT_PEOPLE, /* a locked ZIP; the PIN was given again */
};
#define EXPORT_FILES_MAX 3
#define EXPORT_SECRET_CHARS 20 /* "4821-9053-7716-2408" with its NUL */

/* Names of the files, as the page shows them before; how many. */
size_t export_names(struct app *app, enum export_kind kind,
                    const struct figure_range *range,
                    char names[EXPORT_FILES_MAX][REPORT_NAME_BYTES]);
/* A passphrase for one file, to be written down on paper. The caller wipes it. */
void export_secret(char out[EXPORT_SECRET_CHARS]);
/* T_COUNT: all files are there and `*n_out` says how many; else what to say. `secret` NULL
 * unless EXPORT_PEOPLE. */
enum text_id export_run(struct app *app, enum export_kind kind,
                        const struct figure_range *range, const char *secret,
                        size_t *n_out, const char **stick_words_out);
