/* Our order beside ICU's for Vietnamese: the same sign for neighbours and for pairs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "vietnamese/collate.h"

#define NAMES 5000
#define PAIRS 50000
#define KEY_BYTES 512

static char names[NAMES][96];
static UCollator *icu;

static const char *const families[] = {
    "Phạm", "Đinh", "Nguyễn", "Lê", "Trần", "Võ",
    "Hồ",   "Đặng", "Bùi",    "Đỗ", "Ngô",  "Dương"
};
static const char *const middles[] = { "Thị", "Văn",  "Thùy", "Thuỳ", "Hoàng", "Ngọc",
                                       "Đức", "Minh", "Y",    "",     "Hữu",   "Ánh" };
static const char *const onsets[] = { "B",  "C", "Ch", "D", "Đ",  "G",  "H",
                                      "Kh", "L", "M",  "N", "Ng", "Nh", "Ph",
                                      "Qu", "R", "S",  "T", "Th", "Tr", "V",
                                      "X",  "",  "k",  "đ", "t" };
static const char *const rhymes[] = {
    "a",    "à",    "ả",    "ã",   "á",   "ạ",   "ăn", "ằn",   "ắn",   "ặn",
    "ân",   "ần",   "ẩn",   "ẫn",  "ấn",  "ận",  "e",  "é",    "ê",    "ế",
    "ệ",    "ề",    "i",    "ì",   "í",   "o",   "ò",  "ỏ",    "õ",    "ó",
    "ọ",    "ô",    "ồ",    "ố",   "ộ",   "ơ",   "ờ",  "ớ",    "ợ",    "u",
    "ù",    "ú",    "ụ",    "ư",   "ừ",   "ứ",   "ự",  "uyên", "uyền", "uyến",
    "ương", "ường", "ướng", "oan", "oàn", "oán", "y",  "ỳ",    "ý",    "ỵ",
    "ỷ",    "iên",  "iền",  "iến", "iện", "at",  "ác", "ạch",
};

static unsigned draw(unsigned n)
{
    static uint64_t seed = 88172645463325252U;

    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)((seed >> 20) % n);
}

static int make_names(void **state)
{
    UErrorCode status = U_ZERO_ERROR;

    (void)state;
    for (size_t i = 0; i < NAMES; i++) {
        const char *middle = middles[draw(COUNT(middles))];

        snprintf(names[i], sizeof(names[i]), "%s %s%s%s%s",
                 families[draw(COUNT(families))], middle, *middle ? " " : "",
                 onsets[draw(COUNT(onsets))], rhymes[draw(COUNT(rhymes))]);
    }
    icu = ucol_open("vi", &status);
    assert_true(U_SUCCESS(status));
    ucol_setStrength(icu, UCOL_TERTIARY);
    return 0;
}

static int close_icu(void **state)
{
    (void)state;
    ucol_close(icu);
    return 0;
}

static int sign(int v)
{
    return (v > 0) - (v < 0);
}

static int icu_order(const char *a, const char *b)
{
    UErrorCode status = U_ZERO_ERROR;

    return (int)ucol_strcollUTF8(icu, a, -1, b, -1, &status);
}

static int our_order(const char *a, const char *b)
{
    char ka[KEY_BYTES], kb[KEY_BYTES];
    size_t na = collate_key(a, ka, sizeof(ka)), nb = collate_key(b, kb, sizeof(kb));

    assert_int_equal(strlen(ka), na);
    assert_int_equal(strlen(kb), nb);
    return sign(strcmp(ka, kb));
}

static int by_icu(const void *a, const void *b)
{
    return icu_order(a, b);
}

static void test_neighbours_and_pairs_stand_as_icu_has_them(void **state)
{
    (void)state;
    qsort(names, NAMES, sizeof(names[0]), by_icu);
    for (size_t i = 1; i < NAMES; i++)
        if (our_order(names[i - 1], names[i]) != icu_order(names[i - 1], names[i]))
            fail_msg("%s and %s: ours %d", names[i - 1], names[i],
                     our_order(names[i - 1], names[i]));
    for (size_t i = 0; i < PAIRS; i++) {
        const char *a = names[draw(NAMES)], *b = names[draw(NAMES)];

        if (our_order(a, b) != icu_order(a, b))
            fail_msg("%s and %s: ours %d", a, b, our_order(a, b));
    }
}

static void test_people_stand_by_their_given_name(void **state)
{
    static const char *const order[] = { "Đinh Thị Ánh", "Lê Văn Bình",  "Bùi Thị Nga",
                                         "Phạm Thị Nga", "Phạm Văn Nga", "Đinh Văn Ỷ" };
    char before[KEY_BYTES], now[KEY_BYTES];

    (void)state;
    collate_person_key(order[0], before, sizeof(before));
    for (size_t i = 1; i < COUNT(order); i++) {
        collate_person_key(order[i], now, sizeof(now));
        assert_true(strcmp(before, now) < 0);
        memcpy(before, now, sizeof(before));
    }
    collate_person_key("Nga", now, sizeof(now)); /* a name of one word */
    collate_key("Nga", before, sizeof(before));
    assert_string_equal(now, before);
}

/* The name as people are listed: the last word, then the rest. */
static void turn(const char *name, char *out, size_t size)
{
    const char *given = strrchr(name, ' ') + 1;

    snprintf(out, size, "%s %.*s", given, (int)(given - 1 - name), name);
}

static void test_lists_of_people_stand_as_icu_has_turned_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < PAIRS; i++) {
        const char *a = names[draw(NAMES)], *b = names[draw(NAMES)];
        char ta[128], tb[128], ka[KEY_BYTES], kb[KEY_BYTES];

        turn(a, ta, sizeof(ta));
        turn(b, tb, sizeof(tb));
        collate_person_key(a, ka, sizeof(ka));
        collate_person_key(b, kb, sizeof(kb));
        if (sign(strcmp(ka, kb)) != icu_order(ta, tb))
            fail_msg("%s and %s: ours %d", a, b, sign(strcmp(ka, kb)));
    }
}

static void test_signs_cases_and_marks_of_other_spellings(void **state)
{
    static const char *const texts[] = { "Mai Linh", "Mai-Linh", "Mai'Linh", "mai linh",
                                         "MAI LINH", "H'Rê",     "Hrê",      "HRê",
                                         "Blok",     "Blŏk",     "Blơk",     "Nga 2",
                                         "Nga 10",   "Nga",      "Đa",       "đa",
                                         "Da\u0301", "D\u00E1",  "Ma.",      "Ma" };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        for (size_t k = 0; k < COUNT(texts); k++)
            if (our_order(texts[i], texts[k]) != icu_order(texts[i], texts[k]))
                fail_msg("%s and %s: ours %d", texts[i], texts[k],
                         our_order(texts[i], texts[k]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_neighbours_and_pairs_stand_as_icu_has_them),
        cmocka_unit_test(test_lists_of_people_stand_as_icu_has_turned_names),
        cmocka_unit_test(test_signs_cases_and_marks_of_other_spellings),
        cmocka_unit_test(test_people_stand_by_their_given_name),
    };

    return cmocka_run_group_tests(tests, make_names, close_icu);
}
