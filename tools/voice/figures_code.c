/* Digits that are not counted: telephones, codes; and numbers written with spaces, which
 * look like them. */
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "figures_inside.h"
#include "number.h"

#define GROUPS_MAX 8

struct groups {
    const char *at[GROUPS_MAX];
    size_t n_digits[GROUPS_MAX];
    size_t n;
    size_t total;  /* digits */
    size_t length; /* bytes of text */
};

/* Digits with single spaces between them. */
static struct groups read_groups(const char *text)
{
    struct groups g = { 0 };
    const char *at = text;

    while (g.n < GROUPS_MAX && figure_is_digit(*at)) {
        size_t n = figure_digits(at);
        size_t gap = figure_gap(at + n);

        g.at[g.n] = at;
        g.n_digits[g.n++] = n;
        g.total += n;
        g.length = (size_t)(at + n - text);
        at += n + gap;
        if (gap == 0)
            break;
    }
    return g;
}

static void say_groups(const struct groups *g, struct buf *say)
{
    for (size_t i = 0; i < g->n; i++) {
        if (i)
            buf_char(say, ',');
        number_digits(say, g->at[i], g->n_digits[i]);
    }
}

static bool is_thousands(const struct groups *g)
{
    for (size_t i = 1; i < g->n; i++) {
        if (g->n_digits[i] != 3)
            return false;
    }
    return g->n_digits[0] <= 3 && g->at[0][0] != '0';
}

static void join(const struct groups *g, struct buf *digits)
{
    for (size_t i = 0; i < g->n; i++)
        buf_add(digits, g->at[i], g->n_digits[i]);
}

/* 482 915 is a code, 20 000 a number, 0100 000 123 and 1900 1234 telephones. */
size_t figure_spaced(const struct figure *f, struct buf *say)
{
    struct groups g = read_groups(f->text);
    bool code;

    if (g.n < 2)
        return 0;
    code = !is_thousands(&g) ||
           (g.n == 2 && g.n_digits[0] == 3 && strncmp(g.at[1], "000", 3) != 0);
    if (code && g.total < 6)
        return 0; /* two numbers beside each other */
    if (code) {
        say_groups(&g, say);
    } else {
        struct buf digits;

        buf_init(&digits, GROUPS_MAX * 4);
        join(&g, &digits);
        number_whole(say, buf_text(&digits), digits.len);
        buf_finish(&digits);
    }
    return g.length;
}

void figure_say_dialled(const char *digits, size_t n, struct buf *say)
{
    size_t first = n % 3 == 1 ? 4 : n % 3 == 2 ? 2 : 3;

    if (n <= 4)
        first = n;
    number_digits(say, digits, first);
    for (size_t i = first; i < n; i += 3) {
        buf_char(say, ',');
        number_digits(say, digits + i, n - i < 3 ? n - i : 3);
    }
}

bool figure_is_dialled(const struct figure *f, size_t n)
{
    static const char *const calls[] = {
        "gọi", "Gọi", "số", "Số", "đài", "bấm", "Bấm"
    };
    static const char *const counted[] = { "người", "bài",   "ngàn", "nghìn", "đồng",
                                           "ngày",  "tuổi",  "lượt", "lần",   "phút",
                                           "giây",  "triệu", "trang" };
    static const char *const clock[] = { "giờ", "phút", "giây", "tháng" };
    const char *t = f->text;

    if (strcmp(f->before, "*") == 0)
        return true;
    if (t[0] == '0' && n > 1)
        return !figure_next_in(t + n, clock, COUNT(clock)) &&
               strcmp(f->before, "ngày") != 0 && strcmp(f->before, "tháng") != 0;
    if (n == 3 && t[0] == '1' && t[1] == '1' && t[2] >= '1' && t[2] <= '5')
        return !figure_next_in(t + n, counted, COUNT(counted));
    if (n == 3 || n == 4)
        return figure_word_in(f->before, calls, COUNT(calls)) &&
               !figure_next_in(t + n, counted, COUNT(counted));
    return n >= 5 && strncmp(t + n - 3, "000", 3) != 0;
}
