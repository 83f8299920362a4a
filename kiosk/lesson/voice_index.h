/* Which clip of the pack speaks a text, and when each of its words begins. Pure: the
 * pack verified the bytes, whoever plays a clip reads its object (pack_object).
 *
 * The object of role "voice_index", made by bdhvs-pack:
 *   {"schema":1,"languages":{"vi":{KEY:{"object":HEX,"ms":n,"draft":true|false,
 *     "marks":[[ms,offset,length],…]},…}}}
 * KEY: voice_key of the text as it stands on the screen, the form of address filled in.
 * "object": Ogg Opus, mono, role "voice". A mark is a word: when it begins, and its bytes
 * in the text. A recording may have no marks. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct arena;
struct voice_index;

#define VOICE_KEY_CHARS 17 /* with the NUL */
#define VOICE_TEXT_MAX 4000
#define VOICE_MS_MAX (10 * 60 * 1000)

struct voice_mark {
    int ms;             /* from the start of the clip */
    int offset, length; /* bytes of the text */
};

struct voice_clip {
    char key[VOICE_KEY_CHARS];
    const char *object;             /* for pack_object */
    int ms;                         /* its length */
    bool draft;                     /* a machine speaks */
    const struct voice_mark *marks; /* in order of `ms` and of `offset` */
    size_t n_marks;
};

/* The first 16 hex digits of the SHA-256 of `text`, which is NFC as all our texts. */
void voice_key(const char *text, char out[VOICE_KEY_CHARS]);

/* Reads the index into `arena`. `why` as in json_parse. Errors: ERR_REJECTED. */
NODISCARD enum err voice_index_read(const char *json, size_t n, struct arena *arena,
                                    struct voice_index **out, char *why, size_t n_why);

/* The clip that speaks `text` in `lang` ("vi"), or NULL. Its marks lie within the text.
 * Borrowed from the arena. */
const struct voice_clip *voice_index_find(const struct voice_index *v, const char *lang,
                                          const char *text);

/* Clips of the language; 0: it is not spoken here. */
size_t voice_index_count(const struct voice_index *v, const char *lang);
