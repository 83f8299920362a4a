/* The state machine of session.h. The answer in progress is opaque bytes that only the
 * item's type understands. */
#include "lesson/session.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "lesson/session_body.h"

#define SECONDS_MAX 86400
#define RIGHT_PCT 100

/* --- what holds at all times ------------------------------------------------------- */

static const struct item *item_at(const struct session *s)
{
    return &s->lesson->items[s->at];
}

static bool grade(const struct session *s)
{
    return item_at(s)->type->grade(item_at(s), s->answer) >= RIGHT_PCT;
}

/* The first item that must still be answered, or n_items. */
static size_t next_open(const struct session *s)
{
    size_t i = 0;

    while (i < s->lesson->n_items && s->items[i].done)
        i++;
    return i;
}

static bool item_holds(const struct session *s, size_t i)
{
    const struct session_item *it = &s->items[i];
    unsigned limit = (unsigned)s->lesson->rule.tries;

    if (!it->asked)
        return !it->done && !it->right && !it->first_right && it->tries == 0;
    if (it->first_right && !it->right)
        return false;
    if (it->right && (!it->done || it->redone))
        return false;
    /* missed, and in the first round of a safety item only left when right */
    return !it->done || it->right || it->redone || it->tries >= limit;
}

static bool place_holds(const struct session *s)
{
    const struct lesson *l = s->lesson;
    bool all_done = next_open(s) == l->n_items;

    switch (s->phase) {
    case SESSION_CARD:
        return s->at < l->n_cards && !s->completed;
    case SESSION_ITEM:
        return s->at < l->n_items && s->at == next_open(s);
    case SESSION_FEEDBACK:
        return s->at < l->n_items && s->items[s->at].asked &&
               (!s->answer_right || s->items[s->at].done);
    case SESSION_RESULT:
        return s->completed && all_done;
    case SESSION_SHOW:
    case SESSION_PRACTICE:
        return s->at < l->n_practices && !s->completed &&
               practice_state_holds(l->practices[s->at], &s->practice) &&
               (s->phase == SESSION_PRACTICE ||
                (l->show && !s->at && !s->practice.done));
    }
    return false;
}

static bool holds(const struct session *s)
{
    for (size_t i = 0; i < s->lesson->n_items; i++) {
        if (!item_holds(s, i))
            return false;
    }
    /* complete from the moment that all are done, for ever; open again only to redo */
    if (s->redoing ? !s->completed
                   : s->completed != (next_open(s) == s->lesson->n_items))
        return false;
    return place_holds(s);
}

static int64_t spent_ms(const struct session *s, int64_t now_ms)
{
    int64_t since = now_ms - s->resumed_ms;

    return s->spent_ms + (since > 0 ? since : 0);
}

static void add_event(struct session_events *out, struct event e)
{
    ASSERT(out->n < COUNT(out->list));
    out->list[out->n++] = e;
}

static void add_step(const struct session *s, int64_t now_ms, struct arena *arena,
                     struct session_events *out)
{
    add_event(out, (struct event){
                       .kind = EVENT_STEP,
                       .unit = s->lesson->id,
                       .body = session_body_write(s, spent_ms(s, now_ms), arena),
                   });
}

/* --- moves ------------------------------------------------------------------------- */

void session_start(struct session *s, const struct lesson *lesson, uint32_t seed,
                   int64_t now_ms, struct arena *arena, struct session_events *out)
{
    ASSERT(lesson->n_items > 0);
    *s = (struct session){ .lesson = lesson, .seed = seed, .resumed_ms = now_ms };
    s->phase = lesson->n_cards ? SESSION_CARD : SESSION_ITEM;
    out->n = 0;
    add_event(out, (struct event){ .kind = EVENT_START, .unit = lesson->id });
    add_step(s, now_ms, arena, out);
    ASSERT(holds(s));
}

enum err session_resume(struct session *s, const struct lesson *lesson,
                        const char *body, int64_t now_ms)
{
    enum err err;

    ASSERT(lesson->n_cards > 0 && lesson->n_items > 0);
    *s = (struct session){ .lesson = lesson, .resumed_ms = now_ms };
    err = session_body_read(s, body);
    if (err)
        return err;
    s->completed = s->redoing || next_open(s) == lesson->n_items;
    if (s->phase == SESSION_FEEDBACK && s->at < lesson->n_items)
        s->answer_right = grade(s);
    return holds(s) ? ERR_OK : ERR_REJECTED;
}

static void forget_answer(struct session *s)
{
    memset(s->answer, 0, sizeof(s->answer));
}

static void open_practice(struct session *s, enum session_phase phase, size_t at)
{
    s->phase = phase;
    s->at = at;
    s->practice = (struct practice_state){ 0 };
}

/* To the first open item, or to the result. The answer stays while the item does: its
 * type shows what was tried. */
static void go_on(struct session *s)
{
    size_t next = next_open(s);

    if (s->phase == SESSION_FEEDBACK && next != s->at)
        forget_answer(s);
    s->at = next;
    s->phase = SESSION_ITEM;
    s->answer_right = false;
    if (next == s->lesson->n_items) {
        s->phase = SESSION_RESULT;
        s->at = 0;
        s->redoing = false;
    }
}

void session_next(struct session *s, int64_t now_ms, struct arena *arena,
                  struct session_events *out)
{
    out->n = 0;
    if (s->phase == SESSION_ITEM || s->phase == SESSION_RESULT ||
        (s->phase == SESSION_PRACTICE && !s->practice.done))
        return;
    if (s->phase == SESSION_CARD && s->at + 1 < s->lesson->n_cards)
        s->at++;
    else if (s->phase == SESSION_CARD && s->lesson->n_practices)
        open_practice(s, s->lesson->show ? SESSION_SHOW : SESSION_PRACTICE, 0);
    else if (s->phase == SESSION_SHOW)
        open_practice(s, SESSION_PRACTICE, 0);
    else if (s->phase == SESSION_PRACTICE && s->at + 1 < s->lesson->n_practices)
        open_practice(s, SESSION_PRACTICE, s->at + 1);
    else
        go_on(s);
    add_step(s, now_ms, arena, out);
    ASSERT(holds(s));
}

bool session_can_prev(const struct session *s)
{
    return (s->phase == SESSION_CARD && s->at > 0) || s->phase == SESSION_SHOW ||
           s->phase == SESSION_PRACTICE ||
           (s->phase == SESSION_ITEM && s->at == 0 && !s->completed &&
            s->lesson->n_cards > 0);
}

void session_prev(struct session *s, int64_t now_ms, struct arena *arena,
                  struct session_events *out)
{
    out->n = 0;
    if (!session_can_prev(s))
        return;
    if (s->phase == SESSION_ITEM && s->lesson->n_practices) {
        open_practice(s, SESSION_PRACTICE, s->lesson->n_practices - 1);
    } else if (s->phase == SESSION_PRACTICE && s->at) {
        open_practice(s, SESSION_PRACTICE, s->at - 1);
    } else if (s->phase == SESSION_PRACTICE && s->lesson->show) {
        open_practice(s, SESSION_SHOW, 0);
    } else {
        s->at = s->phase == SESSION_CARD ? s->at - 1 : s->lesson->n_cards - 1;
        s->phase = SESSION_CARD;
    }
    add_step(s, now_ms, arena, out);
    ASSERT(holds(s));
}

const struct practice *session_practice_at(const struct session *s)
{
    ASSERT(s->phase == SESSION_SHOW || s->phase == SESSION_PRACTICE);
    return s->lesson->practices[s->at];
}

void session_show_on(struct session *s, int64_t now_ms, struct arena *arena,
                     struct session_events *out)
{
    const struct practice *p = session_practice_at(s);
    size_t meant = practice_meant(&p->screens[s->practice.at]);

    ASSERT(s->phase == SESSION_SHOW);
    if (practice_gesture(p, &s->practice, meant) == PRACTICE_DONE) {
        session_next(s, now_ms, arena, out);
        return;
    }
    out->n = 0;
    add_step(s, now_ms, arena, out);
    ASSERT(holds(s));
}

enum practice_result session_practice(struct session *s, size_t part, char digit,
                                      bool gesture, int64_t now_ms, struct arena *arena,
                                      struct session_events *out)
{
    const struct practice *p = session_practice_at(s);
    enum practice_result result;
    bool was_done = s->practice.done;

    ASSERT(s->phase == SESSION_PRACTICE);
    out->n = 0;
    result = digit     ? practice_digit(p, &s->practice, part, digit)
             : gesture ? practice_gesture(p, &s->practice, part)
                       : practice_touch(p, &s->practice, part);
    if (result == PRACTICE_DONE && !was_done)
        add_event(out, (struct event){ .kind = EVENT_PRACTICE,
                                       .unit = s->lesson->id,
                                       .value = s->practice.hints,
                                       .body = arena_printf(arena, "{\"wrong\":%d}",
                                                            s->practice.wrong) });
    if (result != PRACTICE_STAYS)
        add_step(s, now_ms, arena, out);
    ASSERT(holds(s));
    return result;
}

enum practice_help session_hint(struct session *s, int64_t now_ms, struct arena *arena,
                                struct session_events *out)
{
    enum practice_help help;

    ASSERT(s->phase == SESSION_PRACTICE);
    out->n = 0;
    help = practice_hint(&s->practice);
    add_step(s, now_ms, arena, out);
    return help;
}

void session_touch(const struct session *s, int64_t now_ms, struct arena *arena,
                   struct session_events *out)
{
    out->n = 0;
    if (s->phase == SESSION_ITEM)
        add_step(s, now_ms, arena, out);
}

static void add_item_event(const struct session *s, struct session_events *out)
{
    add_event(out, (struct event){
                       .kind = EVENT_ITEM,
                       .unit = item_at(s)->id,
                       .value = s->answer_right,
                   });
}

static void add_complete(const struct session *s, int64_t now_ms, struct arena *arena,
                         struct session_events *out)
{
    int64_t seconds = spent_ms(s, now_ms) / 1000;

    add_event(out, (struct event){
                       .kind = EVENT_COMPLETE,
                       .unit = s->lesson->id,
                       .value = session_score_pct(s),
                       .flags = session_passed(s) ? EVENT_PASSED : 0,
                       .body = arena_printf(
                           arena, "{\"seconds\":%lld,\"rule\":\"%d/%d\",\"pack\":%lld}",
                           (long long)(seconds < SECONDS_MAX ? seconds : SECONDS_MAX),
                           s->lesson->rule.right_of[0], s->lesson->rule.right_of[1],
                           (long long)s->lesson->pack_ver),
                   });
}

void session_answer(struct session *s, int64_t now_ms, struct arena *arena,
                    struct session_events *out)
{
    struct session_item *it = &s->items[s->at];
    const struct item *item = item_at(s);
    unsigned limit = (unsigned)s->lesson->rule.tries;

    ASSERT(s->phase == SESSION_ITEM);
    out->n = 0;
    s->answer_right = grade(s);
    if (!it->asked) {
        it->asked = true;
        it->first_right = s->answer_right;
        add_item_event(s, out);
    }
    if (s->answer_right) {
        it->done = true;
        it->right = !s->redoing && it->tries < limit;
        it->redone = s->redoing;
    } else {
        it->tries += it->tries < SESSION_TRIES_MAX;
        it->done = it->tries >= limit && !item->safety;
    }
    s->phase = SESSION_FEEDBACK;
    if (!s->completed && next_open(s) == s->lesson->n_items) {
        s->completed = true;
        add_complete(s, now_ms, arena, out);
    }
    add_step(s, now_ms, arena, out);
    ASSERT(holds(s));
}

void session_redo(struct session *s)
{
    ASSERT(s->phase == SESSION_RESULT);
    if (session_n_missed(s) == 0)
        return;
    for (size_t i = 0; i < s->lesson->n_items; i++) {
        struct session_item *it = &s->items[i];

        if (!it->right && !it->redone) {
            it->done = false;
            it->tries = 0;
        }
    }
    s->redoing = true;
    forget_answer(s);
    go_on(s);
    ASSERT(holds(s));
}

/* --- what the screens ask ---------------------------------------------------------- */

/* A number for the seed and a place: the same after every resume (the finaliser of
 * MurmurHash3, public domain). */
static uint32_t draw(uint32_t seed, size_t item, size_t place)
{
    uint32_t x = seed + (uint32_t)(item * ITEM_OPTIONS_MAX + place) * 0x9E3779B9U;

    x = (x ^ x >> 16) * 0x85EBCA6BU;
    x = (x ^ x >> 13) * 0xC2B2AE35U;
    return x ^ x >> 16;
}

void session_order(const struct session *s, size_t item,
                   unsigned char order[ITEM_OPTIONS_MAX])
{
    const struct item *it = &s->lesson->items[item];

    for (size_t i = 0; i < it->n_options; i++)
        order[i] = (unsigned char)i;
    for (size_t i = it->n_options; i > 1; i--) {
        size_t k = draw(s->seed, item, i) % i;
        unsigned char swap = order[i - 1];

        if (!*it->options[i - 1].text)
            return; /* the type draws the words, in its own order */
        order[i - 1] = order[k];
        order[k] = swap;
    }
}

size_t session_n_right(const struct session *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->lesson->n_items; i++)
        n += s->items[i].right;
    return n;
}

size_t session_n_missed(const struct session *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->lesson->n_items; i++)
        n += s->items[i].asked && s->items[i].done && !s->items[i].right &&
             !s->items[i].redone;
    return n;
}

bool session_passed(const struct session *s)
{
    const struct pass_rule *rule = &s->lesson->rule;

    /* safety items are done only when they were understood (invariant 3) */
    return s->completed && session_n_right(s) * (size_t)rule->right_of[1] >=
                               (size_t)rule->right_of[0] * s->lesson->n_items;
}

int session_score_pct(const struct session *s)
{
    size_t n = s->lesson->n_items;

    return (int)((session_n_right(s) * 100 + n / 2) / n);
}

size_t session_n_steps(const struct session *s)
{
    const struct lesson *l = s->lesson;

    return l->n_cards + (l->show && l->n_practices) + l->n_practices + l->n_items;
}

bool session_shows_right(const struct session *s)
{
    return s->phase == SESSION_FEEDBACK && !s->answer_right &&
           s->items[s->at].tries >= (unsigned)s->lesson->rule.tries;
}
