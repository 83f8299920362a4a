/* Which clip speaks a text. The key of a clip is the first 16 hex digits of the SHA-256 of the
 * text as it stands on the page (NFC, as packs and strings.def are). Pure.
 *
 * The index object of a pack (role "voice_index"):
 *   {"schema":1,"voices":{"vi":{"<key>":{"object":"<sha256>","ms":1840,"draft":true,
 *    "marks":[[0,0,4],[310,5,3],…]}}}}
 * A mark: milliseconds, then byte offset and length of the word in the text; ascending. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"

struct arena;
struct voice_index;

#define VOICE_KEY_CHARS 17 /* with its NUL */
#define VOICE_LANG_CHARS 8
#define VOICE_MS_MAX 120000
#define VOICE_LANGS_MAX 8 /* that are offered */

struct voice_mark {
    int ms;
    uint16_t offset, length;
};

/* Owned by the index. */
struct voice_clip {
    char lang[VOICE_LANG_CHARS], key[VOICE_KEY_CHARS];
    const char *object; /* SHA-256, hex: an object of the pack, Ogg Opus */
    int ms;
    bool draft; /* synthesised, not recorded */
    const struct voice_mark *marks;
    size_t n_marks;
};

/* [a-z-]{2,7}: a folder of clips is called so. */
bool voice_lang_valid(const char *lang);
void voice_key(const char *text, char out[VOICE_KEY_CHARS]);

/* Reads the index into `arena`. Bounded. `why` as in json_parse. Errors: ERR_REJECTED. */
NODISCARD enum err voice_index_read(const char *json, size_t n, struct arena *arena,
                                    struct voice_index **out, char *why, size_t n_why);

/* Adds the clips of `other` that are not there yet, and what a person said in place of a draft.
 * They still live in `other`; new memory comes from `arena`. */
void voice_index_join(struct voice_index *index, const struct voice_index *other,
                      struct arena *arena);

/* Reads an array of marks into `out`, those bytes into `arena`; no array at all: none.
 * Bounded. False: it is none of ours. */
bool voice_marks_read(const json_value *v, struct arena *arena, struct voice_clip *out);

/* NULL: there is no such clip. `index` NULL is allowed. */
const struct voice_clip *voice_index_find(const struct voice_index *index,
                                          const char *lang, const char *text);
/* All clips, by language and key. */
const struct voice_clip *voice_index_clips(const struct voice_index *index,
                                           size_t *n_out);
