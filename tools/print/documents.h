/* The kinds of documents: one row of the table in main.c each. */
#pragma once

#include "base/err.h"
#include "base/json.h"

struct page;

/* What is wrong with a document, for the line on stderr; no word of its content. */
struct complaint {
    const char *what;
};

/* Sheets of ten learner cards. Errors: ERR_REJECTED. */
NODISCARD enum err cards_draw(struct page *p, const json_value *doc,
                              struct complaint *why);
/* Lines of label and value under a title, paragraphs: a receipt, somebody's own sheet,
 * a summary. As many pages as it takes. Errors: ERR_REJECTED. */
NODISCARD enum err form_draw(struct page *p, const json_value *doc,
                             struct complaint *why);
/* One "Giấy ghi nhận" on a page that lies on its side. Errors: ERR_REJECTED. */
NODISCARD enum err certificate_draw(struct page *p, const json_value *doc,
                                    struct complaint *why);
/* The sheet that a learner takes home of one lesson, on A5. Errors: ERR_REJECTED. */
NODISCARD enum err sheet_draw(struct page *p, const json_value *doc,
                              struct complaint *why);
/* The result sheet of a contest of teams, one page. Errors: ERR_REJECTED. */
NODISCARD enum err result_draw(struct page *p, const json_value *doc,
                               struct complaint *why);
