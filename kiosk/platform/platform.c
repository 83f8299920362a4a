/* What both platforms have in common. */
#include "platform/platform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "platform/platform_internal.h"

bool platform_wait(struct platform *p, struct ui *ui, int timeout_ms)
{
    return p->ops->wait(p, ui, timeout_ms);
}

bool platform_present(struct platform *p, const struct ui *ui, const char *screen)
{
    return p->ops->present(p, ui, screen);
}

void platform_wake(struct platform *p)
{
    p->ops->wake(p);
}

void platform_destroy(struct platform *p)
{
    if (p)
        p->ops->destroy(p);
}

/* --- time since the process was started ------------------------------------------- */

static double boot_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_BOOTTIME, &t);
    return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

/* Field 22 of /proc/self/stat, in clock ticks since boot; loading the libraries counts
 * as part of the start. */
double platform_process_start_ms(void)
{
    FILE *f = fopen("/proc/self/stat", "re");
    char line[1024];
    const char *at = NULL;
    double ticks = (double)sysconf(_SC_CLK_TCK);

    if (f && fgets(line, sizeof(line), f))
        at = strrchr(line, ')'); /* the program's name may hold spaces */
    if (f)
        fclose(f);
    for (int field = 2; at && field < 22; field++)
        at = strchr(at + 1, ' ');
    if (!at || ticks <= 0)
        return boot_ms();
    return (double)strtoull(at + 1, NULL, 10) * 1000 / ticks;
}

double platform_t_ms(const struct platform *p)
{
    if (p->clock != &clock_real)
        return (double)clock_mono_ms(p->clock);
    return boot_ms() - p->started_ms;
}

/* --- files that come with the program --------------------------------------------- */

void platform_find_share(const char *share, struct buf *out)
{
    char exe[4096];
    ssize_t n;
    char *slash;

    if (share) {
        buf_str(out, share);
        return;
    }
    n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
    exe[n > 0 ? n : 0] = '\0';
    slash = strrchr(exe, '/');
    if (slash) {
        *slash = '\0';
        buf_printf(out, "%s/../share/bdhvs", exe);
        if (file_exists(buf_text(out)))
            return;
        buf_clear(out);
    }
    buf_str(out, BDHVS_SHARE_DIR);
}
