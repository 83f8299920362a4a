/* One child at a time and its three pipes. */
#define _GNU_SOURCE /* pipe2 */
#include "app/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/hash.h"

#define LOG_MODULE "helper"
#include "base/log.h"

#define MB (1L << 20)
#define SAID_MAX 4096 /* of stderr; the rest is dropped */
#define CHUNK 65536

/* --- the table ------------------------------------------------------------------------ */

static const struct helper_def jobs[HELPER_JOB_COUNT] = {
    [HELPER_PRINT] = { { "bdhvs-print", { NULL }, 60, 1024 }, 32 },
    [HELPER_SHEET_XLSX] = { { "bdhvs-report", { "xlsx" }, 120, 512 }, 64 },
    [HELPER_SHEET_DOCX] = { { "bdhvs-report", { "docx" }, 120, 512 }, 64 },
    [HELPER_SHEET_READ] = { { "bdhvs-report", { "read" }, 60, 512 }, 64 },
    [HELPER_SHEET_LOCK] = { { "bdhvs-report", { "lock" }, 60, 512 }, 64 },
    [HELPER_SHEET_UNLOCK] = { { "bdhvs-report", { "unlock" }, 60, 512 }, 64 },
    [HELPER_VOICE] = { { "bdhvs-voice", { "encode" }, 60, 512 }, 4 },
    [HELPER_SPEAK] = { { "bdhvs-voice", { NULL }, 60, 256 }, 4 },
    [HELPER_LP] = { { "/usr/bin/lp", { "-s", "-t", "BDHVS" }, 60, 512 }, 1 },
};

struct helper {
    const char *program;
    pid_t pid; /* 0: over */
    int in, out, said;
    unsigned char *input;
    size_t n_input, sent;
    struct buf output;
    struct buf words; /* of stderr */
    int64_t until_ms;
    enum err result;
};

const struct helper_def *helper_row(enum helper_job job)
{
    return &jobs[job];
}

bool helper_there(enum helper_job job)
{
    char path[PATH_MAX];

    return child_find(jobs[job].child.program, path);
}

/* --- starting it ---------------------------------------------------------------------- */

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void no_waiting(int fd)
{
    (void)fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/* A pair is {ours, theirs}; our ends do not block. Input is a socket, because writing to
 * one whose reader is gone need not raise SIGPIPE. */
static bool make_pairs(int in[2], int out[2], int said[2])
{
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) ||
        pipe2(out, O_CLOEXEC) || pipe2(said, O_CLOEXEC))
        return false;
    no_waiting(in[0]);
    no_waiting(out[0]);
    no_waiting(said[0]);
    return true;
}

enum err helper_start_def(const struct helper_def *def, const void *in, size_t n,
                          struct helper **out)
{
    int pairs[3][2] = { { -1, -1 }, { -1, -1 }, { -1, -1 } };
    struct helper *h = check_alloc(sizeof(*h));
    enum err err = ERR_FULL;

    *h = (struct helper){
        .program = def->child.program, .in = -1, .out = -1, .said = -1
    };
    h->input = check_alloc(n ? n : 1);
    h->n_input = n;
    if (n)
        memcpy(h->input, in, n);
    buf_init(&h->output, (size_t)(def->output_mb * MB));
    buf_init(&h->words, SAID_MAX);
    h->until_ms = clock_mono_ms(&clock_real) + def->child.seconds * 1000L;
    if (make_pairs(pairs[0], pairs[1], pairs[2])) {
        const int theirs[3] = { pairs[0][1], pairs[1][1], pairs[2][1] };

        err = child_start(&def->child, theirs, &h->pid);
    } else {
        LOG_ERR("no pipes for %s: %s", h->program, strerror(errno));
    }
    h->in = pairs[0][0];
    h->out = pairs[1][0];
    h->said = pairs[2][0];
    for (int i = 0; i < 3; i++)
        close_fd(&pairs[i][1]);
    if (err) {
        helper_free(h);
        h = NULL;
    }
    *out = h;
    return err;
}

enum err helper_start(enum helper_job job, const void *in, size_t n,
                      struct helper **out)
{
    return helper_start_def(&jobs[job], in, n, out);
}

/* --- while it runs -------------------------------------------------------------------- */

static void forget_input(struct helper *h)
{
    close_fd(&h->in);
    if (h->input) {
        hash_wipe(h->input, h->n_input);
        free(h->input);
    }
    h->input = NULL;
}

static void feed(struct helper *h)
{
    while (h->in >= 0 && h->sent < h->n_input) {
        ssize_t n = send(h->in, h->input + h->sent, h->n_input - h->sent, MSG_NOSIGNAL);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return;
        if (n < 0)
            break; /* it wants no more: its verdict tells why */
        h->sent += (size_t)n;
    }
    forget_input(h);
}

/* As buf_add, but what it leaves behind in memory is wiped: names come back too. */
static void add_wiping(struct buf *b, const char *bytes, size_t n)
{
    if (!b->overflow && n <= b->max - b->len && b->len + n + 1 > b->cap) {
        size_t cap = 2 * (b->len + n + 1);
        char *data = check_alloc(cap);

        if (b->data) {
            memcpy(data, b->data, b->len);
            hash_wipe(b->data, b->cap);
            free(b->data);
        }
        b->data = data;
        b->cap = cap;
    }
    buf_add(b, bytes, n);
}

/* Takes what is there. False: the other end is closed, or it is too much. */
static bool drain(int *fd, struct buf *into)
{
    char chunk[CHUNK];
    ssize_t n;

    if (*fd < 0)
        return false;
    do {
        n = read(*fd, chunk, sizeof(chunk));
        if (n > 0)
            add_wiping(into, chunk, (size_t)n);
    } while ((n > 0 && !into->overflow) || (n < 0 && errno == EINTR));
    hash_wipe(chunk, sizeof(chunk));
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return true;
    if (n <= 0)
        close_fd(fd);
    return false;
}

static void kill_it(struct helper *h)
{
    child_kill(h->pid);
    h->pid = 0;
}

/* Our helpers' own lines speak of the fault only; a library's may quote the input, and
 * when all went well they are no news. */
static void log_words(const struct helper *h)
{
    const char *line = buf_text(&h->words);
    size_t n = strlen(h->program);

    if (h->words.len && !strncmp(line, h->program, n) && line[n] == ':')
        LOG_INFO("%.*s", (int)strcspn(line, "\n"), line);
    else if (h->words.len && h->result)
        LOG_INFO("%s said %zu bytes that are not shown", h->program, h->words.len);
}

static bool over(struct helper *h, enum err result)
{
    kill_it(h);
    forget_input(h);
    h->result = result;
    log_words(h);
    close_fd(&h->out);
    close_fd(&h->said);
    return true;
}

static enum err verdict_of(const struct helper *h, int status)
{
    if (h->output.overflow)
        return ERR_FULL;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return ERR_OK;
    if (WIFEXITED(status) && WEXITSTATUS(status) == EX_DATAERR)
        return ERR_REJECTED;
    LOG_ERR("%s failed: %s %d", h->program, WIFEXITED(status) ? "exit" : "signal",
            WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
    return ERR_CORRUPT;
}

bool helper_tick(struct helper *h)
{
    pid_t ended;
    int status = 0;

    if (!h->pid)
        return true;
    feed(h);
    (void)drain(&h->out, &h->output);
    (void)drain(&h->said, &h->words);
    h->words.overflow = false; /* one page of complaints is enough; it goes on */
    if (h->output.overflow) {
        LOG_ERR("%s wrote too much", h->program);
        return over(h, ERR_FULL);
    }
    ended = waitpid(h->pid, &status, WNOHANG);
    if (ended == h->pid) {
        pid_t group = h->pid;

        h->pid = 0;
        kill(-group, SIGKILL); /* what it left behind holds our pipes */
        while (h->out >= 0 && drain(&h->out, &h->output))
            if (h->output.overflow ||
                poll(&(struct pollfd){ .fd = h->out, .events = POLLIN }, 1, 100) == 0)
                break;
        return over(h, verdict_of(h, status));
    }
    if (clock_mono_ms(&clock_real) >= h->until_ms) {
        LOG_ERR("%s took too long and was stopped", h->program);
        return over(h, ERR_RETRY);
    }
    return false;
}

enum err helper_result(const struct helper *h)
{
    ASSERT(!h->pid);
    return h->result;
}

const struct buf *helper_output(const struct helper *h)
{
    return &h->output;
}

void helper_free(struct helper *h)
{
    if (!h)
        return;
    kill_it(h);
    forget_input(h);
    close_fd(&h->out);
    close_fd(&h->said);
    if (h->output.data)
        hash_wipe(h->output.data, h->output.cap);
    if (h->words.data)
        hash_wipe(h->words.data, h->words.cap);
    buf_finish(&h->output);
    buf_finish(&h->words);
    free(h);
}

enum err helper_run(enum helper_job job, const void *in, size_t n, struct buf *out)
{
    struct helper *h;
    enum err err = helper_start(job, in, n, &h);

    if (err)
        return err;
    while (!helper_tick(h)) {
        struct pollfd fds[2] = { { .fd = h->out, .events = POLLIN },
                                 { .fd = h->in, .events = POLLOUT } };

        (void)poll(fds, 2, HELPER_TICK_MS);
    }
    err = helper_result(h);
    buf_add(out, buf_text(&h->output), h->output.len);
    if (!err && out->overflow)
        err = ERR_FULL;
    helper_free(h);
    return err;
}
