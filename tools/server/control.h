/* How the other subcommands reach a database that `serve` has open: one connection per
 * database, so they ask the serving process through <database>.sock (0600, same user).
 * One question a connection: a JSON line in, an exit code and two texts out. */
#pragma once

#include <stddef.h>

#include "base/err.h"

struct buf;

#define CONTROL_WORDS_MAX 8
#define CONTROL_ANSWER_MAX (32 * 1024 * 1024)

struct control_question {
    const char *words[CONTROL_WORDS_MAX]; /* subcommand and its words */
    size_t n_words;
    const char *kiosk; /* --kiosk, or "" */
    int json;          /* --json */
};

/* The socket's path for a database URI. Errors: ERR_REJECTED (too long). */
NODISCARD enum err control_path(const char *uri, char *out, size_t n);

/* Serving side: listens (a dead socket is replaced), then answers one question a call.
 * `answer` returns the exit code and fills both texts. */
NODISCARD enum err control_listen(const char *path, int *fd_out);
typedef int control_fn(void *ctx, const struct control_question *, struct buf *out,
                       struct buf *complaint);
void control_answer(int listener, control_fn *answer, void *ctx);

/* Asking side. Errors: ERR_OFFLINE (nobody serves: open the database yourself),
 * ERR_CORRUPT (no sensible answer). */
NODISCARD enum err control_ask(const char *path, const struct control_question *q,
                               int *exit_out, struct buf *out, struct buf *complaint);
