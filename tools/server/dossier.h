/* A nomination dossier (R33): achievement figures of one thôn or unit in a period, and blanks
 * for what people have to say. A report of three tables, so that the formats of report.h
 * serve it; small cells are merged always, because it goes on beyond the commune. */
#pragma once

#include "control.h"
#include "report.h"
#include "server.h"

/* `kind_code` "thon" or "unit". `*known` false: there is no such one, and nothing in `out`.
 * Errors: as report_make. */
NODISCARD enum err dossier_make(struct server *s, const char *period,
                                const char *kind_code, const char *code,
                                struct arena *arena, struct report *out, bool *known);

/* The member "paper" of what bdhvs-report makes a text document of. */
void dossier_words_paper(const struct report *r, struct buf *out);

/* `dossier PERIOD thon|unit CODE`: the document into `out`. */
int dossier_command(struct server *s, const struct control_question *q, struct buf *out,
                    struct buf *complaint);
