/* A nomination dossier (R33): achievement figures of one thôn or unit in a period, and blanks
 * for what people have to say. A report of three tables, so that the formats of report.h
 * serve it. */
#pragma once

#include "control.h"
#include "report.h"
#include "server.h"

struct dossier_wish {
    const char *period;
    const char *kind_code, *code; /* "thon" or "unit", and its code */
    bool outside; /* for beyond the commune: merged as in the report for there */
};

/* `*known` false: there is no such thôn or unit, and nothing in `out`. `*n_small`: figures
 * of fewer than REPORT_SMALL that stand in it. Errors: as report_make. */
NODISCARD enum err dossier_make(struct server *s, const struct dossier_wish *wish,
                                struct arena *arena, struct report *out, bool *known,
                                size_t *n_small);

/* The member "paper" of what bdhvs-report makes a text document of. */
void dossier_words_paper(const struct report *r, struct buf *out);

/* `dossier PERIOD thon|unit CODE [outside]`: the document into `out`. */
int dossier_command(struct server *s, const struct control_question *q, struct buf *out,
                    struct buf *complaint);
