/* Where frames come from: a camera, or the files of a folder. */
#pragma once

#include "base/err.h"
#include "frame.h"

enum source_turn {
    SOURCE_FRAME, /* one is there */
    SOURCE_NONE,  /* not yet */
    SOURCE_END,   /* the folder was shown once */
    SOURCE_GONE,  /* the camera was pulled out */
};

struct source {
    int fd; /* becomes readable when a frame is there; -1: there is one each time */
    void *state;
    enum source_turn (*next)(struct source *s, struct frame *f);
    void (*close)(struct source *s); /* a zeroed one is allowed to have none */
};

/* `device` NULL: the first of /dev/video0 … that gives luma. Errors: ERR_OFFLINE (no
 * camera, or none that we can read), ERR_RETRY (somebody else uses it). */
NODISCARD enum err camera_open(const char *device, struct source *out);

/* Every *.pgm (binary, 8 bits) of `dir` by name, around and around, or `once`. Errors:
 * ERR_OFFLINE (no such folder, or no frame in it). */
NODISCARD enum err folder_open(const char *dir, bool once, struct source *out);
