/* The commands of bdhvs-pack that look at a finished pack. Each returns an exit code and
 * says on stderr what failed. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct options;
struct report;
struct source;
struct voice;

int command_info(const struct options *o, char **words);    /* OUT */
int command_keygen(const struct options *o, char **words);  /* --out PREFIX */
int command_program(const struct options *o, char **words); /* DEBS OUT KEY */
int command_sign(const struct options *o, char **words);    /* OUT KEY */
int command_verify(const struct options *o, char **words);  /* OUT PUBKEY */

/* The commands that read a content tree. */
int command_alert(const struct options *o, char **words);    /* FILE OUT KEY */
int command_build(const struct options *o, char **words);    /* SRC OUT */
int command_lint(const struct options *o, char **words);     /* SRC */
int command_voice(const struct options *o, char **words);    /* SRC */
int command_bulletin(const struct options *o, char **words); /* SRC LESSON OUT */
int command_coverage(const struct options *o, char **words); /* SRC */
int command_facts(const struct options *o, char **words);    /* SRC */
int command_preview(const struct options *o, char **words);  /* SRC LESSON */
int command_export(const struct options *o, char **words);   /* SRC */

/* Questions from elsewhere, as a block for a lesson.md. */
int command_import(const struct options *o, char **words); /* FILE */

/* The path of a program beside this one; NULL when it is not installed. */
const char *command_beside(const char *name, struct arena *arena);

/* The content at `root` with --overlay, as source_read_over. */
NODISCARD enum err command_source(const struct options *o, const char *root,
                                  int64_t today, struct report *report,
                                  struct source *out);

/* --today, else today, in days since 1970; ends the program when it is no date. */
int64_t command_today(const struct options *o);

/* Where the clips of the content at `root` are: recordings there, drafts in --drafts or
 * else in its voice/.drafts. Missing drafts are made with `makes`, or where --drafts says
 * so. Paths live in `arena`; the caller closes it. */
struct voice command_voice_source(const struct options *o, const char *root, bool makes,
                                  struct arena *arena);
