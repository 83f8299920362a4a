/* Database and lessons: opened, checked, and changed while nobody learns. */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/check.h"
#define LOG_MODULE "kiosk"
#include "base/log.h"
#include "items/items.h"
#include "lesson/minisign.h"
#include "store/audit.h"
#include "store/journal.h"

#define SETTING_PACK_FLOOR "pack.floor"
#define SETTING_CONTENT_KEY "content.key"     /* of the enrolment */
#define SETTING_OTHER_KEY "content.other-key" /* likewise: of packs of others */
#define BUSY_TURNS 50 /* of a tenth of a second, for the database */
#define REPORT_MAX 65536
#define CHECKED_AT_ONCE 4 /* lessons */
#define CHECK_MS 20

/* --- opening ------------------------------------------------------------------------------ */

/* A key that the enrolment brought; an unreadable one is none. */
static bool granted_key(struct parts *p, const char *setting, struct pack_key *out)
{
    const char *line = p->db ? db_setting(p->db, setting, NULL) : NULL;

    return line && *line && !minisign_key_parse(line, out);
}

/* Those trusted with everything first: of two that are alike they count. */
static size_t find_keys(struct parts *p, const struct options *o,
                        struct pack_key keys[PACKS_KEYS_MAX])
{
    const char *file = options_get(o, "pack-key");
    size_t n = granted_key(p, SETTING_CONTENT_KEY, &keys[0]);

    if (file && pack_key_read(file, &keys[n]))
        options_complain(o, file, "is no public key of a pack",
                         "see bdhvs-pack keygen");
    else if (file)
        n++;
    if (granted_key(p, SETTING_OTHER_KEY, &keys[n]))
        keys[n++].of_others = true;
    return n;
}

static int64_t pack_floor(struct parts *p)
{
    const char *text = p->db ? db_setting(p->db, SETTING_PACK_FLOOR, NULL) : NULL;

    return text ? strtoll(text, NULL, 10) : 0;
}

/* A pack that was shown once is the oldest that will be shown from now on. */
static void raise_floor(struct parts *p)
{
    char text[24];

    if (!p->pack || !p->db || pack_info(p->pack)->ver <= pack_floor(p))
        return;
    snprintf(text, sizeof(text), "%lld", (long long)pack_info(p->pack)->ver);
    if (db_set(p->db, SETTING_PACK_FLOOR, text))
        LOG_WARN("the version of the pack could not be noted");
}

/* Tells the journal which lessons make a module and a path; it writes only news. */
static void teach_curriculum(struct parts *p)
{
    const struct pack_info *info = p->pack ? pack_info(p->pack) : NULL;
    struct journal_group *groups;
    size_t n = 0;

    if (!info || !p->db)
        return;
    groups = check_alloc((info->n_modules + info->n_path_lists) * sizeof(*groups));
    for (size_t i = 0; i < info->n_modules; i++)
        groups[n++] = (struct journal_group){ "module", info->module_lists[i].id,
                                              info->module_lists[i].lessons,
                                              info->module_lists[i].n_lessons };
    for (size_t i = 0; i < info->n_path_lists; i++)
        groups[n++] = (struct journal_group){ "path", info->path_lists[i].id,
                                              info->path_lists[i].lessons,
                                              info->path_lists[i].n_lessons };
    if (journal_set_curriculum(p->db, groups, n))
        LOG_WARN("finished modules are counted by the older curriculum");
    free(groups);
}

/* Those beside the open pack; one that cannot be opened is missed by nobody but staff. */
static void open_beside(struct parts *p)
{
    char folder[PACKS_PATH_BYTES], why[sizeof(p->pack_why)];
    int64_t floor;

    for (size_t i = 0; p->pack && packs_beside_folder(p->packs, i, folder, &floor);
         i++) {
        struct pack *other;
        enum err err = pack_open(folder, p->keys, p->n_keys, floor, items_table, &other,
                                 why, sizeof(why));

        if (!err && pack_add_beside(p->pack, other, why, sizeof(why))) {
            pack_close(other);
            err = ERR_REJECTED;
        }
        if (err)
            LOG_ERR("%s is left out: %s", folder, why);
    }
}

/* Opens the pack that counts now. */
static void open_pack(struct parts *p)
{
    int64_t floor;

    snprintf(p->pack_dir, sizeof(p->pack_dir), "%s", packs_folder(p->packs, &floor));
    p->pack_err = pack_open(p->pack_dir, p->keys, p->n_keys, floor, items_table,
                            &p->pack, p->pack_why, sizeof(p->pack_why));
    if (p->pack_err)
        LOG_ERR("no lessons from %s: %s", p->pack_dir, p->pack_why);
    for (size_t i = 0; p->pack && i < pack_info(p->pack)->n_notes; i++)
        LOG_WARN("%s", pack_info(p->pack)->notes[i]);
    open_beside(p);
    raise_floor(p);
}

void parts_open_data(struct parts *p, const struct options *o,
                     const struct clock *clock)
{
    static const struct timespec busy_pause = { 0, 100000000L };
    struct db_config config = { .dir = p->dir,
                                .clock = clock,
                                .program_version = BDHVS_VERSION,
                                .clock_kept = clock == &clock_real && clock_is_kept(),
                                .build_day = BDHVS_BUILD_DAY };

    p->db_err = db_open(&config, &p->db);
    for (int i = 0; p->db_err == ERR_RETRY && i < BUSY_TURNS; i++) {
        nanosleep(&busy_pause, NULL); /* bdhvs-ctl is at work and soon done */
        p->db_err = db_open(&config, &p->db);
    }
    if (p->db_err)
        LOG_ERR("lessons go on without a database: %s", err_name(p->db_err));
    p->n_keys = find_keys(p, o, p->keys);
    p->packs = packs_create(&(struct packs_config){ .dir = p->dir,
                                                    .bundled = p->bundled,
                                                    .types = items_table,
                                                    .keys = p->keys,
                                                    .n_keys = p->n_keys,
                                                    .floor = pack_floor(p) });
    p->updates = updates_create(p->dir, options_get(o, "update-state"),
                                options_get(o, "program-key"));
    open_pack(p);
}

void parts_open_data_taught(struct parts *p, const struct options *o,
                            const struct clock *clock)
{
    parts_open_data(p, o, clock);
    teach_curriculum(p);
}

/* --- checking ------------------------------------------------------------------------------ */

/* Totals against their events, and the log of what staff did against its chain. */
static bool check_database(struct db *db, struct buf *report)
{
    enum err journal_err = journal_rebuild(db, 0, report);
    enum err audit_err = audit_verify(db, report);

    buf_printf(report, "database: %s\naudit: %s\n",
               journal_err ? "does not agree with its events" : "ok",
               !audit_err                 ? "ok"
               : audit_err == ERR_CORRUPT ? "changed"
                                          : err_name(audit_err));
    return !journal_err && !audit_err;
}

int parts_check(struct parts *p)
{
    const struct pack_info *info = p->pack ? pack_info(p->pack) : NULL;
    struct arena arena = { 0 };
    struct buf report;
    size_t n_bad = 0;
    bool sound = false;

    buf_init(&report, REPORT_MAX);
    for (size_t i = 0; info && i < info->n_lessons; i++) {
        struct lesson *lesson;

        if (pack_lesson(p->pack, i, &arena, &lesson)) {
            buf_printf(&report, "%s: cannot be read\n", info->lessons[i].id);
            n_bad++;
        }
        arena_reset(&arena);
    }
    for (size_t i = 0; info && i < info->n_notes; i++)
        buf_printf(&report, "%s\n", info->notes[i]);
    if (p->db)
        sound = check_database(p->db, &report);
    else
        buf_printf(&report, "database: %s\n", err_name(p->db_err));
    fputs(buf_text(&report), stdout);
    if (info)
        printf("pack: %s %lld, %zu lessons\n", info->id, (long long)info->ver,
               info->n_lessons);
    else
        printf("pack: %s: %s\n", err_name(p->pack_err), p->pack_why);
    buf_finish(&report);
    arena_finish(&arena);
    return !sound || !info || n_bad || info->n_notes ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* --- changing ------------------------------------------------------------------------------ */

/* Another pack takes the place of the open one, or of none. */
static void change_pack(struct parts *p)
{
    struct pack *old = p->pack;

    p->pack = NULL;
    p->checked = 0;
    open_pack(p);
    if (!p->pack) {
        LOG_ERR(
            "the new pack cannot be opened: the old one stays until the next start");
        p->pack = old;
        return;
    }
    teach_curriculum(p);
    app_set_pack(&p->app, p->pack);
    if (p->uplink)
        uplink_set_pack(p->uplink, pack_info(p->pack)->id, pack_info(p->pack)->ver, -1);
    pack_close(old);
}

/* Opening a pack believes what its index says of the lessons, so that a page shows soon; they
 * are read while nobody learns. Returns when it wants to go on, -1: all are read. */
static int check_lessons(struct parts *p)
{
    size_t before = p->pack ? pack_info(p->pack)->n_lessons : 0;

    if (p->checked >= before)
        return -1;
    p->checked = pack_check(p->pack, p->checked, CHECKED_AT_ONCE);
    if (pack_info(p->pack)->n_lessons < before)
        app_set_pack(&p->app, p->pack);
    return p->checked < pack_info(p->pack)->n_lessons ? CHECK_MS : -1;
}

int parts_tick_updates(struct parts *p)
{
    return p->updates ? updates_tick(p->updates, p->db) : -1; /* none: --resting */
}

int parts_tick_packs(struct parts *p)
{
    struct packs_status status;
    int wait_ms;

    if (!p->packs) /* --resting */
        return -1;
    wait_ms = packs_tick(p->packs);
    if (p->app.lesson_shown)
        packs_confirm(p->packs);
    packs_status(p->packs, &status);
    if (!app_is_idle(&p->app))
        return wait_ms;
    if (wait_ms < 0)
        wait_ms = check_lessons(p);
    if (status.step == PACKS_READY && packs_switch(p->packs) == ERR_OK)
        p->app.repack = true;
    if (p->app.repack) {
        p->app.repack = false;
        change_pack(p);
    }
    return wait_ms;
}
