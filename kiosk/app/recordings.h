/* What people recorded at this kiosk: <data>/voice/<lang>/<key>.opus and who said it, in
 * <data>/voice/manifest.csv (columns as content/voice/manifest.csv, content/README.md). It is
 * used at once, before the voice of the pack.
 *
 * 1. A clip counts only with its row: without one nobody is known to have agreed.
 * 2. The clip is on the disk before its row is; both are replaced whole (base/file.h).
 * 3. A clip is looked through before it is heard; a spoilt one is left out until it is
 *    recorded anew, and the page of the machine's health counts it.
 * 4. The speaker's name is in the manifest alone, as the speaker wants to be called.
 * Thread: the UI thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "lesson/voice_index.h"

#define RECORDINGS_MAX 8192
#define RECORDING_BYTES (4U << 20)
#define RECORDINGS_LIST_BYTES (4U << 20) /* of the manifest */

struct buf;

struct recording {
    char lang[VOICE_LANG_CHARS], key[VOICE_KEY_CHARS];
    const char *text, *speaker, *date, *dialect, *consent;
    bool spoilt; /* seen to be, since the start */
};

struct recordings {
    const char *dir; /* <data>/voice */
    struct arena arena;
    struct recording *rows; /* RECORDINGS_MAX of them */
    size_t n;
    bool
        set_aside; /* the manifest could not be read, and lies beside as manifest.csv.bad */
    char langs[VOICE_LANGS_MAX][VOICE_LANG_CHARS]; /* folders that are there */
    size_t n_langs;
};

/* `dir` is the data folder. Nothing there is no error. */
void recordings_open(const char *dir, struct recordings **out);
void recordings_close(struct recordings *r); /* NULL is allowed, here and below */

/* NULL: there is none, or it is spoilt. Until the next change. */
const struct recording *recordings_find(const struct recordings *r, const char *lang,
                                        const char *text);
/* Some recording in that language; NULL: there is none. */
const struct recording *recordings_first(const struct recordings *r, const char *lang);
/* Of that text, also a spoilt one. */
const struct recording *recordings_row(const struct recordings *r, const char *lang,
                                       const char *text);
/* Appends its clip, looked through. Errors: ERR_OFFLINE (there is none), ERR_CORRUPT. */
NODISCARD enum err recordings_clip(struct recordings *r, const char *lang,
                                   const char *text, struct buf *out, int *ms_out);
/* Of that language, also spoilt ones; `lang` NULL: of all. */
size_t recordings_count(const struct recordings *r, const char *lang);
/* Looks through every clip; how many are spoilt. */
size_t recordings_check(struct recordings *r);

/* Keeps a clip, in the place of an older one; strings are copied. Errors: ERR_FULL,
 * ERR_CORRUPT; then what was there is as before, or the new clip without its row. */
NODISCARD enum err recordings_keep(struct recordings *r, const struct recording *row,
                                   const void *clip, size_t n);
/* Takes it away, row first: who spoke does not want it any more. Errors: as above. */
NODISCARD enum err recordings_drop(struct recordings *r, const char *lang,
                                   const char *text);

/* --- for recordings_usb.c ------------------------------------------------------------- */

/* Rows of a manifest, strings in `arena`; `text` is changed. False: it is none of ours, and
 * nothing was added. */
bool recordings_read(char *text, struct arena *arena, struct recording *rows,
                     size_t *n_inout);
/* The manifest of these rows. */
void recordings_write(const struct recording *rows, size_t n, struct buf *out);
/* "hre/0123456789abcdef.opus" */
void recording_name(const struct recording *row, char out[32]);
