/* The commands of bdhvs-pack that look at a finished pack. Each returns an exit code and
 * says on stderr what failed. */
#pragma once

struct options;

int command_info(const struct options *o, char **words);   /* OUT */
int command_keygen(const struct options *o, char **words); /* --out PREFIX */
int command_sign(const struct options *o, char **words);   /* OUT KEY */
int command_verify(const struct options *o, char **words); /* OUT PUBKEY */

/* The commands that read a content tree. */
int command_build(const struct options *o, char **words); /* SRC OUT */
int command_lint(const struct options *o, char **words);  /* SRC */
int command_facts(const struct options *o, char **words); /* SRC */
