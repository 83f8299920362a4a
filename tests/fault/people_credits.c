/* Lessons that become a person's without a completion here: those of a guest, once, and
 * those of other kiosks by a passport. No lượt may move. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"
#include "people_model.h"
#include "store/claim.h"
#include "store/passport_in.h"

void learn(int t, int lesson, bool passed, bool complete)
{
    char unit[8];
    struct event ev = { .kind = EVENT_START,
                        .unit = unit,
                        .token = t >= 0 ? w.tokens[t].token : NULL };
    struct model_event *e = &w.events[w.n_events];

    if (w.n_events + 2 > EVENTS_MAX)
        return;
    (void)snprintf(unit, sizeof(unit), "b%d", lesson);
    *e = (struct model_event){ .kind = M_START,
                               .token = t >= 0 ? root_of(t) : -1,
                               .lesson = lesson,
                               .day = today() };
    ASSERT(!journal_append(w.db, &ev, 1, &e->id));
    w.n_events++;
    if (!complete)
        return;
    ev.kind = EVENT_COMPLETE;
    ev.value = passed ? 100 : 20;
    ev.flags = passed ? EVENT_PASSED : 0;
    e[1] = e[0];
    e[1].kind = M_COMPLETE;
    e[1].passed = passed;
    ASSERT(!journal_append(w.db, &ev, 1, &e[1].id));
    w.n_events++;
}

/* All lượt of completions, of whatever kind. */
static int64_t n_counted(void)
{
    int64_t sum = 0, value;
    json_value *doc, *rows;
    struct buf b;

    buf_init(&b, 1 << 26);
    ASSERT(!journal_totals_json(w.db, &b));
    ASSERT(!json_parse(b.data, b.len, 4, &doc, NULL, 0));
    rows = json_get(doc, "rows");
    for (size_t i = 0; i < json_count(rows); i++)
        if (strstr(json_text(json_at(json_at(rows, i), 0)), "completions")) {
            ASSERT(!json_int(json_at(json_at(rows, i), 4), -JSON_INT_MAX, JSON_INT_MAX,
                             &value));
            sum += value;
        }
    json_free(doc);
    buf_finish(&b);
    return sum;
}

static void note(enum model_kind kind, int root, int lesson, bool passed)
{
    ASSERT(w.n_events < EVENTS_MAX);
    w.events[w.n_events++] = (struct model_event){
        .kind = kind, .token = root, .lesson = lesson, .passed = passed, .day = today()
    };
}

/* --- claims ------------------------------------------------------------------------- */

static struct model_event *completion(int64_t seq)
{
    for (int i = 0; i < w.n_events; i++)
        if (w.events[i].kind == M_COMPLETE && w.events[i].id.seq == seq)
            return &w.events[i];
    return NULL;
}

static void note_claims(const struct claim *claim, int root)
{
    for (size_t i = 0; i < claim->n; i++) {
        struct model_event *e = completion(claim->seqs[i]);

        ASSERT(e && e->token < 0 && !e->taken_back && !e->given);
        ASSERT(strtol(claim->lessons[i] + 1, NULL, 10) == e->lesson);
        e->given = true;
        note(M_CLAIM, root, e->lesson, e->passed);
    }
}

void step_claim(void)
{
    int t = some_token(is_registered), n_lessons = 1 + (int)pick(3);
    struct event leave = { .kind = EVENT_LEAVE };
    struct claim claim, again;
    int64_t before;
    size_t n;

    if (t < 0 || w.n_events + 3 * n_lessons > EVENTS_MAX)
        return;
    for (int i = 0; i < n_lessons; i++)
        learn(-1, (int)pick(LESSONS), pick(4) != 0, true);
    carry();
    if (pick(2))
        ASSERT(!journal_append(w.db, &leave, 1, NULL));
    ASSERT(!claim_find(w.db, &claim));
    if (!claim.n) /* the guest stayed, and these lessons were given already */
        return;
    before = n_counted();
    ASSERT(!claim_take(w.db, &claim, w.tokens[t].token, "s1", &n) && n == claim.n);
    note_claims(&claim, root_of(t));
    ASSERT(!claim_take(w.db, &claim, w.tokens[t].token, "s1", &n) && n == 0);
    ASSERT(!claim_find(w.db, &again) && again.n == 0);
    ASSERT(n_counted() == before);
}

/* --- passports ---------------------------------------------------------------------- */

static unsigned module_now(void)
{
    for (int i = w.n_events; i-- > 0;)
        if (w.events[i].kind == M_CURRICULUM)
            return w.events[i].module;
    return 0;
}

static unsigned passed_by(int root)
{
    unsigned passed = 0;

    for (int i = 0; i < w.n_events; i++) {
        const struct model_event *e = &w.events[i];

        if (e->kind != M_START && e->kind != M_CURRICULUM && e->passed &&
            !e->taken_back && e->token >= 0 && root_of(e->token) == root)
            passed |= 1U << e->lesson;
    }
    return passed;
}

void step_print(void)
{
    int t = some_token(is_any);
    struct printed *p = &w.printed[w.n_printed];

    if (t < 0 || w.n_printed == PRINTED_MAX)
        return;
    p->token = root_of(t);
    p->module = module_now();
    p->lessons = passed_by(p->token) & p->module;
    ASSERT(!passport_text(w.db, w.tokens[t].token, p->text));
    w.n_printed++;
}

void step_scan(void)
{
    const struct printed *p;
    unsigned fresh;
    int64_t before;
    size_t n, expected = 0;
    int root;

    if (!w.n_printed || w.n_events + LESSONS > EVENTS_MAX)
        return;
    p = &w.printed[pick((uint32_t)w.n_printed)];
    before = n_counted();
    if (w.tokens[p->token].erased) {
        ASSERT(passport_take(w.db, p->text, NULL, &n) == PASSPORT_IN_UNKNOWN);
        return;
    }
    if (p->module != module_now()) {
        ASSERT(passport_take(w.db, p->text, NULL, &n) == PASSPORT_IN_LESSONS);
        return;
    }
    root = root_of(p->token);
    fresh = p->lessons & ~passed_by(root);
    for (int i = 0; i < LESSONS; i++)
        if (fresh & 1U << i) {
            note(M_PASSPORT, root, i, true);
            expected++;
        }
    ASSERT(passport_take(w.db, p->text, NULL, &n) == PASSPORT_IN_BOOKED);
    ASSERT(n == expected);
    ASSERT(passport_take(w.db, p->text, w.tokens[root].token, &n) ==
           PASSPORT_IN_BOOKED);
    ASSERT(n == 0 && n_counted() == before);
}
