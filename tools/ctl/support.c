/* See support.h. */
#include "support.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"

#define REPORT_MAX (1 << 20)
#define FILE_MAX 65536
#define PATH_BYTES 4096
#define DEPTH 2      /* folders below the data folder whose files are listed … */
#define FILES_MAX 60 /* … and how many of each */

static void put_command(struct machine *m, int argc, const char *const *argv,
                        struct buf *out)
{
    struct buf said;

    buf_init(&said, FILE_MAX);
    buf_printf(out, "\n== bdhvs-ctl");
    for (int i = 0; i < argc; i++)
        buf_printf(out, " %s", argv[i]);
    buf_printf(out, ": %d\n", machine_ask(m, argc, argv, &said));
    buf_str(out, buf_text(&said));
    buf_finish(&said);
}

static void put_machine(struct buf *out)
{
    static const char *const files[] = {
        "/etc/os-release", "/proc/version", "/proc/device-tree/model",
        "/proc/meminfo",   "/proc/uptime",  "/proc/mounts"
    };
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

int support_run(struct machine *m, const struct options *o, const char *path)
{
    static const char *const doctor[] = { "doctor", "--json", NULL };
    static const char *const sync[] = { "sync", "--status", NULL };
    struct buf out;
    enum err err;

    if (file_exists(path)) {
        options_complain(o, path, "is there already", "name a new file");
        return 1;
    }
    buf_init(&out, REPORT_MAX);
    buf_printf(&out, "bdhvs %s\n", BDHVS_VERSION);
    put_command(m, 2, doctor, &out);
    put_command(m, 2, sync, &out);
    put_machine(&out);
    buf_str(&out, "\n== files\n");
    put_files(options_get(o, "data"), DEPTH, &out);
    err = out.overflow ? ERR_FULL : file_replace(path, buf_text(&out), out.len, 0600);
    buf_finish(&out);
    if (err) {
        options_complain(o, path, err_name(err), "choose a place that can be written");
        return 1;
    }
    printf("%s\n", path);
    return 0;
}
