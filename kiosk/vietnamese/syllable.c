/* Letters, nucleus and the place of the tone. */
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/check.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "vietnamese/nfc.h"
#include "vietnamese/syllable_parts.h"

#define DECOMPOSED_MAX 8

static bool is_tone(uint32_t mark)
{
    return mark == 0x300 || mark == 0x301 || mark == 0x303 || mark == 0x309 ||
           mark == 0x323;
}

static bool is_letter(uint32_t cp)
{
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)cp);

    return kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LL ||
           kind == UTF8PROC_CATEGORY_MN;
}

/* --- apart ------------------------------------------------------------------------------- */

static bool is_vowel(const struct letter *l)
{
    return l->base && l->base < 0x80 && strchr("aeiouy", (int)l->base);
}

/* False: there is no room for it. */
static bool add_mark(struct letter *l, uint32_t mark)
{
    bool shape = mark == MARK_CIRCUMFLEX || mark == MARK_BREVE || mark == MARK_HORN;
    uint32_t *place = !is_vowel(l)            ? &l->extra
                      : is_tone(mark)         ? &l->tone
                      : shape && l->mark == 0 ? &l->mark
                                              : &l->extra;

    if (*place)
        return false;
    *place = mark;
    return true;
}

/* Vowels are taken apart. Others (ñ, ć) keep their marks: those are no tones. */
static struct letter take_apart(uint32_t cp)
{
    utf8proc_int32_t parts[DECOMPOSED_MAX];
    uint32_t small = (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
    struct letter l = { .base = cp }, whole;
    int boundary = 0;
    utf8proc_ssize_t n;

    if (small != cp && (uint32_t)utf8proc_toupper((utf8proc_int32_t)small) == cp) {
        l.base = small;
        l.upper = true;
    }
    if (l.base == 0x111) {
        l.base = 'd';
        l.mark = MARK_STROKE;
    }
    whole = l;
    n = utf8proc_decompose_char((utf8proc_int32_t)l.base, parts, DECOMPOSED_MAX,
                                UTF8PROC_DECOMPOSE, &boundary);
    if (n < 2)
        return l;
    l.base = (uint32_t)parts[0];
    for (utf8proc_ssize_t i = 1; i < n; i++)
        if (!is_vowel(&l) || !add_mark(&l, (uint32_t)parts[i]))
            return whole;
    return l;
}

static bool add_letter(struct syllable *s, uint32_t cp)
{
    if (utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_MN)
        return s->n && add_mark(&s->at[s->n - 1], cp);
    if (s->n == SYLLABLE_MAX)
        return false;
    s->at[s->n++] = take_apart(cp);
    return true;
}

/* Where the last run of letters begins. */
static size_t run_start(const char *text)
{
    size_t start = 0;

    for (size_t at = 0, used; text[at]; at += used) {
        uint32_t cp;

        used = utf8_next(text + at, &cp);
        if (!is_letter(cp))
            start = at + used;
    }
    return start;
}

/* The tone of the nucleus, or of the i and u before it ("gìa"), becomes the syllable's. */
static bool take_tone(struct syllable *s)
{
    size_t first = s->nucleus;

    while (first > 0 && is_vowel(&s->at[first - 1]))
        first--;
    for (size_t i = first; i < s->nucleus + s->n_nucleus; i++) {
        if (s->at[i].tone && s->tone)
            return false;
        s->tone |= s->at[i].tone;
        s->at[i].tone = 0;
    }
    return true;
}

bool syllable_read(const char *text, struct syllable *out)
{
    *out = (struct syllable){ .start = run_start(text) };
    for (size_t at = out->start, used; text[at]; at += used) {
        uint32_t cp;

        used = utf8_next(text + at, &cp);
        if (!add_letter(out, cp))
            return false;
    }
    syllable_find_nucleus(out);
    return take_tone(out);
}

/* --- nucleus ------------------------------------------------------------------------------ */

bool syllable_has_vowel(const struct syllable *s)
{
    return s->n_nucleus > 0;
}

void syllable_find_nucleus(struct syllable *s)
{
    size_t end = s->n, first;

    while (end > 0 && !is_vowel(&s->at[end - 1]))
        end--;
    first = end;
    while (first > 0 && is_vowel(&s->at[first - 1]))
        first--;
    /* "qu" and "gi" before another vowel belong to the onset */
    if (first == 1 && first + 1 < end && !s->at[1].mark &&
        ((s->at[0].base == 'q' && s->at[1].base == 'u') ||
         (s->at[0].base == 'g' && s->at[1].base == 'i')))
        first++;
    s->nucleus = end ? first : s->n;
    s->n_nucleus = end ? end - first : 0;
}

bool syllable_is_one(const struct syllable *s)
{
    /* k: Đắk */
    static const char ends[] = " c ch k m n ng nh p t ";
    char end[5] = " ";
    size_t first = s->nucleus + s->n_nucleus, n = s->n - first;

    for (size_t i = 0; i < s->nucleus; i++)
        if (is_vowel(&s->at[i]) && !(i == 1 && s->nucleus == 2)) /* but qu, gi */
            return false;
    if (!s->n_nucleus || n == 0)
        return s->n_nucleus > 0;
    if (n > 2)
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct letter *l = &s->at[first + i];

        if (l->base >= 0x80 || l->mark || l->extra)
            return false;
        end[1 + i] = (char)l->base;
    }
    end[1 + n] = ' ';
    return strstr(ends, end) != NULL;
}

/* Nuclei as they are written, small letters; a b c for breve, circumflex, horn: "u3o3i". */
static const char nuclei[] =
    " a a1 a2 e e2 i o o2 o3 u u3 y"
    " ai ao au ay a2u a2y eo e2u ia ie2 iu oa oa1 oe oi oo o2o2 o2i o3i ua ua2 ue2 ui "
    "uo2"
    " uo3 uy u3a u3i u3o3 u3u ye2"
    " ie2u ye2u oai oao oay oeo ua2y uo2i uya uye2 uyu u3o3i u3o3u uye2u ";

bool syllable_nucleus_ok(const struct syllable *s)
{
    char key[3 * SYLLABLE_MAX + 3] = " ";
    size_t n = 1;

    for (size_t i = 0; i < s->n_nucleus; i++) {
        const struct letter *l = &s->at[s->nucleus + i];

        key[n++] = (char)l->base;
        if (l->extra)
            return false;
        if (l->mark)
            key[n++] = l->mark == MARK_BREVE        ? '1'
                       : l->mark == MARK_CIRCUMFLEX ? '2'
                                                    : '3';
    }
    key[n++] = ' ';
    key[n] = 0;
    return strstr(nuclei, key) != NULL;
}

/* --- the tone ------------------------------------------------------------------------------- */

/* The letter that carries it. */
static size_t tone_place(const struct syllable *s, enum typing_style style)
{
    size_t first = s->nucleus, n = s->n_nucleus;
    bool open = first + n == s->n;
    uint32_t a = s->at[first].base, b = n > 1 ? s->at[first + 1].base : 0;

    for (size_t i = n; i-- > 0;) /* ê, ơ of ươ, â … carry it themselves */
        if (s->at[first + i].mark)
            return first + i;
    if (n >= 3)
        return first + 1;
    if (n < 2)
        return first;
    if (!open)
        return first + 1;
    if (style == TYPING_NEW &&
        ((a == 'o' && (b == 'a' || b == 'e')) || (a == 'u' && b == 'y')))
        return first + 1;
    return first;
}

/* --- together ------------------------------------------------------------------------------- */

static size_t put(uint32_t cp, char *out)
{
    return cp ? (size_t)utf8proc_encode_char((utf8proc_int32_t)cp,
                                             (utf8proc_uint8_t *)out)
              : 0;
}

void syllable_settle_tone(struct syllable *s, enum typing_style style)
{
    if (s->n_nucleus && s->tone)
        s->at[tone_place(s, style)].tone = s->tone;
    s->tone = 0;
}

static size_t put_letter(const struct letter *l, uint32_t tone, char *out)
{
    uint32_t base = l->mark == MARK_STROKE ? 0x111 : l->base;
    size_t n =
        put(l->upper ? (uint32_t)utf8proc_toupper((utf8proc_int32_t)base) : base, out);

    n += put(l->mark == MARK_STROKE ? 0 : l->mark, out + n);
    n += put(l->extra, out + n);
    return n + put(tone, out + n);
}

bool syllable_write(const struct syllable *s, enum typing_style style, char *text,
                    size_t size)
{
    char parts[SYLLABLE_MAX * 16 + 1], nfc[SYLLABLE_MAX * 16 + 1];
    size_t n = 0, len, place = s->n_nucleus ? tone_place(s, style) : s->n;
    bool fits;

    for (size_t i = 0; i < s->n; i++)
        n += put_letter(&s->at[i], i == place && s->tone ? s->tone : s->at[i].tone,
                        parts + n);
    parts[n] = 0;
    fits = !nfc_write(parts, nfc, sizeof(nfc));
    len = strlen(nfc);
    fits = fits && s->start + len < size;
    if (fits)
        memcpy(text + s->start, nfc, len + 1);
    hash_wipe(parts, sizeof(parts));
    hash_wipe(nfc, sizeof(nfc));
    return fits;
}
