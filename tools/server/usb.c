/* Walks the folder of a stick. Only regular files, no links, size-capped. */
#include "usb.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "ingest.h"
#include "settings.h"

#define LOG_MODULE "usb"
#include "base/log.h"

#define PATH_BYTES 4096
#define FILES_MAX 10000 /* of one import; the rest is for the next */

static bool is_folder(const char *path)
{
    struct stat st;

    return !lstat(path, &st) && S_ISDIR(st.st_mode);
}

/* A pipe would make open(2) wait for ever. */
static bool is_file(const char *path)
{
    struct stat st;

    return !lstat(path, &st) && S_ISREG(st.st_mode);
}

/* The name without ".jws", or false when it is no bundle's name. */
static bool stem_of(const char *name, char *out, size_t n_out)
{
    size_t n = strlen(name);

    if (n < 5 || strcmp(name + n - 4, ".jws") || name[0] == '.' || n - 4 >= n_out)
        return false;
    memcpy(out, name, n - 4);
    out[n - 4] = 0;
    return true;
}

static enum err import_one(struct server *s, const char *root, const char *name,
                           bool answers, struct usb_counts *counts)
{
    char stem[128];
    char path[PATH_BYTES];
    struct buf bytes;
    struct buf answer;
    enum err err = ERR_OK;

    if (!stem_of(name, stem, sizeof(stem)) ||
        snprintf(path, sizeof(path), "%s/out/%s", root, name) >= PATH_BYTES)
        return ERR_OK;
    buf_init(&bytes, BUNDLE_BYTES_MAX);
    buf_init(&answer, 4 * BUNDLE_BYTES_MAX);
    if (!is_file(path) || file_read_nofollow(path, &bytes)) {
        counts->n_refused++;
    } else {
        switch (ingest_take(s, buf_text(&bytes), bytes.len, &answer)) {
        case INGEST_TAKEN:
            counts->n_taken++;
            if (answers &&
                snprintf(path, sizeof(path), "%s/in/%s.jws", root, stem) < PATH_BYTES)
                err = file_replace(path, buf_text(&answer), answer.len, 0644);
            break;
        case INGEST_LATER:
            counts->n_later++;
            break;
        default:
            counts->n_refused++;
        }
    }
    buf_finish(&bytes);
    buf_finish(&answer);
    return err;
}

/* For kiosks without a network: beside the acks, for whichever kiosk the stick goes to. */
static enum err put_settings(struct server *s, const char *root)
{
    char path[PATH_BYTES];
    struct buf jws;
    enum err err;

    if (s->is_province) /* of which commune will be the kiosk that gets the stick? */
        return ERR_OK;
    if (snprintf(path, sizeof(path), "%s/in/settings.jws", root) >= PATH_BYTES)
        return ERR_OFFLINE;
    buf_init(&jws, JWS_BYTES_MAX);
    err = settings_sign(s, s->commune, NULL, &jws);
    if (!err)
        err = file_replace(path, buf_text(&jws), jws.len, 0644);
    buf_finish(&jws);
    return err;
}

enum err usb_import(struct server *s, const char *dir, struct usb_counts *out)
{
    char root[PATH_BYTES];
    char path[PATH_BYTES];
    DIR *folder;
    struct dirent *entry;
    enum err err = ERR_OK;
    enum err made;
    bool answers;
    int left = FILES_MAX;

    *out = (struct usb_counts){ 0 };
    if (snprintf(root, sizeof(root), "%s/BDHVS", dir) >= PATH_BYTES)
        return ERR_OFFLINE;
    if (!is_folder(root))
        snprintf(root, sizeof(root), "%s", dir);
    if (snprintf(path, sizeof(path), "%s/out", root) >= PATH_BYTES || !is_folder(path))
        return ERR_OFFLINE;
    folder = opendir(path);
    if (!folder)
        return ERR_OFFLINE;
    /* A link there would lead our answers to where the stick's owner likes: then the
     * totals are taken, and nothing is answered. */
    if (snprintf(path, sizeof(path), "%s/in", root) >= PATH_BYTES ||
        (!is_folder(path) && mkdir(path, 0755))) {
        LOG_ERR("%s: is no folder and cannot be made", path);
        err = ERR_CORRUPT;
    }
    answers = !err;
    while ((entry = readdir(folder)) && left-- > 0) {
        made = import_one(s, root, entry->d_name, answers, out);
        err = err ? err : made;
    }
    closedir(folder);
    if (answers) {
        made = put_settings(s, root);
        err = err ? err : made;
    }
    return err;
}
