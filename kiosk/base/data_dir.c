/* The default data folder, after the XDG base directory specification. */
#include "base/data_dir.h"

#include <stdio.h>
#include <stdlib.h>

void data_dir_default(char *out, size_t n)
{
    const char *xdg = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");

    if (xdg && *xdg)
        (void)snprintf(out, n, "%s/bdhvs", xdg);
    else if (home && *home)
        (void)snprintf(out, n, "%s/.local/share/bdhvs", home);
    else
        (void)snprintf(out, n, "/var/lib/bdhvs");
}
