/* An open content pack (PROTOCOL §5): signature and index are checked at open, each
 * object when it is read. A lesson that cannot be read is left out with a note for
 * staff; the others stay.
 *
 * A folder: manifest.json, manifest.json.minisig (minisign, prehashed) and
 * objects/<sha256>. There are no other names and no paths.
 *   manifest.json {"schema":1,"id":ID,"ver":n,"beside"?:ID,"min_app":"0.1.0","files":[
 *     {"name":T,"size":n,"sha256":HEX,"role":ROLE},…]}
 *     ROLE: "index", "lesson", "picture", "voice", "voice_index" (at most one)
 *   the one index {"schema":1,"title":T,"languages":["vi","bdq Tiếng Ba Na"],
 *     "authors":[T],"licence":T,
 *     "modules":[{"id":ID,"title":T,"outcome":T,"question"?:T,"until"?:day,
 *                 "picture":PICTURE,"lessons":[{"id":ID,"object":HEX,"practices":n,
 *                   "title":T,"minutes":n,"cards":n,"items":n,"types":[T],
 *                   "cover"?:PICTURE}]}],
 *     "paths":{"short":[ID],…}}
 * A lesson whose "title" is not in the index is read when the pack is opened; the others when
 * they are wanted. The file of the voice index is called "voice" and the languages it speaks
 * ("voice vi hre"); under another name it is read to learn them.
 * PICTURE and the lesson are in lesson.h, the voice index in voice_index.h. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lesson/lesson.h"
#include "lesson/voice_index.h"

struct buf;
struct pack;

#define PACK_BESIDE_MAX 8
#define PACK_KEY_BYTES 32 /* raw Ed25519 public key */
#define PACK_KEY_ID_BYTES 8
#define PACK_MANIFEST_MAX (4U * 1024U * 1024U) /* bytes */
#define PACK_OBJECT_MAX (8U * 1024U * 1024U)   /* bytes of one object */

struct pack_key {
    unsigned char id[PACK_KEY_ID_BYTES];
    unsigned char key[PACK_KEY_BYTES];
    bool of_others; /* trusted with packs that stand beside, not with the lessons */
};

struct pack_lesson {
    const char *id;
    const char *title;
    int minutes;
    int n_cards;
    int n_practices;
    int n_items;
    size_t module; /* index */
    const struct picture *cover;
};

struct pack_module {
    const char *id;
    const char *title;
    const char *outcome;
    const char *question; /* whether one can do that already; NULL: it does not ask */
    int64_t
        until; /* an alert: shown first up to that day (since 1970); 0: it is none */
    const struct picture *picture;
    size_t first_lesson; /* its lessons stand together in pack_info.lessons */
    size_t n_lessons;
};

/* What must be passed to have finished a module or a path: ids, with those of lessons
 * that are left out here, in teaching order. */
struct pack_list {
    const char *id; /* "m09"; "short", "citizen", "full" */
    const char *const *lessons;
    size_t n_lessons;
};

/* A language that is, or shall be, spoken. */
struct pack_language {
    char code[VOICE_LANG_CHARS]; /* "vi", "hre" */
    const char *name; /* as its speakers call it; NULL: the program's own word */
};

/* A pack that stands beside the open one, of the same authors or of others. */
struct pack_beside {
    const char *id;
    int64_t ver;
    const char *title, *author, *licence; /* author: the first one; may be "" */
};

struct pack_info {
    const char *id;
    int64_t ver;
    const char *title;
    const struct pack_language *languages; /* as the authors list them */
    size_t n_languages;
    const struct pack_module *modules;
    size_t n_modules;
    const struct pack_lesson *lessons; /* in teaching order, module by module */
    size_t n_lessons;
    const struct pack_list *module_lists; /* n_modules of them */
    const struct pack_list *path_lists;
    size_t n_path_lists;
    const struct pack_beside *beside;
    size_t n_beside;
    const char *const *notes; /* English, for staff: what was left out and why */
    size_t n_notes;
};

/* Reads a minisign public key file. Errors: ERR_OFFLINE (not there), ERR_REJECTED. */
NODISCARD enum err pack_key_read(const char *path, struct pack_key *out);

/* Opens the pack folder. `floor_ver`: an older `ver` is refused. Only lessons whose
 * object is there, of the right size and of types known here are listed. `why` (n_why bytes) says what is wrong.
 * Errors: ERR_OFFLINE (no pack there), ERR_REJECTED (signature, hash, older, newer
 * program needed, malformed), ERR_CORRUPT (unreadable).
 * Owns: everything reached from the pack, until pack_close. Thread: any one. */
NODISCARD enum err pack_open(const char *folder, const struct pack_key *keys,
                             size_t n_keys, int64_t floor_ver, item_types types,
                             struct pack **out, char *why, size_t n_why);
void pack_close(struct pack *p); /* NULL is allowed */

/* Puts `other` beside `p`: its modules come last, its pictures and clips are found as if they
 * were of one pack. `p` owns it from now on, unless it is refused. Errors: ERR_REJECTED (it is
 * made to stand by itself or beside another pack, a module or lesson of that id is there, or
 * there are too many; `why` says so). Pointers into pack_info stay good. */
NODISCARD enum err pack_add_beside(struct pack *p, struct pack *other, char *why,
                                   size_t n_why);

/* The id of the pack that it is made to stand beside; NULL: it stands by itself. */
const char *pack_beside_of(const struct pack *p);
const char *pack_author(const struct pack *p); /* the first one; "" */

const struct pack_info *pack_info(const struct pack *p);

/* The whole lesson, into `arena`. Errors: ERR_REJECTED, ERR_CORRUPT. */
NODISCARD enum err pack_lesson(const struct pack *p, size_t index, struct arena *arena,
                               struct lesson **out);
/* Index of a lesson id, or -1. */
long pack_find_lesson(const struct pack *p, const char *id);

/* Appends the verified bytes of an object, e.g. a picture's PNG. Errors:
 * ERR_REJECTED (not in the manifest, wrong hash), ERR_CORRUPT. */
NODISCARD enum err pack_object(const struct pack *p, const char *sha256_hex,
                               struct buf *out);

/* Reads up to `n` lessons from `at` on, which opening did not; one that cannot be read is left
 * out with a note: lists change, nobody may be in them. Returns where to go on; n_lessons:
 * all were read. */
size_t pack_check(struct pack *p, size_t at, size_t n);

/* Reads every lesson and the voice index, as before a pack is installed. `why` names the
 * first that is bad. Errors: ERR_REJECTED, ERR_CORRUPT. */
NODISCARD enum err pack_verify(const struct pack *p, char *why, size_t n_why);

#define PACK_VOICE_NAME "voice"
/* Whether it speaks that language, or (NULL) any. */
bool pack_speaks(const struct pack *p, const char *lang);
/* The clips that speak its texts; NULL: there are none. The first call reads them: some
 * tens of milliseconds. */
const struct voice_index *pack_voice(const struct pack *p);
