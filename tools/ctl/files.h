/* export and import: paths made absolute, for the kiosk has another working folder, and
 * passphrases read from stdin, never from the command line. */
#pragma once

#include <stdbool.h>

struct machine;
struct options;

/* Whether `word` is one of the two. */
bool files_is(const char *word);
/* Runs it; the exit code. */
int files_run(struct machine *m, const struct options *o, int argc,
              const char *const *argv);
/* `path` itself when it is absolute. `out` holds the result of another. */
const char *files_absolute(const char *path, char *out, unsigned long n);
