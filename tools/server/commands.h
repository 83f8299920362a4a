/* The subcommands that work on an open database, by themselves or inside the serving
 * process (control.h): text in, text out. commands.c holds THE TABLE. */
#pragma once

#include "control.h"
#include "server.h"

struct buf;

struct command {
    const char *name;
    const char *words; /* what follows the name, for --help */
    size_t min_words;  /* besides the name */
    size_t max_words;
    bool takes_path; /* the first word is a path */
    /* Returns the exit code; a complaint is "what: why: what to do". */
    int (*run)(struct server *, const struct control_question *, struct buf *out,
               struct buf *complaint);
    const char *help;
};

extern const struct command commands[];
extern const size_t n_commands;

/* Is the word a subcommand of the table? */
const struct command *command_find(const char *name);

/* Runs the question's subcommand; `ctx` is the server. A control_fn. */
int commands_run(void *ctx, const struct control_question *q, struct buf *out,
                 struct buf *complaint);
