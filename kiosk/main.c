/* bdhvs-kiosk: the program on the touchscreen. Reads the options, opens what parts.c
 * lists, runs the loop. What a page does is in screens/, what is remembered in app/. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/provision_signed.h"
#include "base/check.h"
#include "base/hash.h"
#include "parts.h"
#include "screens/screens.h"
#include "ui/ui_core.h"

static struct option_def defs[] = {
    { "data", "DIR", NULL, "where results are kept [$XDG_DATA_HOME/bdhvs]" },
    { "pack", "DIR", NULL, "a built pack of lessons [DATA/pack]" },
    { "pack-key", "FILE", NULL, "public key the pack must be signed with" },
    { "provision-key", "FILE", PROVISION_KEY,
      "public key of who may set machines up from a stick" },
    { "window", "WxH", NULL, "size of the window in pixels" },
    { "fullscreen", NULL, NULL, "cover the display" },
    { "dpi", "N", "0", "pixels per inch, as measured with a ruler" },
    { "mute", NULL, NULL, "no sound" },
    { "no-cursor", NULL, NULL, "hide the mouse" },
    { "launch", "ID", NULL, "start on a screen or in a lesson" },
    { "server", "URL", NULL, "commune server, instead of the one of the enrolment" },
    { "usb", "DIR", NULL, "each folder in it is a stick, for tests" },
    { "camera", "PATH", NULL,
      "its device; a folder of frames, for tests [/dev/video0 …]" },
    { "microphone", "FILE", NULL,
      "a WAV file instead of it (48 kHz, mono, 16 bits), for tests" },
    { "bus", "ADDRESS", NULL,
      "D-Bus for Wi-Fi and switching off; system: the machine's [none]" },
    { "backlight", "DIR", NULL, "instead of /sys/class/backlight, for tests" },
    { "no-sync", NULL, NULL, "send nothing" },
    { "idle-s", "N", "0", "seconds without touch before asking [120, in a quiz 180]" },
    { "semantic-log", "FILE", NULL, "JSON Lines of what is on screen; -: stdout" },
    { "record", "FILE", NULL, "write what is touched as a replay script" },
    { "replay", "FILE", NULL, "play a script without a display; -: from stdin" },
    { "replay-sync", NULL, NULL, "replay: send to the server all the same" },
    { "real-fonts", NULL, NULL, "replay: measure letters as a screen shows them" },
    { "still", NULL, NULL, "nothing moves: pages stand at once" },
    { "seed", "N", "0", "order of the choices, instead of chance" },
    { "program-key", "FILE", NULL, "public key of updates of the program" },
    { "update-state", "DIR", NULL, "where bdhvs-update says how far it came" },
    { "list-lessons", NULL, NULL, "print the lessons and exit" },
    { "list-screens", NULL, NULL, "print the screens and exit" },
    { "resting", NULL, NULL, "one calm page; touch neither data nor lessons" },
    { "check", NULL, NULL, "verify data and content and exit" },
};

static int list_screens(void)
{
    for (size_t i = 0; screens_table[i]; i++)
        puts(screens_table[i]->name);
    return EXIT_SUCCESS;
}

static int list_lessons(const struct parts *p)
{
    if (!p->pack) {
        fprintf(stderr, "bdhvs-kiosk: %s: %s: see --pack and --pack-key\n", p->pack_dir,
                p->pack_why);
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < pack_info(p->pack)->n_lessons; i++)
        printf("%s\t%s\n", pack_info(p->pack)->lessons[i].id,
               pack_info(p->pack)->lessons[i].title);
    return EXIT_SUCCESS;
}

static int sooner(int a, int b)
{
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

/* A ruler on the panel knows better than the command line. */
static void set_measured_dpi(struct parts *p)
{
    int dpi = (int)p->app.settings.value[SETTING_SCREEN_DPI];

    dpi = dpi > 0 ? dpi : p->platform->dpi;
    if (dpi != p->dpi)
        ui_set_dpi(p->ui, dpi);
    p->dpi = dpi;
}

static void set_reading(struct parts *p)
{
    struct voice_reading r = { 0 };

    (void)voice_reading(&p->app, &r);
    ui_set_reading(p->ui, r.id, r.text, r.from, r.n);
}

/* Draws until nothing turns any more, then shows it. */
static void draw(struct parts *p)
{
    const struct ui_node *nodes;
    size_t n;

    do {
        app_turn(&p->app);
        set_measured_dpi(p);
        ui_set_text_step(p->ui, p->app.visit.look.text_step);
        ui_set_contrast(p->ui, p->app.visit.look.contrast);
        set_reading(p);
        ui_begin(p->ui);
        if (ui_taken(p->ui).kind == UI_TAKEN_TAP)
            app_cue(&p->app, CUE_TOUCH); /* what the page makes of it sounds over it */
        app_frame(&p->app, p->ui);
        ui_end(p->ui);
        record_frame(p->record, p->ui, clock_mono_ms(p->platform->clock));
    } while (app_wants_turn(&p->app) || ui_again(p->ui));
    p->platform->motion = app_take_motion(&p->app);
    platform_present(p->platform, p->ui, app_screen_name(&p->app));
    semantic_frame(p->semantic, p->ui, app_screen_name(&p->app),
                   platform_t_ms(p->platform));
    nodes = ui_nodes(p->ui, &n);
    voice_seen(&p->app, app_screen_name(&p->app), nodes, n);
}

/* Names were put away in this round: the frame before the last still holds their letters,
 * and so does the stack. */
static void forget_names(struct parts *p, bool had_names)
{
    if (!had_names || p->app.desk.index)
        return;
    draw(p);
    hash_wipe_stack();
}

/* What the camera read counts as a scanner's burst. */
static bool hear_camera(struct parts *p)
{
    bool changed = camera_tick(p->camera, p->app.looks);
    const char *code = camera_code(p->camera);

    if (code)
        ui_feed(p->ui, &(struct ui_event){ .kind = UI_EVENT_SCAN, .text = code });
    return changed;
}

/* A screen that shows nothing and a disk that does not answer end in a restart: systemd is
 * then told of no life. Without a database nothing is written, and the page says so. */
static int tell_service(struct parts *p)
{
    int64_t now_ms = clock_mono_ms(p->platform->clock);
    bool shows = p->platform->shows;

    if (shows)
        service_ready(&p->service, now_ms);
    if (service_asks(&p->service, now_ms) && shows && (!p->db || db_answers(p->db)))
        service_alive(&p->service, now_ms);
    return service_wait_ms(&p->service, now_ms);
}

/* One round: draw, show, then write, then speak with others. Returns how long to wait
 * at most, in ms; -1: until something happens. */
static int round_of(struct parts *p, struct control *control)
{
    bool had_names = p->app.desk.index != NULL;
    int wait_ms = app_tick(&p->app);

    (void)voice_tick(&p->app); /* a sentence ended: the frame shows the next one */
    draw(p);
    while (app_settle(&p->app))
        draw(p);
    forget_names(p, had_names);
    wait_ms = sooner(wait_ms, parts_tick_packs(p));
    wait_ms = sooner(wait_ms, parts_tick_updates(p));
    if (usb_tick(p->usb))
        wait_ms = 0; /* the page shows it */
    if (hear_camera(p))
        wait_ms = 0;
    if (machine_tick(&p->machine, p->app.looks_at_network,
                     clock_mono_ms(p->platform->clock)))
        wait_ms = 0;
    wait_ms = sooner(wait_ms,
                     machine_wait_ms(&p->machine, clock_mono_ms(p->platform->clock)));
    control->pack = p->pack;
    control_socket_serve(p->socket, control);
    if (p->uplink)
        wait_ms = sooner(wait_ms, uplink_tick(p->uplink));
    wait_ms = sooner(wait_ms, ui_wake_ms(p->ui));
    wait_ms = sooner(wait_ms, voice_tick(&p->app));
    wait_ms = sooner(wait_ms, recorder_tick(&p->app));
    wait_ms = sooner(wait_ms, p->platform->ops->sound_rest(p->platform));
    wait_ms = sooner(wait_ms, tell_service(p));
    return p->app.restart ? 0 : sooner(wait_ms, app_saver_ms(&p->app));
}

static void touched(struct parts *p)
{
    app_touched(&p->app);
    voice_touched(&p->app);
}

static void run(struct parts *p, const struct options *o)
{
    struct control control = { .db = p->db,
                               .dir = p->dir,
                               .pack = p->pack,
                               .uplink = p->uplink,
                               .provision_key = options_get(o, "provision-key"),
                               .in_kiosk = true };

    service_init(&p->service);
    while (platform_wait(p->platform, p->ui, round_of(p, &control)) && !p->app.restart)
        if (ui_again(p->ui))
            touched(p);
    if (!p->app.restart)
        service_ends(&p->service);
}

/* options_read takes words out of argv. */
static char **keep_words(int argc, char **argv)
{
    char **words = check_alloc(((size_t)argc + 1) * sizeof(*words));

    memcpy(words, argv, ((size_t)argc + 1) * sizeof(*words));
    return words;
}

/* The same program anew, with the same words. Returns only when that cannot be. */
static void start_again(char **words)
{
    execv("/proc/self/exe", words);
    fprintf(stderr, "bdhvs-kiosk: cannot start again: %s\n", strerror(errno));
}

int main(int argc, char **argv)
{
    struct options o = { "bdhvs-kiosk", "[OPTION]…", defs, COUNT(defs) };
    static struct parts p;
    int code = EXIT_FAILURE;
    char **words = keep_words(argc, argv);
    bool again;

    hash_init();
    check_no_core();
    options_read(&o, argc, argv, false);
    if (options_on(&o, "list-screens")) {
        code = list_screens();
    } else if (parts_folder(&p, &o)) {
        code = EXIT_FAILURE;
    } else if (options_on(&o, "check") || options_on(&o, "list-lessons")) {
        parts_open_data(&p, &o, &clock_real);
        code = options_on(&o, "check") ? parts_check(&p) : list_lessons(&p);
    } else if (!parts_open(&p, &o)) {
        const char *launch = options_get(&o, "launch");

        if (launch && !app_launch(&p.app, launch)) {
            options_complain(&o, launch, "no screen or lesson has that id",
                             "see --list-screens and --list-lessons");
        } else {
            run(&p, &o);
            code = p.platform->exit_code;
        }
    }
    again = p.app.restart;
    parts_close(&p);
    if (again)
        start_again(words);
    free(words);
    return code;
}
