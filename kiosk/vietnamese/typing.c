/* Keys: Telex, VNI, tone and letter keys, one after another and mixed. A key that could be a
 * mark is one when the vowels it gives can stand in a syllable; else it is itself. */
#include <string.h>
#include <utf8proc.h>

#include "base/check.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "vietnamese/syllable_parts.h"

/* --- letters ------------------------------------------------------------------------------- */

/* The word's first letter is a capital; after an apostrophe (H'rê) the word goes on. */
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

/* Vowels after a consonant begin another syllable, if they are no foreign word. */
static bool append(const struct typing *t, struct syllable *s, struct letter l,
                   char *text, size_t size)
{
    size_t nucleus = s->nucleus;
    struct syllable before = *s;

    ASSERT(s->n < SYLLABLE_MAX);
    l.upper = l.upper || (t->capitals && begins_word(text));
    s->at[s->n++] = l;
    syllable_find_nucleus(s);
    if (before.n_nucleus && s->nucleus > nucleus + before.n_nucleus) {
        syllable_settle_tone(&before, t->style);
        for (size_t i = 0; i < before.n; i++)
            s->at[i].tone = before.at[i].tone;
        s->tone = 0;
    }
    hash_wipe(&before, sizeof(before));
    syllable_close_horn(s);
    return syllable_write(s, t->style, text, size);
}

/* --- tones --------------------------------------------------------------------------------- */

static const uint32_t tone_marks[] = {
    [TYPING_SAC] = 0x301, [TYPING_HUYEN] = 0x300, [TYPING_HOI] = 0x309,
    [TYPING_NGA] = 0x303, [TYPING_NANG] = 0x323,
};

bool typing_tone(const struct typing *t, char *text, size_t size, enum typing_mark tone)
{
    struct syllable s;
    bool fits = true;

    if (syllable_read(text, &s) && syllable_has_vowel(&s)) {
        s.tone = s.tone == tone_marks[tone] ? 0 : tone_marks[tone];
        fits = syllable_write(&s, t->style, text, size);
    }
    hash_wipe(&s, sizeof(s));
    return fits;
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

static enum did telex_w(const struct typing *t, struct syllable *s, bool upper,
                        char *text, size_t size)
{
    struct letter u = { .base = 'u', .mark = MARK_HORN, .upper = upper };

    if (!syllable_has_vowel(s)) /* "w" alone, and after consonants: ư */
        return append(t, s, u, text, size) ? DID : DID_NOT_FIT;
    if (s->n == 1 && s->at[0].base == 'u' && s->at[0].mark == MARK_HORN) {
        s->n = 0; /* "ww": the letter, for Wang */
        syllable_find_nucleus(s);
        text[s->start] = 0;
        return DID_UNDO;
    }
    if (syllable_mark_horn(s) || syllable_mark_one(s, 'a', MARK_BREVE))
        return written(t, s, text, size);
    return syllable_unmark(s, "uo", MARK_HORN) || syllable_unmark(s, "a", MARK_BREVE)
               ? DID_UNDO
               : DID_NOT;
}

/* Keys are marks only where Vietnamese could be meant: the rest is simply typed. */
static enum did telex(const struct typing *t, struct syllable *s, uint32_t key,
                      bool upper, char *text, size_t size)
{
    static const char tone_keys[] = "sfrxj";
    const char *tone = strchr(tone_keys, (int)key);
    const char same[2] = { (char)key, 0 };

    if (syllable_has_vowel(s) && !syllable_is_one(s))
        return DID_NOT;
    if (tone)
        return set_tone(t, s, tone_marks[tone - tone_keys], text, size);
    switch (key) {
    case 'z':
        return set_tone(t, s, 0, text, size);
    case 'a':
    case 'e':
    case 'o':
        if (syllable_mark_one(s, (char)key, MARK_CIRCUMFLEX))
            return written(t, s, text, size);
        return syllable_unmark(s, same, MARK_CIRCUMFLEX) ? DID_UNDO : DID_NOT;
    case 'd':
        if (syllable_mark_stroke(s))
            return written(t, s, text, size);
        return syllable_unmark_stroke(s) ? DID_UNDO : DID_NOT;
    case 'w':
        return telex_w(t, s, upper, text, size);
    default:
        return DID_NOT;
    }
}

/* --- VNI ----------------------------------------------------------------------------------- */

static bool vni_shape(struct syllable *s, uint32_t key)
{
    switch (key) {
    case '6':
        return syllable_mark_one(s, 'a', MARK_CIRCUMFLEX) ||
               syllable_mark_one(s, 'e', MARK_CIRCUMFLEX) ||
               syllable_mark_one(s, 'o', MARK_CIRCUMFLEX);
    case '7':
        return syllable_mark_horn(s);
    case '8':
        return syllable_mark_one(s, 'a', MARK_BREVE);
    default:
        return syllable_mark_stroke(s);
    }
}

static bool vni_unshape(struct syllable *s, uint32_t key)
{
    switch (key) {
    case '6':
        return syllable_unmark(s, "aeo", MARK_CIRCUMFLEX);
    case '7':
        return syllable_unmark(s, "uo", MARK_HORN);
    case '8':
        return syllable_unmark(s, "a", MARK_BREVE);
    default:
        return syllable_unmark_stroke(s);
    }
}

static enum did vni(const struct typing *t, struct syllable *s, uint32_t key,
                    char *text, size_t size)
{
    static const enum typing_mark tones[] = { TYPING_SAC, TYPING_HUYEN, TYPING_HOI,
                                              TYPING_NGA, TYPING_NANG };

    if (s->n == 0)
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

static bool is_small_mark(uint32_t ch)
{
    return ch >= 0x300 && ch <= 0x36F;
}

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
           is_small_mark(ch) || (ch >= 0x2010 && ch <= 0x201D) || ch == 0x2BC;
}

/* A keyboard of letters and marks (Windows' Vietnamese one) sends a mark of its own. */
static bool join_mark(const struct typing *t, struct syllable *s, char *text,
                      size_t size, uint32_t ch)
{
    struct letter *last = s->n ? &s->at[s->n - 1] : NULL;

    for (size_t i = 0; i < COUNT(tone_marks); i++)
        if (tone_marks[i] == ch && syllable_has_vowel(s)) {
            s->tone = ch;
            return syllable_write(s, t->style, text, size);
        }
    if (!last || last->mark || s->nucleus + s->n_nucleus != s->n || !s->n_nucleus ||
        (ch != MARK_CIRCUMFLEX && ch != MARK_BREVE && ch != MARK_HORN))
        return false;
    last->mark = ch;
    return syllable_write(s, t->style, text, size);
}

/* The letter `ch` of its own: at the end of the syllable that `s` is, if it is one. */
static bool add_letter(const struct typing *t, struct syllable *s, char *text,
                       size_t size, uint32_t ch)
{
    char bytes[5] = "";
    struct syllable one;

    (void)utf8proc_encode_char((utf8proc_int32_t)ch, (utf8proc_uint8_t *)bytes);
    if (!s || s->n == SYLLABLE_MAX || !syllable_read(bytes, &one) || one.n != 1 ||
        one.tone)
        return append_as_is(t, text, size, ch);
    return append(t, s, one.at[0], text, size);
}

static bool type_in(const struct typing *t, struct syllable *s, char *text, size_t size,
                    uint32_t ch)
{
    uint32_t key = ch < 0x80 ? (uint32_t)utf8proc_tolower((utf8proc_int32_t)ch) : ch;
    enum did did = DID_NOT;

    if (is_small_mark(ch))
        return join_mark(t, s, text, size, ch);
    if (s->n < SYLLABLE_MAX && t->telex && key >= 'a' && key <= 'z')
        did = telex(t, s, key, ch != key, text, size);
    else if (t->vni && key >= '0' && key <= '9')
        did = vni(t, s, key, text, size);
    if (did == DID || did == DID_NOT_FIT)
        return did == DID;
    if (key >= '0' && key <= '9') /* twice: "a1" */
        return (did == DID_NOT || syllable_write(s, t->style, text, size)) &&
               append_as_is(t, text, size, ch);
    return add_letter(t, s, text, size, ch);
}

bool typing_char(const struct typing *t, char *text, size_t size, unsigned ch)
{
    struct syllable s;
    char before[TYPING_MAX];
    size_t n = strlen(text);
    bool fits;

    if (!may_be_typed(ch) || n >= sizeof(before))
        return false;
    memcpy(before, text, n + 1); /* taking a mark back may fit, its letter not */
    if (syllable_read(text, &s))
        fits = type_in(t, &s, text, size, ch);
    else
        fits = !is_small_mark(ch) && append_as_is(t, text, size, ch);
    if (!fits)
        memcpy(text, before, n + 1);
    hash_wipe(before, sizeof(before));
    hash_wipe(&s, sizeof(s));
    return fits;
}

bool typing_letter(const struct typing *t, char *text, size_t size, const char *letter)
{
    struct syllable s;
    uint32_t cp;
    bool fits;

    if (!utf8_next(letter, &cp) || letter[utf8_next(letter, &cp)] ||
        !may_be_typed(cp) || is_small_mark(cp))
        return false;
    fits = add_letter(t, syllable_read(text, &s) ? &s : NULL, text, size, cp);
    hash_wipe(&s, sizeof(s));
    return fits;
}

void typing_erase(const struct typing *t, char *text)
{
    size_t n = strlen(text);
    struct syllable s;
    bool shorter;

    if (!n)
        return;
    if (syllable_read(text, &s) && s.n) {
        if (s.tone)
            s.tone = 0;
        else
            s.n--;
        syllable_find_nucleus(&s);
        shorter = syllable_write(&s, t->style, text, n + 1);
        ASSERT(shorter);
    } else { /* a blank, a sign, a letter of no syllable */
        while (n > 1 && ((unsigned char)text[n - 1] & 0xC0) == 0x80)
            n--;
        text[n - 1] = 0;
    }
    hash_wipe(&s, sizeof(s));
}
