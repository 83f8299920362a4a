/* The programs of the system that do the work, started with nothing of ours but three
 * descriptors, by full rights: words only, never a shell. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Runs to its end. `words`: program (looked for in the system's folders; in PATH when
 * `for_tests`), arguments, NULL. Returns the exit code; -1: it could not be started, was killed,
 * or took longer than `seconds`. What it prints goes into the journal. */
int programs_run(const char *const *words, int seconds, bool for_tests);
/* The first line it prints, "" when it fails. */
bool programs_ask(const char *const *words, char *out, size_t n, bool for_tests);
