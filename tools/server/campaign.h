/* The years of the movement (R11, R29), each a setting:
 *   campaign.2026  "Phong trào năm 2026; KH 06/KH-UBND; 2026-01-01; 2026-12-31"
 *                  (title; document; first and last day)
 * and how the next one is made out of the last. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "server.h"

struct buf;

#define CAMPAIGN_GROUP "campaign."
#define CAMPAIGN_TEXT_MAX 180 /* bytes of a title or document */

struct campaign {
    int year;
    char title[CAMPAIGN_TEXT_MAX + 1];
    char document[CAMPAIGN_TEXT_MAX + 1];
    char start[11], end[11];
};

/* False: `*why` says what is wrong. */
bool campaign_read(const char *key, const char *value, struct campaign *out,
                   const char **why);
/* "2026" or "2027" as a year of 2000 to 2199, or 0. */
int campaign_year(const char *text);

/* One year, its name and days; for the log, `by` did it. Errors: ERR_REJECTED (`*why`), of
 * the store. */
NODISCARD enum err campaign_set(struct server *s, const char *by,
                                const struct campaign *c, const char **why);

/* What was copied says so in place of its document, until somebody writes that down. */
bool campaign_is_copied(const char *document);

struct campaign_copy {
    size_t n_added; /* settings that are new: the year itself, targets */
    size_t n_kept;  /* that stood there already, and stay as they are */
};

/* Copies the year and its targets (target.<group>.<year…>) into another: days move by whole
 * years, the document is left to be written. Nothing that is there is changed; asked again
 * it adds nothing. One line in the log when anything was added. Errors: ERR_REJECTED
 * (`*why`), of the store. */
NODISCARD enum err campaign_copy(struct server *s, const char *by, int from, int to,
                                 struct campaign_copy *out, const char **why);

/* Appends "2026  title  document  start  end" lines, by year. */
NODISCARD enum err campaign_list(struct server *s, struct buf *out);
