/* Typing Vietnamese: one function per key, working on the text before the caret, so that
 * backspace and a moved caret need no hidden state. Telex, VNI and the tone keys may be
 * mixed; letters-then-marks order ("nguoiwf") works too. A mark's key pressed twice is
 * its letter ("ass" → as, "ww" → w); words of no Vietnamese shape stay as typed. Texts are
 * often names: no copy of them is left on the stack or the heap. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define TYPING_MAX 160 /* bytes of a field, with the NUL */

enum typing_style {
    TYPING_OLD, /* hòa, thúy: the tone on the first of oa, oe, uy */
    TYPING_NEW, /* hoà, thuý */
};

/* How keys are read. On-screen letters and keyboards alike. */
struct typing {
    bool telex; /* aa ee oo aw ow uw dd, s f r x j z */
    bool vni;   /* 1…9, 0 after a letter */
    enum typing_style style;
    bool capitals; /* each word begins with a capital by itself */
};

/* Tone and letter keys of the on-screen keyboard ("á sắc" … "đ"). */
enum typing_mark {
    TYPING_SAC,
    TYPING_HUYEN,
    TYPING_HOI,
    TYPING_NGA,
    TYPING_NANG,
};

/* Each changes the NFC text `text` (NUL-terminated, `size` bytes with the NUL), caret at
 * its end. False: it would not fit, or is no character for a text (control, RTL mark,
 * emoji); the text is as before. */

/* One typed character (Unicode), read as Telex or VNI when it is one of their keys. */
bool typing_char(const struct typing *t, char *text, size_t size, unsigned ch);
/* A tone key: the tone lands on the right vowel of the last syllable; the same tone
 * again takes it off. Without a vowel nothing happens (true). */
bool typing_tone(const struct typing *t, char *text, size_t size,
                 enum typing_mark tone);
/* A letter key of its own (ă â ê ô ơ ư đ) or any letter, never read as Telex: the
 * syllable's tone is placed anew. */
bool typing_letter(const struct typing *t, char *text, size_t size, const char *letter);
/* Backspace. The tone goes first, when the syllable at the end has one; then, key by key,
 * whole letters with their mark ("người" → "ngươi" → "ngươ" → "ngư"). Never longer than
 * before, so it takes no size; of an empty text nothing happens. */
void typing_erase(const struct typing *t, char *text);
