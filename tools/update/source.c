/* See source.h. Every step goes from an open folder and follows no link: the stick and the
 * kiosk's folder are strangers'. */
#include "source.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/file_copy.h"
#include "lesson/minisign.h"

#define LOG_MODULE "update"
#include "base/log.h"

#define STICKS_LOOKED_MAX 64
#define WHY_BYTES 256
#define ROOM \
    3 /* times what the packages weigh: copied, unpacked, and the former ones */

/* --- where it may lie ------------------------------------------------------------------- */

static const struct {
    const char *root;
    int levels;       /* of folders below it, by any name */
    const char *rest; /* then these */
} places[] = {
    { PLACE_DATA "/update/incoming", 0, NULL },
    { "/media", 1, "BDHVS" },
    { "/media", 2, "BDHVS" },
    { "/run/media", 2, "BDHVS" },
    { "/run/bdhvs-usb", 1, "BDHVS" },
};

static int enter(int at, const char *name)
{
    return openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* A folder with a list in it, below `at`; -1: none. `at` stays open. */
static int look(int at, int levels, const char *rest)
{
    struct dirent *entry;
    int found = -1, looked = 0, copy;
    DIR *dir;

    if (!levels) {
        int program = -1, inner = rest ? enter(at, rest) : dup(at);
        struct stat st;

        if (inner >= 0) {
            program = rest ? enter(inner, "program") : dup(inner);
            close(inner);
        }
        if (program >= 0 &&
            fstatat(program, PROGRAM_LIST_FILE, &st, AT_SYMLINK_NOFOLLOW)) {
            close(program);
            program = -1;
        }
        return program;
    }
    copy = dup(at);
    dir = copy < 0 ? NULL : fdopendir(copy);
    if (!dir) {
        if (copy >= 0)
            close(copy);
        return -1;
    }
    while (found < 0 && looked++ < STICKS_LOOKED_MAX && (entry = readdir(dir))) {
        int inner = *entry->d_name == '.' ? -1 : enter(at, entry->d_name);

        if (inner < 0)
            continue;
        found = look(inner, levels - 1, rest);
        close(inner);
    }
    closedir(dir);
    return found;
}

static int find(const struct place *p)
{
    int found = -1;

    for (size_t i = 0; found < 0 && i < COUNT(places); i++) {
        char path[PLACE_PATH_BYTES];
        int at;

        place_path(p, path, "%s", places[i].root);
        at = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (at < 0)
            continue;
        found = look(at, places[i].levels, places[i].rest);
        close(at);
    }
    return found;
}

/* --- the list ---------------------------------------------------------------------------- */

/* A plain file of the folder; a pipe must not make us wait. */
static int open_plain(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat st;

    if (fd >= 0 && (fstat(fd, &st) || !S_ISREG(st.st_mode))) {
        close(fd);
        fd = -1;
    }
    return fd;
}

static enum err copy_in(const struct place *p, int folder, const char *name,
                        int64_t max, char sha256[HASH_SHA256_HEX], int64_t *size)
{
    char to[PLACE_PATH_BYTES];
    int fd = open_plain(folder, name);
    enum err err;

    if (fd < 0)
        return ERR_OFFLINE;
    place_path(p, to, PLACE_NEXT "/%s", name);
    err = file_pour(fd, to, max, sha256, size);
    close(fd);
    return err;
}

static enum err read_next(const struct place *p, const char *name, struct buf *out)
{
    char path[PLACE_PATH_BYTES];

    place_path(p, path, PLACE_NEXT "/%s", name);
    return file_read_nofollow(path, out);
}

static bool is_signed(const struct place *p, const struct buf *list,
                      const struct buf *signature)
{
    char path[PLACE_PATH_BYTES], why[WHY_BYTES];
    struct pack_key key = { 0 };

    place_path(p, path, PLACE_KEY);
    if (pack_key_read(path, &key)) {
        LOG_ERR("%s: no key to check an update with", path);
        return false;
    }
    if (!minisign_verify(&key, 1, buf_text(list), list->len, buf_text(signature), NULL,
                         why, sizeof(why)))
        return true;
    LOG_WARN("the update: %s", why);
    return false;
}

static enum update_why read_signed(const struct place *p, struct program_list *out)
{
    struct buf list, signature;
    enum update_why why = UPDATE_SIGNATURE;

    buf_init(&list, PROGRAM_LIST_MAX);
    buf_init(&signature, PROGRAM_SIGNATURE_MAX);
    if (!read_next(p, PROGRAM_LIST_FILE, &list) &&
        !read_next(p, PROGRAM_SIGNATURE_FILE, &signature) &&
        is_signed(p, &list, &signature))
        why = program_list_read(buf_text(&list), list.len, out) ? UPDATE_BROKEN
                                                                : UPDATE_FINE;
    buf_finish(&list);
    buf_finish(&signature);
    return why;
}

enum err source_list(const struct place *p, struct program_list *out)
{
    struct buf list;
    enum err err;

    buf_init(&list, PROGRAM_LIST_MAX);
    err = read_next(p, PROGRAM_LIST_FILE, &list);
    if (!err)
        err = program_list_read(buf_text(&list), list.len, out);
    buf_finish(&list);
    return err;
}

/* --- taking it ----------------------------------------------------------------------------- */

static enum update_why why_of(enum err err)
{
    return err == ERR_FULL ? UPDATE_SPACE : UPDATE_BROKEN;
}

static enum update_why take_list(const struct place *p, int folder,
                                 struct program_list *out)
{
    char sha256[HASH_SHA256_HEX];
    int64_t size;
    enum err err =
        copy_in(p, folder, PROGRAM_LIST_FILE, PROGRAM_LIST_MAX, sha256, &size);

    if (!err)
        err = copy_in(p, folder, PROGRAM_SIGNATURE_FILE, PROGRAM_SIGNATURE_MAX, sha256,
                      &size);
    if (err)
        return err == ERR_FULL ? UPDATE_SPACE : UPDATE_SIGNATURE;
    return read_signed(p, out);
}

static enum update_why fits(const struct place *p, const struct program_list *list,
                            const struct source_machine *machine, int64_t floor)
{
    char path[PLACE_PATH_BYTES];
    int64_t weight = 0;

    if (strcmp(list->suite, machine->suite) != 0 ||
        strcmp(list->arch, machine->arch) != 0)
        return UPDATE_OTHER_KIND;
    if (list->ver <= floor)
        return UPDATE_OLDER;
    for (size_t i = 0; i < list->n_packages; i++)
        weight += list->packages[i].size;
    place_path(p, path, PLACE_OWN);
    return file_free_bytes(path) < ROOM * weight ? UPDATE_SPACE : UPDATE_FINE;
}

static enum update_why take_packages(const struct place *p, int folder,
                                     const struct program_list *list)
{
    for (size_t i = 0; i < list->n_packages; i++) {
        const struct program_package *package = &list->packages[i];
        char sha256[HASH_SHA256_HEX];
        int64_t size;
        enum err err = copy_in(p, folder, package->name, package->size, sha256, &size);

        if (err)
            return why_of(err);
        if (size != package->size || strcmp(sha256, package->sha256) != 0)
            return UPDATE_BROKEN;
    }
    return UPDATE_FINE;
}

enum update_why source_take(const struct place *p, const struct source_machine *machine,
                            int64_t floor, struct program_list *out)
{
    char next[PLACE_PATH_BYTES];
    enum update_why why;
    int folder = find(p);

    *out = (struct program_list){ 0 };
    if (folder < 0)
        return UPDATE_NOTHING;
    place_path(p, next, PLACE_NEXT);
    why = place_empty(next) ? UPDATE_SPACE : take_list(p, folder, out);
    if (why == UPDATE_FINE)
        why = fits(p, out, machine, floor);
    if (why == UPDATE_FINE)
        why = take_packages(p, folder, out);
    close(folder);
    if (why == UPDATE_FINE && file_sync_folder(next))
        why = UPDATE_SPACE;
    return why;
}
