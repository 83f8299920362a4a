/* Names of people, and the animal years that elderly people remember. */
#include "vietnamese/person_name.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "vietnamese/fold.h"
#include "vietnamese/nfc.h"

#define LETTERS_MAX 60
#define MARKS_MAX 2 /* on one letter beside those it is written with: more is a prank */
#define YEAR_FIRST 1900
#define YEAR_LAST 2100

/* Latin letters with any marks, and what stands between them in names. Hrê spelling has
 * marks of its own (ŏ, 'b, 'm), so letters are not counted out one by one. */
static bool may_stand(utf8proc_int32_t cp)
{
    utf8proc_category_t kind = utf8proc_category(cp);

    if (cp == ' ' || cp == '-' || cp == '\'' || cp == 0x2019 || cp == 0x2BC)
        return true;
    if (kind == UTF8PROC_CATEGORY_MN)
        return cp >= 0x300 && cp <= 0x36F;
    return (kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LL) &&
           (cp < 0x250 || (cp >= 0x1E00 && cp <= 0x1EFF));
}

static bool all_may_stand(const char *nfc, size_t *letters_out)
{
    const char *at = nfc;
    size_t n_marks = MARKS_MAX; /* none may begin a name */
    uint32_t cp;

    *letters_out = 0;
    for (size_t used; *at; at += used) {
        bool mark;

        used = utf8_next(at, &cp);
        mark = utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_MN;
        n_marks = mark ? n_marks + 1 : 0;
        if (!may_stand((utf8proc_int32_t)cp) || n_marks > MARKS_MAX)
            return false;
        *letters_out += !mark;
    }
    return true;
}

/* Blanks at the ends go, those between words become one. */
static void join(const char *typed, char *out, size_t size)
{
    size_t n = 0;

    for (; *typed && n + 1 < size; typed++) {
        bool blank = *typed == ' ' || *typed == '\t';

        if (!blank)
            out[n++] = *typed;
        else if (n && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    while (n && out[n - 1] == ' ')
        n--;
    out[n] = 0;
}

/* Two letters, one of them a vowel. */
static bool is_word(const char *nfc)
{
    char folded[PERSON_NAME_MAX];
    size_t n = 0;
    bool has;

    fold_text(nfc, folded, sizeof(folded));
    for (const char *at = folded; *at; at++)
        n += !strchr(" -'", *at);
    has = n > 1 && strpbrk(folded, "aeiouy") != NULL;
    hash_wipe(folded, sizeof(folded));
    return has;
}

enum name_trouble person_name_clean(const char *typed, char *out)
{
    char joined[4 * PERSON_NAME_MAX], nfc[4 * PERSON_NAME_MAX];
    enum name_trouble trouble = NAME_OK;
    size_t letters = 0;

    out[0] = 0;
    if (!utf8_valid(typed, strlen(typed)))
        return NAME_BAD_CHARACTER;
    if (strlen(typed) >= sizeof(joined))
        return NAME_TOO_LONG;
    join(typed, joined, sizeof(joined));
    if (!joined[0])
        return NAME_EMPTY;
    if (nfc_write(joined, nfc, sizeof(nfc)) || !all_may_stand(nfc, &letters))
        trouble = NAME_BAD_CHARACTER;
    else if (letters > LETTERS_MAX || strlen(nfc) >= PERSON_NAME_MAX)
        trouble = NAME_TOO_LONG;
    else if (!is_word(nfc))
        trouble = NAME_ONE_LETTER;
    else
        snprintf(out, PERSON_NAME_MAX, "%s", nfc);
    hash_wipe(joined, sizeof(joined));
    hash_wipe(nfc, sizeof(nfc));
    return trouble;
}

const char *person_name_given(const char *name)
{
    const char *space = strrchr(name, ' ');

    return space ? space + 1 : name;
}

size_t person_name_family_bytes(const char *name)
{
    const char *space = strrchr(name, ' ');

    return space ? (size_t)(space - name) : 0;
}

const char *can_chi(int year, char out[32])
{
    static const char *const stems[] = { "Canh", "Tân",  "Nhâm", "Quý", "Giáp",
                                         "Ất",   "Bính", "Đinh", "Mậu", "Kỷ" };
    static const char *const branches[] = {
        "Thân", "Dậu", "Tuất", "Hợi", "Tý",  "Sửu",
        "Dần",  "Mão", "Thìn", "Tỵ",  "Ngọ", "Mùi"
    };

    out[0] = 0;
    if (year >= YEAR_FIRST && year <= YEAR_LAST)
        snprintf(out, 32, "%s %s", stems[year % 10], branches[year % 12]);
    return out;
}

const char *animal_of_year(int year)
{
    static const char *const animals[] = { "con khỉ", "con gà",    "con chó",
                                           "con heo", "con chuột", "con trâu",
                                           "con cọp", "con mèo",   "con rồng",
                                           "con rắn", "con ngựa",  "con dê" };

    return year >= YEAR_FIRST && year <= YEAR_LAST ? animals[year % 12] : "";
}
