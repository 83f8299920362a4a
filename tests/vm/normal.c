/* vm_normal.so: makes a program that it is preloaded into keep its database with
 * synchronous = NORMAL, after the program asked for EXTRA and read that back. The control of
 * the power cuts: with it something must be lost, or the cuts prove nothing. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <sqlite3.h>
#include <string.h>

typedef int prepare_fn(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);

int sqlite3_prepare_v2(sqlite3 *db, const char *sql, int n, sqlite3_stmt **out,
                       const char **tail)
{
    static const char after[] = "PRAGMA temp_store"; /* read back: kiosk/store/db.c */
    prepare_fn *real = NULL;

    *(void **)&real = dlsym(RTLD_NEXT, "sqlite3_prepare_v2");
    if (!strcmp(sql, after))
        (void)sqlite3_exec(db, "PRAGMA synchronous = NORMAL", NULL, NULL, NULL);
    return real(db, sql, n, out, tail);
}
