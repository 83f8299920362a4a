/* Typing beside two that others keep: the words of hunspell-vi must come out as they are
 * written there, and where m17n's vi-telex and we differ must be rare and known. */
#include <m17n-misc.h>
#include <m17n.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "vietnamese/nfc.h"
#include "vietnamese/syllable.h"

#define DICTIONARY "/usr/share/hunspell/vi_VN.dic"
#define WORDS_MAX 10000
#define WORD_BYTES 32
/* More differences than this part of the words, or more words that m17n alone gets right,
 * would be news. */
#define DIFFERENT_MAX 0.01
#define BEHIND_MAX 10

static char words[WORDS_MAX][WORD_BYTES];
static size_t n_words;

/* Keys of a word: letters with their marks right after them, or after all; the tone last. */
struct keys {
    char strict[64], later[64], vni[64], vni_later[64];
};

static void add(char *keys, char key)
{
    size_t n = strlen(keys);

    keys[n] = key;
    keys[n + 1] = 0;
}

static bool make_keys(const char *word, struct keys *out)
{
    char *nfd = (char *)utf8proc_NFD((const utf8proc_uint8_t *)word);
    char marks[16] = "", vni_marks[16] = "";
    char tone = 0, vni_tone = 0, last = 0;
    bool good = true;

    memset(out, 0, sizeof(*out));
    for (const utf8proc_uint8_t *at = (utf8proc_uint8_t *)nfd; good && *at;) {
        utf8proc_int32_t cp;
        char telex = 0, vni = 0;

        at += utf8proc_iterate(at, -1, &cp);
        switch (cp) {
        case 0x301:
            tone = 's', vni_tone = '1';
            continue;
        case 0x300:
            tone = 'f', vni_tone = '2';
            continue;
        case 0x309:
            tone = 'r', vni_tone = '3';
            continue;
        case 0x303:
            tone = 'x', vni_tone = '4';
            continue;
        case 0x323:
            tone = 'j', vni_tone = '5';
            continue;
        case 0x302:
            telex = last, vni = '6';
            break;
        case 0x31B:
            telex = 'w', vni = '7';
            break;
        case 0x306:
            telex = 'w', vni = '8';
            break;
        case 0x111:
            telex = 'd', vni = '9';
            break;
        default:
            good = cp >= 'a' && cp <= 'z';
            break;
        }
        if (cp == 0x111 || cp < 0x80) {
            last = cp == 0x111 ? 'd' : (char)cp;
            add(out->strict, last);
            add(out->later, last);
            add(out->vni, last);
            add(out->vni_later, last);
        }
        if (!telex)
            continue;
        add(out->strict, telex);
        add(out->vni, vni);
        if (cp == 0x111) {
            add(out->later, telex);
            add(out->vni_later, vni);
        } else {
            if (!strchr(marks, telex))
                add(marks, telex);
            if (!strchr(vni_marks, vni))
                add(vni_marks, vni);
        }
    }
    free(nfd);
    for (const char *m = marks; *m; m++)
        add(out->later, *m);
    for (const char *m = vni_marks; *m; m++)
        add(out->vni_later, *m);
    if (tone) {
        add(out->strict, tone);
        add(out->later, tone);
        add(out->vni, vni_tone);
        add(out->vni_later, vni_tone);
    }
    return good && *out->strict;
}

static int read_words(void **state)
{
    FILE *f = fopen(DICTIONARY, "re");
    char line[256];
    struct keys keys;

    (void)state;
    assert_non_null(f);
    while (fgets(line, sizeof(line), f)) {
        line[strcspn(line, "/\r\n")] = 0;
        if (strlen(line) < WORD_BYTES && n_words < WORDS_MAX &&
            make_keys(line, &keys) &&
            nfc_write(line, words[n_words], WORD_BYTES) == ERR_OK)
            n_words++;
    }
    fclose(f);
    print_message("%zu words of hunspell-vi\n", n_words);
    assert_true(n_words > 6000);
    return 0;
}

static size_t right_with(const struct typing *t, size_t offset, const char *name)
{
    size_t right = 0;

    for (size_t i = 0; i < n_words; i++) {
        struct typing modern = *t;
        char old[TYPING_MAX] = "", new[TYPING_MAX] = "";
        struct keys keys;
        const char *at;

        modern.style = TYPING_NEW;
        assert_true(make_keys(words[i], &keys));
        at = (const char *)&keys + offset;
        for (; *at; at++) {
            typing_char(t, old, sizeof(old), (unsigned char)*at);
            typing_char(&modern, new, sizeof(new), (unsigned char)*at);
        }
        if (!strcmp(old, words[i]) || !strcmp(new, words[i]))
            right++; /* the dictionary has words in both ways of placing the tone */
        else
            print_message("%s: %s becomes %s\n", name, words[i], old);
    }
    print_message("%s: %.2f %% of hunspell-vi\n", name,
                  100.0 * (double)right / (double)n_words);
    return right;
}

static void test_words_of_the_dictionary(void **state)
{
    static const struct typing telex = { .telex = true }, vni = { .vni = true };

    (void)state;
    assert_true((double)right_with(&telex, offsetof(struct keys, strict), "Telex") >=
                0.99 * (double)n_words);
    assert_true((double)right_with(&telex, offsetof(struct keys, later),
                                   "Telex, later") >= 0.97 * (double)n_words);
    assert_true((double)right_with(&vni, offsetof(struct keys, vni), "VNI") >=
                0.99 * (double)n_words);
    assert_true((double)right_with(&vni, offsetof(struct keys, vni_later),
                                   "VNI, later") >= 0.99 * (double)n_words);
}

/* What m17n makes of the keys. */
static void m17n_types(MInputContext *ic, const char *keys, char *out, size_t size)
{
    MText *made = mtext();
    MConverter *to_utf8 =
        mconv_buffer_converter(msymbol("utf-8"), (unsigned char *)out, (int)size - 1);
    char name[2] = { 0 };

    for (; *keys; keys++) {
        MSymbol key;

        name[0] = *keys;
        key = msymbol(name);
        if (!minput_filter(ic, key, NULL))
            minput_lookup(ic, key, NULL, made);
    }
    minput_filter(ic, Mnil, NULL); /* what is still under the pen */
    minput_lookup(ic, Mnil, NULL, made);
    if (ic->preedit)
        mtext_cat(made, ic->preedit);
    mconv_encode(to_utf8, made);
    out[to_utf8->nbytes] = 0;
    mconv_free_converter(to_utf8);
    m17n_object_unref(made);
    minput_reset_ic(ic);
}

/* Words that m17n types and we do not; all differences are printed, also where both are
 * right in their way (hoà, hòa) or m17n is wrong. */
static size_t behind_m17n(const char *method, const struct typing *t, size_t offset)
{
    MInputMethod *im = minput_open_im(msymbol("vi"), msymbol(method), NULL);
    MInputContext *ic;
    size_t behind = 0, different = 0;

    assert_non_null(im);
    ic = minput_create_ic(im, NULL);
    for (size_t i = 0; i < n_words; i++) {
        char theirs[256], ours[TYPING_MAX] = "";
        const char *at;
        struct keys keys;

        assert_true(make_keys(words[i], &keys));
        at = (const char *)&keys + offset;
        m17n_types(ic, at, theirs, sizeof(theirs));
        for (const char *k = at; *k; k++)
            typing_char(t, ours, sizeof(ours), (unsigned char)*k);
        if (!strcmp(ours, theirs) || (t->vni && strpbrk(at, "rsx")))
            continue; /* m17n's vi-vni swallows every r, s and x */
        different++;
        behind += !strcmp(theirs, words[i]);
        print_message("%s: m17n %s, ours %s\n", at, theirs, ours);
    }
    print_message("%s: other than m17n %zu, m17n right and we not %zu, of %zu\n",
                  method, different, behind, n_words);
    assert_true((double)different <= DIFFERENT_MAX * (double)n_words);
    minput_destroy_ic(ic);
    minput_close_im(im);
    return behind;
}

static void test_m17n_agrees_in_strict_order(void **state)
{
    static const struct typing telex = { .telex = true }, vni = { .vni = true };

    (void)state;
    M17N_INIT();
    assert_true(behind_m17n("telex", &telex, offsetof(struct keys, strict)) <=
                BEHIND_MAX);
    assert_true(behind_m17n("vni", &vni, offsetof(struct keys, vni)) <= BEHIND_MAX);
    M17N_FINI();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_of_the_dictionary),
        cmocka_unit_test(test_m17n_agrees_in_strict_order),
    };

    return cmocka_run_group_tests(tests, read_words, NULL);
}
