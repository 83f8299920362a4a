/* The SDL platform without a display: events in, pixels out. */
#include "cmocka_all.h"

#include <SDL.h>
#include <SDL_image.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "platform/platform.h"

#define W 960
#define H 600

struct fixture {
    struct platform *p;
    struct ui *ui;
    int n_taps;
    int variant; /* of the page */
    bool pressed;
    char scanned[64];
};

/* Two red pixels and two blue ones, as a pack object. */
static enum err give_object(void *ctx, const char *sha256, struct buf *out)
{
    char path[] = "/tmp/test_platform_sdl.XXXXXX";
    uint32_t px[4] = { 0xFFFF0000, 0xFFFF0000, 0xFF0000FF, 0xFF0000FF };
    SDL_Surface *s;
    enum err err;
    int fd;

    ++*(int *)ctx;
    if (strcmp(sha256, "good") != 0)
        return ERR_OFFLINE;
    fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    s = SDL_CreateRGBSurfaceWithFormatFrom(px, 2, 2, 32, 8, SDL_PIXELFORMAT_ARGB8888);
    assert_int_equal(IMG_SavePNG(s, path), 0);
    SDL_FreeSurface(s);
    err = file_read(path, out);
    unlink(path);
    return err;
}

static int n_given; /* calls of give_object */
static const struct platform_hooks hooks = { .ctx = &n_given, .object = give_object };

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    struct platform_options o = { .w = W, .h = H, .hooks = &hooks };

    assert_non_null(f);
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    assert_int_equal(platform_sdl_create(&o, &f->p), ERR_OK);
    f->ui = ui_create(&f->p->metrics, f->p->w, f->p->h, 160);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    ui_destroy(f->ui);
    platform_destroy(f->p);
    free(f);
    return 0;
}

static void frame(struct fixture *f)
{
    struct rect button = { 100.0F + (float)f->variant * 37, 100, 300, 104 };
    unsigned got;
    const char *scan;

    ui_begin(f->ui);
    ui_fill_page(f->ui, PAPER);
    ui_band(f->ui, (struct rect){ 0, 0, W, 14 });
    f->n_taps += ui_target(f->ui, UI_ROLE_BUTTON, "go", "Đi", button, 0, &got);
    f->pressed = got & UI_PRESSED;
    ui_box(f->ui, button,
           &(struct ui_box_style){ .fill = SURFACE,
                                   .border = LINE2,
                                   .line = 3,
                                   .radius = 24,
                                   .lip = SAND2,
                                   .lip_dy = 6 });
    ui_text_middle(f->ui, button, f->variant % 2 ? "Chọn câu này" : "Ẫ Ỗ Ặ Ự",
                   (struct ui_font){ 30, 38, true }, INK, UI_CENTRE);
    ui_picture(f->ui, (struct rect){ 500, 100, 200, 200 }, "art:nguoi-ba",
               UI_FIT_CONTAIN, 0, UI_CORNERS_ALL);
    ui_shadow(f->ui, (struct rect){ 300, 300, 200, 100 }, 32);
    scan = ui_scanned(f->ui);
    if (scan)
        snprintf(f->scanned, sizeof(f->scanned), "%s", scan);
    ui_end(f->ui);
}

static void frames(struct fixture *f)
{
    do {
        frame(f);
    } while (ui_again(f->ui));
}

static SDL_Surface *shot(struct fixture *f)
{
    char path[] = "/tmp/test_platform_sdl.XXXXXX";
    int fd = mkstemp(path);
    SDL_Surface *png;
    SDL_Surface *rgb;

    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(platform_sdl_save_png(f->p, path), ERR_OK);
    png = IMG_Load(path);
    assert_non_null(png);
    unlink(path);
    rgb = SDL_ConvertSurfaceFormat(png, SDL_PIXELFORMAT_RGB888, 0);
    SDL_FreeSurface(png);
    return rgb;
}

static uint32_t pixel(const SDL_Surface *s, int x, int y)
{
    uint32_t px;

    memcpy(&px, (unsigned char *)s->pixels + y * s->pitch + x * 4, sizeof(px));
    return px & 0xFFFFFF;
}

static void test_an_unchanged_page_is_not_shown_again(void **state)
{
    struct fixture *f = *state;

    frames(f);
    assert_true(platform_present(f->p, f->ui, "page"));
    frames(f);
    assert_false(platform_present(f->p, f->ui, "page"));
    f->variant = 1;
    frames(f);
    assert_true(platform_present(f->p, f->ui, "page"));
}

/* Drawing only what changed must give what drawing everything gives. */
static void test_partial_drawing_equals_whole_drawing(void **state)
{
    struct fixture *f = *state;
    void *fresh_state;
    struct fixture *fresh;
    SDL_Surface *partial;
    SDL_Surface *whole;

    for (f->variant = 0; f->variant <= 5; f->variant++) {
        frames(f);
        platform_present(f->p, f->ui, "page");
    }
    partial = shot(f);
    ui_destroy(f->ui);
    platform_destroy(f->p);

    setup(&fresh_state);
    fresh = fresh_state;
    fresh->variant = 5;
    frames(fresh);
    platform_present(fresh->p, fresh->ui, "page");
    whole = shot(fresh);
    for (int y = 0; y < H; y++)
        assert_memory_equal((unsigned char *)partial->pixels + y * partial->pitch,
                            (unsigned char *)whole->pixels + y * whole->pitch, W * 4);
    SDL_FreeSurface(partial);
    SDL_FreeSurface(whole);
    f->p = fresh->p; /* for the teardown */
    f->ui = fresh->ui;
    free(fresh);
}

static void test_a_pack_picture_is_drawn_and_a_missing_one_is_left_out(void **state)
{
    struct fixture *f = *state;
    SDL_Surface *s;

    ui_begin(f->ui);
    ui_fill_page(f->ui, PAPER);
    ui_picture(f->ui, (struct rect){ 0, 0, 100, 100 }, "pack:good", UI_FIT_CONTAIN, 0,
               UI_CORNERS_ALL);
    ui_picture(f->ui, (struct rect){ 200, 0, 100, 100 }, "pack:gone", UI_FIT_CONTAIN, 0,
               UI_CORNERS_ALL);
    ui_picture(f->ui, (struct rect){ 400, 0, 100, 100 }, "art:../icons/back",
               UI_FIT_CONTAIN, 0, UI_CORNERS_ALL);
    ui_end(f->ui);
    platform_present(f->p, f->ui, "page");
    s = shot(f);
    assert_int_equal(pixel(s, 50, 10), 0xFF0000);
    assert_int_equal(pixel(s, 50, 90), 0x0000FF);
    assert_int_equal(pixel(s, 250, 50), PAPER & 0xFFFFFF);
    assert_int_equal(pixel(s, 450, 50), PAPER & 0xFFFFFF);
    SDL_FreeSurface(s);
}

static void test_the_next_page_is_made_ready_while_nobody_waits(void **state)
{
    struct rect r = { 0, 0, 100, 100 };
    struct fixture *f = *state;

    n_given = 0;
    ui_begin(f->ui);
    ui_fill_page(f->ui, PAPER);
    ui_ahead_begin(f->ui);
    ui_picture(f->ui, r, "pack:good", UI_FIT_CONTAIN, 0, UI_CORNERS_ALL);
    ui_ahead_end(f->ui);
    ui_end(f->ui);
    platform_present(f->p, f->ui, "page");
    assert_int_equal(n_given, 0);                /* what is seen comes first */
    for (int i = 0; i < 10 && n_given == 0; i++) /* the new window's own events first */
        assert_true(platform_wait(f->p, f->ui, 0));
    assert_int_equal(n_given, 1);

    ui_begin(f->ui);
    ui_fill_page(f->ui, PAPER);
    ui_picture(f->ui, r, "pack:good", UI_FIT_CONTAIN, 0, UI_CORNERS_ALL);
    ui_end(f->ui);
    platform_present(f->p, f->ui, "page");
    assert_int_equal(n_given, 1);
}

/* --- input ------------------------------------------------------------------------ */

static void push_finger(Uint32 type, SDL_FingerID id, int x, int y)
{
    SDL_Event e = { .tfinger = { .type = type,
                                 .fingerId = id,
                                 .x = ((float)x + 0.5F) / W,
                                 .y = ((float)y + 0.5F) / H } };

    assert_int_equal(SDL_PushEvent(&e), 1);
}

static void push_button(Uint32 type, Uint32 which, int x, int y)
{
    SDL_Event e = { .button = { .type = type,
                                .which = which,
                                .button = SDL_BUTTON_LEFT,
                                .x = x,
                                .y = y } };

    assert_int_equal(SDL_PushEvent(&e), 1);
}

static void push_text(const char *text)
{
    for (; *text; text++) {
        SDL_Event e = { .text = { .type = SDL_TEXTINPUT, .text = { *text } } };

        assert_int_equal(SDL_PushEvent(&e), 1);
    }
}

static void push_key(SDL_Keycode sym)
{
    SDL_Event e = { .key = { .type = SDL_KEYDOWN, .keysym = { .sym = sym } } };

    assert_int_equal(SDL_PushEvent(&e), 1);
}

static void hear(struct fixture *f)
{
    assert_true(platform_wait(f->p, f->ui, 1000));
    frames(f);
}

static void test_a_finger_taps(void **state)
{
    struct fixture *f = *state;

    frames(f);
    push_finger(SDL_FINGERDOWN, 7, 200, 150);
    hear(f);
    assert_true(f->pressed);
    push_finger(SDL_FINGERUP, 7, 203, 151);
    hear(f);
    assert_int_equal(f->n_taps, 1);
}

static void test_a_second_finger_does_not_count(void **state)
{
    struct fixture *f = *state;

    frames(f);
    push_finger(SDL_FINGERDOWN, 7, 700, 400);
    push_finger(SDL_FINGERDOWN, 8, 200, 150);
    push_finger(SDL_FINGERUP, 8, 200, 150);
    push_finger(SDL_FINGERUP, 7, 700, 400);
    hear(f);
    assert_int_equal(f->n_taps, 0);
}

/* A panel whose cable came loose under a finger never says that the finger is up. */
static void test_a_finger_that_never_ends_holds_up_no_other(void **state)
{
    struct fixture *f = *state;

    frames(f);
    push_finger(SDL_FINGERDOWN, 7, 700, 400);
    hear(f);
    push_finger(SDL_FINGERDOWN, 8, 200, 150);
    hear(f);
    assert_true(f->pressed);
    push_finger(SDL_FINGERUP, 8, 200, 150);
    hear(f);
    assert_int_equal(f->n_taps, 1);
}

static void test_a_mouse_taps_but_not_a_finger_posing_as_one(void **state)
{
    struct fixture *f = *state;

    frames(f);
    push_button(SDL_MOUSEBUTTONDOWN, SDL_TOUCH_MOUSEID, 200, 150);
    push_button(SDL_MOUSEBUTTONUP, SDL_TOUCH_MOUSEID, 200, 150);
    push_button(SDL_MOUSEBUTTONDOWN, 0, 200, 150);
    push_button(SDL_MOUSEBUTTONUP, 0, 200, 150);
    hear(f);
    assert_int_equal(f->n_taps, 1);
}

static void test_a_scanner_is_heard_as_one_code(void **state)
{
    struct fixture *f = *state;

    frames(f);
    push_text("BDHVS-7K3M");
    push_key(SDLK_RETURN);
    hear(f);
    assert_string_equal(f->scanned, "BDHVS-7K3M");
}

static void test_keys_move_the_focus_and_act(void **state)
{
    struct fixture *f = *state;

    frames(f);
    push_key(SDLK_TAB);
    push_key(SDLK_RETURN);
    hear(f);
    assert_int_equal(f->n_taps, 1);
}

static void *wake_from_thread(void *arg)
{
    platform_wake(arg);
    return NULL;
}

static void test_another_thread_ends_the_wait(void **state)
{
    struct fixture *f = *state;
    pthread_t thread;

    frames(f);
    assert_int_equal(pthread_create(&thread, NULL, wake_from_thread, f->p), 0);
    assert_true(platform_wait(f->p, f->ui, -1)); /* would hang without the wake */
    pthread_join(thread, NULL);
}

static void push_close(void)
{
    SDL_Event e = { .window = { .type = SDL_WINDOWEVENT,
                                .event = SDL_WINDOWEVENT_CLOSE } };

    assert_int_equal(SDL_PushEvent(&e), 1);
}

static void test_closing_the_window_ends_the_program(void **state)
{
    struct fixture *f = *state;

    frames(f);
    push_close();
    assert_false(platform_wait(f->p, f->ui, -1));
}

static void test_sigterm_ends_the_program(void **state)
{
    struct fixture *f = *state;

    frames(f);
    raise(SIGTERM);
    assert_false(platform_wait(f->p, f->ui, -1));
}

static void test_a_full_screen_cannot_be_closed_by_its_button(void **state)
{
    struct fixture *f = *state;
    struct platform_options o = { .w = W, .h = H, .fullscreen = true };

    ui_destroy(f->ui);
    platform_destroy(f->p);
    assert_int_equal(platform_sdl_create(&o, &f->p), ERR_OK);
    f->ui = ui_create(&f->p->metrics, f->p->w, f->p->h, 160);
    frames(f);
    push_close();
    assert_true(platform_wait(f->p, f->ui, 0));
    raise(SIGTERM);
    assert_false(platform_wait(f->p, f->ui, -1));
}

static void test_missing_fonts_are_told_not_crashed_on(void **state)
{
    struct platform_options o = { .w = W, .h = H, .share = "/nowhere" };
    struct platform *p;

    (void)state;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    assert_int_equal(platform_sdl_create(&o, &p), ERR_REJECTED);
    assert_null(p);
}

static void test_no_display_is_told(void **state)
{
    struct platform_options o = { .w = W, .h = H };
    struct platform *p;

    (void)state;
    setenv("SDL_VIDEODRIVER", "no-such-driver", 1);
    assert_int_equal(platform_sdl_create(&o, &p), ERR_REJECTED);
    assert_null(p);
}

#define ON_SDL(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

/* As a service: systemd listens at `fd`; the screen comes when it was told of the wait. */
struct late_screen {
    int fd;
    char told[200];
};

static void *plug_in(void *ctx)
{
    struct late_screen *late = ctx;
    ssize_t n = recv(late->fd, late->told, sizeof(late->told) - 1, 0);

    late->told[n > 0 ? n : 0] = 0;
    setenv("SDL_VIDEODRIVER", "dummy", 1); /* before the next try, seconds away */
    return NULL;
}

static void test_a_service_waits_for_its_screen(void **state)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    char folder[] = "/tmp/test_screen.XXXXXX";
    struct platform_options o = { .w = W, .h = H };
    struct late_screen late = { .fd = socket(AF_UNIX, SOCK_DGRAM, 0) };
    struct platform *p;
    pthread_t thread;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(at.sun_path, sizeof(at.sun_path), "%s/notify", folder);
    assert_int_equal(bind(late.fd, (struct sockaddr *)&at, sizeof(at)), 0);
    setenv("NOTIFY_SOCKET", at.sun_path, 1);
    setenv("SDL_VIDEODRIVER", "nothing", 1);
    assert_int_equal(pthread_create(&thread, NULL, plug_in, &late), 0);
    assert_int_equal(platform_sdl_create(&o, &p), ERR_OK);
    pthread_join(thread, NULL);
    assert_string_equal(late.told,
                        "STATUS=waiting for a screen\nEXTEND_TIMEOUT_USEC=60000000");
    p->ops->destroy(p);
    unsetenv("NOTIFY_SOCKET");
    close(late.fd);
    unlink(at.sun_path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SDL(test_an_unchanged_page_is_not_shown_again),
        ON_SDL(test_partial_drawing_equals_whole_drawing),
        ON_SDL(test_a_pack_picture_is_drawn_and_a_missing_one_is_left_out),
        ON_SDL(test_the_next_page_is_made_ready_while_nobody_waits),
        ON_SDL(test_a_finger_taps),
        ON_SDL(test_a_second_finger_does_not_count),
        ON_SDL(test_a_finger_that_never_ends_holds_up_no_other),
        ON_SDL(test_a_mouse_taps_but_not_a_finger_posing_as_one),
        ON_SDL(test_a_scanner_is_heard_as_one_code),
        ON_SDL(test_keys_move_the_focus_and_act),
        ON_SDL(test_another_thread_ends_the_wait),
        ON_SDL(test_closing_the_window_ends_the_program),
        ON_SDL(test_sigterm_ends_the_program),
        ON_SDL(test_a_full_screen_cannot_be_closed_by_its_button),
        cmocka_unit_test(test_missing_fonts_are_told_not_crashed_on),
        cmocka_unit_test(test_no_display_is_told),
        cmocka_unit_test(test_a_service_waits_for_its_screen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
