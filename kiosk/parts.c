/* Opening and closing, and what is needed to find things. */
#include "parts.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/helper.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/data_dir.h"
#include "base/file.h"
#define LOG_MODULE "kiosk"
#include "base/log.h"
#include "items/items.h"
#include "lesson/minisign.h"
#include "screens/screens.h"
#include "store/audit.h"
#include "store/journal.h"
#include "ui/ui_core.h"

#define SETTING_PACK_FLOOR "pack.floor"
#define SETTING_CONTENT_KEY "content.key" /* of the enrolment */
#define SERVICE_USER "bdhvs"
#define BUSY_TURNS 50 /* of a tenth of a second, for the database */
#define REPLAY_SEED 1 /* a script knows where each answer stands */
#define REPORT_MAX 65536
#define CHECKED_AT_ONCE 4 /* lessons */
#define CHECK_MS 20

/* --- where things are ----------------------------------------------------------------- */

enum err parts_folder(struct parts *p, const struct options *o)
{
    const char *dir = options_get(o, "data");
    enum err err;

    if (dir && *dir)
        snprintf(p->dir, sizeof(p->dir), "%s", dir);
    else
        data_dir_default(p->dir, sizeof(p->dir));
    if (options_get(o, "pack"))
        snprintf(p->bundled, sizeof(p->bundled), "%s", options_get(o, "pack"));
    else
        snprintf(p->bundled, sizeof(p->bundled), "%.*s/pack", PARTS_PATH_BYTES - 6,
                 p->dir);
    err = file_make_folder(p->dir);
    if (err)
        options_complain(o, p->dir, "the data folder cannot be made",
                         "choose one that can be written with --data");
    return err;
}

static bool is_service_user(void)
{
    const struct passwd *user = getpwuid(geteuid());

    return user && !strcmp(user->pw_name, SERVICE_USER);
}

/* --- database and pack ------------------------------------------------------------------ */

static size_t find_keys(struct parts *p, const struct options *o,
                        struct pack_key keys[PACKS_KEYS_MAX])
{
    const char *file = options_get(o, "pack-key");
    const char *line = p->db ? db_setting(p->db, SETTING_CONTENT_KEY, NULL) : NULL;
    size_t n = 0;

    if (line && *line && !minisign_key_parse(line, &keys[n]))
        n++;
    if (file && pack_key_read(file, &keys[n]))
        options_complain(o, file, "is no public key of a pack",
                         "see bdhvs-pack keygen");
    else if (file)
        n++;
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
    open_pack(p);
}

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

/* --- everything -------------------------------------------------------------------------- */

static enum err object_hook(void *ctx, const char *sha256, struct buf *out)
{
    const struct parts *p = ctx;

    return p->pack ? pack_object(p->pack, sha256, out) : ERR_REJECTED;
}

static void network_hook(void *ctx, bool online)
{
    struct parts *p = ctx;

    p->script_net = online ? APP_NET_ONLINE : APP_NET_OFFLINE;
}

static enum err open_platform(struct parts *p, const struct options *o)
{
    struct platform_options options = {
        .dpi = (int)options_number(o, "dpi", 0, 1000),
        .fullscreen = options_on(o, "fullscreen"),
        .no_cursor = options_on(o, "no-cursor"),
        .mute = options_on(o, "mute"),
        .real_fonts = options_on(o, "real-fonts"),
        .hooks = &p->hooks,
    };
    const char *window = options_get(o, "window"), *script = options_get(o, "replay");
    char rest;
    enum err err;

    p->hooks = (struct platform_hooks){ p, object_hook, network_hook };
    if (window && (sscanf(window, "%5dx%5d%c", &options.w, &options.h, &rest) != 2 ||
                   options.w < 320 || options.h < 240)) {
        options_complain(o, window, "is no window size", "write e.g. 1280x800");
        return ERR_REJECTED;
    }
    err = script ? platform_null_create(&options, script, stdout, &p->platform)
                 : platform_sdl_create(&options, &p->platform);
    if (err)
        options_complain(o, script ? script : "the display", err_name(err),
                         script ? "see tests/replay" : "start it where a display is");
    return err;
}

static enum err open_logs(struct parts *p, const struct options *o)
{
    const char *semantic = options_get(o, "semantic-log");
    const char *record = options_get(o, "record");

    if (semantic && is_service_user()) {
        options_complain(o, "--semantic-log", "names may be on screen",
                         "not as the user " SERVICE_USER);
        return ERR_REJECTED;
    }
    if (semantic && semantic_open(semantic, &p->semantic)) {
        options_complain(o, semantic, "cannot be written", "choose another file");
        return ERR_FULL;
    }
    if (record && record_open(record, &p->record)) {
        options_complain(o, record, "cannot be written", "choose another file");
        return ERR_FULL;
    }
    return ERR_OK;
}

static void wake_hook(void *ctx)
{
    platform_wake(ctx);
}

static void open_uplink(struct parts *p, const struct options *o)
{
    struct uplink_config config = {
        .db = p->db,
        .dir = p->dir,
        .clock = p->platform->clock,
        .program_version = BDHVS_VERSION,
        .server_url = options_get(o, "server"),
        .sync = { .wake = wake_hook, .wake_ctx = p->platform },
    };

    if (!p->db || options_on(o, "no-sync") || options_get(o, "replay"))
        return;
    if (uplink_create(&config, &p->uplink)) {
        LOG_ERR("nothing is sent: the uplink cannot start");
        return;
    }
    uplink_set_packs(p->uplink, p->packs);
    if (p->pack)
        uplink_set_pack(p->uplink, pack_info(p->pack)->id, pack_info(p->pack)->ver, -1);
}

static void ack_hook(void *ctx, const char *event, const char *lesson, int score_pct)
{
    struct parts *p = ctx;

    p->platform->n_acks++;
    semantic_ack(p->semantic, platform_t_ms(p->platform), event, lesson, score_pct);
    if (p->uplink)
        uplink_changed(p->uplink);
}

static enum app_net net_hook(void *ctx)
{
    struct parts *p = ctx;
    struct uplink_status status;

    if (!p->uplink)
        return p->script_net;
    uplink_status(p->uplink, &status);
    if (!status.enrolled)
        return APP_NET_NONE;
    if (!status.heard)
        return APP_NET_WAITING;
    return status.outcome == SYNC_VERIFIED ? APP_NET_ONLINE : APP_NET_OFFLINE;
}

enum err parts_open(struct parts *p, const struct options *o)
{
    struct app_config config = {
        .screens = screens_table, .ack = ack_hook, .net = net_hook, .ctx = p
    };
    enum err err = open_logs(p, o);

    if (!err)
        err = open_platform(p, o);
    if (err)
        return err;
    parts_open_voice(p, o);
    config.voice = &p->voice_out;
    config.microphone = &p->voice_in;
    config.recordings = p->recordings;
    p->ui = ui_create(&p->platform->metrics, p->platform->w, p->platform->h,
                      p->platform->dpi);
    p->dpi = p->platform->dpi;
    parts_open_data(p, o, p->platform->clock);
    teach_curriculum(p);
    open_uplink(p, o);
    if (!options_get(o, "replay") &&
        control_socket_open(p->dir, wake_hook, p->platform, &p->socket))
        LOG_WARN("bdhvs-ctl cannot reach this kiosk");
    config.still = options_on(o, "still");
    config.seed = (uint32_t)options_number(o, "seed", 0, INT32_MAX);
    if (options_get(o, "replay") && !config.seed)
        config.seed = REPLAY_SEED;
    config.clock = p->platform->clock;
    config.db = p->db;
    if (!options_get(o, "replay") &&
        usb_create(options_get(o, "usb"), wake_hook, p->platform, &p->usb))
        LOG_WARN("no stick is looked for");
    config.usb = p->usb;
    if (!options_get(o, "replay"))
        p->camera = camera_create(options_get(o, "camera"), wake_hook, p->platform);
    config.camera = p->camera;
    if (!options_get(o, "replay"))
        p->voice_make = voice_make_create(helper_row(HELPER_SPEAK), config.clock);
    config.voice_make = p->voice_make;
    config.packs = p->packs;
    config.uplink = p->uplink;
    config.db_err = p->db_err;
    config.pack = p->pack;
    config.pack_err = p->pack_err;
    config.idle_s = options_number(o, "idle-s", 0, 86400);
    app_create(&p->app, &config);
    p->app_open = true;
    return ERR_OK;
}

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

int parts_tick_packs(struct parts *p)
{
    struct packs_status status;
    int wait_ms = packs_tick(p->packs);

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

void parts_close(struct parts *p)
{
    if (p->app_open) {
        voice_stop(&p->app);
        recorder_forget(&p->app);
        app_finish(&p->app);
    }
    control_socket_close(p->socket);
    usb_destroy(p->usb);
    camera_destroy(p->camera);
    voice_make_destroy(p->voice_make);
    uplink_destroy(p->uplink);
    packs_destroy(p->packs);
    pack_close(p->pack);
    recordings_close(p->recordings);
    db_close(p->db);
    ui_destroy(p->ui);
    wav_file_destroy(p->wav);
    platform_destroy(p->platform);
    record_close(p->record);
    semantic_close(p->semantic);
}
