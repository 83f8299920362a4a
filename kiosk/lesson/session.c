/* The state machine of session.h. What it hands out and takes back is compact JSON; the
 * answer in progress is opaque bytes that only the item's type understands. */
#include "lesson/session.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/json.h"

#define BODY_BYTES_MAX 512
#define BODY_VERSION 1
#define TRIES_MAX 255
#define SECONDS_MAX 86400
#define RIGHT_PCT 100

/* Bits of an item in a body, under its tries. */
enum { BIT_DONE = 1, BIT_RIGHT = 2, BIT_FIRST = 4, BIT_ASKED = 8, BIT_REDONE = 16 };
#define BITS 5

/* --- what holds at all times ------------------------------------------------------- */

static const struct item *item_at(const struct session *s)
{
    return &s->lesson->items[s->at];
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

/* --- the body of EVENT_STEP -------------------------------------------------------- */

/* FNV-1a over the words and ids, so that a session is not put into a lesson that has
 * changed under it. Not a protection: the journal's chain is that. */
static void mix(uint32_t *h, const char *s)
{
    for (; s && *s; s++)
        *h = (*h ^ (unsigned char)*s) * 16777619U;
    *h = (*h ^ 0xFFU) * 16777619U; /* a byte that UTF-8 has not */
}

static uint32_t fingerprint(const struct lesson *l)
{
    uint32_t h = 2166136261U;

    mix(&h, l->id);
    for (size_t i = 0; i < l->n_cards; i++) {
        mix(&h, l->cards[i].title);
        mix(&h, l->cards[i].text);
    }
    for (size_t i = 0; i < l->n_items; i++) {
        mix(&h, l->items[i].id);
        mix(&h, l->items[i].type->name);
        mix(&h, l->items[i].stem);
        for (size_t k = 0; k < l->items[i].n_options; k++)
            mix(&h, l->items[i].options[k].text);
    }
    return h;
}

static int64_t pack_item(const struct session_item *it)
{
    unsigned bits = (it->done ? BIT_DONE : 0U) | (it->right ? BIT_RIGHT : 0U) |
                    (it->first_right ? BIT_FIRST : 0U) | (it->asked ? BIT_ASKED : 0U) |
                    (it->redone ? BIT_REDONE : 0U);

    return (int64_t)(it->tries << BITS | bits);
}

static void unpack_item(int64_t packed, struct session_item *it)
{
    unsigned v = (unsigned)packed;

    *it = (struct session_item){
        .tries = v >> BITS,
        .done = v & BIT_DONE,
        .right = v & BIT_RIGHT,
        .first_right = v & BIT_FIRST,
        .asked = v & BIT_ASKED,
        .redone = v & BIT_REDONE,
    };
}

static void add_event(struct session_events *out, struct event e)
{
    ASSERT(out->n < COUNT(out->list));
    out->list[out->n++] = e;
}

static void add_step(const struct session *s, int64_t now_ms, struct arena *arena,
                     struct session_events *out)
{
    char hex[2 * ITEM_STATE_MAX + 1];
    size_t n = ITEM_STATE_MAX;
    struct buf b;

    buf_init(&b, BODY_BYTES_MAX);
    json_open(&b, NULL, '{');
    json_put_int(&b, "v", BODY_VERSION);
    json_put_int(&b, "lesson", fingerprint(s->lesson));
    json_put_int(&b, "phase", s->phase);
    json_put_int(&b, "at", (int64_t)s->at);
    json_put_int(&b, "seed", s->seed);
    json_put_int(&b, "ms", spent_ms(s, now_ms));
    json_put_bool(&b, "redo", s->redoing);
    json_open(&b, "items", '[');
    for (size_t i = 0; i < s->lesson->n_items; i++)
        json_put_int(&b, NULL, pack_item(&s->items[i]));
    json_close(&b, ']');
    while (n > 0 && s->answer[n - 1] == 0)
        n--;
    encoding_hex(s->answer, n, hex);
    json_put_text(&b, "answer", hex);
    json_close(&b, '}');
    ASSERT(!b.overflow);
    add_event(out, (struct event){
                       .kind = EVENT_STEP,
                       .unit = s->lesson->id,
                       .body = arena_strdup(arena, buf_text(&b)),
                   });
    buf_finish(&b);
}

static enum err read_answer(struct session *s, const json_value *v)
{
    const char *hex = json_text(json_get(v, "answer"));
    size_t n = hex ? strlen(hex) / 2 : 0;

    if (!hex || n > ITEM_STATE_MAX || encoding_unhex(hex, s->answer, n))
        return ERR_REJECTED;
    if (s->phase == SESSION_FEEDBACK)
        s->answer_right = item_at(s)->type->grade(item_at(s), s->answer) >= RIGHT_PCT;
    return ERR_OK;
}

static enum err read_body(struct session *s, const json_value *v)
{
    const json_value *items = json_get(v, "items");
    int64_t phase, at, seed, n;

    if (json_int(json_get(v, "v"), BODY_VERSION, BODY_VERSION, &n) ||
        json_int(json_get(v, "lesson"), 0, UINT32_MAX, &n) ||
        n != fingerprint(s->lesson) || json_count(items) != s->lesson->n_items ||
        json_int(json_get(v, "phase"), SESSION_CARD, SESSION_RESULT, &phase) ||
        json_int(json_get(v, "at"), 0, LESSON_CARDS_MAX + LESSON_ITEMS_MAX, &at) ||
        json_int(json_get(v, "seed"), 0, UINT32_MAX, &seed) ||
        json_int(json_get(v, "ms"), 0, JSON_INT_MAX / 2, &s->spent_ms))
        return ERR_REJECTED;
    for (size_t i = 0; i < s->lesson->n_items; i++) {
        if (json_int(json_at(items, i), 0, (TRIES_MAX << BITS) + (1 << BITS) - 1, &n))
            return ERR_REJECTED;
        unpack_item(n, &s->items[i]);
    }
    s->phase = (enum session_phase)phase;
    s->at = (size_t)at;
    s->seed = (uint32_t)seed;
    s->redoing = json_bool(json_get(v, "redo"), false);
    s->completed = s->redoing || next_open(s) == s->lesson->n_items;
    if (s->phase == SESSION_FEEDBACK && s->at >= s->lesson->n_items)
        return ERR_REJECTED;
    return read_answer(s, v);
}

/* --- moves ------------------------------------------------------------------------- */

void session_start(struct session *s, const struct lesson *lesson, uint32_t seed,
                   int64_t now_ms, struct arena *arena, struct session_events *out)
{
    ASSERT(lesson->n_cards > 0 && lesson->n_items > 0);
    *s = (struct session){ .lesson = lesson, .seed = seed, .resumed_ms = now_ms };
    out->n = 0;
    add_event(out, (struct event){ .kind = EVENT_START, .unit = lesson->id });
    add_step(s, now_ms, arena, out);
    ASSERT(holds(s));
}

enum err session_resume(struct session *s, const struct lesson *lesson,
                        const char *body, int64_t now_ms)
{
    json_value *doc;
    enum err err;

    *s = (struct session){ .lesson = lesson, .resumed_ms = now_ms };
    if (!body || strlen(body) > BODY_BYTES_MAX)
        return ERR_REJECTED;
    err = json_parse(body, strlen(body), 2, &doc, NULL, 0);
    if (err)
        return err;
    err = read_body(s, doc);
    json_free(doc);
    return err || holds(s) ? err : ERR_REJECTED;
}

static void forget_answer(struct session *s)
{
    memset(s->answer, 0, sizeof(s->answer));
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
    if (s->phase == SESSION_ITEM || s->phase == SESSION_RESULT)
        return;
    if (s->phase == SESSION_CARD && s->at + 1 < s->lesson->n_cards)
        s->at++;
    else
        go_on(s);
    add_step(s, now_ms, arena, out);
    ASSERT(holds(s));
}

bool session_can_prev(const struct session *s)
{
    return (s->phase == SESSION_CARD && s->at > 0) ||
           (s->phase == SESSION_ITEM && s->at == 0 && !s->completed);
}

void session_prev(struct session *s, int64_t now_ms, struct arena *arena,
                  struct session_events *out)
{
    out->n = 0;
    if (!session_can_prev(s))
        return;
    s->at = s->phase == SESSION_CARD ? s->at - 1 : s->lesson->n_cards - 1;
    s->phase = SESSION_CARD;
    add_step(s, now_ms, arena, out);
    ASSERT(holds(s));
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
    s->answer_right = item->type->grade(item, s->answer) >= RIGHT_PCT;
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
        it->tries += it->tries < TRIES_MAX;
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

void session_order(const struct session *s, size_t item,
                   unsigned char order[ITEM_OPTIONS_MAX])
{
    const struct item *it = &s->lesson->items[item];
    uint32_t x = (s->seed ^ (uint32_t)(item + 1) * 2654435761U) | 1U;

    for (size_t i = 0; i < it->n_options; i++)
        order[i] = (unsigned char)i;
    for (size_t i = it->n_options; i > 1; i--) {
        size_t k;
        unsigned char swap = order[i - 1];

        if (!*it->options[i - 1].text)
            return;   /* the type draws the words, in its own order */
        x ^= x << 13; /* xorshift32: the same order after every resume */
        x ^= x >> 17;
        x ^= x << 5;
        k = (x >> 8) % i;
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
    return s->lesson->n_cards + s->lesson->n_items;
}

bool session_shows_right(const struct session *s)
{
    return s->phase == SESSION_FEEDBACK && !s->answer_right &&
           s->items[s->at].tries >= (unsigned)s->lesson->rule.tries;
}
