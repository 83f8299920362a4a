/* bdhvs-pack as people start it, beside a content tree that may be spoiled. */
#pragma once

#include "tree.h"

struct cli {
    struct tree t;
    char *said; /* stdout and stderr of the last run */
};

int cli_setup(void **state); /* a struct cli */
int cli_teardown(void **state);

/* Runs it where the tree's folder "content" stands; returns the exit code. */
int cli_run(struct cli *c, const char *words);
/* `before` stands in the shell before the program: a limit, a timeout. */
int cli_run_under(struct cli *c, const char *before, const char *words);
/* The last run said so. */
void cli_said(const struct cli *c, const char *want);
