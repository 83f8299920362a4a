#include "base/row.h"

#include <stddef.h>
#include <string.h>

#define WORD_MAX 200
#define DIGITS_MAX 15 /* below JSON_INT_MAX */

bool row_skip(char **at, const char *text)
{
    size_t n = strlen(text);

    if (strncmp(*at, text, n) != 0)
        return false;
    *at += n;
    return true;
}

char *row_word(char **at, const char *start, char stop)
{
    char *word = *at, *end;

    if (!row_skip(&word, start))
        return NULL;
    for (end = word; *end != stop;
         end++) /* ends at the end of the text at the latest */
        if (*end < ' ' || *end > '~' || *end == '\\' || *end == '"')
            return NULL;
    if (end == word || end - word > WORD_MAX)
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
