/* Settings of a program: one table gives the command-line option, the line in the
 * settings file, the environment variable and the line of --help.
 * Order of precedence: command line, environment BDHVS_<OPTION>,
 * $XDG_CONFIG_HOME/bdhvs/<program>.conf (or ~/.config), /etc/bdhvs/<program>.conf,
 * the table's default. Settings files hold `name = value` lines and # comments. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct option_def {
    const char *name;  /* "data": --data, BDHVS_DATA, data = … */
    const char *arg;   /* "DIR"; NULL: a switch, whose value is "1" when given */
    const char *value; /* default; may be NULL. Replaced by what was found */
    const char *help;  /* one line */
};

struct options {
    const char *program; /* "bdhvs-kiosk" */
    const char *usage;   /* what follows the name in the first line of --help */
    struct option_def *defs;
    size_t n_defs;
};

/* Reads files, environment and `argv`, and fills in the values. Handles --help and
 * --version (prints and exits 0). What is wrong goes to stderr as
 * "program: what: why: what to do" and ends the process with 64 (usage) or 78
 * (settings file). Returns the index of the first argument that is no option;
 * options are taken before and after it, as GNU programs do, except that with
 * `stop_at_word` parsing ends there, so that a subcommand keeps its own options.
 * Values live until the process ends. */
int options_read(struct options *o, int argc, char **argv, bool stop_at_word);

/* The value of an option of the table, or NULL. */
const char *options_get(const struct options *o, const char *name);
bool options_on(const struct options *o, const char *name);
/* A whole number in [min, max], or the process ends with 64. */
long options_number(const struct options *o, const char *name, long min, long max);

/* "program: what: why: what to do" on stderr. */
void options_complain(const struct options *o, const char *what, const char *why,
                      const char *fix);
