/* The USB courier: the same signed bytes, carried by hand. A stick is a stranger's:
 * only plain files of the two folders are opened, no links, nothing large. */
#include "app/uplink_state.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "wire/ack.h"

#define LOG_MODULE "courier"
#include "base/log.h"

#define PATH_BYTES 4096
#define FILES_MAX 1000 /* of BDHVS/in that are looked at */
#define SETTINGS_NAME "settings.jws"
#define TRIP_MAX 32 /* bundles on one stick: half of what the outbox remembers */

/* The plain folder `path`; made when `make` and missing. Errors: ERR_OFFLINE (not
 * there), ERR_REJECTED (not a plain folder), ERR_FULL, ERR_CORRUPT. */
static enum err plain_folder(const char *path, bool make)
{
    struct stat st;

    if (lstat(path, &st)) {
        if (!make)
            return ERR_OFFLINE;
        /* Other users read the stick too. */
        if (mkdir(path, 0755) || lstat(path, &st))
            return errno == ENOSPC ? ERR_FULL : ERR_CORRUPT;
    }
    return S_ISDIR(st.st_mode) ? ERR_OK : ERR_REJECTED;
}

static bool is_jws_name(const char *name)
{
    size_t n = strlen(name);

    return name[0] != '.' && n > 4 && strcmp(name + n - 4, ".jws") == 0;
}

/* Whether it is our server's word to this kiosk. For which bundle, the outbox knows. */
static enum err check_ack(const struct uplink *u, const struct buf *bytes,
                          struct buf *payload)
{
    struct arena arena = { 0 };
    struct jws_key server;
    struct ack ack;
    enum err err;

    jws_key_public(u->id.server_key, &server);
    err = jws_verify(buf_text(bytes), bytes->len, JWS_ACK, &server, payload);
    if (!err)
        err = ack_decode(buf_text(payload), payload->len, &arena, &ack);
    if (!err && strcmp(ack.kiosk, u->id.kiosk))
        err = ERR_REJECTED;
    arena_finish(&arena);
    return err;
}

static enum err apply_ack(struct uplink *u, const struct buf *bytes,
                          struct buf *payload)
{
    int64_t after_s;
    bool more;

    if (check_ack(u, bytes, payload))
        return ERR_REJECTED;
    return uplink_apply_ack(u, payload->data, payload->len, &more, &after_s);
}

static enum err apply_settings(struct uplink *u, const struct buf *bytes,
                               struct buf *payload)
{
    struct jws_key server;

    jws_key_public(u->id.server_key, &server);
    if (jws_verify(buf_text(bytes), bytes->len, JWS_SETTINGS, &server, payload))
        return ERR_REJECTED;
    return uplink_settings_take(u, buf_text(payload), payload->len);
}

typedef enum err apply_fn(struct uplink *u, const struct buf *bytes,
                          struct buf *payload);

/* Errors: ERR_REJECTED: nothing to us. */
static enum err take_file(struct uplink *u, const char *path, apply_fn *apply)
{
    struct buf payload;
    struct buf bytes;
    struct stat st;
    enum err err;

    /* A pipe would make open(2) wait for ever. */
    if (lstat(path, &st) || !S_ISREG(st.st_mode))
        return ERR_REJECTED;
    buf_init(&bytes, JWS_BYTES_MAX);
    buf_init(&payload, JWS_BYTES_MAX);
    err = file_read_nofollow(path, &bytes) ? ERR_REJECTED : apply(u, &bytes, &payload);
    buf_finish(&bytes);
    buf_finish(&payload);
    return err;
}

/* Of the commune, beside the acks: after them, for they say which server speaks now. */
static enum err take_settings(struct uplink *u, const char *folder,
                              struct uplink_courier *out)
{
    unsigned before = u->settings_taken;
    char path[PATH_BYTES];
    struct stat st;
    enum err err;

    if ((size_t)snprintf(path, sizeof(path), "%s/" SETTINGS_NAME, folder) >=
            sizeof(path) ||
        lstat(path, &st))
        return ERR_OK;
    err = take_file(u, path, apply_settings);
    out->settings += u->settings_taken != before;
    if (err == ERR_REJECTED) {
        out->ignored++;
        err = ERR_OK;
    }
    return err;
}

static enum err take_acks(struct uplink *u, const char *folder,
                          struct uplink_courier *out)
{
    char path[PATH_BYTES];
    struct dirent *entry;
    enum err err = plain_folder(folder, false);
    DIR *dir;

    if (err)
        return err == ERR_OFFLINE ? ERR_OK : err;
    dir = opendir(folder);
    if (!dir)
        return ERR_CORRUPT;
    for (int i = 0; !err && i < FILES_MAX && (entry = readdir(dir)) != NULL; i++) {
        int n = snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);

        if (!is_jws_name(entry->d_name) || !strcmp(entry->d_name, SETTINGS_NAME) ||
            (size_t)n >= sizeof(path))
            continue;
        err = take_file(u, path, apply_ack);
        if (!err)
            out->acks++;
        else if (err == ERR_REJECTED)
            out->ignored++;
        if (err == ERR_REJECTED)
            err = ERR_OK;
    }
    closedir(dir);
    return err;
}

static enum err write_bundle(struct uplink *u, const char *folder,
                             struct uplink_courier *out)
{
    char path[PATH_BYTES];
    int n = snprintf(path, sizeof(path), "%s/%s-%lld.jws", folder, u->id.kiosk,
                     (long long)u->kept.n);
    enum err err;

    if ((size_t)n >= sizeof(path))
        return ERR_REJECTED;
    err = file_replace(path, u->kept.bytes.data, u->kept.bytes.len, 0644);
    if (err)
        return err;
    out->written++;
    out->rows += (int64_t)u->kept.n_rows;
    LOG_INFO("bundle %lld written to a stick", (long long)u->kept.n);
    return ERR_OK;
}

/* The kept bundle and those after it, until nothing is left to say. The next sending,
 * by whatever way, begins again at what the server confirmed: a stick can get lost. */
static enum err write_bundles(struct uplink *u, const char *folder,
                              struct uplink_courier *out)
{
    int64_t first = u->kept.n;
    bool more = first != 0;
    enum err err = ERR_OK;

    while (!err && more) {
        err = write_bundle(u, folder, out);
        more = false;
        if (!err && out->written < TRIP_MAX)
            err = uplink_keep_more(u, first, &more);
    }
    return err || out->written < 2 ? err : uplink_forget(u);
}

enum err uplink_courier(struct uplink *u, const char *dir, struct uplink_courier *out)
{
    char base[PATH_BYTES - 16];
    char in[PATH_BYTES];
    char to[PATH_BYTES];
    enum err err;
    int n = snprintf(base, sizeof(base), "%s/BDHVS", dir);

    *out = (struct uplink_courier){ 0 };
    if (!u->id.enrolled)
        return ERR_OFFLINE;
    if ((size_t)n >= sizeof(base))
        return ERR_REJECTED;
    snprintf(in, sizeof(in), "%s/in", base);
    snprintf(to, sizeof(to), "%s/out", base);
    err = plain_folder(base, true);
    if (!err)
        err = uplink_load_kept(u);
    if (!err)
        err = take_acks(u, in, out);
    if (!err)
        err = take_settings(u, in, out);
    if (!err)
        err = uplink_keep(u, uplink_day_passed(u));
    if (!err) /* also for a stick that only fetches settings: a server asks for it */
        err = plain_folder(to, true);
    if (!err && u->kept.n)
        err = write_bundles(u, to, out);
    u->counted_ms = -1;
    return err;
}
