/* Filling <data>/packs/new: manifest and signature first, then the objects that are not
 * there yet, each verified before it gets its name; at the end the whole is opened as the
 * kiosk will open it. */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/packs_state.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "lesson/minisign.h"

#define LOG_MODULE "packs"
#include "base/log.h"

#define SLICE_MS 25
#define SIGNATURE_MAX 4096
#define WHY_BYTES 256

void packs_fail(struct packs *p, enum packs_trouble trouble)
{
    LOG_WARN("%s: not taken (%d)", p->coming[0] ? p->coming : "the pack", (int)trouble);
    p->step = PACKS_FAILED;
    p->trouble = trouble;
    if (trouble == PACKS_SIGNATURE || trouble == PACKS_BROKEN)
        memcpy(p->refused, p->coming, sizeof(p->refused)); /* not again by itself */
}

static enum packs_trouble trouble_of(enum err err)
{
    return err == ERR_FULL      ? PACKS_SPACE
           : err == ERR_OFFLINE ? PACKS_GONE
                                : PACKS_BROKEN;
}

static void restart(struct packs *p)
{
    arena_reset(&p->arena);
    fetch_reset(&p->fetch);
    p->have_manifest = p->have_signature = false;
    p->at = 0;
    p->step = PACKS_FILLING;
    p->trouble = PACKS_FINE;
    p->coming[0] = p->source[0] = p->want_manifest[0] = 0;
}

void packs_cancel(struct packs *p)
{
    restart(p);
    p->step = PACKS_EMPTY;
}

/* --- the list -------------------------------------------------------------------------------- */

static enum err write_new(struct packs *p, const char *name, const struct buf *bytes)
{
    char path[PACKS_PATH_BYTES];
    enum err err;

    packs_path(p, path, "new/objects");
    err = file_make_folder(path);
    packs_path(p, path, "new/%s", name);
    return err ? err : file_replace(path, buf_text(bytes), bytes->len, 0600);
}

/* Whose key fits; NULL: none that counts here. */
static const struct pack_key *signer(struct packs *p, const struct buf *manifest,
                                     const struct buf *sig)
{
    const struct pack_key *by = NULL;
    char why[WHY_BYTES];

    if (minisign_verify(p->keys, p->n_keys, buf_text(manifest), manifest->len,
                        buf_text(sig), &by, why, sizeof(why)))
        return NULL;
    return by;
}

bool packs_is_open(const struct packs *p, const char *id)
{
    char path[PACKS_PATH_BYTES + 32], why[WHY_BYTES];
    struct arena arena = { 0 };
    struct manifest open;
    struct buf text;
    bool is = false;

    snprintf(path, sizeof(path), "%s/manifest.json", p->folder);
    buf_init(&text, PACK_MANIFEST_MAX);
    if (!file_read(path, &text) &&
        !manifest_read_head(buf_text(&text), text.len, &arena, &open, why, sizeof(why)))
        is = !strcmp(open.id, id);
    buf_finish(&text);
    arena_finish(&arena);
    return is;
}

static enum packs_trouble trouble_beside(const struct packs *p)
{
    if (!p->manifest.beside)
        return PACKS_FINE;
    if (!packs_is_open(p, p->manifest.beside))
        return PACKS_OTHER;
    return packs_beside_room(p, p->manifest.id) ? PACKS_FINE : PACKS_TOO_MANY;
}

static int64_t floor_of(const struct packs *p)
{
    return p->manifest.beside ? packs_beside_floor(p, p->manifest.id) : p->floor;
}

/* Takes the list whose bytes were signed; the objects come next. */
static void take_list(struct packs *p, const struct buf *manifest,
                      const struct buf *sig)
{
    const struct pack_key *by = signer(p, manifest, sig);
    enum packs_trouble trouble;
    char why[WHY_BYTES];
    enum err err;

    if (!by) {
        packs_fail(p, PACKS_SIGNATURE);
        return;
    }
    if (manifest_read(buf_text(manifest), manifest->len, &p->arena, &p->manifest, why,
                      sizeof(why))) {
        packs_fail(p, PACKS_BROKEN);
        return;
    }
    snprintf(p->coming, sizeof(p->coming), "%s-%lld", p->manifest.id,
             (long long)p->manifest.ver);
    snprintf(p->id, sizeof(p->id), "%s", p->manifest.id);
    trouble =
        by->of_others && !p->manifest.beside ? PACKS_SIGNATURE : trouble_beside(p);
    if (trouble != PACKS_FINE) {
        packs_fail(p, trouble);
    } else if (!strcmp(p->coming, p->current) || packs_stands_beside(p, p->coming)) {
        packs_fail(p, PACKS_SAME);
    } else if (p->manifest.ver < floor_of(p)) {
        packs_fail(p, PACKS_OLDER);
    } else if (!manifest_version_reached(BDHVS_VERSION, p->manifest.min_app)) {
        packs_fail(p, PACKS_NEWER_APP);
    } else {
        err = write_new(p, "manifest.json", manifest);
        if (!err)
            err = write_new(p, "manifest.json.minisig", sig);
        if (err)
            packs_fail(p, trouble_of(err));
        else
            p->have_manifest = true;
    }
}

static enum err read_list(const char *folder, struct buf *manifest, struct buf *sig)
{
    char path[PACKS_PATH_BYTES + 32];
    enum err err;

    snprintf(path, sizeof(path), "%s/manifest.json", folder);
    err = file_read_nofollow(path, manifest);
    snprintf(path, sizeof(path), "%s/manifest.json.minisig", folder);
    return err ? err : file_read_nofollow(path, sig);
}

enum err packs_add_folder(struct packs *p, const char *folder)
{
    struct buf manifest, sig;
    enum err err;

    restart(p);
    snprintf(p->source, sizeof(p->source), "%s", folder);
    buf_init(&manifest, PACK_MANIFEST_MAX);
    buf_init(&sig, SIGNATURE_MAX);
    err = read_list(folder, &manifest, &sig);
    if (err)
        packs_fail(p, PACKS_NO_PACK);
    else
        take_list(p, &manifest, &sig);
    buf_finish(&manifest);
    buf_finish(&sig);
    return p->step == PACKS_FAILED ? ERR_REJECTED : ERR_OK;
}

void packs_offer(struct packs *p, const char *id, int64_t ver,
                 const char *manifest_sha256)
{
    char name[PACKS_NAME_BYTES];

    if (p->step == PACKS_FILLING || p->step == PACKS_CHECKING || p->step == PACKS_READY)
        return;
    if (snprintf(name, sizeof(name), "%s-%lld", id, (long long)ver) >=
            (int)sizeof(name) ||
        ver <= p->floor || !strcmp(name, p->current) || !strcmp(name, p->refused) ||
        packs_stands_beside(p, name))
        return;
    restart(p);
    snprintf(p->coming, sizeof(p->coming), "%s", name);
    snprintf(p->id, sizeof(p->id), "%s", id);
    snprintf(p->want_manifest, sizeof(p->want_manifest), "%s", manifest_sha256);
}

/* --- objects --------------------------------------------------------------------------------- */

static void object_path(const struct packs *p, char out[PACKS_PATH_BYTES])
{
    packs_path(p, out, "new/objects/%s", p->manifest.files[p->at].sha256);
}

static bool holds(const struct manifest_file *f, const struct buf *bytes)
{
    char hash[HASH_SHA256_HEX];

    hash_sha256_hex(buf_text(bytes), bytes->len, hash);
    return (int64_t)bytes->len == f->size && !strcmp(hash, f->sha256);
}

/* Is the object whole in new/, or in the open pack (then it is copied)? */
static bool is_there(struct packs *p)
{
    const struct manifest_file *f = &p->manifest.files[p->at];
    char path[PACKS_PATH_BYTES], open[PACKS_PATH_BYTES + 96];
    struct buf bytes;
    bool good;

    object_path(p, path);
    buf_init(&bytes, PACK_OBJECT_MAX);
    if (file_read_nofollow(path, &bytes)) {
        snprintf(open, sizeof(open), "%s/objects/%s", p->folder, f->sha256);
        buf_clear(&bytes);
        if (file_read_nofollow(open, &bytes) || !holds(f, &bytes) ||
            file_replace(path, buf_text(&bytes), bytes.len, 0600))
            buf_clear(&bytes);
    }
    good = bytes.len > 0 && holds(f, &bytes);
    buf_finish(&bytes);
    return good;
}

/* Verified, then named. */
static void keep(struct packs *p, const struct buf *bytes)
{
    char path[PACKS_PATH_BYTES];
    enum err err;

    if (!holds(&p->manifest.files[p->at], bytes)) {
        packs_fail(p, PACKS_BROKEN);
        return;
    }
    object_path(p, path);
    err = file_replace(path, buf_text(bytes), bytes->len, 0600);
    if (err) {
        packs_fail(p, trouble_of(err));
        return;
    }
    p->at++;
}

static void copy_one(struct packs *p)
{
    char path[PACKS_PATH_BYTES + 96];
    struct buf bytes;

    if (is_there(p)) {
        p->at++;
        return;
    }
    snprintf(path, sizeof(path), "%s/objects/%s", p->source,
             p->manifest.files[p->at].sha256);
    buf_init(&bytes, PACK_OBJECT_MAX);
    if (file_read_nofollow(path, &bytes))
        packs_fail(p, PACKS_GONE);
    else
        keep(p, &bytes);
    buf_finish(&bytes);
}

/* --- from the server ---------------------------------------------------------------------------- */

static struct fetch_wish wish_of(const struct packs *p, char path[PACKS_PATH_BYTES])
{
    const struct manifest_file *f = &p->manifest.files[p->at];

    object_path(p, path);
    return (struct fetch_wish){ .path = path, .size = f->size, .sha256 = f->sha256 };
}

bool packs_wanted(struct packs *p, struct fetch_file *out)
{
    char path[PACKS_PATH_BYTES];
    struct fetch_wish wish;

    if (p->step != PACKS_FILLING || p->source[0])
        return false;
    memset(out, 0, sizeof(*out));
    if (!p->have_manifest) {
        snprintf(out->path, sizeof(out->path), "/v1/packs/%s/manifest.json%s", p->id,
                 p->have_signature ? "" : ".minisig");
        out->max = p->have_signature ? PACK_MANIFEST_MAX : SIGNATURE_MAX;
        return true;
    }
    while (p->at < p->manifest.n_files && is_there(p))
        p->at++;
    if (p->at >= p->manifest.n_files) {
        p->step = PACKS_CHECKING;
        return false;
    }
    wish = wish_of(p, path);
    snprintf(out->path, sizeof(out->path), "/v1/packs/%s/objects/%s", p->id,
             wish.sha256);
    fetch_ask(&p->fetch, &wish, 0, out);
    return true;
}

static void came_list(struct packs *p, const struct buf *bytes)
{
    char path[PACKS_PATH_BYTES], hash[HASH_SHA256_HEX];
    struct buf sig;

    if (!p->have_signature) { /* asked for first: it is small */
        if (write_new(p, "manifest.json.minisig", bytes))
            packs_fail(p, PACKS_SPACE);
        p->have_signature = p->step == PACKS_FILLING;
        return;
    }
    hash_sha256_hex(buf_text(bytes), bytes->len, hash);
    if (strcmp(hash, p->want_manifest) != 0) {
        packs_fail(p, PACKS_BROKEN);
        return;
    }
    packs_path(p, path, "new/manifest.json.minisig");
    buf_init(&sig, SIGNATURE_MAX);
    if (file_read_nofollow(path, &sig))
        packs_fail(p, PACKS_BROKEN);
    else
        take_list(p, bytes, &sig);
    buf_finish(&sig);
}

static void came_object(struct packs *p, const void *bytes, size_t n, bool continues,
                        bool whole)
{
    char path[PACKS_PATH_BYTES];
    struct fetch_wish wish = wish_of(p, path);
    enum err err = fetch_came(&p->fetch, &wish, bytes, n, continues, whole);

    if (!err)
        err = fetch_verify(&p->fetch, &wish, INT_MAX); /* objects are small */
    else if (err == ERR_RETRY && whole)
        err = ERR_REJECTED; /* shorter than its list says */
    if (!err)
        p->at++;
    else if (err != ERR_RETRY)
        packs_fail(p, trouble_of(err));
}

void packs_came(struct packs *p, const void *bytes, size_t n, bool continues,
                bool whole)
{
    struct buf all;

    if (p->step != PACKS_FILLING || p->source[0])
        return; /* cancelled meanwhile */
    if (p->have_manifest) {
        came_object(p, bytes, n, continues, whole);
        return;
    }
    buf_init(&all, PACK_MANIFEST_MAX);
    buf_add(&all, bytes, n);
    if (whole)
        came_list(p, &all);
    buf_finish(&all);
}

void packs_not_there(struct packs *p)
{
    if (p->step == PACKS_FILLING && !p->source[0])
        packs_fail(p, PACKS_GONE);
}

void packs_too_large(struct packs *p)
{
    if (p->step == PACKS_FILLING && !p->source[0])
        packs_fail(p, PACKS_BROKEN);
}

/* --- the whole ------------------------------------------------------------------------------------ */

/* What an older try left behind and this list does not name. */
static void prune_objects(struct packs *p)
{
    char path[PACKS_PATH_BYTES];
    struct dirent *entry;
    DIR *dir;

    packs_path(p, path, "new/objects");
    dir = opendir(path);
    while (dir && (entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.' || manifest_find(&p->manifest, entry->d_name))
            continue;
        unlinkat(dirfd(dir), entry->d_name, 0);
    }
    if (dir)
        closedir(dir);
}

static void check_whole(struct packs *p)
{
    char path[PACKS_PATH_BYTES], why[WHY_BYTES];
    struct pack *pack;
    enum err err;

    prune_objects(p);
    packs_path(p, path, "new/objects");
    err = file_sync_folder(path);
    packs_path(p, path, "new");
    if (!err)
        err = file_sync_folder(path);
    if (err) {
        packs_fail(p, PACKS_SPACE);
        return;
    }
    if (pack_open(path, p->keys, p->n_keys, floor_of(p), p->types, &pack, why,
                  sizeof(why))) {
        LOG_WARN("%s: %s", p->coming, why);
        packs_fail(p, PACKS_BROKEN);
        return;
    }
    if (pack_info(pack)->n_notes || pack_verify(pack, why, sizeof(why))) {
        LOG_WARN("%s: %s", p->coming,
                 pack_info(pack)->n_notes ? "a lesson is bad" : why);
        packs_fail(p, PACKS_BROKEN);
    } else {
        p->step = PACKS_READY;
    }
    pack_close(pack);
}

int packs_tick(struct packs *p)
{
    int64_t start_ms = clock_mono_ms(&clock_real);

    if (p->step == PACKS_FILLING && p->source[0])
        while (p->step == PACKS_FILLING && p->at < p->manifest.n_files &&
               clock_mono_ms(&clock_real) - start_ms < SLICE_MS)
            copy_one(p);
    if (p->step == PACKS_FILLING && p->source[0] && p->at >= p->manifest.n_files)
        p->step = PACKS_CHECKING;
    else if (p->step == PACKS_CHECKING)
        check_whole(p);
    return p->step == PACKS_CHECKING || (p->step == PACKS_FILLING && p->source[0]) ? 0
                                                                                   : -1;
}
