/* The rules that a trial goes through, in order. Private to conformance*.c. */
#pragma once

#include "conformance_talk.h"

enum rule_kind {
    RULE_STRANGER, /* needs nothing but the address */
    RULE_ENROL,    /* needs a code; when one is broken, those that follow are skipped */
    RULE_BUNDLES,  /* needs an enrolled machine */
};

struct rule {
    const char *name; /* "ack.nonce" */
    enum rule_kind kind;
    const char *text; /* what must be so */
    /* True when it is; else talk_saw has told what came. */
    bool (*holds)(struct trial *t);
};

extern const struct rule rules_strangers[]; /* conformance_enrol.c */
extern const size_t n_rules_strangers;
extern const struct rule rules_bundles[]; /* conformance_bundles.c */
extern const size_t n_rules_bundles;
extern const struct rule rules_refusals[]; /* conformance_refusals.c */
extern const size_t n_rules_refusals;
