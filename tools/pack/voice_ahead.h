/* Drafts made by children of the program, one for each processor, while it draws pictures. */
#pragma once

#include <sys/types.h>

struct source;
struct voice;

#define VOICE_AHEAD_MAX 8

struct voice_ahead {
    pid_t children[VOICE_AHEAD_MAX];
    size_t n;
};

/* Starts them; none where no drafts are made. What they cannot make is made, or reported, later
 * by voice_clip. The helper of `v` must not be open. */
void voice_ahead_start(const struct source *s, const struct voice *v,
                       struct voice_ahead *out);
/* Waits for all of them. */
void voice_ahead_finish(struct voice_ahead *a);
