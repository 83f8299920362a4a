/* An update comes from the server: signature and list by the hashes of its signed word, then the
 * packages by those of the list. Invariants:
 * 1. Nothing is believed of a list before our own program key signed it.
 * 2. <data>/update/incoming never holds a list without all its packages: a whole folder takes its
 *    name at once, and the list of the former one goes first.
 * 3. The bytes free on the card stay above ROOM_LEFT: lessons and their journal go first. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/updates_state.h"
#include "base/check.h"
#include "base/file.h"
#include "base/file_copy.h"

#define LOG_MODULE "updates"
#include "base/log.h"

#define PIECE (512U * 1024U) /* written and synced between two frames */
#define SLICE_MS 25
#define ROOM_LEFT (INT64_C(128) * 1024 * 1024)

/* --- ends ---------------------------------------------------------------------------------- */

static void forget(struct updates *u)
{
    struct updates_coming *c = &u->coming;

    fetch_reset(&c->fetch);
    c->step = UPDATES_EMPTY;
    c->why = UPDATES_FINE;
    c->have_list = false;
    c->at = 0;
    c->ver = 0;
    c->version[0] = c->list_sha256[0] = c->asked[0] = 0;
}

static void fail(struct updates *u, enum updates_why why)
{
    struct updates_coming *c = &u->coming;

    LOG_WARN("program %s from the server: %s", c->version, updates_why_name(why));
    fetch_reset(&c->fetch);
    c->step = UPDATES_FAILED_FETCH;
    c->why = why;
    c->asked[0] = 0;
    if (why != UPDATES_SPACE && why != UPDATES_NOTHING) {
        memcpy(c->refused, c->list_sha256, sizeof(c->refused));
        updates_remove_folder(u, "new");
    }
}

static void fail_of(struct updates *u, enum err err)
{
    fail(u, err == ERR_REJECTED ? UPDATES_BROKEN : UPDATES_SPACE);
    updates_remove_folder(u, "new"); /* the room is wanted elsewhere */
}

/* --- offers ---------------------------------------------------------------------------------- */

/* bdhvs-ctl may have asked, too. */
static bool is_busy(struct updates *u)
{
    updates_read_last(u);
    return u->asked || u->last.end == UPDATES_AT_WORK;
}

/* The server takes back what nobody asked for yet: it may be no good. */
static void withdraw(struct updates *u)
{
    forget(u);
    updates_remove_folder(u, "new"); /* also of an earlier process */
    if (!u->incoming.ver || is_busy(u))
        return;
    LOG_INFO("program %s is offered no more", u->incoming.version);
    if (!updates_forget_incoming(u))
        updates_remove_folder(u, "incoming");
}

static bool was_no_good(const struct updates *u, int64_t ver, const char *list_sha256)
{
    return !strcmp(u->coming.refused, list_sha256) ||
           (ver == u->last.ver &&
            (u->last.end == UPDATES_BACK || u->last.end == UPDATES_REFUSED));
}

void updates_offer(struct updates *u, int64_t ver, const char *version,
                   const char *list_sha256, const char *signature_sha256)
{
    struct updates_coming *c = &u->coming;

    if (!ver) {
        withdraw(u);
        return;
    }
    if (c->step == UPDATES_FETCHING && !strcmp(c->list_sha256, list_sha256))
        return;
    if (!u->system[0] || is_busy(u))
        return;
    if (ver <= u->last.floor || ver <= u->incoming.ver ||
        was_no_good(u, ver, list_sha256)) {
        if (c->step == UPDATES_EMPTY)
            updates_remove_folder(u, "new"); /* nothing goes on with it */
        return;
    }
    forget(u);
    c->step = UPDATES_FETCHING;
    c->ver = ver;
    snprintf(c->version, sizeof(c->version), "%s",
             program_version_ok(version) ? version : "?");
    snprintf(c->list_sha256, sizeof(c->list_sha256), "%s", list_sha256);
    snprintf(c->signature_sha256, sizeof(c->signature_sha256), "%s", signature_sha256);
    LOG_INFO("program %s is offered by the server", c->version);
}

/* --- the list ---------------------------------------------------------------------------------- */

static bool read_new(const struct updates *u, const char *name, const char *sha256,
                     struct buf *out)
{
    char path[UPDATES_PATH_BYTES], hash[HASH_SHA256_HEX];

    updates_path(u, path, "new/%s", name);
    if (file_read_nofollow(path, out))
        return false;
    hash_sha256_hex(buf_text(out), out->len, hash);
    return !strcmp(hash, sha256);
}

static bool is_of_list(const struct updates *u, const char *name)
{
    const struct program_list *l = &u->coming.list;
    size_t n;

    if (!strcmp(name, PROGRAM_LIST_FILE) || !strcmp(name, PROGRAM_SIGNATURE_FILE))
        return true;
    for (size_t i = 0; i < l->n_packages; i++) {
        n = strlen(l->packages[i].name);
        if (!strncmp(name, l->packages[i].name, n) &&
            (!name[n] || !strcmp(name + n, ".part")))
            return true;
    }
    return false;
}

static void package_path(const struct updates *u, char out[UPDATES_PATH_BYTES])
{
    updates_path(u, out, "new/%s", u->coming.list.packages[u->coming.at].name);
}

/* Whole under its name: it was verified before it got that. */
static bool is_there(const struct updates *u)
{
    char path[UPDATES_PATH_BYTES];
    struct stat st;

    package_path(u, path);
    return !lstat(path, &st) && S_ISREG(st.st_mode) &&
           st.st_size == u->coming.list.packages[u->coming.at].size;
}

static bool has_room(struct updates *u)
{
    struct updates_coming *c = &u->coming;
    int64_t left = 0;

    for (c->at = 0; c->at < c->list.n_packages; c->at++)
        left += is_there(u) ? 0 : c->list.packages[c->at].size;
    c->at = 0;
    return file_free_bytes(u->dir) >= left + ROOM_LEFT;
}

static void take_list(struct updates *u, const struct buf *text,
                      const struct buf *signature)
{
    struct updates_coming *c = &u->coming;
    char system[PROGRAM_SYSTEM_BYTES];

    if (!updates_signed(u, text, signature)) {
        fail(u, UPDATES_SIGNATURE);
    } else if (program_list_read(buf_text(text), text->len, &c->list)) {
        fail(u, UPDATES_BROKEN);
    } else if (program_system(&c->list, system) || strcmp(system, u->system) != 0) {
        fail(u, UPDATES_OTHER_KIND);
    } else if (c->list.ver <= u->last.floor || c->list.ver <= u->incoming.ver) {
        fail(u, UPDATES_OLDER);
    } else {
        updates_prune(u, "new", is_of_list);
        snprintf(c->version, sizeof(c->version), "%s", c->list.version);
        c->have_list = has_room(u);
        if (!c->have_list)
            fail(u, UPDATES_SPACE);
    }
}

/* Both are there from an earlier try, or have just come. */
static bool find_list(struct updates *u, bool *have_signature_out)
{
    struct updates_coming *c = &u->coming;
    struct buf text, signature;

    buf_init(&text, PROGRAM_LIST_MAX);
    buf_init(&signature, PROGRAM_SIGNATURE_MAX);
    *have_signature_out =
        read_new(u, PROGRAM_SIGNATURE_FILE, c->signature_sha256, &signature);
    if (*have_signature_out && read_new(u, PROGRAM_LIST_FILE, c->list_sha256, &text))
        take_list(u, &text, &signature);
    buf_finish(&text);
    buf_finish(&signature);
    return c->have_list;
}

/* --- what is wanted ------------------------------------------------------------------------------- */

static struct fetch_wish wish_of(const struct updates *u, char path[UPDATES_PATH_BYTES])
{
    const struct program_package *p = &u->coming.list.packages[u->coming.at];

    package_path(u, path);
    return (struct fetch_wish){ .path = path, .size = p->size, .sha256 = p->sha256 };
}

bool updates_at_work(const struct updates *u)
{
    const struct updates_coming *c = &u->coming;
    char path[UPDATES_PATH_BYTES];
    struct fetch_wish wish;

    if (c->step != UPDATES_FETCHING || !c->have_list)
        return false;
    if (c->at >= c->list.n_packages) /* it waits while bdhvs-update may read incoming */
        return !u->asked && u->last.end != UPDATES_AT_WORK;
    if (is_there(u))
        return true;
    wish = wish_of(u, path);
    return fetch_is_full(&wish);
}

static void ask(struct updates *u, const char *sha256, struct fetch_file *out)
{
    snprintf(u->coming.asked, sizeof(u->coming.asked), "%s", sha256);
    snprintf(out->path, sizeof(out->path), "/v1/programs/%s", sha256);
}

bool updates_wanted(struct updates *u, struct fetch_file *out)
{
    struct updates_coming *c = &u->coming;
    char path[UPDATES_PATH_BYTES];
    struct fetch_wish wish;
    bool have_signature;

    *out = (struct fetch_file){ .offset = 0 };
    if (c->step != UPDATES_FETCHING)
        return false;
    if (!c->have_list && !find_list(u, &have_signature)) {
        if (c->step != UPDATES_FETCHING)
            return false;
        ask(u, have_signature ? c->list_sha256 : c->signature_sha256, out);
        out->max = have_signature ? PROGRAM_LIST_MAX : PROGRAM_SIGNATURE_MAX;
        return true;
    }
    if (c->at >= c->list.n_packages || updates_at_work(u))
        return false;
    wish = wish_of(u, path);
    fetch_ask(&c->fetch, &wish, PIECE, out);
    ask(u, wish.sha256, out);
    return true;
}

/* --- what came ------------------------------------------------------------------------------------ */

static void came_small(struct updates *u, const void *bytes, size_t n)
{
    struct updates_coming *c = &u->coming;
    bool is_list = !strcmp(c->asked, c->list_sha256);
    char path[UPDATES_PATH_BYTES], hash[HASH_SHA256_HEX];
    enum err err;

    hash_sha256_hex(bytes, n, hash);
    if (strcmp(hash, c->asked) != 0) {
        fail(u, UPDATES_BROKEN);
        return;
    }
    updates_path(u, path, "new");
    err = file_make_folder(path);
    updates_path(u, path, "new/%s",
                 is_list ? PROGRAM_LIST_FILE : PROGRAM_SIGNATURE_FILE);
    if (!err)
        err = file_replace(path, bytes, n, 0600);
    if (err)
        fail_of(u, err);
}

void updates_came(struct updates *u, const void *bytes, size_t n, bool continues,
                  bool whole)
{
    struct updates_coming *c = &u->coming;
    char path[UPDATES_PATH_BYTES];
    struct fetch_wish wish;
    enum err err;

    if (c->step != UPDATES_FETCHING || !c->asked[0])
        return; /* another one is offered meanwhile */
    if (!c->have_list) {
        if (whole)
            came_small(u, bytes, n);
        c->asked[0] = 0;
        return;
    }
    wish = wish_of(u, path);
    c->asked[0] = 0;
    err = fetch_came(&c->fetch, &wish, bytes, n, continues, whole);
    if (!err)
        c->fetch.offset = wish.size;
    else if (err != ERR_RETRY)
        fail_of(u, err);
}

void updates_not_there(struct updates *u)
{
    if (u->coming.step == UPDATES_FETCHING && u->coming.asked[0])
        fail(u, UPDATES_NOTHING); /* it is offered anew, or another one */
}

void updates_too_large(struct updates *u)
{
    if (u->coming.step == UPDATES_FETCHING && u->coming.asked[0])
        fail(u, UPDATES_BROKEN);
}

/* --- the whole -------------------------------------------------------------------------------------- */

static void finish(struct updates *u)
{
    enum err err;

    if (is_busy(u)) /* bdhvs-update may be reading incoming */
        return;
    err = updates_put_in_place(u);
    if (err) {
        fail_of(u, err);
        return;
    }
    forget(u);
    updates_look_incoming(u);
    LOG_INFO("program %s has come and waits for an administrator", u->incoming.version);
}

bool updates_fetch_tick(struct updates *u)
{
    struct updates_coming *c = &u->coming;
    char path[UPDATES_PATH_BYTES];
    struct fetch_wish wish;
    enum err err;

    if (!updates_at_work(u))
        return false;
    if (c->at >= c->list.n_packages) {
        finish(u);
    } else if (is_there(u)) {
        fetch_reset(&c->fetch);
        c->at++;
    } else {
        wish = wish_of(u, path);
        err = fetch_verify(&c->fetch, &wish, SLICE_MS);
        if (err && err != ERR_RETRY)
            fail_of(u, err);
    }
    return updates_at_work(u);
}
