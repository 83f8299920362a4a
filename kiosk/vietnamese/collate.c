/* Sort keys as CLDR's "vi" orders: letters first (ă, â, đ, ê, ô, ơ, ư are letters of their
 * own), then tones (ngang huyền hỏi ngã sắc nặng), then case. A key is the three levels one
 * after another, so that memcmp decides. */
#include "vietnamese/collate.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/check.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "vietnamese/nfc.h"
#include "vietnamese/person_name.h"

#define LETTERS_MAX 256
#define DECOMPOSED_MAX 8
#define LEVEL_END 1

/* Tones in the order that CLDR gives them. */
static const struct {
    utf8proc_int32_t mark;
    unsigned char weight;
} tones[] = { { 0x300, 3 }, { 0x309, 4 }, { 0x303, 5 }, { 0x301, 6 }, { 0x323, 7 } };
#define NO_TONE 2

struct letter {
    unsigned char primary[5]; /* weight of the letter, 0-terminated */
    unsigned char tone, upper;
};

/* What is no letter stands before digits and letters, as CLDR's root has it. */
static const char signs[] = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";
#define SIGN_FIRST 2U
#define DIGIT_FIRST 40U
#define LETTER_FIRST 52U
#define OTHER_SCRIPT 0xF0U

/* Weights leave room between letters for those with breve, circumflex, horn, stroke. */
static unsigned char latin(utf8proc_int32_t small, utf8proc_int32_t shape)
{
    unsigned w = LETTER_FIRST + (unsigned)(small - 'a') * 5;

    switch (shape) {
    case 0x306: /* ă */
    case 0x335: /* đ */
        return (unsigned char)(w + 1);
    case 0x302: /* â ê ô */
        return (unsigned char)(w + (small == 'a' ? 2 : 1));
    case 0x31B: /* ơ ư */
        return (unsigned char)(w + (small == 'o' ? 2 : 1));
    default:
        return (unsigned char)w;
    }
}

/* Does the mark make another letter of Vietnamese? */
static bool is_shape(utf8proc_int32_t base, utf8proc_int32_t mark)
{
    return (mark == 0x306 && base == 'a') ||
           (mark == 0x302 && (base == 'a' || base == 'e' || base == 'o')) ||
           (mark == 0x31B && (base == 'o' || base == 'u'));
}

/* Tones, then marks of other spellings (Hrê ŏ), which are less than a letter as well. */
static unsigned char tone_weight(utf8proc_int32_t mark)
{
    for (size_t i = 0; i < COUNT(tones); i++)
        if (tones[i].mark == mark)
            return tones[i].weight;
    return (unsigned char)(8 + (mark & 0x7F));
}

static void weigh_base(struct letter *l, utf8proc_int32_t base, utf8proc_int32_t shape)
{
    const char *sign =
        base < 0x80 ? strchr(signs, base <= ' ' ? ' ' : (int)base) : NULL;

    if (base >= 'a' && base <= 'z') {
        l->primary[0] = latin(base, shape);
    } else if (base >= '0' && base <= '9') {
        l->primary[0] = (unsigned char)(DIGIT_FIRST + (unsigned)(base - '0'));
    } else if (sign || base == 0xA0) {
        l->primary[0] = (unsigned char)(SIGN_FIRST + (size_t)(sign ? sign - signs : 0));
    } else { /* another script: after ours, by code point */
        l->primary[0] = OTHER_SCRIPT;
        for (int i = 0; i < 3; i++)
            l->primary[1 + i] = (unsigned char)(((base >> (7 * (2 - i))) & 0x7F) + 2);
    }
}

static struct letter weigh(utf8proc_int32_t cp)
{
    struct letter l = { .tone = NO_TONE, .upper = NO_TONE };
    utf8proc_int32_t parts[DECOMPOSED_MAX], shape = 0, base;
    int boundary = 0;
    utf8proc_ssize_t n;

    if (utf8proc_category(cp) == UTF8PROC_CATEGORY_LU)
        l.upper = NO_TONE + 1;
    cp = utf8proc_tolower(cp);
    if (cp == 0x111) {
        cp = 'd';
        shape = 0x335;
    }
    n = utf8proc_decompose_char(cp, parts, DECOMPOSED_MAX, UTF8PROC_DECOMPOSE,
                                &boundary);
    base = n > 0 ? parts[0] : cp;
    for (utf8proc_ssize_t i = 1; i < n; i++) {
        if (is_shape(base, parts[i]))
            shape = parts[i];
        else
            l.tone = tone_weight(parts[i]);
    }
    weigh_base(&l, base, shape);
    return l;
}

/* A mark that makes no letter with the one before it (ơ̆) counts as its tone. */
static size_t read_letters(const char *text, struct letter *out)
{
    char nfc[4 * LETTERS_MAX];
    size_t n = 0, used;
    uint32_t cp;

    if (nfc_write(text, nfc, sizeof(nfc)))
        return 0;
    for (const char *at = nfc; *at && n < LETTERS_MAX; at += used) {
        used = utf8_next(at, &cp);
        if (n && utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_MN)
            out[n - 1].tone = tone_weight((utf8proc_int32_t)cp);
        else
            out[n++] = weigh((utf8proc_int32_t)cp);
    }
    hash_wipe(nfc, sizeof(nfc));
    return n;
}

static void put(char *out, size_t size, size_t *n, unsigned char weight)
{
    if (*n + 1 < size)
        out[(*n)++] = (char)weight;
}

size_t collate_key(const char *text, char *out, size_t size)
{
    struct letter letters[LETTERS_MAX];
    size_t n_letters = read_letters(text, letters), n = 0;

    if (!size)
        return 0;
    for (size_t i = 0; i < n_letters; i++)
        for (const unsigned char *w = letters[i].primary; *w; w++)
            put(out, size, &n, *w);
    put(out, size, &n, LEVEL_END);
    for (size_t i = 0; i < n_letters; i++)
        put(out, size, &n, letters[i].tone);
    put(out, size, &n, LEVEL_END);
    for (size_t i = 0; i < n_letters; i++)
        put(out, size, &n, letters[i].upper);
    out[n] = 0;
    hash_wipe(letters, sizeof(letters));
    return n;
}

size_t collate_person_key(const char *name, char *out, size_t size)
{
    char turned[2 * PERSON_NAME_MAX];
    const char *given = person_name_given(name);
    size_t n_family = person_name_family_bytes(name), n;

    if (strlen(name) >= PERSON_NAME_MAX || !n_family)
        return collate_key(name, out, size);
    snprintf(turned, sizeof(turned), "%s %.*s", given, (int)n_family, name);
    n = collate_key(turned, out, size);
    hash_wipe(turned, sizeof(turned));
    return n;
}
