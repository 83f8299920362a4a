/* Clips of sentences that no pack can hold, because values stand in them ("Câu 1 trên 5"):
 * asked of bdhvs-voice as soon as a page is seen, one process for all sentences of a page,
 * and taken as they come.
 *
 * 1. What is kept are the texts of the page that was wanted last, nothing else: names may be
 *    in them. With the next page they, their clips and the process that makes them are gone,
 *    wiped. So no text outlives its page, whoever is signed in.
 * 2. Texts go to the helper on stdin, and the clips it gives have no tags: a text is in no
 *    argument, environment, file or log, and in nobody's memory who plays the clip.
 * 3. A helper that fails is left alone for a minute, one that is not there for good.
 *
 * SOON [want] -> MADE | NOT [tick]. Thread: one; nothing waits. */
#pragma once

#include <stddef.h>

#include "base/err.h"

struct clock;
struct helper_def;
struct voice_make;
struct voice_mark;

enum voice_made { VOICE_MADE_NOT, VOICE_MADE_SOON, VOICE_MADE };

/* Ogg Opus and the words in it; borrowed until the next want or forget. */
struct voice_draft {
    const void *opus;
    size_t n;
    int ms;
    const struct voice_mark *marks;
    size_t n_marks;
};

#define VOICE_MAKE_TEXTS 64
#define VOICE_MAKE_BYTES (2U << 20) /* of all clips that are kept */

/* `helper`: helper_row(HELPER_SPEAK), or one that plays it. Both are borrowed. */
struct voice_make *voice_make_create(const struct helper_def *helper,
                                     const struct clock *clock);
void voice_make_destroy(struct voice_make *m);

/* NULL is allowed from here on: nothing is made. */

/* From now on these texts (copied; at most VOICE_MAKE_TEXTS) and no others. What is made of
 * them already stays; the rest is asked for in this order. */
void voice_make_want(struct voice_make *m, const char *const texts[], size_t n);
void voice_make_forget(struct voice_make *m);
/* `*out` only with VOICE_MADE. */
enum voice_made voice_make_find(const struct voice_make *m, const char *text,
                                struct voice_draft *out);
/* Takes what came. Milliseconds until it wants to be called again, -1: nothing is made. */
int voice_make_tick(struct voice_make *m);
/* How the helper failed and has not done better since: ERR_OFFLINE (it is not there),
 * ERR_RETRY (too slow), ERR_CORRUPT (crashed, or answered rubbish), ERR_FULL; ERR_OK. */
enum err voice_make_fault(const struct voice_make *m);
