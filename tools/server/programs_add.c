/* An update comes in, or is offered no more. Invariants:
 * 1. offers.json names only what lies in objects/ whole and synced.
 * 2. What it names no more is removed after it was replaced, never before. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/file_copy.h"
#include "deeds.h"
#include "lesson/minisign.h"
#include "programs_private.h"
#include "server.h"
#include "settings.h"

#define LOG_MODULE "programs"
#include "base/log.h"

#define WHY_BYTES 200

/* The two small files of an update's folder, and what they say. */
struct coming {
    const char *folder;
    struct buf text, signature;
    struct program_list list;
    struct programs_offer offer;
};

static enum err reject(const char **why, const char *words)
{
    *why = words;
    return ERR_REJECTED;
}

/* --- objects -------------------------------------------------------------------------------- */

static void object_path(const struct programs *p, char out[PROGRAMS_PATH_BYTES],
                        const char *sha256)
{
    char name[sizeof(OBJECTS_FOLDER "/") + HASH_SHA256_HEX];

    snprintf(name, sizeof(name), OBJECTS_FOLDER "/%s", sha256);
    programs_path(p, out, name);
}

static bool list_names_object(const struct programs *p, const char *list_sha256,
                              const char *object)
{
    char path[PROGRAMS_PATH_BYTES];
    struct program_list list;
    struct buf text;
    bool found = true; /* a list that cannot be read: nothing is thrown away */

    object_path(p, path, list_sha256);
    buf_init(&text, PROGRAM_LIST_MAX);
    if (!file_read_nofollow(path, &text) &&
        !program_list_read(buf_text(&text), text.len, &list)) {
        found = false;
        for (size_t i = 0; !found && i < list.n_packages; i++)
            found = !strcmp(list.packages[i].sha256, object);
    }
    buf_finish(&text);
    return found;
}

static bool is_offered(const struct programs *p, const char *object)
{
    for (size_t i = 0; i < p->n; i++)
        if (!strcmp(p->offers[i].list, object) ||
            !strcmp(p->offers[i].signature, object) ||
            list_names_object(p, p->offers[i].list, object))
            return true;
    return false;
}

static void sweep(const struct programs *p)
{
    char path[PROGRAMS_PATH_BYTES];
    struct dirent *e;
    DIR *dir;

    programs_path(p, path, OBJECTS_FOLDER);
    dir = opendir(path);
    while (dir && (e = readdir(dir)) != NULL)
        if (*e->d_name != '.' && !is_offered(p, e->d_name))
            unlinkat(dirfd(dir), e->d_name, 0);
    if (dir)
        closedir(dir);
}

static enum err keep_small(const struct programs *p, const struct buf *bytes,
                           const char *sha256)
{
    char path[PROGRAMS_PATH_BYTES];

    object_path(p, path, sha256);
    return file_replace(path, buf_text(bytes), bytes->len, 0600);
}

static enum err keep_packages(const struct programs *p, const struct coming *c,
                              const char **why)
{
    char from[PROGRAMS_PATH_BYTES], to[PROGRAMS_PATH_BYTES];
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < c->list.n_packages; i++) {
        const struct program_package *package = &c->list.packages[i];

        object_path(p, to, package->sha256);
        if (snprintf(from, sizeof(from), "%s/%s", c->folder, package->name) >=
            (int)sizeof(from))
            return ERR_REJECTED;
        err = file_copy_hashed(from, to, package->size, package->sha256);
    }
    return err == ERR_REJECTED || err == ERR_OFFLINE
               ? reject(why, "a package is missing or not what the list says")
               : err;
}

/* --- looking at it ----------------------------------------------------------------------------- */

static enum err read_small(const char *folder, const char *name, struct buf *out)
{
    char path[PROGRAMS_PATH_BYTES];

    if (snprintf(path, sizeof(path), "%s/%s", folder, name) >= (int)sizeof(path))
        return ERR_OFFLINE;
    return file_read_nofollow(path, out);
}

/* Without a key nothing can be said of the signature: kiosks check it in any case. */
static enum err check_signature(struct server *s, const struct coming *c,
                                bool *checked_out, const char **why)
{
    char reason[WHY_BYTES];
    struct pack_key key;
    struct buf text;
    enum err err;

    buf_init(&text, MINISIGN_TEXT_MAX);
    err = settings_get(s, PROGRAMS_KEY_SETTING, "", &text);
    *checked_out = !err && text.len > 0;
    if (*checked_out &&
        (minisign_key_parse(buf_text(&text), &key) ||
         minisign_verify(&key, 1, buf_text(&c->text), c->text.len,
                         buf_text(&c->signature), NULL, reason, sizeof(reason))))
        err = reject(why, "its signature is not by the key of the setting program.key");
    buf_finish(&text);
    return err;
}

static enum err check_newer(const struct programs *p, const struct coming *c,
                            const char **why)
{
    const struct programs_offer *now = programs_for(p, c->offer.system);

    if (now && c->offer.ver == now->ver && !strcmp(c->offer.list, now->list))
        return reject(why, "it is offered already");
    if (now && c->offer.ver <= now->ver)
        return reject(why, "it is not newer than the one that is offered");
    return now || p->n < PROGRAMS_MAX ? ERR_OK
                                      : reject(why, "too many systems have one");
}

static enum err look(struct server *s, struct coming *c, bool *checked_out,
                     const char **why)
{
    enum err err;

    if (read_small(c->folder, PROGRAM_LIST_FILE, &c->text) ||
        read_small(c->folder, PROGRAM_SIGNATURE_FILE, &c->signature)) {
        *why = "holds no list.json with a list.json.minisig that we may read";
        return ERR_OFFLINE;
    }
    if (program_list_read(buf_text(&c->text), c->text.len, &c->list) ||
        program_system(&c->list, c->offer.system))
        return reject(why, "its list is not one of bdhvs-pack program");
    c->offer.ver = c->list.ver;
    snprintf(c->offer.version, sizeof(c->offer.version), "%s", c->list.version);
    hash_sha256_hex(buf_text(&c->text), c->text.len, c->offer.list);
    hash_sha256_hex(buf_text(&c->signature), c->signature.len, c->offer.signature);
    err = check_signature(s, c, checked_out, why);
    return err ? err : check_newer(&s->programs, c, why);
}

/* --- the doors ------------------------------------------------------------------------------------- */

static void put_offer(struct programs *p, const struct programs_offer *offer)
{
    size_t i = 0;

    while (i < p->n && strcmp(p->offers[i].system, offer->system) != 0)
        i++;
    p->offers[i] = *offer;
    if (i == p->n)
        p->n++;
}

static enum err take(struct server *s, const struct coming *c, const char **why)
{
    struct programs *p = &s->programs, before = *p;
    char path[PROGRAMS_PATH_BYTES];
    enum err err;

    programs_path(p, path, OBJECTS_FOLDER);
    err = file_make_folder(path);
    if (!err)
        err = keep_packages(p, c, why);
    if (!err)
        err = keep_small(p, &c->signature, c->offer.signature);
    if (!err)
        err = keep_small(p, &c->text, c->offer.list);
    if (!err)
        err = file_sync_folder(path);
    if (!err) {
        put_offer(p, &c->offer);
        err = programs_write(p);
    }
    if (err)
        *p = before;
    sweep(p);
    return err;
}

enum err programs_add(struct server *s, const char *folder, struct programs_offer *out,
                      bool *checked_out, const char **why)
{
    struct coming c = { .folder = folder };
    enum err err;

    *why = "";
    *checked_out = false;
    if (!s->programs.folder[0])
        return reject(why, "--programs DIR is not set: there is no place for it");
    programs_refresh(&s->programs);
    buf_init(&c.text, PROGRAM_LIST_MAX);
    buf_init(&c.signature, PROGRAM_SIGNATURE_MAX);
    err = look(s, &c, checked_out, why);
    if (!err)
        err = take(s, &c, why);
    if (!err)
        err = server_note(s,
                          deeds_add(s, DEEDS_BY_COMMAND, DEED_PROGRAM, c.offer.system));
    *out = c.offer;
    buf_finish(&c.text);
    buf_finish(&c.signature);
    return err;
}

enum err programs_stop(struct server *s, const char *by, const char *system)
{
    struct programs *p = &s->programs, before;
    const struct programs_offer *now;
    enum err err;

    programs_refresh(p);
    before = *p;
    now = programs_for(p, system);
    if (!now)
        return ERR_REJECTED;
    p->offers[now - p->offers] = p->offers[p->n - 1];
    p->n--;
    err = programs_write(p);
    if (err)
        *p = before;
    else
        sweep(p);
    return err ? err : server_note(s, deeds_add(s, by, DEED_PROGRAM_STOP, system));
}
