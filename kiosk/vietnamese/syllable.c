/* Letters, nucleus and the place of the tone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/check.h"
#include "base/utf8.h"
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

/* A mark of the letter before it. */
static void add_mark(struct syllable *s, uint32_t mark)
{
    if (is_tone(mark))
        s->tone = mark;
    else if (s->n)
        s->at[s->n - 1].mark = mark;
}

static bool add_letter(struct syllable *s, uint32_t cp)
{
    utf8proc_int32_t parts[DECOMPOSED_MAX];
    int boundary = 0;
    struct letter *l;
    utf8proc_ssize_t n;

    if (utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_MN) {
        add_mark(s, cp);
        return true;
    }
    if (s->n == SYLLABLE_MAX)
        return false;
    l = &s->at[s->n++];
    *l = (struct letter){ .upper = utf8proc_category((utf8proc_int32_t)cp) ==
                                   UTF8PROC_CATEGORY_LU };
    cp = (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
    if (cp == 0x111) {
        l->base = 'd';
        l->mark = MARK_STROKE;
        return true;
    }
    n = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, DECOMPOSED_MAX,
                                UTF8PROC_DECOMPOSE, &boundary);
    l->base = n > 0 ? (uint32_t)parts[0] : cp;
    for (utf8proc_ssize_t i = 1; i < n; i++)
        add_mark(s, (uint32_t)parts[i]);
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
    return true;
}

/* --- nucleus ------------------------------------------------------------------------------ */

static bool is_vowel(const struct letter *l)
{
    return l->base < 0x80 && strchr("aeiouy", (int)l->base) != NULL && l->base;
}

bool syllable_has_vowel(const struct syllable *s)
{
    return s->n_nucleus > 0;
}

void syllable_find_nucleus(struct syllable *s)
{
    size_t i = 0;

    while (i < s->n && !is_vowel(&s->at[i]))
        i++;
    /* "qu" and "gi" before another vowel belong to the onset */
    if (i == 1 && i + 1 < s->n && is_vowel(&s->at[i + 1]) && !s->at[i].mark &&
        ((s->at[0].base == 'q' && s->at[i].base == 'u') ||
         (s->at[0].base == 'g' && s->at[i].base == 'i')))
        i++;
    s->nucleus = i;
    while (i < s->n && is_vowel(&s->at[i]))
        i++;
    s->n_nucleus = i - s->nucleus;
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

static size_t put(utf8proc_int32_t cp, char *out)
{
    return (size_t)utf8proc_encode_char(cp, (utf8proc_uint8_t *)out);
}

bool syllable_write(const struct syllable *s, enum typing_style style, char *text,
                    size_t size)
{
    char parts[SYLLABLE_MAX * 16], *nfc;
    size_t n = 0, len, place = s->n_nucleus ? tone_place(s, style) : s->n;
    bool fits;

    for (size_t i = 0; i < s->n; i++) {
        const struct letter *l = &s->at[i];
        utf8proc_int32_t base = (utf8proc_int32_t)l->base;
        bool stroke = l->mark == MARK_STROKE;

        if (stroke)
            base = 0x111;
        n += put(l->upper ? utf8proc_toupper(base) : base, parts + n);
        if (l->mark && !stroke)
            n += put((utf8proc_int32_t)l->mark, parts + n);
        if (s->tone && i == place)
            n += put((utf8proc_int32_t)s->tone, parts + n);
    }
    parts[n] = 0;
    nfc = (char *)utf8proc_NFC((const utf8proc_uint8_t *)parts);
    ASSERT(nfc);
    len = strlen(nfc);
    fits = s->start + len < size;
    if (fits)
        memcpy(text + s->start, nfc, len + 1);
    memset(nfc, 0, len);
    free(nfc);
    return fits;
}
