/* Counting and looking up. Texts are valid UTF-8 in NFC. */
#include "language.h"

#include <stdlib.h>
#include <string.h>

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

/* Letters, marks and digits of Latin writing, which is all that lessons hold. */
static bool is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');
    return cp >= 0xC0 && cp < 0x2000 && cp != 0xD7 /* × */ && cp != 0xF7 /* ÷ */;
}

/* The small letter, for the letters of Vietnamese in NFC. */
static uint32_t small_letter(uint32_t cp)
{
    if ((cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp <= 0xDE))
        return cp + 0x20;
    if (cp == 0x1AF) /* Ư, the only one at an odd place */
        return cp + 1;
    if (cp == 0x102 || cp == 0x110 || cp == 0x128 || cp == 0x168 || cp == 0x1A0 ||
        (cp >= 0x1EA0 && cp <= 0x1EF8))
        return cp | 1;
    return cp;
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

static void put_tail(char *s, size_t n, uint32_t cp)
{
    s[n - 1] = (char)(0x80 | (cp & 0x3F));
    if (n == 2)
        s[0] = (char)(0xC0 | cp >> 6);
    else
        s[n - 2] = (char)(0x80 | (cp >> 6 & 0x3F));
}

/* Small letters in the place of capitals. A pair has the same length in UTF-8, so that
 * this can be done where it stands. */
static void fold(char *text)
{
    uint32_t cp;
    size_t n;

    for (char *s = text; (n = utf8_next(s, &cp)) > 0; s += n) {
        uint32_t small = small_letter(cp);

        if (small == cp)
            continue;
        if (n == 1)
            s[0] = (char)small;
        else /* the change never leaves the last two bytes */
            put_tail(s, n, small);
    }
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
    char *folded = check_strdup(text);
    const char *found = NULL;

    *instead_out = NULL;
    fold(folded);
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
