/* See support.h. */
#include "app/support.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include "base/buf.h"
#include "base/check.h"

#define FILE_MAX 65536
#define PATH_BYTES 4096
#define DEPTH 2      /* folders below the data folder whose files are listed … */
#define FILES_MAX 60 /* … and how many of each */

static void put_command(support_ask *ask, void *ctx, int argc, const char *const *argv,
                        struct buf *out)
{
    struct buf said;

    buf_init(&said, FILE_MAX);
    buf_printf(out, "\n== bdhvs-ctl");
    for (int i = 0; i < argc; i++)
        buf_printf(out, " %s", argv[i]);
    buf_printf(out, ": %d\n", ask(ctx, argc, argv, &said));
    buf_str(out, buf_text(&said));
    buf_finish(&said);
}

static void put_machine(struct buf *out)
{
    static const char *const files[] = { "/etc/os-release", "/proc/version",
                                         "/proc/device-tree/model", "/proc/meminfo",
                                         "/proc/uptime" };
    struct utsname name;

    if (!uname(&name))
        buf_printf(out, "\n== machine\n%s %s %s\n", name.sysname, name.release,
                   name.machine); /* not its name: people call machines after people */
    for (size_t i = 0; i < COUNT(files); i++) {
        char chunk[4096];
        FILE *f = fopen(files[i], "re");
        size_t n = f ? fread(chunk, 1, sizeof(chunk), f) : 0;

        if (f)
            (void)fclose(f);
        buf_printf(out, "\n== %s%s\n", files[i], f ? "" : ": not there");
        buf_add(out, chunk, n);
    }
}

/* Without sticks: people name them after themselves. */
static void put_mounts(struct buf *out)
{
    static const char *const sticks[] = { " /media/", " /run/media/",
                                          " /run/bdhvs-usb/" };
    FILE *f = fopen("/proc/mounts", "re");
    char line[PATH_BYTES];

    buf_str(out, "\n== /proc/mounts\n");
    while (f && fgets(line, sizeof(line), f)) {
        bool stick = false;

        for (size_t i = 0; i < COUNT(sticks); i++)
            stick = stick || strstr(line, sticks[i]);
        if (!stick)
            buf_str(out, line);
    }
    if (f)
        (void)fclose(f);
}

/* Names of files are made by the program: random ids, hashes, numbers. */
static void put_files(const char *dir, int depth, struct buf *out)
{
    DIR *folder = opendir(dir);
    struct dirent *entry;
    int n = 0;

    if (!folder) {
        buf_printf(out, "%s: %s\n", dir, strerror(errno));
        return;
    }
    while ((entry = readdir(folder))) {
        char path[PATH_BYTES];
        struct stat st;

        if (entry->d_name[0] == '.' ||
            snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name) >=
                (int)sizeof(path) ||
            lstat(path, &st) || n++ >= FILES_MAX)
            continue;
        buf_printf(out, "%06o %12lld %s\n", (unsigned)st.st_mode, (long long)st.st_size,
                   path);
        if (S_ISDIR(st.st_mode) && depth > 0)
            put_files(path, depth - 1, out);
    }
    if (n > FILES_MAX)
        buf_printf(out, "%s: and %d more\n", dir, n - FILES_MAX);
    closedir(folder);
}

enum err support_write(const char *dir, support_ask *ask, void *ctx, struct buf *out)
{
    static const char *const doctor[] = { "doctor", "--json", NULL };
    static const char *const sync[] = { "sync", "--status", NULL };

    buf_printf(out, "bdhvs %s\n", BDHVS_VERSION);
    put_command(ask, ctx, 2, doctor, out);
    put_command(ask, ctx, 2, sync, out);
    put_machine(out);
    put_mounts(out);
    buf_str(out, "\n== files\n");
    put_files(dir, DEPTH, out);
    return out->overflow ? ERR_FULL : ERR_OK;
}
