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
    uint32_t base; /* small, without marks; 'a'…'z' or a letter of its own */
    uint32_t mark; /* that makes it another letter */
    bool upper;
};

struct syllable {
    struct letter at[SYLLABLE_MAX];
    size_t n;
    uint32_t tone;  /* combining mark, 0: none */
    size_t start;   /* byte of the text where it begins */
    size_t nucleus; /* index of the first letter of the nucleus */
    size_t n_nucleus;
};

/* The last run of letters of `text`. False: it is too long to be one. */
bool syllable_read(const char *text, struct syllable *out);
/* Puts it back with the tone in its place. False: it does not fit, `text` is unchanged. */
bool syllable_write(const struct syllable *s, enum typing_style style, char *text,
                    size_t size);
/* Finds the nucleus anew, after letters changed. */
void syllable_find_nucleus(struct syllable *s);
/* Is there a vowel? */
bool syllable_has_vowel(const struct syllable *s);
/* Whether the vowels of the nucleus, as they are, can stand in a Vietnamese syllable. */
bool syllable_nucleus_ok(const struct syllable *s);
