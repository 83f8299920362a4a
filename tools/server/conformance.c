/* See conformance.h. The rules themselves: conformance_enrol.c, conformance_bundles.c,
 * conformance_refusals.c. */
#include "conformance.h"

#include "base/check.h"
#include "conformance_rules.h"

#define LINE_MAX_BYTES 1024

struct tally {
    int n_held;
    int n_broken;
    int n_skipped;
    bool over; /* enrolment failed */
};

static bool may_try(const struct trial *t, const struct rule *r,
                    const struct tally *tally)
{
    return r->kind == RULE_STRANGER || (*t->wish->code && !tally->over);
}

static void try_rule(struct trial *t, const struct rule *r, struct tally *tally)
{
    struct buf line;

    buf_init(&line, LINE_MAX_BYTES);
    t->seen[0] = 0;
    if (!may_try(t, r, tally)) {
        tally->n_skipped++;
        buf_printf(&line, "skipped %s: %s", r->name, r->text);
    } else if (r->holds(t)) {
        tally->n_held++;
        buf_printf(&line, "ok %s: %s", r->name, r->text);
    } else {
        tally->n_broken++;
        tally->over = tally->over || r->kind == RULE_ENROL;
        buf_printf(&line, "FAILED %s: %s: %s", r->name, r->text,
                   t->seen[0] ? t->seen : "otherwise");
    }
    t->wish->say(t->wish->ctx, buf_text(&line));
    buf_finish(&line);
    arena_reset(&t->arena);
}

int conformance_run(const struct conformance_wish *wish)
{
    static const struct {
        const struct rule *rules;
        const size_t *n;
    } parts[] = {
        { rules_strangers, &n_rules_strangers },
        { rules_bundles, &n_rules_bundles },
        { rules_refusals, &n_rules_refusals },
    };
    struct tally tally = { 0 };
    struct trial trial;
    struct buf line;

    talk_open(&trial, wish);
    if (!talk_get(&trial, "/v1/time?nonce=a", NULL)) {
        talk_close(&trial);
        return CONFORMANCE_UNREACHED;
    }
    for (size_t i = 0; i < COUNT(parts); i++)
        for (size_t k = 0; k < *parts[i].n; k++)
            try_rule(&trial, &parts[i].rules[k], &tally);
    buf_init(&line, LINE_MAX_BYTES);
    buf_printf(&line, "%d ok, %d failed, %d skipped", tally.n_held, tally.n_broken,
               tally.n_skipped);
    wish->say(wish->ctx, buf_text(&line));
    buf_finish(&line);
    talk_close(&trial);
    return tally.n_broken;
}
