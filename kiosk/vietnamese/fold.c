/* Folding for search. */
#include "vietnamese/fold.h"

#include <string.h>
#include <utf8proc.h>

#define DECOMPOSED_MAX 8
#define WORD_MAX 256 /* bytes that fold_distance looks at */

/* The letter below the marks, in small; 0 for a mark. đ has no decomposition. */
static utf8proc_int32_t base_of(utf8proc_int32_t cp)
{
    utf8proc_int32_t parts[DECOMPOSED_MAX];
    int boundary = 0;
    utf8proc_ssize_t n;

    if (cp == 0x110 || cp == 0x111)
        return 'd';
    if (utf8proc_category(cp) == UTF8PROC_CATEGORY_MN)
        return 0;
    n = utf8proc_decompose_char(
        cp, parts, DECOMPOSED_MAX,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &boundary);
    return n > 0 ? parts[0] : cp;
}

static bool is_space(utf8proc_int32_t cp)
{
    return cp <= ' ' || cp == 0xA0 || utf8proc_category(cp) == UTF8PROC_CATEGORY_ZS;
}

size_t fold_text(const char *text, char *out, size_t size)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    size_t n = 0;
    bool gap = false;

    while (*at) {
        utf8proc_uint8_t bytes[4];
        utf8proc_int32_t cp;
        utf8proc_ssize_t used = utf8proc_iterate(at, -1, &cp), len;

        if (used <= 0)
            break;
        at += used;
        if (is_space(cp)) {
            gap = n > 0;
            continue;
        }
        cp = base_of(cp);
        if (!cp)
            continue;
        len = utf8proc_encode_char(cp, bytes);
        if (n + (size_t)gap + (size_t)len >= size)
            break;
        if (gap)
            out[n++] = ' ';
        gap = false;
        memcpy(out + n, bytes, (size_t)len);
        n += (size_t)len;
    }
    if (size)
        out[n] = 0;
    return n;
}

/* Levenshtein with swaps of neighbours, row by row; folded names are ASCII but for foreign
 * letters, whose bytes then count one by one. */
int fold_distance(const char *a, const char *b, int max)
{
    size_t na = strlen(a), nb = strlen(b);
    int rows[3][WORD_MAX + 1];
    int *before = rows[0], *last = rows[1], *now = rows[2];

    na = na > WORD_MAX ? WORD_MAX : na;
    nb = nb > WORD_MAX ? WORD_MAX : nb;
    if ((na > nb ? na - nb : nb - na) > (size_t)max)
        return max + 1;
    for (size_t j = 0; j <= nb; j++)
        last[j] = (int)j;
    for (size_t i = 1; i <= na; i++) {
        int *spare = before, least = now[0] = (int)i;

        for (size_t j = 1; j <= nb; j++) {
            int swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
                           ? before[j - 2] + 1
                           : max + 1;
            int change = last[j - 1] + (a[i - 1] != b[j - 1]);

            now[j] = last[j] + 1 < now[j - 1] + 1 ? last[j] + 1 : now[j - 1] + 1;
            now[j] = change < now[j] ? change : now[j];
            now[j] = swap < now[j] ? swap : now[j];
            least = now[j] < least ? now[j] : least;
        }
        if (least > max)
            return max + 1;
        before = last;
        last = now;
        now = spare;
    }
    return last[nb] > max ? max + 1 : last[nb];
}
