/* Assertions about our own mistakes. They stay on in release: the process logs and
 * aborts, and the service manager restarts it into the first screen. Never for
 * input, disk or network. */
#pragma once

#define ASSERT(cond) ((cond) ? (void)0 : check_failed(#cond, __FILE__, __LINE__))

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

_Noreturn void check_failed(const char *cond, const char *file, int line);

/* No core dump of this process: it would hold keys. Call at the start of main. */
void check_no_core(void);

/* Like malloc, calloc, realloc and strdup, but out of memory aborts. */
void *check_alloc(unsigned long size);
void *check_realloc(void *old, unsigned long size);
char *check_strdup(const char *s);
