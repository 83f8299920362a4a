/* The body of EVENT_STEP: a session as compact JSON and back. Whether what comes back
 * makes sense is session.c's to check. */
#include "lesson/session_body.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/json.h"

#define VERSION 1
#define DEPTH_MAX 2

/* Bits of an item in a body, under its tries. */
enum { BIT_DONE = 1, BIT_RIGHT = 2, BIT_FIRST = 4, BIT_ASKED = 8, BIT_REDONE = 16 };
#define BITS 5

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
    mix(&h, l->show);
    for (size_t i = 0; i < l->n_practices; i++) {
        mix(&h, l->practices[i]->title);
        for (size_t k = 0; k < l->practices[i]->n_screens; k++) {
            mix(&h, l->practices[i]->screens[k].id);
            mix(&h, l->practices[i]->screens[k].say);
        }
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

static bool has_phone(int64_t phase)
{
    return phase == SESSION_SHOW || phase == SESSION_PRACTICE;
}

const char *session_body_write(const struct session *s, int64_t spent_ms,
                               struct arena *arena)
{
    char hex[2 * ITEM_STATE_MAX + 1], phone[2 * sizeof(struct practice_state) + 1];
    size_t n = ITEM_STATE_MAX;
    const char *text;
    struct buf b;

    buf_init(&b, SESSION_BODY_MAX);
    json_open(&b, NULL, '{');
    json_put_int(&b, "v", VERSION);
    json_put_int(&b, "lesson", fingerprint(s->lesson));
    json_put_int(&b, "phase", s->phase);
    json_put_int(&b, "at", (int64_t)s->at);
    json_put_int(&b, "seed", s->seed);
    json_put_int(&b, "ms", spent_ms);
    json_put_bool(&b, "redo", s->redoing);
    json_open(&b, "items", '[');
    for (size_t i = 0; i < s->lesson->n_items; i++)
        json_put_int(&b, NULL, pack_item(&s->items[i]));
    json_close(&b, ']');
    while (n > 0 && s->answer[n - 1] == 0)
        n--;
    encoding_hex(s->answer, n, hex);
    json_put_text(&b, "answer", hex);
    if (has_phone(s->phase)) {
        encoding_hex(&s->practice, sizeof(s->practice), phone);
        json_put_text(&b, "phone", phone);
    }
    json_close(&b, '}');
    ASSERT(!b.overflow);
    text = arena_strdup(arena, buf_text(&b));
    buf_finish(&b);
    return text;
}

static enum err read_answer(struct session *s, const json_value *v)
{
    const char *hex = json_text(json_get(v, "answer"));
    size_t n = hex ? strlen(hex) / 2 : 0;

    if (!hex || n > ITEM_STATE_MAX)
        return ERR_REJECTED;
    return encoding_unhex(hex, s->answer, n);
}

/* Bytes alone: all members are unsigned char, and session.c checks what they say. */
static enum err read_phone(struct session *s, const json_value *v)
{
    const char *hex = json_text(json_get(v, "phone"));

    if (!has_phone(s->phase))
        return ERR_OK;
    if (!hex || strlen(hex) != 2 * sizeof(s->practice))
        return ERR_REJECTED;
    return encoding_unhex(hex, (unsigned char *)&s->practice, sizeof(s->practice));
}

static enum err read_members(struct session *s, const json_value *v)
{
    const json_value *items = json_get(v, "items");
    int64_t phase, at, seed, n;

    if (json_int(json_get(v, "v"), VERSION, VERSION, &n) ||
        json_int(json_get(v, "lesson"), 0, UINT32_MAX, &n) ||
        n != fingerprint(s->lesson) || json_count(items) != s->lesson->n_items ||
        json_int(json_get(v, "phase"), SESSION_CARD, SESSION_PRACTICE, &phase) ||
        json_int(json_get(v, "at"), 0, LESSON_CARDS_MAX + LESSON_ITEMS_MAX, &at) ||
        json_int(json_get(v, "seed"), 0, UINT32_MAX, &seed) ||
        json_int(json_get(v, "ms"), 0, JSON_INT_MAX / 2, &s->spent_ms))
        return ERR_REJECTED;
    for (size_t i = 0; i < s->lesson->n_items; i++) {
        if (json_int(json_at(items, i), 0,
                     (SESSION_TRIES_MAX << BITS) + (1 << BITS) - 1, &n))
            return ERR_REJECTED;
        unpack_item(n, &s->items[i]);
    }
    s->phase = (enum session_phase)phase;
    s->at = (size_t)at;
    s->seed = (uint32_t)seed;
    s->redoing = json_bool(json_get(v, "redo"), false);
    return read_answer(s, v) || read_phone(s, v) ? ERR_REJECTED : ERR_OK;
}

enum err session_body_read(struct session *s, const char *body)
{
    json_value *doc;
    enum err err;

    if (!body || strlen(body) > SESSION_BODY_MAX)
        return ERR_REJECTED;
    err = json_parse(body, strlen(body), DEPTH_MAX, &doc, NULL, 0);
    if (!err)
        err = read_members(s, doc);
    json_free(doc);
    return err;
}
