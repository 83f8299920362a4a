/* One child, two pipes, one request at a time: neither side ever waits for a full pipe. */
#include "voice_helper.h"

#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"

#define REQUEST_MAX (32U * 1024U)
#define HEAD_MAX 32

struct voice_helper {
    pid_t pid;
    FILE *to, *from;
};

/* `word`: its one argument, or NULL. */
static int spawn(struct voice_helper *h, const char *program, const char *word,
                 const int in[2], const int out[2])
{
    char *const argv[] = { (char *)(uintptr_t)program, (char *)(uintptr_t)word, NULL };
    char *const env[] = { (char[]){ "PATH=/usr/bin:/bin" }, (char[]){ "LANG=C.UTF-8" },
                          NULL };
    posix_spawn_file_actions_t files;
    int rc;

    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out[1], STDOUT_FILENO);
    for (int i = 0; i < 2; i++) {
        posix_spawn_file_actions_addclose(&files, in[i]);
        posix_spawn_file_actions_addclose(&files, out[i]);
    }
    rc = posix_spawn(&h->pid, program, &files, NULL, argv, env);
    posix_spawn_file_actions_destroy(&files);
    return rc;
}

static enum err start(const char *program, const char *word, struct voice_helper **out)
{
    struct voice_helper *h = check_alloc(sizeof(*h));
    int in[2], from[2];

    *h = (struct voice_helper){ 0 };
    *out = NULL;
    ASSERT(pipe(in) == 0 && pipe(from) == 0);
    /* a child that dies is an error of write, not our end */
    signal(SIGPIPE, SIG_IGN);
    if (spawn(h, program, word, in, from))
        h->pid = 0;
    close(in[0]);
    close(from[1]);
    h->to = fdopen(in[1], "w");
    h->from = fdopen(from[0], "r");
    ASSERT(h->to && h->from);
    if (!h->pid) {
        voice_helper_close(h);
        return ERR_OFFLINE;
    }
    *out = h;
    return ERR_OK;
}

enum err voice_helper_open(const char *program, struct voice_helper **out)
{
    return start(program, NULL, out);
}

void voice_helper_close(struct voice_helper *h)
{
    if (!h)
        return;
    fclose(h->to);
    fclose(h->from);
    if (h->pid)
        waitpid(h->pid, NULL, 0);
    free(h);
}

static bool ask(struct voice_helper *h, const char *lang, const char *text)
{
    struct buf request;
    bool sent;

    buf_init(&request, REQUEST_MAX);
    json_open(&request, NULL, '{');
    json_put_text(&request, "lang", lang);
    json_put_text(&request, "text", text);
    json_close(&request, '}');
    buf_char(&request, '\n');
    sent = !request.overflow &&
           fwrite(request.data, 1, request.len, h->to) == request.len &&
           fflush(h->to) == 0;
    buf_finish(&request);
    return sent;
}

static bool take(struct voice_helper *h, struct buf *clip)
{
    char head[HEAD_MAX], chunk[4096];
    char *end;
    size_t left;

    if (!fgets(head, sizeof(head), h->from))
        return false;
    left = strtoul(head, &end, 10);
    if (end == head || *end != '\n')
        return false;
    while (left) {
        size_t n = left < sizeof(chunk) ? left : sizeof(chunk);

        if (fread(chunk, 1, n, h->from) != n)
            return false;
        buf_add(clip, chunk, n);
        left -= n;
    }
    return !clip->overflow;
}

enum err voice_helper_speak(struct voice_helper *h, const char *lang, const char *text,
                            struct buf *clip)
{
    return ask(h, lang, text) && take(h, clip) ? ERR_OK : ERR_CORRUPT;
}

/* The helper answers nothing before its input has ended, so neither side waits. */
static bool feed(struct voice_helper *h, int rate, const char *text,
                 const struct buf *pcm)
{
    struct buf head;
    bool sent;

    buf_init(&head, REQUEST_MAX);
    json_open(&head, NULL, '{');
    json_put_int(&head, "rate", rate);
    json_put_text(&head, "text", text);
    json_close(&head, '}');
    buf_char(&head, '\n');
    sent = !head.overflow && fwrite(head.data, 1, head.len, h->to) == head.len &&
           fwrite(pcm->data, 1, pcm->len, h->to) == pcm->len;
    buf_finish(&head);
    return fclose(h->to) == 0 && sent;
}

enum err voice_helper_encode(const char *program, int rate, const char *text,
                             const struct buf *pcm, struct buf *clip)
{
    struct voice_helper *h;
    enum err err = start(program, "encode", &h);
    char chunk[4096];
    int status = -1;
    bool fed;
    size_t n;

    if (err)
        return err;
    fed = feed(h, rate, text, pcm);
    while ((n = fread(chunk, 1, sizeof(chunk), h->from)) > 0)
        buf_add(clip, chunk, n);
    fclose(h->from);
    if (waitpid(h->pid, &status, 0) != h->pid)
        status = -1;
    free(h);
    return fed && status == 0 && !clip->overflow ? ERR_OK : ERR_CORRUPT;
}
