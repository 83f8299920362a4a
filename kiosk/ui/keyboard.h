/* The on-screen Vietnamese keyboard and the field it types into. Typed text of a real
 * keyboard goes the same way. */
#pragma once

#include "ui/ui.h"

#define FIELD_MAX 160 /* bytes with the NUL */

struct field {
    char text[FIELD_MAX];
    bool hidden; /* a passphrase: dots */
    bool bad;    /* what stands there cannot be */
};
/* What to do with a key: given by the caller, because ui knows no Vietnamese (layers): see
 * screens/typing.h, which has the table for names, plain text and passphrases. */
struct keyboard_hands {
    bool (*character)(void *ctx, char *text, size_t size, unsigned ch);
    bool (*tone)(void *ctx, char *text, size_t size, int tone); /* 0 sắc … 4 nặng */
    bool (*letter)(void *ctx, char *text, size_t size, const char *letter);
    void (*erase)(void *ctx, char *text);
    void *ctx;
};
struct keyboard {
    bool shift;
    bool digits;     /* the page of digits and signs */
    bool with_marks; /* tone and vowel keys: not for passphrases */
    bool telex;      /* the switch "Gõ Telex" */
};

/* The field with its caret. True when touched (it then gets the keys). */
bool field_frame(struct ui *ui, const char *id, const char *label, struct rect r,
                 const struct field *f, bool has_keys);
/* The keys, v03: tones, vowels, letters, shift, erase, "Xóa hết", space, ’ and -. Also takes
 * typed characters. True when the text changed. */
bool keyboard_frame(struct ui *ui, struct rect r, struct keyboard *kb, struct field *f,
                    const struct keyboard_hands *hands);
/* The switch "Gõ Telex". */
void keyboard_telex(struct ui *ui, struct rect r, struct keyboard *kb);
