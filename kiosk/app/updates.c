/* The unprivileged half of an update. */
#include "app/updates.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/updates_state.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "lesson/minisign.h"
#include "lesson/pack.h"
#include "store/audit.h"
#include "store/db.h"

#define LOG_MODULE "updates"
#include "base/log.h"

#define STATE_DIR "/var/lib/bdhvs-update"
#define KEY "/usr/share/bdhvs/program.pub"
#define STATE_MAX 4096
#define OS_RELEASE "/etc/os-release"
#define OS_RELEASE_MAX 8192
#define DEPTH_MAX 4
#define LOOK_MS 2000
#define WHY_BYTES 200
#define NAME_BYTES 64
#define SETTING_SEEN "update.seen"
#define SETTING_TOLD "update.told"
#define ACTOR "update" /* in the log of staff: the machine itself */

/* --- how the last one ended --------------------------------------------------------------- */

/* As tools/update/state.c writes them; what is not known is none of them. */
static const struct {
    const char *name;
    enum updates_end end;
} ends[] = {
    { "checking", UPDATES_AT_WORK }, { "installing", UPDATES_AT_WORK },
    { "trying", UPDATES_AT_WORK },   { "writing", UPDATES_AT_WORK },
    { "kept", UPDATES_KEPT },        { "going back", UPDATES_AT_WORK },
    { "back", UPDATES_BACK },        { "refused", UPDATES_REFUSED },
};

static const struct {
    const char *name;
    enum updates_why why;
} whys[] = {
    { "fine", UPDATES_FINE },
    { "no update found", UPDATES_NOTHING },
    { "not signed by the program key", UPDATES_SIGNATURE },
    { "not newer than what runs", UPDATES_OLDER },
    { "made for another Debian or processor", UPDATES_OTHER_KIND },
    { "a package is damaged", UPDATES_BROKEN },
    { "no space", UPDATES_SPACE },
    { "needs packages that are not installed", UPDATES_NEEDS },
    { "the packages of the running program are not kept", UPDATES_NO_WAY_BACK },
    { "the database could not be copied", UPDATES_DATABASE },
};

static enum updates_end end_of(const char *name)
{
    for (size_t i = 0; name && i < COUNT(ends); i++)
        if (!strcmp(ends[i].name, name))
            return ends[i].end;
    return UPDATES_NEVER;
}

const char *updates_why_name(enum updates_why why)
{
    for (size_t i = 0; i < COUNT(whys); i++)
        if (whys[i].why == why)
            return whys[i].name;
    return "it did not work";
}

static enum updates_why why_of(const char *name)
{
    for (size_t i = 0; name && i < COUNT(whys); i++)
        if (!strcmp(whys[i].name, name))
            return whys[i].why;
    return UPDATES_FAILED;
}

static void take_last(const json_value *doc, struct updates_last *out)
{
    const char *to = json_text(json_get(doc, "to"));

    out->end = end_of(json_text(json_get(doc, "step")));
    out->why = why_of(json_text(json_get(doc, "why")));
    if (json_int(json_get(doc, "ver"), 0, JSON_INT_MAX, &out->ver) ||
        json_int(json_get(doc, "floor"), 0, JSON_INT_MAX, &out->floor) ||
        json_int(json_get(doc, "seq"), 0, JSON_INT_MAX, &out->seq))
        out->ver = out->floor = out->seq = 0;
    snprintf(out->to, sizeof(out->to), "%s", to ? to : "");
}

void updates_read_last(struct updates *u)
{
    char path[UPDATES_PATH_BYTES];
    json_value *doc = NULL;
    struct buf text;

    memset(&u->last, 0, sizeof(u->last));
    snprintf(path, sizeof(path), "%s/state.json", u->state);
    buf_init(&text, STATE_MAX);
    if (!file_read_nofollow(path, &text) &&
        !json_parse(buf_text(&text), text.len, DEPTH_MAX, &doc, NULL, 0))
        take_last(doc, &u->last);
    json_free(doc);
    buf_finish(&text);
    snprintf(path, sizeof(path), "%s/request", u->dir);
    u->asked = file_exists(path);
}

/* Which end of which update. */
static void name_end(const struct updates *u, char out[NAME_BYTES])
{
    snprintf(out, NAME_BYTES, "%lld %d", (long long)u->last.seq, (int)u->last.end);
}

static void note_end(const struct updates *u, struct db *db)
{
    static const char *const what[] = { [UPDATES_KEPT] = "au.e.upd.done",
                                        [UPDATES_BACK] = "au.e.upd.back",
                                        [UPDATES_REFUSED] = "au.e.upd.not" };
    char name[NAME_BYTES];

    name_end(u, name);
    if (!what[u->last.end] || !strcmp(db_setting(db, SETTING_TOLD, ""), name))
        return;
    if (audit_add(db, AUDIT_PACK, ACTOR, what[u->last.end], u->last.to) ||
        db_set(db, SETTING_TOLD, name))
        LOG_WARN("how the update ended could not be written into the log of staff");
}

bool updates_unseen(const struct updates *u, struct db *db)
{
    char name[NAME_BYTES];

    name_end(u, name);
    return db && u->last.end == UPDATES_BACK &&
           strcmp(db_setting(db, SETTING_SEEN, ""), name) != 0;
}

void updates_seen(const struct updates *u, struct db *db)
{
    char name[NAME_BYTES];

    name_end(u, name);
    if (updates_unseen(u, db) && db_set(db, SETTING_SEEN, name))
        LOG_WARN("that the update was seen could not be written");
}

/* --- what a stick holds --------------------------------------------------------------------- */

bool updates_signed(const struct updates *u, const struct buf *list,
                    const struct buf *signature)
{
    char why[WHY_BYTES];
    struct pack_key key;

    return !pack_key_read(u->key, &key) &&
           !minisign_verify(&key, 1, buf_text(list), list->len, buf_text(signature),
                            NULL, why, sizeof(why));
}

static enum updates_why read_signed(const struct updates *u, const char *folder,
                                    struct buf *list)
{
    char path[UPDATES_PATH_BYTES];
    enum updates_why found = UPDATES_FINE;
    struct buf signature;

    buf_init(&signature, MINISIGN_TEXT_MAX);
    snprintf(path, sizeof(path), "%s/" PROGRAM_LIST_FILE, folder);
    if (file_read_nofollow(path, list))
        found = UPDATES_NOTHING;
    snprintf(path, sizeof(path), "%s/" PROGRAM_SIGNATURE_FILE, folder);
    if (found == UPDATES_FINE &&
        (file_read_nofollow(path, &signature) || !updates_signed(u, list, &signature)))
        found = UPDATES_SIGNATURE;
    buf_finish(&signature);
    return found;
}

enum updates_why updates_look(const struct updates *u, const char *folder,
                              struct updates_found *out)
{
    struct program_list list;
    struct buf text;
    enum updates_why why;

    *out = (struct updates_found){ 0 };
    buf_init(&text, PROGRAM_LIST_MAX);
    why = read_signed(u, folder, &text);
    if (why == UPDATES_FINE && program_list_read(buf_text(&text), text.len, &list))
        why = UPDATES_BROKEN;
    if (why == UPDATES_FINE) {
        out->ver = list.ver;
        snprintf(out->version, sizeof(out->version), "%s", list.version);
        if (list.ver <= u->last.floor)
            why = UPDATES_OLDER;
    }
    buf_finish(&text);
    return why;
}

void updates_look_incoming(struct updates *u)
{
    char path[UPDATES_PATH_BYTES];

    updates_path(u, path, "incoming");
    if (updates_look(u, path, &u->incoming) != UPDATES_FINE)
        u->incoming = (struct updates_found){ 0 };
}

/* --- asking ----------------------------------------------------------------------------------- */

enum err updates_forget_incoming(struct updates *u)
{
    char path[UPDATES_PATH_BYTES];

    updates_path(u, path, "incoming/" PROGRAM_LIST_FILE);
    if (unlink(path) && errno != ENOENT)
        return ERR_CORRUPT;
    u->incoming = (struct updates_found){ 0 };
    return ERR_OK;
}

enum err updates_ask(struct updates *u)
{
    char path[UPDATES_PATH_BYTES];
    enum err err = file_make_folder(u->dir);

    snprintf(path, sizeof(path), "%s/request", u->dir);
    if (!err)
        err = file_replace(path, "1\n", 2, 0600);
    u->asked = !err;
    u->look_ms = 0;
    return err;
}

/* An update that runs by now or was forgotten takes room away from lessons. */
static void tidy(struct updates *u)
{
    u->tidied = true;
    if (!u->asked && u->last.end != UPDATES_AT_WORK && !u->incoming.ver)
        updates_remove_folder(u, "incoming");
}

int updates_tick(struct updates *u, struct db *db)
{
    int64_t now_ms = clock_mono_ms(&clock_real);

    if (!u->tidied)
        tidy(u);
    if (now_ms >= u->look_ms && (u->asked || u->last.end == UPDATES_AT_WORK)) {
        updates_read_last(u);
        updates_look_incoming(u);
        u->look_ms = now_ms + LOOK_MS;
    }
    if (db)
        note_end(u, db);
    if (updates_fetch_tick(u))
        return 0;
    return u->asked || u->last.end == UPDATES_AT_WORK ? LOOK_MS : -1;
}

/* Packages that are here already, of all. */
static int percent_of(const struct updates_coming *c)
{
    int64_t done = c->fetch.offset, all = 0;

    for (size_t i = 0; c->have_list && i < c->list.n_packages; i++) {
        all += c->list.packages[i].size;
        done += i < c->at ? c->list.packages[i].size : 0;
    }
    return all ? (int)(done * 100 / all) : 0;
}

void updates_status(const struct updates *u, struct updates_status *out)
{
    *out = (struct updates_status){ .asked = u->asked,
                                    .last = u->last,
                                    .incoming = u->incoming,
                                    .step = u->coming.step,
                                    .why = u->coming.why,
                                    .percent = percent_of(&u->coming) };
    memcpy(out->coming, u->coming.version, sizeof(out->coming));
}

/* The names that Debian has for what this was compiled for. */
static const char *machine_arch(void)
{
#if defined(__x86_64__)
    return "amd64";
#elif defined(__aarch64__)
    return "arm64";
#elif defined(__arm__)
    return "armhf";
#else
    return NULL;
#endif
}

/* VERSION_CODENAME=bookworm */
static void find_system(struct updates *u)
{
    static const char name[] = "VERSION_CODENAME=";
    struct program_list list = { 0 };
    const char *arch = machine_arch(), *line;
    struct pack_key key;
    struct buf text;

    buf_init(&text, OS_RELEASE_MAX);
    if (arch && !pack_key_read(u->key, &key) && !file_read(OS_RELEASE, &text) &&
        (line = strstr(buf_text(&text), name)) != NULL) {
        line += sizeof(name) - 1;
        snprintf(list.suite, sizeof(list.suite), "%.*s", (int)strcspn(line, "\n"),
                 line);
        snprintf(list.arch, sizeof(list.arch), "%s", arch);
        if (program_system(&list, u->system))
            u->system[0] = 0;
    }
    buf_finish(&text);
}

const char *updates_system(const struct updates *u)
{
    return u->system[0] ? u->system : NULL;
}

void updates_path(const struct updates *u, char out[UPDATES_PATH_BYTES],
                  const char *format, ...)
{
    int n = snprintf(out, UPDATES_PATH_BYTES, "%s/", u->dir);
    va_list args;

    va_start(args, format);
    n += vsnprintf(out + n, UPDATES_PATH_BYTES - (size_t)n, format, args);
    va_end(args);
    if (n >= UPDATES_PATH_BYTES)
        out[0] = 0; /* opens nothing */
}

struct updates *updates_create(const char *dir, const char *state, const char *key)
{
    struct updates *u = check_alloc(sizeof(*u));

    *u = (struct updates){ 0 };
    snprintf(u->dir, sizeof(u->dir), "%s/update", dir);
    snprintf(u->state, sizeof(u->state), "%s", state ? state : STATE_DIR);
    snprintf(u->key, sizeof(u->key), "%s", key ? key : KEY);
    find_system(u);
    updates_read_last(u);
    updates_look_incoming(u);
    return u;
}

void updates_destroy(struct updates *u)
{
    if (u)
        fetch_reset(&u->coming.fetch);
    free(u);
}
