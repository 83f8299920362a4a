/* Good bundles: what an acknowledgement must say of them. The rules follow each other:
 * what the machine has sent so far is in the comment above each. */
#include <inttypes.h>
#include <string.h>

#include "base/check.h"
#include "conformance_rules.h"

static bool held_is(struct trial *t, int run, int64_t held, int64_t or_held,
                    int64_t top)
{
    int64_t got_held, got_top;

    if (!talk_held(t, run, &got_held, &got_top))
        return talk_saw(t, "`held` does not name the run");
    if ((got_held == held || got_held == or_held) && got_top == top)
        return true;
    return talk_saw(t, "[%" PRId64 ",%" PRId64 "]", got_held, got_top);
}

/* Nothing before; then revs 1..3 as n = 1. */
static bool an_ack_is_signed(struct trial *t)
{
    talk_bundle(t, &(struct shape){ .n = 1, .from = 1, .to = 3, .n_known = 1 });
    return t->fault != ACK_STATUS && t->fault != ACK_SIGNATURE &&
           t->fault != ACK_FIELDS;
}

static bool an_ack_is_for_these_bytes(struct trial *t)
{
    return talk_send(t) || t->fault != ACK_FOR;
}

static bool an_ack_names_the_kiosk(struct trial *t)
{
    return talk_send(t) || t->fault != ACK_KIOSK;
}

static bool an_ack_echoes_the_nonce(struct trial *t)
{
    return talk_send(t) || t->fault != ACK_NONCE;
}

static bool an_ack_says_what_is_held(struct trial *t)
{
    return talk_send(t) && held_is(t, 0, 3, 3, 3);
}

static bool a_retry_is_acknowledged(struct trial *t)
{
    return talk_send(t) && held_is(t, 0, 3, 3, 3) &&
           (!t->ack.n_rejected || talk_saw(t, "rows were rejected"));
}

static bool an_empty_bundle_is_acknowledged(struct trial *t)
{
    return talk_bundle(t, &(struct shape){ .n = 2, .run = -1, .n_known = 1 }) &&
           held_is(t, 0, 3, 3, 3);
}

static bool numbers_may_jump_and_fall(struct trial *t)
{
    return talk_bundle(t, &(struct shape){ .n = 20, .run = -1, .n_known = 1 }) &&
           talk_bundle(t, &(struct shape){ .n = 7, .run = -1, .n_known = 1 });
}

/* Two machines with one key: both are believed. */
static bool one_number_may_come_twice(struct trial *t)
{
    return talk_bundle(t,
                       &(struct shape){ .n = 20, .from = 1, .to = 3, .n_known = 1 }) &&
           held_is(t, 0, 3, 3, 3);
}

/* 1..3 are held; 6..8 come. */
static bool a_gap_is_not_held(struct trial *t)
{
    return talk_bundle(t,
                       &(struct shape){ .n = 21, .from = 6, .to = 8, .n_known = 1 }) &&
           held_is(t, 0, 3, 3, 8);
}

/* 4..5 come: who remembers 6..8 may say 8. */
static bool a_filled_gap_is_held(struct trial *t)
{
    return talk_bundle(t,
                       &(struct shape){ .n = 22, .from = 4, .to = 5, .n_known = 1 }) &&
           held_is(t, 0, 5, 8, 8);
}

static bool older_revs_change_nothing(struct trial *t)
{
    return talk_bundle(t,
                       &(struct shape){ .n = 23, .from = 1, .to = 2, .n_known = 1 }) &&
           held_is(t, 0, 5, 8, 8);
}

static bool only_our_own_runs_are_known(struct trial *t)
{
    return talk_bundle(t,
                       &(struct shape){ .n = 24, .from = 6, .to = 8, .n_known = 1 }) &&
           (t->ack.foreign_ord == 0 ||
            talk_saw(t, "foreign_ord %" PRId64, t->ack.foreign_ord)) &&
           held_is(t, 0, 8, 8, 8);
}

/* A second run, ord 2, is sent; then a copy of the card speaks that does not know it. */
static bool a_foreign_run_is_told(struct trial *t)
{
    if (!talk_bundle(
            t, &(struct shape){ .n = 25, .run = 1, .from = 1, .to = 1, .n_known = 2 }))
        return false;
    if (t->ack.foreign_ord != 0)
        return talk_saw(t, "foreign_ord %" PRId64 " though both runs are known",
                        t->ack.foreign_ord);
    return talk_bundle(t, &(struct shape){ .n = 26, .run = -1, .n_known = 1 }) &&
           (t->ack.foreign_ord == 2 ||
            talk_saw(t, "foreign_ord %" PRId64, t->ack.foreign_ord));
}

static bool a_bad_row_blocks_no_other(struct trial *t)
{
    static const char counts[] =
        "[0,\"completions\",\"yesterday\",\"conformance\",\"-\",1,0],"
        "[0,\"completions\",\"2026-11-22\",\"conformance\",\"-\",2,0]";

    if (!talk_bundle(
            t, &(struct shape){
                   .n = 27, .from = 9, .to = 10, .n_known = 1, .counts = counts }))
        return false;
    if (t->ack.n_rejected != 1 || t->ack.rejected[0].i != 0)
        return talk_saw(t, "%zu rows rejected, the first is %lld", t->ack.n_rejected,
                        t->ack.n_rejected ? (long long)t->ack.rejected[0].i : -1);
    return held_is(t, 0, 10, 10, 10);
}

static bool what_is_new_is_taken(struct trial *t)
{
    static const char counts[] = "[0,\"moon_landings\",\"2026-11-22\",\"x\",\"-\",1,0],"
                                 "[0,\"passes\",\"?7\",\"x\",\"thon=t99\",1,0]";

    return talk_bundle(t, &(struct shape){ .n = 28,
                                           .from = 11,
                                           .to = 12,
                                           .n_known = 1,
                                           .counts = counts,
                                           .extra = ",\"unheard\":{\"of\":[1]}" }) &&
           (!t->ack.n_rejected || talk_saw(t, "rows were rejected"));
}

static bool the_inst_stays(struct trial *t)
{
    const char *first;

    if (!talk_bundle(t, &(struct shape){ .n = 29, .run = -1, .n_known = 1 }))
        return false;
    first = t->ack.server_inst;
    return talk_bundle(t, &(struct shape){ .n = 30, .run = -1, .n_known = 1 }) &&
           (!strcmp(first, t->ack.server_inst) ||
            talk_saw(t, "another server_inst a moment later"));
}

const struct rule rules_bundles[] = {
    { "ack.signed", RULE_BUNDLES,
      "a good bundle is 200 with an acknowledgement signed by the server's key",
      an_ack_is_signed },
    { "ack.for", RULE_BUNDLES, "its `for` is SHA-256 of the request",
      an_ack_is_for_these_bytes },
    { "ack.kiosk", RULE_BUNDLES, "its `kiosk` is the sender", an_ack_names_the_kiosk },
    { "ack.nonce", RULE_BUNDLES, "its `nonce` is the bundle's",
      an_ack_echoes_the_nonce },
    { "ack.held", RULE_BUNDLES, "its `held` says [3,3] after revs 1 to 3",
      an_ack_says_what_is_held },
    { "bundle.retry", RULE_BUNDLES, "the same bytes are acknowledged again",
      a_retry_is_acknowledged },
    { "bundle.empty", RULE_BUNDLES,
      "a bundle without rows is acknowledged, known runs are told",
      an_empty_bundle_is_acknowledged },
    { "bundle.n-gaps", RULE_BUNDLES, "gaps in n and late numbers are normal",
      numbers_may_jump_and_fall },
    { "bundle.n-twice", RULE_BUNDLES, "two byte strings with one n are both taken",
      one_number_may_come_twice },
    { "held.gap", RULE_BUNDLES, "revs 6 to 8 after 3 leave [3,8]", a_gap_is_not_held },
    { "held.filled", RULE_BUNDLES, "then 4 to 5 give [5,8] or [8,8]",
      a_filled_gap_is_held },
    { "held.older", RULE_BUNDLES, "revs that are held already move nothing back",
      older_revs_change_nothing },
    { "foreign.none", RULE_BUNDLES, "foreign_ord is 0 while all runs are known",
      only_our_own_runs_are_known },
    { "foreign.ord", RULE_BUNDLES,
      "a run that `known` lacks is told by its ord in foreign_ord",
      a_foreign_run_is_told },
    { "rows.bad", RULE_BUNDLES, "a row of bad grammar is set aside alone",
      a_bad_row_blocks_no_other },
    { "rows.unknown", RULE_BUNDLES, "unknown members, statistics and thôn are taken",
      what_is_new_is_taken },
    { "ack.inst", RULE_BUNDLES, "its `server_inst` stays while nothing is put back",
      the_inst_stays },
};
const size_t n_rules_bundles = COUNT(rules_bundles);
