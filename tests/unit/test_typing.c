/* Typing: every syllable that Vietnamese spelling allows, by each kind of keys and in the
 * orders that people type, and what keys do beside syllables. */
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "base/utf8.h"
#include "vietnamese/nfc.h"
#include "vietnamese/syllable.h"

/* --- the syllables -------------------------------------------------------------------------- */

static const char *const onsets[] = {
    "",  "b",  "c",   "ch", "d", "đ",  "g",  "gh", "gi", "h", "k",  "kh", "l", "m",
    "n", "ng", "ngh", "nh", "p", "ph", "qu", "r",  "s",  "t", "th", "tr", "v", "x",
};

/* The letter before * carries the tone in the old way of writing. */
static const char *const rhymes[] = {
    "a*",   "a*c",   "a*ch",  "a*i",   "a*m",   "a*n",   "a*ng",  "a*nh",  "a*o",
    "a*p",  "a*t",   "a*u",   "a*y",   "ă*c",   "ă*m",   "ă*n",   "ă*ng",  "ă*p",
    "ă*t",  "â*c",   "â*m",   "â*n",   "â*ng",  "â*p",   "â*t",   "â*u",   "â*y",
    "e*",   "e*c",   "e*m",   "e*n",   "e*ng",  "e*o",   "e*p",   "e*t",   "ê*",
    "ê*ch", "ê*m",   "ê*n",   "ê*nh",  "ê*p",   "ê*t",   "ê*u",   "i*",    "i*a",
    "i*ch", "i*m",   "i*n",   "i*nh",  "i*p",   "i*t",   "i*u",   "iê*c",  "iê*m",
    "iê*n", "iê*ng", "iê*p",  "iê*t",  "iê*u",  "o*",    "o*a",   "oa*c",  "oa*ch",
    "oa*i", "oa*m",  "oa*n",  "oa*ng", "oa*nh", "oa*o",  "oa*p",  "oa*t",  "oa*y",
    "oă*c", "oă*m",  "oă*n",  "oă*ng", "oă*t",  "o*c",   "o*e",   "oe*n",  "oe*o",
    "oe*t", "o*i",   "o*m",   "o*n",   "o*ng",  "o*p",   "oo*c",  "oo*ng", "o*t",
    "ô*",   "ô*c",   "ô*i",   "ô*m",   "ô*n",   "ô*ng",  "ô*p",   "ô*t",   "ơ*",
    "ơ*i",  "ơ*m",   "ơ*n",   "ơ*p",   "ơ*t",   "u*",    "u*a",   "uâ*n",  "uâ*ng",
    "uâ*t", "uâ*y",  "u*c",   "uê*",   "uê*ch", "uê*nh", "u*i",   "u*m",   "u*n",
    "u*ng", "uô*c",  "uô*i",  "uô*m",  "uô*n",  "uô*ng", "uô*t",  "uơ*",   "u*p",
    "u*t",  "u*y",   "uy*a",  "uyê*n", "uyê*t", "uy*ch", "uy*nh", "uy*n",  "uy*t",
    "uy*u", "ư*",    "ư*a",   "ư*c",   "ư*i",   "ư*n",   "ư*ng",  "ươ*c",  "ươ*i",
    "ươ*m", "ươ*n",  "ươ*ng", "ươ*p",  "ươ*t",  "ươ*u",  "ư*t",   "ư*u",   "y*",
    "yê*m", "yê*n",  "yê*ng", "yê*t",  "yê*u",
};

static const char *const tone_marks[] = { "",         "\xCC\x81", "\xCC\x80",
                                          "\xCC\x89", "\xCC\x83", "\xCC\xA3" };
#define TONES 6

static bool starts(const char *s, const char *with)
{
    return strncmp(s, with, strlen(with)) == 0;
}

static bool is_front(const char *r)
{
    return starts(r, "e") || starts(r, "ê") || starts(r, "i") || starts(r, "y");
}

static bool ends_in_stop(const char *r)
{
    size_t n = strlen(r);

    return r[n - 1] == 'c' || r[n - 1] == 'p' || r[n - 1] == 't' ||
           (n > 1 && r[n - 2] == 'c' && r[n - 1] == 'h');
}

static bool is_rounded(const char *r) /* begins with a glide w */
{
    return starts(r, "o*a") || starts(r, "o*e") || starts(r, "oa") || starts(r, "oă") ||
           starts(r, "oe") || starts(r, "uâ") || starts(r, "uê") || starts(r, "uơ") ||
           starts(r, "uy") || starts(r, "u*y");
}

/* The rules of spelling. */
static bool fits(const char *o, const char *r)
{
    bool front = is_front(r);

    if (starts(r, "oo")) /* boong, goòng, soóc … */
        return *o && !o[1] && strchr("bcgmrstx", *o) != NULL;
    if (!*o)
        return !starts(r, "iê");
    if (starts(r, "yê") || (starts(r, "y*") && strchr("hklmstv", *o) == NULL))
        return false;
    if (!strcmp(o, "c") || !strcmp(o, "g") || !strcmp(o, "ng"))
        return !front && !(is_rounded(r) && !strcmp(o, "c"));
    if (!strcmp(o, "k") || !strcmp(o, "gh") || !strcmp(o, "ngh"))
        return front;
    if (!strcmp(o, "qu")) /* the u is in the onset */
        return !starts(r, "o") && !starts(r, "u") && !starts(r, "ô") &&
               !starts(r, "ư") && !starts(r, "i*a") && !starts(r, "i*u") &&
               !starts(r, "iê") && !starts(r, "y*");
    if (!strcmp(o, "gi"))
        return !front && !is_rounded(r);
    return true;
}

/* "tr" + "uyê*n" + tone → NFC, without the star. */
static void compose(const char *o, const char *r, int tone, char *out)
{
    char parts[64];
    size_t n = (size_t)snprintf(parts, sizeof(parts), "%s", o);

    for (; *r; r++) {
        if (*r != '*')
            parts[n++] = *r;
        else
            n += (size_t)snprintf(parts + n, 8, "%s", tone_marks[tone]);
    }
    parts[n] = 0;
    assert_int_equal(nfc_write(parts, out, 64), ERR_OK);
}

/* --- the keys ------------------------------------------------------------------------------- */

struct shape {
    const char *letter;
    char base, telex, vni;
};
static const struct shape shapes[] = {
    { "ă", 'a', 'w', '8' }, { "â", 'a', 'a', '6' }, { "ê", 'e', 'e', '6' },
    { "ô", 'o', 'o', '6' }, { "ơ", 'o', 'w', '7' }, { "ư", 'u', 'w', '7' },
    { "đ", 'd', 'd', '9' },
};

static const struct shape *shape_at(const char *s)
{
    for (size_t i = 0; i < COUNT(shapes); i++)
        if (starts(s, shapes[i].letter))
            return &shapes[i];
    return NULL;
}

/* Keys of letters `s`: the mark right after its letter, or after all of them. */
static void keys_of(const char *s, bool vni, bool strict, char *out)
{
    char marks[16];
    size_t n = 0, n_marks = 0;

    for (uint32_t cp; *s; s += utf8_next(s, &cp)) {
        const struct shape *shape = shape_at(s);
        char mark;

        if (*s == '*')
            continue;
        out[n++] = shape ? shape->base : *s;
        if (!shape)
            continue;
        mark = vni ? shape->vni : shape->telex;
        if (strict || shape->base == 'd')
            out[n++] = mark;
        else if (!n_marks || marks[n_marks - 1] != mark) /* one w for both of ươ */
            marks[n_marks++] = mark;
    }
    memcpy(out + n, marks, n_marks);
    out[n + n_marks] = 0;
}

static const char telex_tones[] = "\0sfrxj", vni_tones[] = "\0"
                                                           "12345";
/* of tone_marks: sắc huyền hỏi ngã nặng */
static const enum typing_mark tone_keys[] = { 0,          TYPING_SAC, TYPING_HUYEN,
                                              TYPING_HOI, TYPING_NGA, TYPING_NANG };

enum way { TELEX_STRICT, TELEX_LATER, VNI_STRICT, VNI_LATER, TONE_KEYS, WAYS };
static const struct {
    const char *name;
    double least;
} ways[WAYS] = {
    [TELEX_STRICT] = { "Telex, strict", 0.99 },
    [TELEX_LATER] = { "Telex, letters then marks", 0.97 },
    [VNI_STRICT] = { "VNI, strict", 0.99 },
    [VNI_LATER] = { "VNI, letters then marks", 0.99 },
    [TONE_KEYS] = { "tone keys", 1.0 },
};

static void type(enum way way, const char *o, const char *r, int tone, char *text,
                 size_t size)
{
    const struct typing t = { .telex = way == TELEX_STRICT || way == TELEX_LATER,
                              .vni = way == VNI_STRICT || way == VNI_LATER };
    bool strict = way == TELEX_STRICT || way == VNI_STRICT;
    char letters[64], keys[64];

    snprintf(letters, sizeof(letters), "%s%s", o, r);
    text[0] = 0;
    if (way == TONE_KEYS) {
        for (const char *at = letters; *at;) {
            char one[8];
            uint32_t cp;
            size_t n = utf8_next(at, &cp);

            memcpy(one, at, n);
            one[n] = 0;
            at += n;
            if (one[0] != '*')
                assert_true(typing_letter(&t, text, size, one));
        }
        if (tone)
            assert_true(typing_tone(&t, text, size, tone_keys[tone]));
        return;
    }
    keys_of(letters, t.vni, strict, keys);
    for (const char *k = keys; *k; k++)
        assert_true(typing_char(&t, text, size, (unsigned char)*k));
    if (tone)
        assert_true(typing_char(
            &t, text, size, (unsigned char)(t.vni ? vni_tones : telex_tones)[tone]));
}

static void test_every_syllable_can_be_typed(void **state)
{
    size_t n = 0, right[WAYS] = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(onsets); i++)
        for (size_t k = 0; k < COUNT(rhymes); k++)
            for (int tone = 0; fits(onsets[i], rhymes[k]) && tone < TONES; tone++) {
                char want[64], got[TYPING_MAX];

                if (ends_in_stop(rhymes[k]) && tone != 1 && tone != 5)
                    continue;
                compose(onsets[i], rhymes[k], tone, want);
                n++;
                for (int way = 0; way < WAYS; way++) {
                    type((enum way)way, onsets[i], rhymes[k], tone, got, sizeof(got));
                    if (!strcmp(got, want))
                        right[way]++;
                    else
                        print_message("%s: %s becomes %s\n", ways[way].name, want, got);
                }
            }
    print_message("%zu syllables\n", n);
    assert_true(n >= 6500);
    for (int way = 0; way < WAYS; way++) {
        print_message("%s: %.2f %%\n", ways[way].name,
                      100.0 * (double)right[way] / (double)n);
        assert_true((double)right[way] >= ways[way].least * (double)n);
    }
}

/* --- beside syllables ------------------------------------------------------------------------ */

static const struct typing all = { .telex = true, .vni = true, .capitals = true };

static void type_keys(const struct typing *t, const char *keys, char *text)
{
    text[0] = 0;
    for (uint32_t cp; *keys; keys += utf8_next(keys, &cp)) {
        utf8_next(keys, &cp);
        if (cp == '<')
            typing_erase(t, text);
        else
            typing_char(t, text, TYPING_MAX, cp);
    }
}

static void test_keys_in_words_of_people(void **state)
{
    static const struct {
        const char *keys, *want;
    } cases[] = {
        { "phamj thij nguowngx", "Phạm Thị Ngưỡng" },
        { "nguyeenx thij huowngf", "Nguyễn Thị Hường" },
        { "nguyen64 thi5 hoa2", "Nguyễn Thị Hòa" },
        { "phajm vawn rechs", "Phạm Văn Réch" },
        { "ddinhj vawn ys", "Định Văn Ý" },
        { "hoaf", "Hòa" },
        { "hoafn", "Hoàn" },
        { "hoanf", "Hoàn" },
        { "thuyr", "Thủy" },
        { "quys", "Quý" },
        { "quoocs", "Quốc" },
        { "giaf", "Già" },
        { "gif", "Gì" },
        { "gieengs", "Giếng" },
        { "thuowr", "Thuở" },
        { "thuown", "Thươn" },
        { "uwowng", "Ương" },
        { "khuyur", "Khuỷu" },
        { "ngoeof", "Ngoèo" },
        { "xooong", "Xoong" },
        { "ass", "As" },
        { "aaa", "Aa" },
        { "aww", "Aw" },
        { "ddd", "Dd" },
        { "asz", "A" },
        { "w", "Ư" },
        { "kriss", "Kris" },
        { "y blowk", "Y Blơk" },
        { "h'ree", "H'rê" },
        { "nguoiwf<", "Ngươi" },
        { "nguoiwf<<", "Ngươ" },
        { "a<", "" },
        { "<", "" },
        { "ban  hue6", "Ban  Huê" },
        { "QD 757", "QD 757" },
        { "nguoi72", "Người" },
        { "truongwf", "Trường" },
        { "dduowcj", "Được" },
        { "huuw", "Hưu" },
        { "haua", "Hâu" },
        { "hoawn", "Hoăn" },
        { "asss", "Ass" },
        { "internet", "Internet" },
        { "ww", "W" },
        { "Wang", "Ưang" },
        { "wwang", "Wang" },
        { "ddawks lawks", "Đắk Lắk" },
        { "ksor", "Ksỏ" },
        { "ksorr", "Ksor" },
        { "nin\u0303o", "Nĩno" },
        { "\u00F1o", "Ño" }, /* no tone: it is a letter */
        { "m\u00FCl", "Mül" },
        { "mai-linh", "Mai-Linh" },
        { "bas", "Bá" },
        { "basc", "Bác" },
        { "hoafla", "Hoàla" }, /* the tone stays with its syllable */
        { "hoafla<", "Hoàl" },
    };
    char text[TYPING_MAX];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        type_keys(&all, cases[i].keys, text);
        if (strcmp(text, cases[i].want) != 0)
            fail_msg("%s: %s, not %s", cases[i].keys, text, cases[i].want);
    }
}

static void test_both_ways_of_placing_the_tone(void **state)
{
    static const struct typing modern = { .telex = true, .style = TYPING_NEW };
    static const struct typing old = { .telex = true };
    char text[TYPING_MAX];

    (void)state;
    type_keys(&modern, "hoaf thuys khoer", text);
    assert_string_equal(text, "hoà thuý khoẻ");
    type_keys(&old, "hoaf thuys khoer", text);
    assert_string_equal(text, "hòa thúy khỏe");
    type_keys(&modern, "cuar quar", text); /* these are no question of style */
    assert_string_equal(text, "của quả");
}

static void test_what_is_no_letter_is_refused(void **state)
{
    static const unsigned bad[] = { 0,       7,      10,       0x7F,   0x202E, 0x200F,
                                    0x1F600, 0xD800, 0x110000, 0x4E00, 0x5D0 };
    char text[TYPING_MAX] = "Nga";

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(typing_char(&all, text, sizeof(text), bad[i]));
    assert_string_equal(text, "Nga");
    /* an input method sends whole letters, another program marks of their own */
    assert_true(typing_char(&all, text, sizeof(text), 0x1EBF));
    assert_true(typing_char(&all, text, sizeof(text), ' '));
    assert_true(typing_char(&all, text, sizeof(text), 'o'));
    assert_true(typing_char(&all, text, sizeof(text), 0x302));
    assert_string_equal(text, "Ngaế Ô");
}

static void test_a_full_field_takes_no_more(void **state)
{
    char text[8] = "";

    (void)state;
    for (int i = 0; i < 20; i++)
        (void)typing_char(&all, text, sizeof(text), "nguowi"[i % 6] & 0x7F);
    assert_true(strlen(text) < sizeof(text));
    assert_true(utf8_valid(text, strlen(text)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_syllable_can_be_typed),
        cmocka_unit_test(test_keys_in_words_of_people),
        cmocka_unit_test(test_both_ways_of_placing_the_tone),
        cmocka_unit_test(test_what_is_no_letter_is_refused),
        cmocka_unit_test(test_a_full_field_takes_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
