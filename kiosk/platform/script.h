/* The lines of a replay script, read one by one: whoever plays may write the next line
 * when he has seen what the last one did. */
#pragma once

#include <stdbool.h>

#include "base/err.h"

struct script;

/* `path` "-": standard input. Errors: ERR_OFFLINE (no such script). */
NODISCARD enum err script_open(const char *path, struct script **out);
void script_close(struct script *s); /* NULL is allowed */

/* The next line without blanks around it; comments and empty lines are left out. NULL: the
 * end, or with `*bad_out` the reason why the line cannot be played. Borrowed until the next. */
char *script_next(struct script *s, const char **bad_out);

/* For messages: the name and the number of the last line, from 1. */
const char *script_name(const struct script *s);
int script_line(const struct script *s);
