/* The unprivileged half of an update. */
#include "app/updates.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
#define PATH_BYTES 4096
#define LIST_MAX 65536
#define STATE_MAX 4096
#define DEPTH_MAX 4
#define LOOK_MS 2000
#define WHY_BYTES 200
#define NAME_BYTES 64
#define SETTING_SEEN "update.seen"
#define SETTING_TOLD "update.told"
#define ACTOR "update" /* in the log of staff: the machine itself */

struct updates {
    char dir[PATH_BYTES / 2]; /* <data>/update */
    char state[PATH_BYTES / 2], key[PATH_BYTES / 2];
    struct updates_last last;
    bool asked;
    int64_t look_ms;
};

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

static void read_last(struct updates *u)
{
    char path[PATH_BYTES];
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

static enum updates_why read_signed(const struct updates *u, const char *folder,
                                    struct buf *list)
{
    char path[PATH_BYTES], why[WHY_BYTES];
    enum updates_why found = UPDATES_FINE;
    struct pack_key key;
    struct buf signature;

    buf_init(&signature, MINISIGN_TEXT_MAX);
    snprintf(path, sizeof(path), "%s/list.json", folder);
    if (file_read_nofollow(path, list))
        found = UPDATES_NOTHING;
    snprintf(path, sizeof(path), "%s/list.json.minisig", folder);
    if (found == UPDATES_FINE &&
        (file_read_nofollow(path, &signature) || pack_key_read(u->key, &key) ||
         minisign_verify(&key, 1, buf_text(list), list->len, buf_text(&signature), NULL,
                         why, sizeof(why))))
        found = UPDATES_SIGNATURE;
    buf_finish(&signature);
    return found;
}

enum updates_why updates_look(const struct updates *u, const char *folder,
                              char version[UPDATES_VERSION_BYTES])
{
    json_value *doc = NULL;
    const char *text;
    struct buf list;
    enum updates_why why;
    int64_t ver;

    version[0] = 0;
    buf_init(&list, LIST_MAX);
    why = read_signed(u, folder, &list);
    if (why == UPDATES_FINE &&
        json_parse(buf_text(&list), list.len, DEPTH_MAX, &doc, NULL, 0))
        why = UPDATES_BROKEN;
    if (why == UPDATES_FINE) {
        text = json_text(json_get(doc, "version"));
        if (!text || json_int(json_get(doc, "ver"), 1, JSON_INT_MAX, &ver))
            why = UPDATES_BROKEN;
        else if (ver <= u->last.floor)
            why = UPDATES_OLDER;
        snprintf(version, UPDATES_VERSION_BYTES, "%s", text ? text : "");
    }
    json_free(doc);
    buf_finish(&list);
    return why;
}

/* --- asking ----------------------------------------------------------------------------------- */

enum err updates_forget_incoming(const struct updates *u)
{
    char path[PATH_BYTES];

    snprintf(path, sizeof(path), "%s/incoming/list.json", u->dir);
    return unlink(path) && errno != ENOENT ? ERR_CORRUPT : ERR_OK;
}

enum err updates_ask(struct updates *u)
{
    char path[PATH_BYTES];
    enum err err = file_make_folder(u->dir);

    snprintf(path, sizeof(path), "%s/request", u->dir);
    if (!err)
        err = file_replace(path, "1\n", 2, 0600);
    u->asked = !err;
    u->look_ms = 0;
    return err;
}

int updates_tick(struct updates *u, struct db *db)
{
    int64_t now_ms = clock_mono_ms(&clock_real);

    if (now_ms >= u->look_ms && (u->asked || u->last.end == UPDATES_AT_WORK)) {
        read_last(u);
        u->look_ms = now_ms + LOOK_MS;
    }
    if (db)
        note_end(u, db);
    return u->asked || u->last.end == UPDATES_AT_WORK ? LOOK_MS : -1;
}

void updates_status(const struct updates *u, struct updates_status *out)
{
    *out = (struct updates_status){ .asked = u->asked, .last = u->last };
}

struct updates *updates_create(const char *dir, const char *state, const char *key)
{
    struct updates *u = check_alloc(sizeof(*u));

    *u = (struct updates){ 0 };
    snprintf(u->dir, sizeof(u->dir), "%s/update", dir);
    snprintf(u->state, sizeof(u->state), "%s", state ? state : STATE_DIR);
    snprintf(u->key, sizeof(u->key), "%s", key ? key : KEY);
    read_last(u);
    return u;
}

void updates_destroy(struct updates *u)
{
    free(u);
}
