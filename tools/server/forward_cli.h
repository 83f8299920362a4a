/* Carries letters between the serving process and the parent: the process of `forward`
 * and `parent-enrol`, which alone waits for the network. Opens no database. */
#pragma once

#include "control.h"

struct forward_post {
    /* Asks whoever has the database, as every subcommand does: an exit code. */
    int (*ask)(const struct control_question *, struct buf *out, struct buf *complaint);
    const char *ca_file; /* PEM; NULL: the system's */
};

/* Sends until nothing is left, and says so. Returns an exit code: 0 done, 75 later, 76 an
 * answer that is not the parent's, 77 it does not know us, 78 no parent. */
int forward_now(const struct forward_post *post);
/* The same for the process beside `serve`: only what goes wrong is said, to the log. */
void forward_quietly(const struct forward_post *post);

/* Shows the number on standard output and waits until it is confirmed there. */
int forward_enrol(const struct forward_post *post, const char *code);
