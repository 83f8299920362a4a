/* A Unix socket, one short question at a time. The asking process is the same user's
 * (0600), so a blocking read with a time limit is enough. */
#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"

#define LOG_MODULE "control"
#include "base/log.h"

#define QUESTION_MAX 262144 /* a grant or an acknowledgement of the parent */
#define COMPLAINT_MAX 16384
#define QUESTION_WAIT_S 2
#define ANSWER_WAIT_S 120 /* an import of a full stick */

enum err control_path(const char *uri, char *out, size_t n)
{
    const char *colon = strchr(uri, ':');
    struct sockaddr_un limit;
    int got = snprintf(out, n, "%s.sock", colon ? colon + 1 : uri);

    return got < 0 || (size_t)got >= n || (size_t)got >= sizeof(limit.sun_path)
               ? ERR_REJECTED
               : ERR_OK;
}

static int make_socket(const char *path, struct sockaddr_un *where)
{
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    *where = (struct sockaddr_un){ .sun_family = AF_UNIX };
    snprintf(where->sun_path, sizeof(where->sun_path), "%s", path);
    if (fd >= 0)
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    return fd;
}

static void limit_wait(int fd, int seconds)
{
    struct timeval wait = { .tv_sec = seconds };

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
}

enum err control_listen(const char *path, int *fd_out)
{
    struct sockaddr_un where;
    int fd = make_socket(path, &where);
    mode_t mask;
    int rc;

    *fd_out = -1;
    if (fd < 0)
        return ERR_FULL;
    /* The database is locked by us, so whoever left a socket here is gone. */
    unlink(path);
    mask = umask(0177);
    rc = bind(fd, (struct sockaddr *)&where, sizeof(where));
    umask(mask);
    /* a client that left again must not make accept(2) wait */
    if (rc || listen(fd, 8) || fcntl(fd, F_SETFL, O_NONBLOCK)) {
        LOG_ERR("%s: %s", path, strerror(errno));
        close(fd);
        return ERR_FULL;
    }
    *fd_out = fd;
    return ERR_OK;
}

/* Reads up to a line feed (`to_line`) or the end. */
static bool read_all(int fd, struct buf *in, bool to_line)
{
    char bytes[4096];

    for (;;) {
        ssize_t n = recv(fd, bytes, sizeof(bytes), 0);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        if (n == 0)
            return !to_line && !in->overflow;
        buf_add(in, bytes, (size_t)n);
        if (in->overflow)
            return false;
        if (to_line && bytes[n - 1] == '\n')
            return true;
    }
}

static bool write_all(int fd, const char *bytes, size_t n)
{
    while (n) {
        ssize_t done = send(fd, bytes, n, MSG_NOSIGNAL);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

static void answer_one(int fd, control_fn *answer, void *ctx)
{
    struct control_question q = { .kiosk = "" };
    json_value *doc = NULL;
    struct buf in;
    struct buf out;
    struct buf complaint;
    struct buf reply;

    buf_init(&in, QUESTION_MAX);
    buf_init(&out, CONTROL_ANSWER_MAX / 2);
    buf_init(&complaint, COMPLAINT_MAX);
    buf_init(&reply, CONTROL_ANSWER_MAX);
    if (read_all(fd, &in, true) &&
        !json_parse(buf_text(&in), in.len, 2, &doc, NULL, 0)) {
        const json_value *words = json_get(doc, "words");
        const char *kiosk = json_text(json_get(doc, "kiosk"));

        for (size_t i = 0; i < json_count(words) && i < CONTROL_WORDS_MAX; i++)
            if (json_text(json_at(words, i)))
                q.words[q.n_words++] = json_text(json_at(words, i));
        q.kiosk = kiosk ? kiosk : "";
        q.json = json_bool(json_get(doc, "json"), false);
        json_open(&reply, NULL, '{');
        json_put_int(&reply, "exit", answer(ctx, &q, &out, &complaint));
        json_put_text(&reply, "out", buf_text(&out));
        json_put_text(&reply, "complaint", buf_text(&complaint));
        json_close(&reply, '}');
        if (reply.overflow || !write_all(fd, buf_text(&reply), reply.len))
            LOG_WARN("an answer was not delivered");
    }
    json_free(doc);
    buf_finish(&in);
    buf_finish(&out);
    buf_finish(&complaint);
    buf_finish(&reply);
}

void control_answer(int listener, control_fn *answer, void *ctx)
{
    int fd = accept(listener, NULL, NULL);

    if (fd < 0)
        return;
    limit_wait(fd, QUESTION_WAIT_S);
    answer_one(fd, answer, ctx);
    close(fd);
}

static enum err read_reply(int fd, int *exit_out, struct buf *out,
                           struct buf *complaint)
{
    json_value *doc = NULL;
    struct buf in;
    int64_t code;
    enum err err = ERR_CORRUPT;

    buf_init(&in, CONTROL_ANSWER_MAX);
    if (read_all(fd, &in, false) &&
        !json_parse(buf_text(&in), in.len, 2, &doc, NULL, 0) &&
        !json_int(json_get(doc, "exit"), 0, 255, &code) &&
        json_text(json_get(doc, "out")) && json_text(json_get(doc, "complaint"))) {
        *exit_out = (int)code;
        buf_str(out, json_text(json_get(doc, "out")));
        buf_str(complaint, json_text(json_get(doc, "complaint")));
        err = ERR_OK;
    }
    json_free(doc);
    buf_finish(&in);
    return err;
}

enum err control_ask(const char *path, const struct control_question *q, int *exit_out,
                     struct buf *out, struct buf *complaint)
{
    struct sockaddr_un where;
    struct buf line;
    int fd = make_socket(path, &where);
    enum err err = ERR_OFFLINE;

    if (fd < 0)
        return ERR_OFFLINE;
    buf_init(&line, QUESTION_MAX);
    json_open(&line, NULL, '{');
    json_open(&line, "words", '[');
    for (size_t i = 0; i < q->n_words; i++)
        json_put_text(&line, NULL, q->words[i]);
    json_close(&line, ']');
    json_put_text(&line, "kiosk", q->kiosk);
    json_put_bool(&line, "json", q->json);
    json_close(&line, '}');
    buf_char(&line, '\n');
    limit_wait(fd, ANSWER_WAIT_S);
    if (!connect(fd, (struct sockaddr *)&where, sizeof(where)))
        err = !line.overflow && write_all(fd, buf_text(&line), line.len)
                  ? read_reply(fd, exit_out, out, complaint)
                  : ERR_CORRUPT;
    buf_finish(&line);
    close(fd);
    return err;
}
