/* One learner going through one lesson: a pure state machine. It knows no clock, disk
 * or screen; time comes in as an argument and what happened comes out as events.
 *
 * Invariants
 *  1. The steps are: cards, practices (the first is watched before, where the author
 *     wrote so), items, result. Nothing is skipped.
 *  2. EVENT_COMPLETE comes out exactly once per session, when the last item that must
 *     be answered is answered.
 *  3. An item is done when it was answered right, or missed twice and shown; a safety
 *     item only when it was answered right.
 *
 *  CARD --next--> CARD … --next--> SHOW --next--> PRACTICE --to its end--> ITEM --answer--> FEEDBACK --next--> ITEM (retry or
 *  next one) … --next--> RESULT; prev goes back among the cards and from the first
 *  item to the last card. After RESULT, session_redo asks the missed items again as
 *  practice, without a second completion. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lesson/event.h"
#include "lesson/lesson.h"

/* Numbers are stored: only append. */
enum session_phase {
    SESSION_CARD,
    SESSION_ITEM,
    SESSION_FEEDBACK,
    SESSION_RESULT,
    SESSION_SHOW,    /* the first practice is played to watch */
    SESSION_PRACTICE /* the learner plays it */
};

struct session_item {
    unsigned tries; /* wrong answers so far */
    bool done;
    bool right; /* answered right within the rule's tries */
    bool first_right;
    bool asked;  /* EVENT_ITEM was given out */
    bool redone; /* missed, and answered right since, as practice */
};

struct session {
    const struct lesson *lesson; /* borrowed while the session lives */
    enum session_phase phase;
    size_t at; /* index of the card, practice or item on the screen */
    struct practice_state practice;       /* while in SHOW or PRACTICE */
    uint32_t seed;                        /* order of the options */
    bool redoing;                         /* after the result: practice only */
    bool completed;                       /* EVENT_COMPLETE is out */
    int64_t spent_ms;                     /* time on the lesson before `resumed_ms` */
    int64_t resumed_ms;                   /* monotonic */
    unsigned char answer[ITEM_STATE_MAX]; /* of the item on the screen; kept while the
                                             same item comes again */
    bool answer_right;                    /* while in FEEDBACK */
    struct session_item items[LESSON_ITEMS_MAX];
};

/* Strings are borrowed from the arena given to the call. */
struct session_events {
    struct event list[4];
    size_t n;
};

/* Starts at the first card, or where there is none (a review) at the first item. Gives
 * EVENT_START and EVENT_STEP. */
void session_start(struct session *s, const struct lesson *lesson, uint32_t seed,
                   int64_t now_ms, struct arena *arena, struct session_events *out);

/* Puts the session back from the body of its last EVENT_STEP. A body that does not fit
 * the lesson (a newer pack) starts over. Errors: ERR_REJECTED; then use
 * session_start. */
NODISCARD enum err session_resume(struct session *s, const struct lesson *lesson,
                                  const char *body, int64_t now_ms);

/* From a card, from what is shown, from a practice that was done, or from feedback; does
 * nothing on an item or the result. */
void session_next(struct session *s, int64_t now_ms, struct arena *arena,
                  struct session_events *out);
void session_prev(struct session *s, int64_t now_ms, struct arena *arena,
                  struct session_events *out);
bool session_can_prev(const struct session *s);

/* The step that is shown next of SHOW: as the practice means it; after the last one as
 * session_next. */
void session_show_on(struct session *s, int64_t now_ms, struct arena *arena,
                     struct session_events *out);
/* What was touched on the mock phone; phase must be PRACTICE. `digit` 0: the part itself,
 * `gesture`: it was held or pushed. */
enum practice_result session_practice(struct session *s, size_t part, char digit,
                                      bool gesture, int64_t now_ms, struct arena *arena,
                                      struct session_events *out);
enum practice_help session_hint(struct session *s, int64_t now_ms, struct arena *arena,
                                struct session_events *out);
const struct practice *session_practice_at(const struct session *s);

/* `answer` was changed by a touch: gives the step again, so that no touch is lost. */
void session_touch(const struct session *s, int64_t now_ms, struct arena *arena,
                   struct session_events *out);

/* Takes `answer` (ITEM_STATE_MAX bytes) as given; phase must be ITEM. */
void session_answer(struct session *s, int64_t now_ms, struct arena *arena,
                    struct session_events *out);

/* From RESULT back to the missed items, as practice; stays there without any. */
void session_redo(struct session *s);

/* Which option stands at each place, from the seed; order[n_options]. True/false and
 * scam-or-safe keep their order. */
void session_order(const struct session *s, size_t item,
                   unsigned char order[ITEM_OPTIONS_MAX]);

size_t session_n_right(const struct session *s);
/* Items that were missed and not answered right since: to be learnt again. */
size_t session_n_missed(const struct session *s);
bool session_passed(const struct session *s);
int session_score_pct(const struct session *s);
/* Cards, what is shown, practices and items; the result is not counted. */
size_t session_n_steps(const struct session *s);
/* Whether feedback of a second miss shows the right answer. */
bool session_shows_right(const struct session *s);
