/* The machine through SDL2: one window, drawn by software into its surface, only where
 * it changed; input as events; no timer of its own, so nothing runs at rest. What is
 * drawn is paint.c, fonts and pictures have files of their own. */
#include <SDL.h>
#include <SDL_image.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/service.h"
#include "platform/damage.h"
#include "platform/font_sdl.h"
#include "platform/image_sdl.h"
#include "platform/input_sdl.h"
#include "platform/microphone.h"
#include "platform/paint.h"
#include "platform/platform.h"
#include "platform/platform_internal.h"
#include "platform/sound.h"
#include "platform/turning.h"

#define LOG_MODULE "platform"
#include "base/log.h"

#define DEFAULT_W 1280
#define DEFAULT_H 800
/* A signal that comes in the microseconds between the last look and the wait is seen when
 * it ends; nobody wakes more often for that. */
#define WAIT_MAX_MS 600000
#define PATH_BYTES 4096
#define DISPLAY_PAUSE_S 2
#define SLOW_MS 50 /* for one of them: this machine had better not move */
#define SLOW_STEPS_MAX 6
#define SLIDE_DP 24.0F

struct platform_sdl {
    struct platform base;
    SDL_Window *window;
    SDL_Surface *screen; /* of the window; borrowed */
    SDL_Surface *shadow; /* drawn to when the screen's pixels have another form */
    struct paint paint;
    struct damage *damage;
    uint64_t shown; /* hash of the list on screen */
    bool shown_any;
    bool fullscreen;
    struct input_sdl input;
    struct sound *sound; /* NULL: mute */
    struct turning turning;
    int n_slow; /* steps that took too long */
    struct microphone *microphone;
    Uint32 wake_event;
    bool end_asked;
};

static struct platform_sdl *self(struct platform *p)
{
    return (struct platform_sdl *)p; /* base comes first */
}

/* --- input ------------------------------------------------------------------------ */

static void take_surface(struct platform_sdl *s);

static void on_window(struct platform_sdl *s, struct ui *ui, const SDL_WindowEvent *e)
{
    switch (e->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        take_surface(s);
        s->input.n_fed++; /* a new frame, to be shown whole */
        return;
    case SDL_WINDOWEVENT_EXPOSED:
        if (s->shown_any)
            SDL_UpdateWindowSurface(s->window);
        return;
    case SDL_WINDOWEVENT_CLOSE: /* its button is not for learners */
        if (!s->fullscreen)
            s->end_asked = true;
        return;
    case SDL_WINDOWEVENT_FOCUS_LOST:
        input_sdl_cancel(&s->input, ui);
        return;
    default:
        return;
    }
}

static void on_event(struct platform_sdl *s, struct ui *ui, const SDL_Event *e)
{
    s->input.clock = s->base.clock;
    s->input.w = s->base.w;
    s->input.h = s->base.h;
    if (input_sdl_event(&s->input, ui, e))
        return;
    switch (e->type) {
    case SDL_WINDOWEVENT:
        on_window(s, ui, &e->window);
        return;
    case SDL_QUIT: /* SIGTERM or SIGINT, which SDL catches */
        s->end_asked = true;
        return;
    default:
        if (e->type == s->wake_event)
            s->input.n_fed++;
        return;
    }
}

/* The smaller of two waits, where -1 has no end. */
static int sooner(int a, int b)
{
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

/* Makes ready what the next page needs, as long as nobody touches anything. */
static void prepare_ahead(struct platform_sdl *s, const struct ui *ui)
{
    size_t n;
    const struct ui_cmd *cmds = ui_ahead(ui, &n);

    for (size_t i = 0; i < n; i++) {
        SDL_PumpEvents();
        if (SDL_HasEvents(SDL_FIRSTEVENT, SDL_LASTEVENT))
            return;
        paint_prepare(&s->paint, &cmds[i]);
    }
}

/* The next picture of a page that turns. */
static void turn_on(struct platform_sdl *s)
{
    int64_t began = clock_mono_ms(s->base.clock);

    (void)turning_step(&s->turning, &s->paint.canvas, began);
    if (s->shadow)
        SDL_BlitSurface(s->shadow, NULL, s->screen, NULL);
    SDL_UpdateWindowSurface(s->window);
    if (clock_mono_ms(s->base.clock) - began > SLOW_MS && ++s->n_slow == SLOW_STEPS_MAX)
        LOG_INFO("this machine is too slow for pages that move: they stand at once");
}

static bool is_turning(const struct platform_sdl *s)
{
    return s->turning.motion != MOTION_CUT;
}

static bool sdl_wait(struct platform *p, struct ui *ui, int timeout_ms)
{
    struct platform_sdl *s = self(p);
    int64_t until = timeout_ms < 0 ? 0 : clock_mono_ms(p->clock) + timeout_ms;

    s->input.n_fed = 0;
    while (!s->end_asked) {
        int64_t now = clock_mono_ms(p->clock);
        int left = timeout_ms < 0 ? -1 : until > now ? (int)(until - now) : 0;
        size_t waiting = s->input.burst.n;
        int settle = burst_settle(&s->input.burst, ui, now);
        SDL_Event e;

        if (waiting > s->input.burst.n)
            break;
        if (!is_turning(s))
            prepare_ahead(s, ui);
        if (SDL_WaitEventTimeout(
                &e, sooner(sooner(left, settle), is_turning(s)
                                                     ? turning_wait_ms(&s->turning, now)
                                                     : WAIT_MAX_MS))) {
            do {
                on_event(s, ui, &e);
            } while (SDL_PollEvent(&e));
        }
        if (is_turning(s))
            turn_on(s);
        if (s->input.n_fed > 0 || (timeout_ms >= 0 && clock_mono_ms(p->clock) >= until))
            break;
    }
    return !s->end_asked;
}

static void sdl_wake(struct platform *p)
{
    SDL_Event e = { .type = self(p)->wake_event };

    SDL_PushEvent(&e); /* a full queue wakes by itself */
}

/* --- output ----------------------------------------------------------------------- */

/* Draw straight into the window's pixels when they have the form we write. */
static void take_surface(struct platform_sdl *s)
{
    SDL_Surface *to;
    Uint32 format;

    turning_end(&s->turning, &s->paint.canvas);
    s->screen = SDL_GetWindowSurface(s->window);
    SDL_FreeSurface(s->shadow);
    s->shadow = NULL;
    if (s->damage)
        damage_forget(s->damage);
    s->shown_any = false;
    if (!s->screen) {
        LOG_ERR("window: %s", SDL_GetError());
        return;
    }
    to = s->screen;
    format = to->format->format;
    if (format != SDL_PIXELFORMAT_RGB888 && format != SDL_PIXELFORMAT_ARGB8888) {
        s->shadow =
            SDL_CreateRGBSurfaceWithFormat(0, to->w, to->h, 32, SDL_PIXELFORMAT_RGB888);
        ASSERT(s->shadow);
        to = s->shadow;
    }
    s->paint.canvas.px = to->pixels;
    s->paint.canvas.w = to->w;
    s->paint.canvas.h = to->h;
    s->paint.canvas.stride = to->pitch / 4;
}

/* Whether the picture that is painted next comes in step by step. What still turns stands
 * before anything else is drawn: nobody waits for a movement. */
static bool begin_turning(struct platform_sdl *s, const struct ui *ui)
{
    enum motion motion = s->base.motion;

    s->base.motion = MOTION_CUT;
    turning_end(&s->turning, &s->paint.canvas);
    if (motion == MOTION_CUT || !s->shown_any || s->n_slow >= SLOW_STEPS_MAX)
        return false;
    turning_begin(&s->turning, &s->paint.canvas, motion,
                  (int)(SLIDE_DP * ui_scale(ui)));
    return true;
}

static bool sdl_present(struct platform *p, const struct ui *ui, const char *screen)
{
    struct platform_sdl *s = self(p);
    bool turns;
    struct box boxes[DAMAGE_RECTS_MAX];
    SDL_Rect rects[DAMAGE_RECTS_MAX];
    const struct ui_cmd *cmds;
    size_t n_cmds;
    size_t n;

    (void)screen;
    if (!s->screen)
        p->shows = false;
    if (!s->screen || (s->shown_any && s->shown == ui_hash(ui)))
        return false;
    p->shows = true;
    turns = begin_turning(s, ui);
    cmds = ui_cmds(ui, &n_cmds);
    n = damage_update(s->damage, cmds, n_cmds, boxes);
    for (size_t i = 0; i < n; i++) {
        /* A window that shrank shows less than the page. */
        boxes[i] = box_common(
            boxes[i], (struct box){ 0, 0, s->paint.canvas.w, s->paint.canvas.h });
        paint_area(&s->paint, cmds, n_cmds, boxes[i]);
        rects[i] = (SDL_Rect){ boxes[i].x, boxes[i].y, boxes[i].w, boxes[i].h };
        if (s->shadow && !turns)
            SDL_BlitSurface(s->shadow, &rects[i], s->screen, &rects[i]);
    }
    if (turns) {
        turning_take(&s->turning, &s->paint.canvas, clock_mono_ms(p->clock));
        turn_on(s);
    } else if (n > 0 && SDL_UpdateWindowSurfaceRects(s->window, rects, (int)n) != 0) {
        LOG_WARN("window: %s", SDL_GetError());
        p->shows = false;
    }
    s->shown = ui_hash(ui);
    s->shown_any = true;
    return n > 0;
}

enum err platform_sdl_save_png(struct platform *p, const char *path)
{
    struct platform_sdl *s = self(p);

    if (IMG_SavePNG(s->shadow ? s->shadow : s->screen, path) != 0) {
        LOG_ERR("%s: %s", path, IMG_GetError());
        return ERR_FULL;
    }
    return ERR_OK;
}

/* --- life ------------------------------------------------------------------------- */

static void sdl_destroy(struct platform *p)
{
    struct platform_sdl *s = self(p);

    sound_destroy(s->sound);
    microphone_destroy(s->microphone);
    images_destroy(s->paint.images);
    fonts_close(s->paint.fonts);
    turning_end(&s->turning, &s->paint.canvas);
    canvas_finish(&s->paint.canvas);
    damage_destroy(s->damage);
    SDL_FreeSurface(s->shadow);
    if (s->window)
        SDL_DestroyWindow(s->window);
    SDL_Quit();
    free(s);
}

/* --- sound ------------------------------------------------------------------------ */

static enum err sdl_play(struct platform *p, const void *opus, size_t n, int ms)
{
    (void)ms;
    return sound_play(self(p)->sound, opus, n);
}

static void sdl_hush(struct platform *p)
{
    sound_hush(self(p)->sound);
}

static int sdl_heard_ms(struct platform *p)
{
    return sound_heard_ms(self(p)->sound);
}

static void sdl_cue(struct platform *p, enum cue cue)
{
    sound_cue(self(p)->sound, cue);
}

static void sdl_set_volume(struct platform *p, int percent)
{
    sound_set_volume(self(p)->sound, percent);
}

static int sdl_sound_rest(struct platform *p)
{
    return sound_rest(self(p)->sound);
}

static enum err sdl_listen(struct platform *p)
{
    return microphone_start(self(p)->microphone);
}

static size_t sdl_heard(struct platform *p, int16_t *out, size_t max)
{
    return microphone_read(self(p)->microphone, out, max);
}

static void sdl_listen_end(struct platform *p)
{
    microphone_stop(self(p)->microphone);
}

static const struct platform_ops sdl_ops = {
    .wait = sdl_wait,
    .present = sdl_present,
    .play = sdl_play,
    .hush = sdl_hush,
    .heard_ms = sdl_heard_ms,
    .cue = sdl_cue,
    .set_volume = sdl_set_volume,
    .sound_rest = sdl_sound_rest,
    .listen = sdl_listen,
    .heard = sdl_heard,
    .listen_end = sdl_listen_end,
    .wake = sdl_wake,
    .destroy = sdl_destroy,
};

static void set_hints(void)
{
    /* X reads a table of 6000 compositions at start; our keyboard composes itself. */
    setenv("XCOMPOSEFILE", "/dev/null", 0);
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0"); /* else each touch counts twice */
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    /* Then SDL_QUIT means a signal and nothing else. */
    SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0");
}

/* A service waits for its screen, as long as it takes: started again and again it would be
 * given up in the end, and the screen that comes then would stay dark. */
static bool init_video(void)
{
    const struct timespec pause = { DISPLAY_PAUSE_S, 0 };
    bool told = false;

    while (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
        if (!told)
            LOG_ERR("no display: %s", SDL_GetError());
        told = true;
        if (!service_awaits("a screen", 30 * 1000 * DISPLAY_PAUSE_S))
            return false;
        nanosleep(&pause, NULL); /* SIGTERM ends it: SDL has no hands on it now */
    }
    if (told)
        LOG_INFO("there is a screen now");
    return true;
}

/* On KMS/DRM the panel gets its mode when the first picture is shown, on a new surface: what was
 * drawn before is lost. So that picture is an empty one. */
static void set_panel_mode(struct platform_sdl *s)
{
    if (strcmp(SDL_GetCurrentVideoDriver(), "KMSDRM") == 0)
        SDL_UpdateWindowSurface(s->window);
}

static enum err open_window(struct platform_sdl *s, const struct platform_options *o)
{
    int w = o->w > 0 ? o->w : DEFAULT_W;
    int h = o->h > 0 ? o->h : DEFAULT_H;
    SDL_DisplayMode mode;
    const char *driver;

    if (!init_video())
        return ERR_REJECTED;
    /* Nothing is taken from other programs. */
    SDL_EventState(SDL_DROPFILE, SDL_DISABLE);
    SDL_EventState(SDL_DROPTEXT, SDL_DISABLE);
    /* Where a plain frame buffer exists, SDL shall not start a renderer for it. On KMS/DRM it
     * must, and what it tries first, desktop OpenGL, leaves a black screen where that is not
     * installed. The environment may say otherwise. */
    driver = SDL_GetCurrentVideoDriver();
    s->base.bare = strcmp(driver, "KMSDRM") == 0;
    if (strcmp(driver, "x11") == 0 || strcmp(driver, "dummy") == 0)
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    else if (strcmp(driver, "KMSDRM") == 0)
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "opengles2");
    if (o->fullscreen && o->w <= 0 && SDL_GetDesktopDisplayMode(0, &mode) == 0) {
        w = mode.w;
        h = mode.h;
    }
    s->window =
        SDL_CreateWindow("bdhvs", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, w, h,
                         o->fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    if (s->window)
        take_surface(s);
    if (!s->window || !s->screen) {
        LOG_ERR("no window of %dx%d: %s", w, h, SDL_GetError());
        return ERR_REJECTED;
    }
    set_panel_mode(s);
    s->base.w = s->screen->w;
    s->base.h = s->screen->h;
    if (o->no_cursor)
        SDL_ShowCursor(SDL_DISABLE);
    s->sound = o->mute ? NULL : sound_create();
    s->microphone = microphone_create();
    return ERR_OK;
}

enum err platform_sdl_create(const struct platform_options *o, struct platform **out)
{
    struct platform_sdl *s = check_alloc(sizeof(*s));
    struct buf share;
    enum err err;

    memset(s, 0, sizeof(*s));
    s->base = (struct platform){ .ops = &sdl_ops,
                                 .dpi = o->dpi,
                                 .clock = &clock_real,
                                 .started_ms = platform_process_start_ms() };
    s->fullscreen = o->fullscreen;
    *out = NULL;
    buf_init(&share, PATH_BYTES);
    platform_find_share(o->share, &share);
    set_hints();
    err = open_window(s, o);
    if (err)
        goto fail;
    s->wake_event = SDL_RegisterEvents(1);
    s->damage = damage_create(s->base.w, s->base.h);
    s->paint.images = images_create(buf_text(&share), o->hooks);
    buf_str(&share, "/fonts");
    err = fonts_open(buf_text(&share), &s->paint.fonts);
    if (err)
        goto fail;
    s->base.metrics = (struct ui_metrics){ fonts_text_width, s->paint.fonts };
    SDL_StartTextInput();
    buf_finish(&share);
    *out = &s->base;
    return ERR_OK;

fail:
    buf_finish(&share);
    sdl_destroy(&s->base);
    return err;
}
