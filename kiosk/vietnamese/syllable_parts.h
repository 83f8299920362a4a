/* A syllable taken apart, shared by syllable.c (letters and marks) and typing.c (keys). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vietnamese/syllable.h"

#define SYLLABLE_MAX 24 /* letters; a longer run is left as it is */

/* Combining marks that make other letters. đ is 'd' with STROKE. */
#define MARK_NONE 0U
#define MARK_CIRCUMFLEX 0x302U
#define MARK_BREVE 0x306U
#define MARK_HORN 0x31BU
#define MARK_STROKE 0x335U

struct letter {
    uint32_t base; /* small, without marks; 'a'…'z' or a letter of its own (ñ) */
    uint32_t mark; /* that makes it another letter; 0: none */
    uint32_t extra; /* one more, of no Vietnamese letter (ü, the breve of Gia Rai ơ̆) */
    uint32_t tone; /* that stays on this letter: of an earlier syllable of the run */
    bool upper;
};

struct syllable {
    struct letter at[SYLLABLE_MAX];
    size_t n;
    uint32_t tone;    /* combining mark of the nucleus, 0: none */
    size_t start;     /* byte of the text where it begins */
    size_t nucleus;   /* the last vowels of the run: index of the first … */
    size_t n_nucleus; /* … and how many; without the u of "qu" and the i of "gi" */
};

/* The last run of letters of `text`. False: it is too long to be one, or has marks that
 * could not be put back as they were. */
bool syllable_read(const char *text, struct syllable *out);
/* Puts it back with the tone in its place. False: it does not fit, `text` is unchanged. */
bool syllable_write(const struct syllable *s, enum typing_style style, char *text,
                    size_t size);
/* Finds the nucleus anew, after letters changed. */
void syllable_find_nucleus(struct syllable *s);
/* Leaves the tone where it stands: vowels of another syllable follow ("bàba"). */
void syllable_settle_tone(struct syllable *s, enum typing_style style);
/* Is there a vowel? */
bool syllable_has_vowel(const struct syllable *s);
/* Is it spelt as one Vietnamese syllable as far as it goes: one group of vowels, and an end
 * that takes tones? "internet" is not, so that its r, s and e are letters. */
bool syllable_is_one(const struct syllable *s);
/* Whether the vowels of the nucleus, as they are, can stand in a Vietnamese syllable. */
bool syllable_nucleus_ok(const struct syllable *s);

/* Marks (syllable_marks.c). True: the mark has found a letter, and the vowels it gives can
 * stand in a Vietnamese syllable. False: `s` is as before. */
bool syllable_mark_one(struct syllable *s, char base, uint32_t mark);
bool syllable_mark_horn(struct syllable *s); /* ơ, ư or both */
bool syllable_mark_stroke(struct syllable *s);
/* Takes `mark` off the nucleus' letters of `bases`; true: there was one. */
bool syllable_unmark(struct syllable *s, const char *bases, uint32_t mark);
bool syllable_unmark_stroke(struct syllable *s);
/* "uơ" and "ưo" become "ươ" as soon as something follows. */
void syllable_close_horn(struct syllable *s);
