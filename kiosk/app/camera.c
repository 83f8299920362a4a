/* One child whose output is watched, so that nobody looks by the clock. */
#define _GNU_SOURCE /* pipe2 */
#include "app/camera.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/child.h"
#include "base/check.h"
#include "base/hash.h"
#include "sync/watch.h"

#define LOG_MODULE "camera"
#include "base/log.h"

#define CHUNK 512
#define SECONDS 3600
#define MEMORY_MB 512

struct camera {
    char *source;
    bool is_folder;
    void (*wake)(void *ctx);
    void *ctx;
    pid_t pid; /* 0: it does not run */
    int in;    /* closing it ends the helper, also when the kiosk dies */
    int out;
    struct watch *watch;
    struct camera_lines lines;
    char code[CAMERA_CODE_MAX + 1];
};

struct camera *camera_create(const char *source, void (*wake)(void *ctx), void *ctx)
{
    struct camera *c = check_alloc(sizeof(*c));
    struct stat st;

    *c = (struct camera){ .wake = wake, .ctx = ctx, .in = -1, .out = -1 };
    c->source = source ? check_strdup(source) : NULL;
    c->is_folder = source && !stat(source, &st) && S_ISDIR(st.st_mode);
    return c;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* --- starting and ending -------------------------------------------------------------- */

/* Both are closed in the helper; our end of its output does not block. */
static bool make_pipes(int in[2], int out[2])
{
    return !pipe2(in, O_CLOEXEC) && !pipe2(out, O_CLOEXEC) &&
           !fcntl(out[0], F_SETFL, O_NONBLOCK);
}

static enum err start(struct camera *c)
{
    struct child_def def = { "bdhvs-scan", { NULL }, SECONDS, MEMORY_MB };
    int in[2] = { -1, -1 }, out[2] = { -1, -1 };
    int silence = open("/dev/null", O_WRONLY | O_CLOEXEC); /* a library's complaints */
    enum err err = ERR_FULL;

    if (c->source) {
        def.words[0] = c->is_folder ? "--frames" : "--device";
        def.words[1] = c->source;
    }
    if (silence >= 0 && make_pipes(in, out)) {
        const int theirs[3] = { in[0], out[1], silence };

        err = child_start(&def, theirs, &c->pid);
    } else {
        LOG_ERR("no pipes: %s", strerror(errno));
    }
    close_fd(&in[0]);
    close_fd(&out[1]);
    close_fd(&silence);
    c->in = in[1];
    c->out = out[0];
    if (!err)
        err = watch_create(c->out, c->wake, c->ctx, &c->watch);
    return err;
}

/* It is killed, not asked: a page that is left must not wait for a camera. */
static void stop(struct camera *c)
{
    watch_destroy(c->watch);
    c->watch = NULL;
    child_kill(c->pid);
    c->pid = 0;
    close_fd(&c->in);
    close_fd(&c->out);
    hash_wipe(&c->lines, sizeof(c->lines));
}

/* --- hearing -------------------------------------------------------------------------- */

static void hear(struct camera *c)
{
    char chunk[CHUNK];
    ssize_t n;

    watch_again(c->watch); /* before reading: what comes now rings again */
    do {
        n = read(c->out, chunk, sizeof(chunk));
        if (n > 0)
            camera_lines_feed(&c->lines, chunk, (size_t)n);
    } while (n > 0 || (n < 0 && errno == EINTR));
    hash_wipe(chunk, sizeof(chunk));
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return;
    if (c->lines.state != CAMERA_NONE)
        LOG_WARN("bdhvs-scan ended");
    stop(c);
    c->lines.state = CAMERA_NONE; /* until the page is left: no camera is asked twice */
}

bool camera_tick(struct camera *c, bool wanted)
{
    enum camera_state before;

    if (!c)
        return false;
    before = c->lines.state;
    if (!wanted) {
        if (before != CAMERA_OFF)
            stop(c);
        hash_wipe(c->code, sizeof(c->code));
        return before != CAMERA_OFF;
    }
    if (before == CAMERA_OFF) {
        c->lines.state = CAMERA_STARTING;
        if (start(c)) {
            stop(c);
            c->lines.state = CAMERA_NONE;
        }
    }
    if (c->pid)
        hear(c);
    return c->lines.state != before || c->lines.code[0];
}

enum camera_state camera_state(const struct camera *c)
{
    return c ? c->lines.state : CAMERA_NONE;
}

const char *camera_code(struct camera *c)
{
    if (!c || !c->lines.code[0])
        return NULL;
    memcpy(c->code, c->lines.code, sizeof(c->code));
    hash_wipe(c->lines.code, sizeof(c->lines.code));
    return c->code;
}

void camera_destroy(struct camera *c)
{
    if (!c)
        return;
    stop(c);
    free(c->source);
    hash_wipe(c->code, sizeof(c->code));
    free(c);
}
