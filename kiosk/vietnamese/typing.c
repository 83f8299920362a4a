/* Keys: Telex, VNI, tone and letter keys, one after another and mixed. A key that could be a
 * mark is one when the vowels it gives can stand in a syllable; else it is itself. */
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/check.h"
#include "base/utf8.h"
#include "vietnamese/syllable_parts.h"

/* --- letters ------------------------------------------------------------------------------- */

static bool is_lone(const struct syllable *s)
{
    return s->n == 0;
}

/* "uơ" and "ưo" become "ươ" as soon as something follows. */
static void close_horn(struct syllable *s)
{
    size_t i = s->nucleus + s->n_nucleus;
    struct letter *u, *o;

    if (s->n_nucleus < 2 || i >= s->n + 1)
        return;
    u = &s->at[s->nucleus];
    o = &s->at[s->nucleus + 1];
    if (u->base == 'u' && o->base == 'o' &&
        (u->mark == MARK_HORN) != (o->mark == MARK_HORN) && (s->n > s->nucleus + 2) &&
        u->mark != MARK_CIRCUMFLEX && o->mark != MARK_CIRCUMFLEX) {
        u->mark = o->mark = MARK_HORN;
    }
}

static bool append(const struct typing *t, struct syllable *s, uint32_t base,
                   uint32_t mark, bool upper, char *text, size_t size)
{
    if (s->n == SYLLABLE_MAX)
        return false;
    s->at[s->n++] = (struct letter){ base, mark, upper || (t->capitals && is_lone(s)) };
    syllable_find_nucleus(s);
    close_horn(s);
    return syllable_write(s, t->style, text, size);
}

/* The word's first letter is a capital; `s` is empty also after an apostrophe. */
static bool begins_word(const char *text)
{
    size_t n = strlen(text);

    return n == 0 || text[n - 1] == ' ' || text[n - 1] == '-';
}

static bool append_as_is(const struct typing *t, char *text, size_t size, uint32_t cp)
{
    utf8proc_uint8_t bytes[4];
    size_t n = strlen(text), len;

    if (t->capitals && begins_word(text))
        cp = (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp);
    len = (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, bytes);
    if (n + len >= size)
        return false;
    memcpy(text + n, bytes, len);
    text[n + len] = 0;
    return true;
}

/* --- marks --------------------------------------------------------------------------------- */

/* Tries `mark` on the letters `which` (bit i: nucleus letter i); false: cannot stand. */
static bool try_mark(struct syllable *s, unsigned which, uint32_t mark)
{
    struct syllable made = *s;

    for (size_t i = 0; i < s->n_nucleus; i++)
        if (which >> i & 1U)
            made.at[made.nucleus + i].mark = mark;
    close_horn(&made);
    if (!syllable_nucleus_ok(&made))
        return false;
    *s = made;
    return true;
}

static bool is_at(const struct syllable *s, size_t i, char base)
{
    return i < s->n_nucleus && s->at[s->nucleus + i].base == (uint32_t)base;
}

/* The plain letters `base` of the nucleus, the last first. */
static bool mark_one(struct syllable *s, char base, uint32_t mark)
{
    for (size_t i = s->n_nucleus; i-- > 0;)
        if (is_at(s, i, base) && s->at[s->nucleus + i].mark != mark &&
            try_mark(s, 1U << i, mark))
            return true;
    return false;
}

/* Horns: "uo" together, then u, then o; "uo" at the end keeps its u plain (thuở). */
static bool mark_horn(struct syllable *s)
{
    for (size_t i = 0; i + 1 < s->n_nucleus; i++)
        if (is_at(s, i, 'u') && is_at(s, i + 1, 'o') &&
            s->at[s->nucleus + i + 1].mark != MARK_HORN) {
            bool last = s->nucleus + i + 2 == s->n;
            bool had = s->at[s->nucleus + i].mark == MARK_HORN;

            if (last && !had)
                return try_mark(s, 2U << i, MARK_HORN);
            return try_mark(s, 3U << i, MARK_HORN);
        }
    for (size_t i = 0; i < s->n_nucleus; i++) /* the first u of "uu", "ua" */
        if (is_at(s, i, 'u') && s->at[s->nucleus + i].mark != MARK_HORN &&
            try_mark(s, 1U << i, MARK_HORN))
            return true;
    return mark_one(s, 'o', MARK_HORN);
}

static bool mark_stroke(struct syllable *s)
{
    if (!s->n || s->at[0].base != 'd' || s->at[0].mark)
        return false;
    s->at[0].mark = MARK_STROKE;
    return true;
}

/* Takes `mark` off again: the key pressed twice means its letter. */
static bool unmark(struct syllable *s, const char *bases, uint32_t mark)
{
    bool found = false;

    for (size_t i = 0; i < s->n; i++)
        if (s->at[i].mark == mark && s->at[i].base < 0x80 &&
            strchr(bases, (int)s->at[i].base)) {
            s->at[i].mark = MARK_NONE;
            found = true;
        }
    syllable_find_nucleus(s);
    return found;
}

/* --- tones --------------------------------------------------------------------------------- */

static const uint32_t tone_marks[] = {
    [TYPING_SAC] = 0x301, [TYPING_HUYEN] = 0x300, [TYPING_HOI] = 0x309,
    [TYPING_NGA] = 0x303, [TYPING_NANG] = 0x323,
};

bool typing_tone(const struct typing *t, char *text, size_t size, enum typing_mark tone)
{
    struct syllable s;

    if (!syllable_read(text, &s) || !syllable_has_vowel(&s))
        return true;
    s.tone = s.tone == tone_marks[tone] ? 0 : tone_marks[tone];
    return syllable_write(&s, t->style, text, size);
}

enum did { DID_NOT, DID, DID_NOT_FIT, DID_UNDO /* the key's letter follows */ };

static enum did written(const struct typing *t, const struct syllable *s, char *text,
                        size_t size)
{
    return syllable_write(s, t->style, text, size) ? DID : DID_NOT_FIT;
}

static enum did set_tone(const struct typing *t, struct syllable *s, uint32_t tone,
                         char *text, size_t size)
{
    if (!syllable_has_vowel(s) || (!tone && !s->tone))
        return DID_NOT;
    if (tone && s->tone == tone) {
        s->tone = 0;
        return DID_UNDO;
    }
    s->tone = tone;
    return written(t, s, text, size);
}

/* --- Telex --------------------------------------------------------------------------------- */

static enum did telex_w(const struct typing *t, struct syllable *s, char *text,
                        size_t size)
{
    if (!syllable_has_vowel(s)) {
        if (s->n + 1 > SYLLABLE_MAX)
            return DID_NOT;
        s->at[s->n++] = (struct letter){ 'u', MARK_HORN, t->capitals && s->n == 1 };
        return written(t, s, text, size);
    }
    if (mark_horn(s) || mark_one(s, 'a', MARK_BREVE))
        return written(t, s, text, size);
    return unmark(s, "uo", MARK_HORN) || unmark(s, "a", MARK_BREVE) ? DID_UNDO
                                                                    : DID_NOT;
}

static enum did telex(const struct typing *t, struct syllable *s, uint32_t key,
                      char *text, size_t size)
{
    static const char tone_keys[] = "sfrxj";
    const char *tone = strchr(tone_keys, (int)key);
    const char same[2] = { (char)key, 0 };

    if (tone)
        return set_tone(t, s, tone_marks[tone - tone_keys], text, size);
    switch (key) {
    case 'z':
        return set_tone(t, s, 0, text, size);
    case 'a':
    case 'e':
    case 'o':
        if (mark_one(s, (char)key, MARK_CIRCUMFLEX))
            return written(t, s, text, size);
        return unmark(s, same, MARK_CIRCUMFLEX) ? DID_UNDO : DID_NOT;
    case 'd':
        if (mark_stroke(s))
            return written(t, s, text, size);
        return s->n == 1 && unmark(s, "d", MARK_STROKE) ? DID_UNDO : DID_NOT;
    case 'w':
        return telex_w(t, s, text, size);
    default:
        return DID_NOT;
    }
}

/* --- VNI ----------------------------------------------------------------------------------- */

static bool vni_shape(struct syllable *s, uint32_t key)
{
    switch (key) {
    case '6':
        return mark_one(s, 'a', MARK_CIRCUMFLEX) || mark_one(s, 'e', MARK_CIRCUMFLEX) ||
               mark_one(s, 'o', MARK_CIRCUMFLEX);
    case '7':
        return mark_horn(s);
    case '8':
        return mark_one(s, 'a', MARK_BREVE);
    default:
        return mark_stroke(s);
    }
}

static bool vni_unshape(struct syllable *s, uint32_t key)
{
    switch (key) {
    case '6':
        return unmark(s, "aeo", MARK_CIRCUMFLEX);
    case '7':
        return unmark(s, "uo", MARK_HORN);
    case '8':
        return unmark(s, "a", MARK_BREVE);
    default:
        return unmark(s, "d", MARK_STROKE);
    }
}

static enum did vni(const struct typing *t, struct syllable *s, uint32_t key,
                    char *text, size_t size)
{
    static const enum typing_mark tones[] = { TYPING_SAC, TYPING_HUYEN, TYPING_HOI,
                                              TYPING_NGA, TYPING_NANG };

    if (is_lone(s))
        return DID_NOT;
    if (key >= '1' && key <= '5')
        return set_tone(t, s, tone_marks[tones[key - '1']], text, size);
    if (key == '0')
        return set_tone(t, s, 0, text, size);
    if (vni_shape(s, key))
        return written(t, s, text, size);
    return vni_unshape(s, key) ? DID_UNDO : DID_NOT;
}

/* --- characters ---------------------------------------------------------------------------- */

/* What people write in names and in the commune's papers. */
static bool may_be_typed(uint32_t ch)
{
    utf8proc_category_t kind;

    if (ch < 0x80)
        return ch >= ' ' && ch != 0x7F;
    if (ch >= 0x110000 || (ch >= 0xD800 && ch < 0xE000))
        return false;
    kind = utf8proc_category((utf8proc_int32_t)ch);
    return ((kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LL) &&
            (ch < 0x250 || (ch >= 0x1E00 && ch <= 0x1EFF))) ||
           (ch >= 0x300 && ch <= 0x36F) || (ch >= 0x2010 && ch <= 0x201D) ||
           ch == 0x2BC;
}

/* A mark typed on its own (another program's NFD) joins its letter. */
static bool add_combining(const struct typing *t, char *text, size_t size, uint32_t ch)
{
    struct syllable s;
    utf8proc_uint8_t bytes[4];
    size_t n = strlen(text);
    size_t len = (size_t)utf8proc_encode_char((utf8proc_int32_t)ch, bytes);
    char with[TYPING_MAX + 8];

    if (n + len >= sizeof(with) || n + len >= size)
        return false;
    memcpy(with, text, n);
    memcpy(with + n, bytes, len);
    with[n + len] = 0;
    return syllable_read(with, &s) && s.n && syllable_write(&s, t->style, text, size);
}

bool typing_char(const struct typing *t, char *text, size_t size, unsigned ch)
{
    uint32_t key = ch < 0x80 ? (uint32_t)utf8proc_tolower((utf8proc_int32_t)ch) : ch;
    bool upper = ch >= 'A' && ch <= 'Z';
    enum did did = DID_NOT;
    struct syllable s;

    if (!may_be_typed(ch))
        return false;
    if (ch >= 0x300 && ch <= 0x36F)
        return add_combining(t, text, size, ch);
    if (syllable_read(text, &s)) {
        if (t->telex && key >= 'a' && key <= 'z')
            did = telex(t, &s, key, text, size);
        else if (t->vni && key >= '0' && key <= '9')
            did = vni(t, &s, key, text, size);
        if (did == DID_NOT_FIT)
            return false;
        if (did == DID)
            return true;
        if (key >= 'a' && key <= 'z' && s.n)
            return append(t, &s, key, MARK_NONE, upper, text, size);
        if (did == DID_UNDO && !syllable_write(&s, t->style, text, size))
            return false;
    }
    return append_as_is(t, text, size, ch);
}

bool typing_letter(const struct typing *t, char *text, size_t size, const char *letter)
{
    struct typing first = *t;
    struct syllable s, one;

    if (!syllable_read(letter, &one) || one.n != 1 || one.tone)
        return false;
    if (!syllable_read(text, &s))
        return false;
    first.capitals = t->capitals && begins_word(text);
    return append(&first, &s, one.at[0].base, one.at[0].mark, one.at[0].upper, text,
                  size);
}

void typing_erase(const struct typing *t, char *text)
{
    struct syllable s;
    size_t n = strlen(text);

    if (!n)
        return;
    if (!syllable_read(text, &s) || !s.n) { /* a blank or a sign */
        while (n > 0 && ((unsigned char)text[n - 1] & 0xC0) == 0x80)
            n--;
        text[n ? n - 1 : 0] = 0;
        return;
    }
    if (s.tone)
        s.tone = 0;
    else
        s.n--;
    syllable_find_nucleus(&s);
    if (!syllable_write(&s, t->style, text, n + 1))
        text[s.start] = 0; /* cannot be: it only became shorter */
}
