/* What is told of what was seen: a code once while it is held up, a state when it changes.
 * Pure: time is an argument.
 *
 * Of codes that are not ours nothing is told but that there was one: people hold up their
 * citizen card, whose code holds name and number. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TELLING_CODE_MAX 120  /* printable ASCII */
#define TELLING_AGAIN_MS 3000 /* out of sight that long, and it is told again */
#define TELLING_CODES 4       /* at once before the camera */

enum telling_state {
    TELLING_NOTHING,
    TELLING_READY,
    TELLING_DARK,
    TELLING_BUSY,
    TELLING_NO_CAMERA,
};

struct telling {
    struct {
        char text[TELLING_CODE_MAX + 1];
        int64_t seen_ms;
        bool used;
    } codes[TELLING_CODES];
    enum telling_state state;
    int n_dark; /* frames in a row */
};

/* Starts with "BD" (a card) or "BP" (a passport), and is at most TELLING_CODE_MAX printable ASCII characters. */
bool telling_is_ours(const char *bytes, size_t n);

/* A code is in sight. True: `*text_out` is to be told, "" for one that is not ours;
 * borrowed until the next call. */
bool telling_code(struct telling *t, const char *bytes, size_t n, int64_t now_ms,
                  const char **text_out);
/* A frame of that mean luma was looked at. True: the state is to be told. */
bool telling_light(struct telling *t, int mean);
/* True: it is another one, to be told. */
bool telling_set(struct telling *t, enum telling_state state);
/* "ready", "dark", "busy", "no_camera". */
const char *telling_word(enum telling_state state);
