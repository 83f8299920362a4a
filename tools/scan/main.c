/* bdhvs-scan: looks for QR codes before the camera and says each as one line of JSON.
 * Started by the kiosk while a page wants it (app/camera.c); it ends when stdin does. No
 * picture is written or kept: one frame is in memory, and wiped before the next. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/filter.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/options.h"
#include "code.h"
#include "source.h"
#include "telling.h"

#define TURN_MS 125 /* between two looks: a card is held for seconds, a Pi stays cool */
#define FRAME_PATIENCE_MS 2000
#define FRAMES_MISSED_MAX 5
#define BUSY_MS 2000 /* until a camera that others use is asked for again */
#define LINE_MAX_BYTES 512
#define MEMORY_MB 256
#define SECONDS 3600 /* of CPU: pages that look are left long before */

static struct option_def defs[] = {
    { "device", "PATH", NULL, "the camera [the first of /dev/video0 … that fits]" },
    { "frames", "DIR", NULL, "look at the *.pgm of a folder instead, for tests" },
    { "once", NULL, NULL, "with --frames: at each once, without pausing" },
};

/* --- telling -------------------------------------------------------------------------- */

static bool tell(const char *key, const char *text)
{
    struct buf line;
    bool ok;

    buf_init(&line, LINE_MAX_BYTES);
    json_open(&line, NULL, '{');
    json_put_text(&line, key, text);
    json_close(&line, '}');
    buf_char(&line, '\n');
    ok = filter_write(&line);
    hash_wipe(line.data, line.cap);
    buf_finish(&line);
    return ok;
}

static bool tell_state(struct telling *t, enum telling_state state)
{
    return !telling_set(t, state) || tell("state", telling_word(state));
}

/* --- looking -------------------------------------------------------------------------- */

/* False when stdin is closed. Returns sooner when `fd`, unless it is -1, has a frame. */
static bool rest(int fd, int64_t ms)
{
    struct pollfd fds[2] = { { .fd = STDIN_FILENO, .events = POLLIN },
                             { .fd = fd, .events = POLLIN } };
    char byte;

    if (poll(fds, 2, ms > 0 ? (int)ms : 0) < 0)
        return errno == EINTR;
    return !fds[0].revents || read(STDIN_FILENO, &byte, 1) > 0;
}

/* Every second frame is smoothed: what noise hides in one may show in the next. */
static bool look(struct telling *t, struct code_reader *reader, struct frame *f,
                 bool smooth)
{
    bool ok = true;
    const char *bytes, *text;
    size_t n;

    if (telling_light(t, frame_mean(f)))
        ok = tell("state", telling_word(t->state));
    if (smooth)
        frame_smooth(f);
    if (ok && code_read(reader, f, &bytes, &n) &&
        telling_code(t, bytes, n, clock_mono_ms(&clock_real), &text))
        ok = tell("code", text);
    return ok;
}

/* Exit code. */
static int watch(struct source *s, struct telling *t, bool paced)
{
    struct code_reader *reader = code_reader_create();
    int64_t next_ms = 0;
    struct frame f;
    int n_missed = 0, code = EXIT_SUCCESS;
    bool smooth = false, on = frame_open(&f);

    while (on && rest(-1, paced ? next_ms - clock_mono_ms(&clock_real) : 0)) {
        next_ms = clock_mono_ms(&clock_real) + TURN_MS;
        if (s->fd >= 0 && !rest(s->fd, FRAME_PATIENCE_MS))
            break;
        switch (s->next(s, &f)) {
        case SOURCE_FRAME:
            on = look(t, reader, &f, smooth);
            frame_wipe(&f);
            smooth = !smooth;
            n_missed = 0;
            break;
        case SOURCE_NONE:
            on = ++n_missed < FRAMES_MISSED_MAX;
            break;
        case SOURCE_END:
            on = false;
            break;
        case SOURCE_GONE:
            n_missed = FRAMES_MISSED_MAX;
            on = false;
        }
    }
    if (n_missed == FRAMES_MISSED_MAX) {
        (void)tell_state(t, TELLING_NO_CAMERA);
        code = EX_UNAVAILABLE;
    }
    frame_close(&f);
    code_reader_destroy(reader);
    return code;
}

static enum err open_source(const struct options *o, struct source *s)
{
    const char *frames = options_get(o, "frames");

    return frames ? folder_open(frames, options_on(o, "once"), s)
                  : camera_open(options_get(o, "device"), s);
}

int main(int argc, char **argv)
{
    struct options o = { "bdhvs-scan", "[OPTION]…", defs, COUNT(defs) };
    struct telling t = { .state = TELLING_NOTHING };
    struct source s;
    enum err err;
    int code;

    options_read(&o, argc, argv, false);
    hash_init();
    filter_begin(MEMORY_MB, SECONDS);
    while ((err = open_source(&o, &s)) == ERR_RETRY)
        if (!tell_state(&t, TELLING_BUSY) || !rest(-1, BUSY_MS))
            return EXIT_SUCCESS;
    if (err) {
        (void)tell_state(&t, TELLING_NO_CAMERA);
        return EX_UNAVAILABLE;
    }
    code = watch(&s, &t, !options_on(&o, "once"));
    s.close(&s);
    hash_wipe(&t, sizeof(t));
    return code;
}
