/* Is a server of somebody else's one that kiosks can trust? Behaves like a kiosk of its
 * own, right and wrong by turns, over HTTP alone; each rule of the protocol is one line
 * of a table. It leaves a machine and some counts behind: for a server on trial only.
 * docs: PROTOCOL-kit.md. */
#pragma once

#include <stddef.h>

#define CONFORMANCE_UNREACHED (-1)

struct conformance_wish {
    const char *url;  /* "https://may-chu.xa.vn", http on loopback alone */
    const char *code; /* of an enrolment; "": only what a stranger can try */
    long wait_s;      /* for somebody to confirm the number */
    /* Gets each line as it is known, without its end. */
    void (*say)(void *ctx, const char *line);
    void *ctx;
};

/* The number of rules that were broken, or CONFORMANCE_UNREACHED. */
int conformance_run(const struct conformance_wish *wish);
