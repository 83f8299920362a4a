/* What list and form of a register share (page_register.c, page_register_form.c). */
#pragma once

#include "base/buf.h"
#include "page.h"
#include "register_done.h"
#include "register_words.h"

struct register_listing {
    const struct visit *visit;
    const struct register_kind *kind;
    struct arena arena;
    struct register_names names;
    struct register_counts counts; /* of kinds with has_done */
    struct entries entries;
    size_t n_shown;
    bool all; /* the older versions, what was taken out, what has expired */
    bool may_write;
    struct buf cell; /* words of one cell */
};

/* The form: of a new entry (`seq` 0), or of the next version of one. `values` stand in it;
 * `fault` (or NULL) says what was refused. */
void page_register_form(const struct visit *v, struct buf *out,
                        const struct register_kind *k,
                        const struct register_names *names, int64_t seq,
                        const char *const *values, const struct register_fault *fault);
/* What was posted, as far as it fits; what does not becomes a value that is refused. */
void page_register_posted(const struct visit *v, const struct register_kind *k,
                          const struct register_names *names, struct arena *arena,
                          const char **values_out);

/* --- the table (page_register_table.c) ---------------------------------------------- */

void page_register_table(struct register_listing *l, struct buf *out);
/* The words of a cell, until the next one. Of what is not shown any more nothing personal. */
const char *page_register_words(struct register_listing *l, const struct entry *e,
                                size_t field);
const char *page_register_who(struct register_listing *l, const struct entry *e);
const char *page_register_done(struct register_listing *l, const struct entry *e);
/* Is the name of `field` said by page_register_who? */
bool page_register_is_who(const struct register_kind *k, size_t field);
