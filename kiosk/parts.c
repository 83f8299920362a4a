/* Opening and closing, and what is needed to find things. */
#include "parts.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/helper.h"
#include "base/data_dir.h"
#include "base/file.h"
#define LOG_MODULE "kiosk"
#include "base/log.h"
#include "platform/pointing.h"
#include "screens/screens.h"
#include "sync/aside.h"
#include "ui/ui_core.h"

#define SERVICE_USER "bdhvs"
#define TOUCH_LOOK_MS 3000
#define REPLAY_SEED 1 /* a script knows where each answer stands */

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
    bool service = (semantic || record) && is_service_user();

    if (service) {
        options_complain(o, semantic ? "--semantic-log" : "--record",
                         "names may be on screen, and passwords are typed",
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

    if (!p->db || options_on(o, "no-sync") ||
        (options_get(o, "replay") && !options_on(o, "replay-sync")))
        return;
    if (uplink_create(&config, &p->uplink)) {
        LOG_ERR("nothing is sent: the uplink cannot start");
        return;
    }
    uplink_set_packs(p->uplink, p->packs);
    uplink_set_updates(p->uplink, p->updates);
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

/* Looked for anew from time to time only: a first page that breathes asks 30 times a second. */
static bool touchable_hook(void *ctx)
{
    struct parts *p = ctx;
    int64_t now_ms = clock_mono_ms(p->platform->clock);

    if (!p->touch_looked_ms || now_ms - p->touch_looked_ms >= TOUCH_LOOK_MS) {
        p->touch_looked_ms = now_ms;
        p->touch_found = pointing_found(POINTING_SYS);
    }
    return p->touch_found;
}

/* Started by hand, the program leaves network, switch and lamp alone: they are somebody
 * else's. */
static void open_machine(struct parts *p, const struct options *o)
{
    const char *bus = options_get(o, "bus"), *lamp = options_get(o, "backlight");

    machine_open(&p->machine, bus,
                 lamp  ? lamp
                 : bus ? BACKLIGHT_SYS
                       : NULL,
                 wake_hook, p->platform);
}

struct opening {
    struct parts *parts;
    const struct options *options;
};

/* Database and lessons beside the display: neither waits for the other. */
static void open_data(void *ctx)
{
    const struct opening *x = ctx;

    parts_open_data_taught(x->parts, x->options, &clock_real);
}

enum err parts_open(struct parts *p, const struct options *o)
{
    struct app_config config = {
        .screens = screens_table, .ack = ack_hook, .net = net_hook, .ctx = p
    };
    struct opening opening = { p, o };
    struct aside *aside = NULL;
    bool replay = options_get(o, "replay") != NULL, resting = options_on(o, "resting");
    enum err err = open_logs(p, o);

    if (err)
        return err;
    if (!replay && !resting) /* a script brings its own clock */
        aside_begin(open_data, &opening, &aside);
    err = open_platform(p, o);
    aside_end(aside);
    if (err)
        return err;
    if (replay && !resting)
        parts_open_data_taught(p, o, p->platform->clock);
    parts_open_voice(p, o);
    config.voice = &p->voice_out;
    config.microphone = &p->voice_in;
    config.recordings = p->recordings;
    p->ui = ui_create(&p->platform->metrics, p->platform->w, p->platform->h,
                      p->platform->dpi);
    p->dpi = p->platform->dpi;
    open_uplink(p, o);
    if (!replay && control_socket_open(p->dir, wake_hook, p->platform, &p->socket))
        LOG_WARN("bdhvs-ctl cannot reach this kiosk");
    config.resting = resting;
    config.still = options_on(o, "still");
    config.seed = (uint32_t)options_number(o, "seed", 0, INT32_MAX);
    if (replay && !config.seed)
        config.seed = REPLAY_SEED;
    config.clock = p->platform->clock;
    config.db = p->db;
    if (!replay && usb_create(options_get(o, "usb"), wake_hook, p->platform, &p->usb))
        LOG_WARN("no stick is looked for");
    usb_files_on_step(service_goes_on);
    config.usb = p->usb;
    config.provision_key = options_get(o, "provision-key");
    if (!replay)
        p->camera = camera_create(options_get(o, "camera"), wake_hook, p->platform);
    config.camera = p->camera;
    open_machine(p, o);
    config.machine = &p->machine;
    if (!replay)
        p->voice_make = voice_make_create(helper_row(HELPER_SPEAK), config.clock);
    config.voice_make = p->voice_make;
    config.packs = p->packs;
    if (p->platform->bare)
        config.touchable = touchable_hook;
    config.updates = p->updates;
    config.uplink = p->uplink;
    config.db_err = p->db_err;
    config.pack = p->pack;
    config.pack_err = p->pack_err;
    config.idle_s = options_number(o, "idle-s", 0, 86400);
    app_create(&p->app, &config);
    p->app_open = true;
    if (*p->machine.backlight.path &&
        backlight_set(&p->machine.backlight, p->app.settings.value[SETTING_BRIGHTNESS]))
        LOG_WARN("the panel stays as bright as it is");
    return ERR_OK;
}

void parts_close(struct parts *p)
{
    if (p->app_open) {
        voice_stop(&p->app);
        recorder_forget(&p->app);
        app_finish(&p->app);
    }
    control_socket_close(p->socket);
    machine_close(&p->machine);
    usb_destroy(p->usb);
    camera_destroy(p->camera);
    voice_make_destroy(p->voice_make);
    uplink_destroy(p->uplink);
    packs_destroy(p->packs);
    updates_destroy(p->updates);
    pack_close(p->pack);
    recordings_close(p->recordings);
    db_close(p->db);
    ui_destroy(p->ui);
    wav_file_destroy(p->wav);
    platform_destroy(p->platform);
    record_close(p->record);
    semantic_close(p->semantic);
}
