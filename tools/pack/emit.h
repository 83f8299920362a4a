/* A lesson of the source as the JSON that lesson.h documents; its pictures become
 * objects on the way. */
#pragma once

#include "objects.h"
#include "source.h"

struct buf;
struct report;
struct source_practice;

struct emit {
    struct source *source;
    struct objects *objects;
    struct report *report;
    size_t n_drawn; /* pictures that were not in the cache */
    size_t n_clips;
};

/* Appends the lesson. The source passed lint. Errors: ERR_REJECTED (a picture, reported),
 * ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err emit_lesson(struct emit *e, const struct source_lesson *l,
                               struct buf *json);

/* Appends PICTURE as member `key`. */
NODISCARD enum err emit_picture(struct emit *e, const char *folder, const char *key,
                                const struct gift_picture *p, const char *file,
                                struct buf *json);

/* Appends the JSON of lesson/practice.h. Errors: as emit_picture. */
NODISCARD enum err emit_practice(struct emit *e, const struct source_lesson *l,
                                 const struct source_practice *p, struct buf *json);

struct voice;

/* The clips of every language of the pack become objects, and the voice index of
 * lesson/voice_index.h one more; nothing when there is no clip at all. Errors:
 * ERR_REJECTED (a clip, reported), ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err emit_voice(struct emit *e, struct voice *voice);
