/* The on-screen Vietnamese keyboard (v03) and the field it types into. What a real keyboard
 * types goes the same way. ui knows no Vietnamese: what a key does is handed in
 * (screens/typing.h). */
#pragma once

#include "ui/ui.h"

#define FIELD_MAX 160 /* bytes with the NUL */

struct field {
    char text[FIELD_MAX];
    bool hidden; /* a passphrase: dots */
    bool secret; /* shown or not: it is in no node, and so in no log */
    bool bad;    /* what stands there cannot be */
};

/* `text` has FIELD_MAX bytes; false: the key changes nothing. */
struct keyboard_hands {
    bool (*character)(void *ctx, char *text, unsigned ch);
    bool (*tone)(void *ctx, char *text, int tone); /* 0 sắc, huyền, hỏi, ngã, 4 nặng */
    bool (*letter)(void *ctx, char *text, const char *letter);
    void (*erase)(void *ctx, char *text);
    void *ctx;
};

struct keyboard {
    bool shift;
    bool digits;      /* digits and signs in the place of letters */
    bool plain;       /* no tone and vowel keys: a passphrase */
    bool with_digits; /* there is a key to the digits */
    bool ascii; /* every sign that a password of Wi-Fi may have; with plain, digits */
    bool signs; /* of these, the rarer ones in the place of letters */
};

/* The field with its caret; `words` stands in it while it is empty. True when touched. */
bool field_frame(struct ui *ui, const char *id, const char *words, struct rect r,
                 const struct field *f, bool has_keys);

/* The keys, and typed characters. True when the text changed. */
bool keyboard_frame(struct ui *ui, struct rect r, struct keyboard *kb, struct field *f,
                    const struct keyboard_hands *hands);
/* Its height, from the design: the rest of the page. */
float keyboard_height(const struct ui *ui, const struct keyboard *kb);
