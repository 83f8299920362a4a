/* What happened, as data: the lesson core returns events, the journal keeps them,
 * statistics are read out of them. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define EVENT_TOKEN_BYTES 10 /* a person's random 80-bit token */
#define EVENT_UNIT_MAX 32    /* characters of a lesson, module or item id */

/* Numbers are stored: never renumber, only append. */
enum event_kind {
    EVENT_START = 1,    /* unit = lesson */
    EVENT_STEP = 2,     /* unit = lesson; body = the session, to resume exactly there */
    EVENT_ITEM = 3,     /* unit = item; value 1: right at the first try, else 0 */
    EVENT_COMPLETE = 4, /* unit = lesson; value = score_pct; body {"seconds":n,…} */
    EVENT_LEAVE = 5,    /* the visit ended: a guest's place is forgotten */
    EVENT_PERSON = 6, /* person added; body = cohort {"thon":…,"sex":…,"band":…,…} */
    EVENT_VOID = 7,    /* unit = "<run>-<seq>" of the event taken back; books `void` */
    EVENT_RESTAMP = 8, /* every gauge gets a new rev in this run (PROTOCOL §4) */
    EVENT_CURRICULUM = 9, /* body = which lessons form which module and path */
    EVENT_CLOCK = 10,     /* the run's start became known; value = its start_ms */
    EVENT_CARD = 11,  /* a blank card was made; counted for nobody until an EVENT_PERSON
                             of its token claims it, with all that was learnt before */
    EVENT_ERASE = 12, /* the person asked to be forgotten (store/erase.h): one for each
                             token, those merged into the person first */
    EVENT_MERGE = 13, /* token = the card that now belongs to somebody else; value =
                             seq of the newest EVENT_PERSON of the one it belongs to */
    EVENT_UNMERGE = 14, /* the same token; value = seq of the EVENT_MERGE taken back */
    EVENT_CLASS_OPEN = 15,  /* unit = thon; body = place, organiser, lesson, … */
    EVENT_CLASS_CLOSE = 16, /* value = seq of its EVENT_CLASS_OPEN; body = minutes */
    EVENT_PRESENT = 17,     /* unit = thon; value = seq of the class */
    EVENT_HEAD_COUNT = 18,  /* value = people; body = {"class":…,"f":…,"b4":…} */
    EVENT_HELP = 19,        /* unit = kind of help */
    EVENT_SIGN_OFF = 20,    /* unit = lesson, done on the learner's own phone */
    EVENT_VNEID = 21,       /* unit = what was seen, never mixed with completions */
    EVENT_VOLUNTEER = 22,   /* value = minutes */
    EVENT_CERTIFICATE = 23, /* unit = module or path */
    EVENT_CONSENT = 24,     /* value = day, -1 not certain; body {"text":…,"method":n,
                               "witness":…,"guardian":n}: never a name */
    EVENT_CREDIT = 25,   /* unit = lesson that the person learnt without this card: as a
                          guest (value = seq of that EVENT_COMPLETE), or at another
                          kiosk, as a passport proves (value 0). Progress and people
                          gauges, no lượt: those were counted where they happened */
    EVENT_REVIEW = 26,   /* unit = item, asked again, or answered by the group in which
                               the person learns; value as EVENT_ITEM. Counts in no
                               statistic: those of items are about first meetings */
    EVENT_PATH = 27,     /* unit = path that the person chose, NULL: not now; body
                               {"start":module} or none */
    EVENT_PRACTICE = 28, /* unit = lesson; value = hints asked for; body {"wrong":n}.
                               A practice on the mock phone was done to its end */
    EVENT_NOTICE = 29,   /* unit = lesson whose bulletin the loudspeakers of the commune
                          played once (staff say so) */
    EVENT_KIND_COUNT
};

enum event_flag {
    EVENT_PASSED = 1,   /* of a lesson learnt: its rule is fulfilled */
    EVENT_ASSISTED = 2, /* a volunteer's hand helped */
    EVENT_GROUP = 4,    /* several people, one screen */
    EVENT_VISITOR = 8,  /* a card of another kiosk */
};

struct event {
    enum event_kind kind;
    const unsigned char *token; /* EVENT_TOKEN_BYTES, or NULL for a guest */
    const char *unit;           /* may be NULL */
    int64_t value;
    unsigned flags;    /* enum event_flag */
    const char *actor; /* staff alias id, or NULL */
    const char *body;  /* JSON object, or NULL */
};
