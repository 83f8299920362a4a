#include "base/row.h"

#include <string.h>

#define WORD_MAX 200
#define DIGITS_MAX 15 /* below JSON_INT_MAX */

/* Eight bytes at a time: a byte from 0x80, or below 0x20 (whose high bit the borrow sets). */
#define HIGH UINT64_C(0x8080808080808080)
#define BLANKS UINT64_C(0x2020202020202020)

bool row_plain(const char *text, size_t n)
{
    uint64_t odd = 0;
    size_t i = 0;

    if (n && text[n - 1] == '\n')
        n--;
    for (; i + sizeof(odd) <= n; i += sizeof(odd)) {
        uint64_t bytes;

        memcpy(&bytes, text + i, sizeof(bytes));
        odd |= (bytes | ((bytes - BLANKS) & ~bytes)) & HIGH;
    }
    for (; i < n; i++)
        odd |= text[i] < ' ' || text[i] > '~';
    return !odd && !memchr(text, '\\', n);
}

bool row_skip(char **at, const char *text)
{
    size_t n = strlen(text);

    if (strncmp(*at, text, n) != 0)
        return false;
    *at += n;
    return true;
}

char *row_word(char **at, const char *start)
{
    char *word = *at, *end;

    if (!row_skip(&word, start))
        return NULL;
    end = strchr(word, '"');
    if (!end || end == word || end - word > WORD_MAX)
        return NULL;
    *end = '\0';
    *at = end + 1;
    return word;
}

bool row_number(char **at, const char *start, int64_t min, int64_t max, int64_t *out)
{
    char *first = *at, *digit;
    int64_t v = 0;

    if (!row_skip(&first, start))
        return false;
    for (digit = first; *digit >= '0' && *digit <= '9'; digit++) {
        if (digit - first >= DIGITS_MAX)
            return false;
        v = v * 10 + (*digit - '0');
    }
    /* JSON knows no 007 */
    if (digit == first || (*first == '0' && digit > first + 1) || v < min || v > max)
        return false;
    *at = digit;
    *out = v;
    return true;
}
