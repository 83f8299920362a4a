/* What list and form of a register share (page_register.c, page_register_form.c). */
#pragma once

#include "page.h"
#include "register_words.h"

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
