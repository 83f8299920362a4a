/* Finds the stick among the mounts and keeps to its one folder. */
#define _GNU_SOURCE /* syncfs */
#include "app/usb.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/utf8.h"
#include "sync/watch.h"
#include "ui/strings.h"

#define LOG_MODULE "usb"
#include "base/log.h"

#define MOUNTS "/proc/self/mountinfo"
#define MOUNTS_MAX (1u << 20)
#define MB (1 << 20)

static const char *const roots[] = { "/media/", "/run/media/", "/run/bdhvs-usb/" };

struct usb {
    char *dir;          /* --usb, or NULL */
    int mounts, folder; /* descriptors that tell of a change; -1 */
    struct watch *watch;
    void (*wake)(void *ctx);
    void *ctx;
    atomic_bool changed;
    char path[PATH_MAX]; /* of the stick; "" */
    char away[PATH_MAX]; /* released and still mounted; "" */
    bool released;       /* the last one; until another comes */
    int n_sticks;
};

static void on_change(void *ctx)
{
    struct usb *usb = ctx;

    atomic_store(&usb->changed, true);
    if (usb->wake)
        usb->wake(usb->ctx);
}

/* --- finding -------------------------------------------------------------------------- */

struct found {
    const char *away;
    bool away_is_there;
    char first[PATH_MAX];
    int n;
};

static void consider(struct found *f, const char *path)
{
    if (!strcmp(path, f->away)) {
        f->away_is_there = true;
        return;
    }
    if (!f->n || strcmp(path, f->first) < 0)
        (void)snprintf(f->first, sizeof(f->first), "%s", path);
    f->n++;
}

/* "\040" of mountinfo is a blank. */
static void unescape(char *s)
{
    char *to = s;

    for (; *s; s++) {
        unsigned code = 0;

        if (s[0] == '\\' && sscanf(s + 1, "%3o", &code) == 1 && code) {
            *to++ = (char)code;
            s += 3;
        } else {
            *to++ = *s;
        }
    }
    *to = 0;
}

/* A line: "36 35 98:0 / /media/USB rw,noatime - vfat /dev/sda1 rw". */
static void look_at_mount(struct found *f, char *line)
{
    char *fields[5], *rest = line;

    for (size_t i = 0; i < COUNT(fields); i++) {
        fields[i] = rest;
        rest = strchr(rest, ' ');
        if (!rest)
            return;
        *rest++ = 0;
    }
    unescape(fields[4]);
    for (size_t i = 0; i < COUNT(roots); i++)
        if (!strncmp(fields[4], roots[i], strlen(roots[i])))
            consider(f, fields[4]);
}

static void look_at_mounts(struct found *f)
{
    int fd = open(MOUNTS, O_RDONLY | O_CLOEXEC);
    struct buf text;
    char chunk[4096], *next;
    ssize_t n;

    if (fd < 0)
        return;
    buf_init(&text, MOUNTS_MAX);
    while ((n = read(fd, chunk, sizeof(chunk))) > 0)
        buf_add(&text, chunk, (size_t)n);
    close(fd);
    for (char *line = text.data; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = 0;
        look_at_mount(f, line);
    }
    buf_finish(&text);
}

static void look_in_folder(struct found *f, const char *dir)
{
    DIR *d = opendir(dir);
    struct dirent *entry;
    char path[PATH_MAX];
    struct stat st;

    for (int i = 0; d && i < USB_LOOKED_MAX && (entry = readdir(d)) != NULL; i++) {
        int n = snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);

        if (entry->d_name[0] != '.' && (size_t)n < sizeof(path) && !lstat(path, &st) &&
            S_ISDIR(st.st_mode))
            consider(f, path);
    }
    if (d)
        closedir(d);
}

static bool look(struct usb *usb)
{
    struct found f = { .away = usb->away };
    bool changed;

    if (usb->dir)
        look_in_folder(&f, usb->dir);
    else
        look_at_mounts(&f);
    changed = strcmp(f.first, usb->path) != 0 || f.n != usb->n_sticks ||
              (usb->away[0] && !f.away_is_there);
    if (!f.away_is_there)
        usb->away[0] = 0; /* it was pulled out, or unmounted as we asked */
    (void)snprintf(usb->path, sizeof(usb->path), "%s", f.first);
    usb->n_sticks = f.n;
    if (f.n)
        usb->released = false;
    return changed;
}

/* --- life ----------------------------------------------------------------------------- */

enum err usb_create(const char *dir, void (*wake)(void *ctx), void *ctx,
                    struct usb **out)
{
    struct usb *usb = check_alloc(sizeof(*usb));
    struct watch_fd fds[2];
    size_t n = 0;
    enum err err = ERR_OK;

    *usb = (struct usb){ .mounts = -1, .folder = -1, .wake = wake, .ctx = ctx };
    atomic_init(&usb->changed, true);
    usb->dir = dir ? check_strdup(dir) : NULL;
    usb->mounts = open(MOUNTS, O_RDONLY | O_CLOEXEC);
    if (usb->mounts >= 0)
        fds[n++] = (struct watch_fd){ usb->mounts, POLLPRI };
    if (dir) {
        usb->folder = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
        if (usb->folder >= 0 &&
            inotify_add_watch(usb->folder, dir,
                              IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM) >= 0)
            fds[n++] = (struct watch_fd){ usb->folder, POLLIN };
        else
            LOG_WARN("--usb: the folder cannot be watched: %s", strerror(errno));
    }
    if (wake)
        err = watch_create_many(fds, n, on_change, usb, &usb->watch);
    if (err) {
        usb_destroy(usb);
        usb = NULL;
    }
    *out = usb;
    return err;
}

void usb_destroy(struct usb *usb)
{
    if (!usb)
        return;
    watch_destroy(usb->watch);
    if (usb->mounts >= 0)
        close(usb->mounts);
    if (usb->folder >= 0)
        close(usb->folder);
    free(usb->dir);
    free(usb);
}

bool usb_tick(struct usb *usb)
{
    char events[4096];

    if (!usb || (usb->watch && !atomic_exchange(&usb->changed, false)))
        return false;
    while (usb->folder >= 0 && read(usb->folder, events, sizeof(events)) > 0)
        continue;
    watch_again(usb->watch); /* before looking: what comes now rings again */
    return look(usb);
}

void usb_status(const struct usb *usb, struct usb_status *out)
{
    struct statvfs fs;
    const char *label;

    *out = (struct usb_status){ 0 };
    if (!usb)
        return;
    out->released = usb->released;
    out->present = usb->path[0] != 0;
    out->n_sticks = usb->n_sticks;
    if (!out->present)
        return;
    label = strrchr(usb->path, '/') + 1;
    if (utf8_valid(label, strlen(label)) && strlen(label) < sizeof(out->label))
        (void)snprintf(out->label, sizeof(out->label), "%s", label);
    else
        (void)snprintf(out->label, sizeof(out->label), "USB");
    if (statvfs(usb->path, &fs))
        return;
    out->read_only = (fs.f_flag & ST_RDONLY) != 0;
    out->free_mb = (int64_t)(fs.f_bavail / (MB / 1024) * fs.f_frsize / 1024);
}

const char *usb_path(const struct usb *usb)
{
    return usb && usb->path[0] ? usb->path : NULL;
}

/* --- its folder ----------------------------------------------------------------------- */

/* Goes on from `*fd`, which is closed, into the folders of `name`; `*file`: what is behind
 * the last one. */
static enum usb_verdict enter_folders(const char *name, bool make, int *fd,
                                      const char **file)
{
    enum usb_verdict verdict = USB_DONE;
    const char *slash;

    for (*file = name; !verdict && (slash = strchr(*file, '/')); *file = slash + 1) {
        char folder[NAME_MAX + 1];
        int above = *fd;

        ASSERT(slash - *file <= NAME_MAX);
        (void)snprintf(folder, sizeof(folder), "%.*s", (int)(slash - *file), *file);
        verdict = usb_folder_enter(above, folder, make, fd);
        close(above);
    }
    return verdict;
}

/* The folder of `name` ("a.pdf", "folder/a.pdf", …), and where the file's name begins. */
static enum usb_verdict enter(const struct usb *usb, const char *name, bool make,
                              int *fd, const char **file)
{
    enum usb_verdict verdict;
    int stick;

    *file = name;
    if (!usb || !usb->path[0])
        return USB_NONE;
    verdict = usb_folder_open(usb->path, &stick);
    if (verdict)
        return verdict;
    verdict = usb_folder_enter(stick, USB_FOLDER, make, fd);
    close(stick);
    return verdict ? verdict : enter_folders(name, make, fd, file);
}

enum usb_verdict usb_write(struct usb *usb, const char *name, const void *bytes,
                           size_t n)
{
    const char *file;
    int fd;
    enum usb_verdict verdict = enter(usb, name, true, &fd, &file);

    if (verdict)
        return verdict;
    verdict = usb_file_write(fd, file, bytes, n);
    close(fd);
    return verdict;
}

enum usb_verdict usb_read(struct usb *usb, const char *name, struct buf *out)
{
    const char *file;
    int fd;
    enum usb_verdict verdict = enter(usb, name, false, &fd, &file);

    if (verdict)
        return verdict;
    verdict = usb_file_read(fd, file, out);
    close(fd);
    return verdict;
}

enum usb_verdict usb_list(struct usb *usb, const char *folder,
                          const char *const *suffixes, struct arena *arena,
                          const char ***names_out, size_t *n_out, bool *more_out)
{
    const char *file;
    int fd;
    enum usb_verdict verdict;

    *n_out = 0;
    *more_out = false;
    verdict = enter(usb, *folder ? arena_printf(arena, "%s/", folder) : "", false, &fd,
                    &file);
    if (verdict)
        return verdict;
    verdict = usb_file_list(fd, suffixes, arena, names_out, n_out, more_out);
    close(fd);
    return verdict;
}

enum usb_verdict usb_release(struct usb *usb)
{
    enum usb_verdict verdict;
    int fd;

    if (!usb || !usb->path[0])
        return USB_NONE;
    verdict = usb_folder_open(usb->path, &fd);
    if (verdict)
        return verdict;
    if (syncfs(fd)) {
        LOG_WARN("the stick cannot be synced: %s", strerror(errno));
        verdict = USB_GONE;
    }
    close(fd);
    if (verdict)
        return verdict;
    /* A kiosk user may not; what was synced is safe all the same. */
    if (!usb->dir && umount2(usb->path, UMOUNT_NOFOLLOW) && errno != EPERM)
        LOG_WARN("the stick stays mounted: %s", strerror(errno));
    (void)snprintf(usb->away, sizeof(usb->away), "%s", usb->path);
    usb->released = true;
    (void)look(usb);
    return USB_DONE;
}

const char *usb_words(enum usb_verdict verdict)
{
    static const enum text_id words[USB_VERDICT_COUNT] = {
        [USB_NONE] = T_usb_none,       [USB_GONE] = T_usb_gone,
        [USB_FULL] = T_usb_full,       [USB_READ_ONLY] = T_usb_read_only,
        [USB_STRANGE] = T_usb_strange, [USB_LARGE] = T_usb_large,
        [USB_DIFFERS] = T_usb_differs,
    };

    return verdict == USB_DONE ? "" : text_of(words[verdict]);
}
