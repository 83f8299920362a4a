/* What an answer of the parent means for people: see forward_words.h. */
#include "forward_words.h"

#include <sysexits.h>

#include "base/buf.h"
#include "base/check.h"

struct words {
    int exit;
    const char *why;
    const char *fix;
};

/* Nothing was lost in any of these: what was not acknowledged is sent again. */
static const struct words answers[SYNC_OUTCOME_COUNT] = {
    [SYNC_WAITING] = { EX_PROTOCOL, "no answer of a server of ours",
                       "check parent.url" },
    [SYNC_UNREACHABLE] = { EX_TEMPFAIL, "cannot be reached", "try again later" },
    [SYNC_CUT] = { EX_TEMPFAIL, "the connection broke off", "try again later" },
    [SYNC_PORTAL] = { EX_PROTOCOL, "something else answered",
                      "check parent.url and the network's log-in page" },
    [SYNC_STRANGER] = { EX_PROTOCOL, "a server with another key answered",
                        "if the parent was made anew: parent-enrol" },
    [SYNC_OTHER_ANSWER] = { EX_TEMPFAIL, "the answer to something else",
                            "try again later" },
    [SYNC_BUSY] = { EX_TEMPFAIL, "it is busy", "try again later" },
    [SYNC_FAULT] = { EX_TEMPFAIL, "it failed", "try again later, or tell its people" },
    [SYNC_REFUSED] = { EX_DATAERR, "it refused the bundle",
                       "is this server's commune the one of its code?" },
    [SYNC_UNKNOWN_KEY] = { EX_NOPERM, "it does not know this server",
                           "ask it for a code, then parent-enrol" },
    [SYNC_TOO_LARGE] = { EX_PROTOCOL, "even one figure is too large for it",
                         "check parent.url" },
    [SYNC_DENIED] = { EX_NOPERM, "it said no: the code is wrong",
                      "ask it for another code" },
    [SYNC_EXPIRED] = { EX_NOPERM, "the code ran out or was used up",
                       "ask it for another code" },
    [SYNC_NOT_THERE] = { EX_PROTOCOL, "nothing is there", "check parent.url" },
    [SYNC_STOPPED] = { EX_TEMPFAIL, "stopped", "try again" },
};

int forward_complain(struct buf *complaint, int code, const char *what, const char *why,
                     const char *fix)
{
    buf_printf(complaint, "%s: %s: %s", what, why, fix);
    return code;
}

int forward_complain_of(struct buf *complaint, const char *url,
                        enum sync_outcome outcome)
{
    const struct words *w = &answers[outcome];

    ASSERT(outcome != SYNC_VERIFIED);
    return forward_complain(complaint, w->exit, url, w->why, w->fix);
}
