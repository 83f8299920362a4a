/* Counting and looking up. utf8proc folds case and composes; nothing else here does. */
#include "pack/language.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/check.h"
#include "base/utf8.h"

static const struct {
    const char *word; /* case-folded, NFC; one or more syllables */
    const char *instead;
    const char *unless[3]; /* longer words that hold it and are fine */
} unwanted[] = {
    { "click", "chạm", { 0 } },
    { "link", "dòng chữ xanh", { 0 } },
    { "app", "phần mềm, or the name of it", { 0 } },
    { "online", "trên mạng", { 0 } },
    { "login", "vào, mở", { 0 } },
    { "account", "tên của mình trên máy", { 0 } },
    { "upload", "gửi lên", { 0 } },
    { "ok", "đồng ý, được", { 0 } },
    { "menu", "danh sách", { 0 } },
    { "email", "thư điện tử", { 0 } },
    { "sai rồi", "chưa đúng", { 0 } },
    { "thất bại", "chưa được", { 0 } },
    { "lỗi", "what to do now", { "xin lỗi" } },
    { "bạn", "{xh}, or no form of address", { "bạn bè", "kết bạn" } },
};

static bool is_letter(uint32_t cp)
{
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ND:
        return true;
    default:
        return false;
    }
}

/* What stands at `s`: the end of a sentence when a mark is followed by a space, a
 * closing quote, or nothing; "12.000" and "dichvucong.gov.vn" go on. */
static bool ends_sentence(const char *s, size_t n, uint32_t cp)
{
    static const char *const closers[] = { " ", "\n", "”", "\"", ")", "»", "’" };

    if (cp != '.' && cp != '!' && cp != '?' && cp != 0x2026 /* … */)
        return false;
    if (!s[n])
        return true;
    for (size_t i = 0; i < COUNT(closers); i++) {
        if (strncmp(s + n, closers[i], strlen(closers[i])) == 0)
            return true;
    }
    return false;
}

struct count {
    size_t syllables; /* in all */
    size_t sentences;
    size_t longest;
};

static struct count count(const char *text)
{
    struct count c = { 0 };
    size_t here = 0;
    bool in_word = false;
    uint32_t cp;
    size_t n;

    for (const char *s = text; (n = utf8_next(s, &cp)) > 0; s += n) {
        if (cp == ' ' || cp == '\n') {
            in_word = false;
        } else if (is_letter(cp) && !in_word) {
            in_word = true;
            c.syllables++;
            here++;
        }
        if (ends_sentence(s, n, cp) && here) {
            c.sentences++;
            c.longest = here > c.longest ? here : c.longest;
            here = 0;
        }
    }
    if (here)
        c.sentences++;
    c.longest = here > c.longest ? here : c.longest;
    return c;
}

size_t language_syllables(const char *text)
{
    return count(text).syllables;
}

size_t language_sentences(const char *text)
{
    return count(text).sentences;
}

size_t language_longest_sentence(const char *text)
{
    return count(text).longest;
}

static char *fold(const char *text)
{
    utf8proc_uint8_t *out = NULL;

    utf8proc_map((const utf8proc_uint8_t *)text, 0, &out,
                 UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                     UTF8PROC_CASEFOLD);
    return (char *)out;
}

/* Blanks out “…”, so that quoted words count for nothing. */
static void blank_quotes(char *s)
{
    char *open;

    while ((open = strstr(s, "“"))) {
        char *close = strstr(open, "”");

        if (!close)
            return;
        s = close + strlen("”");
        memset(open, '\n', (size_t)(s - open));
    }
}

static bool word_at(const char *start, const char *s, size_t n)
{
    const char *before = s;
    uint32_t cp = 0;

    if (s > start) {
        do /* back to the start of the code point before */
            before--;
        while (((unsigned char)*before & 0xC0) == 0x80);
        utf8_next(before, &cp);
        if (is_letter(cp))
            return false;
    }
    return utf8_next(s + n, &cp) == 0 || !is_letter(cp);
}

static bool excused(const char *start, const char *s, const char *const unless[3])
{
    for (size_t i = 0; i < 3 && unless[i]; i++) {
        size_t n = strlen(unless[i]);

        for (const char *hit = start; (hit = strstr(hit, unless[i])); hit += n) {
            if (s >= hit && s < hit + n)
                return true;
        }
    }
    return false;
}

const char *language_unwanted(const char *text, const char **instead_out)
{
    char *folded = fold(text);
    const char *found = NULL;

    *instead_out = NULL;
    if (!folded)
        return NULL;
    blank_quotes(folded);
    for (size_t i = 0; i < COUNT(unwanted) && !found; i++) {
        const char *word = unwanted[i].word;
        size_t n = strlen(word);

        for (const char *s = folded; !found && (s = strstr(s, word)); s += n) {
            if (!word_at(folded, s, n) || excused(folded, s, unwanted[i].unless))
                continue;
            found = word;
            *instead_out = unwanted[i].instead;
        }
    }
    free(folded);
    return found;
}

bool language_is_nfc(const char *text, size_t n)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t got;
    bool same;

    got = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)n, &out,
                       UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    same = got == (utf8proc_ssize_t)n && memcmp(out, text, n) == 0;
    free(out);
    return same;
}
