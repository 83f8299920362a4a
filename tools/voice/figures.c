/* Kinds of figures, tried in order; the first that fits says it. */
#include "figures.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "letter.h"
#include "number.h"

#define GROUPS_MAX 8
#define NBSP "\xc2\xa0"
#define NARROW_NBSP "\xe2\x80\xaf"

struct figure {
    const char *text;   /* begins with a digit */
    const char *before; /* the word in front */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_at(const char *s)
{
    return strspn(s, "0123456789");
}

static bool is_one_of(const char *word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(word, list[i]) == 0)
            return true;
    }
    return false;
}

/* `text` goes on with `word`, and then with something that is no letter. */
static bool goes_on(const char *text, const char *word)
{
    size_t n = strlen(word);

    return strncmp(text, word, n) == 0 && !letter_at(text + n);
}

/* Whether one of `list` is the next word, after a space. */
static bool next_is_one_of(const char *text, const char *const *list, size_t n)
{
    for (size_t i = 0; *text == ' ' && i < n; i++) {
        if (goes_on(text + 1, list[i]))
            return true;
    }
    return false;
}

/* --- dates and times ------------------------------------------------------------------ */

static void say_month(struct buf *say, const char *digits, size_t n)
{
    number_word(say, "tháng");
    if (atoi(digits) == 4 && n <= 2)
        number_word(say, "tư");
    else
        number_whole(say, digits, n);
}

static void say_date(struct buf *say, const struct figure *f, const char *day,
                     size_t n_day, const char *month, size_t n_month, const char *year)
{
    if (strcmp(f->before, "ngày") != 0 && strcmp(f->before, "Ngày") != 0)
        number_word(say, "ngày");
    number_whole(say, day, n_day);
    say_month(say, month, n_month);
    if (year) {
        number_word(say, "năm");
        number_whole(say, year, 4);
    }
}

static bool in_range(const char *digits, size_t n, int min, int max)
{
    int value = 0;

    for (size_t i = 0; i < n; i++)
        value = value * 10 + (digits[i] - '0');
    return n <= 2 && value >= min && value <= max;
}

/* 22/11/2026, 22.11.2026, 22-11-2026 */
static size_t read_date(const struct figure *f, struct buf *say)
{
    const char *day = f->text;
    size_t n_day = digits_at(day);
    const char *month = day + n_day + 1;
    char mark = day[n_day];
    size_t n_month, n_year;
    const char *year;

    if (!mark || !strchr("/.-", mark))
        return 0;
    n_month = digits_at(month);
    if (!in_range(day, n_day, 1, 31) || !in_range(month, n_month, 1, 12) ||
        month[n_month] != mark)
        return 0;
    year = month + n_month + 1;
    n_year = digits_at(year);
    if (n_year != 4)
        return 0;
    say_date(say, f, day, n_day, month, n_month, year);
    return (size_t)(year + n_year - f->text);
}

/* 2026-11-22 */
static size_t read_iso_date(const struct figure *f, struct buf *say)
{
    const char *t = f->text;

    if (digits_at(t) != 4 || t[4] != '-' || digits_at(t + 5) != 2 || t[7] != '-' ||
        digits_at(t + 8) != 2 || !in_range(t + 5, 2, 1, 12) ||
        !in_range(t + 8, 2, 1, 31))
        return 0;
    say_date(say, f, t + 8, 2, t + 5, 2, t);
    return 10;
}

/* 22/11, 11/2026; and 1/5, which is no date unless the words around say so. */
static size_t read_slash(const struct figure *f, struct buf *say)
{
    static const char *const dates[] = { "ngày", "Ngày", "từ", "Từ", "đến", "hôm" };
    size_t n_a = digits_at(f->text);
    const char *b = f->text + n_a + 1;
    size_t n_b;

    if (f->text[n_a] != '/' || !is_digit(*b))
        return 0;
    n_b = digits_at(b);
    if (n_b == 4 && in_range(f->text, n_a, 1, 12)) {
        if (strcmp(f->before, "tháng") == 0)
            number_whole(say, f->text, n_a);
        else
            say_month(say, f->text, n_a);
        number_word(say, "năm");
        number_whole(say, b, n_b);
    } else if (in_range(f->text, n_a, 1, 31) && in_range(b, n_b, 1, 12) &&
               ((n_a == 2 && n_b == 2) || is_one_of(f->before, dates, COUNT(dates)))) {
        say_date(say, f, f->text, n_a, b, n_b, NULL);
    } else {
        number_whole(say, f->text, n_a);
        number_word(say, "trên");
        number_whole(say, b, n_b);
    }
    return n_a + 1 + n_b;
}

/* 08:40, 8h, 8h30, 8g30 */
static size_t read_time(const struct figure *f, struct buf *say)
{
    size_t n_hour = digits_at(f->text);
    const char *minute = f->text + n_hour + 1;
    char mark = f->text[n_hour];
    size_t n_minute;

    if ((mark != ':' && mark != 'h' && mark != 'g') ||
        !in_range(f->text, n_hour, 0, 24))
        return 0;
    n_minute = digits_at(minute);
    if (n_minute ? n_minute != 2 || !in_range(minute, 2, 0, 59)
                 : mark != 'h' || letter_at(minute))
        return 0;
    number_whole(say, f->text, n_hour);
    number_word(say, "giờ");
    if (n_minute && strncmp(minute, "00", 2) != 0) {
        number_whole(say, minute, n_minute);
        number_word(say, "phút");
    }
    return n_hour + 1 + n_minute;
}

/* --- codes and telephones ------------------------------------------------------------- */

struct groups {
    const char *at[GROUPS_MAX];
    size_t n_digits[GROUPS_MAX];
    size_t n;
    size_t total;  /* digits */
    size_t length; /* bytes of text */
};

static size_t gap_at(const char *s)
{
    if (*s == ' ')
        return 1;
    if (strncmp(s, NBSP, 2) == 0)
        return 2;
    return strncmp(s, NARROW_NBSP, 3) == 0 ? 3 : 0;
}

/* Digits with single spaces between them. */
static struct groups read_groups(const char *text)
{
    struct groups g = { 0 };
    const char *at = text;

    while (g.n < GROUPS_MAX && is_digit(*at)) {
        size_t n = digits_at(at);
        size_t gap = gap_at(at + n);

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
static size_t read_spaced(const struct figure *f, struct buf *say)
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

/* Many digits in one piece, in groups that an ear can hold. */
static void say_long(const char *digits, size_t n, struct buf *say)
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

/* Whether digits in one piece are a number to be called or typed, not an amount. */
static bool is_dialled(const struct figure *f, size_t n)
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
        return !next_is_one_of(t + n, clock, COUNT(clock)) &&
               strcmp(f->before, "ngày") != 0 && strcmp(f->before, "tháng") != 0;
    if (n == 3 && t[0] == '1' && t[1] == '1' && t[2] >= '1' && t[2] <= '5')
        return !next_is_one_of(t + n, counted, COUNT(counted));
    if (n == 3 || n == 4)
        return is_one_of(f->before, calls, COUNT(calls)) &&
               !next_is_one_of(t + n, counted, COUNT(counted));
    return n >= 5 && strncmp(t + n - 3, "000", 3) != 0;
}

/* --- amounts -------------------------------------------------------------------------- */

/* 1.000.000 as digits into `digits`; returns its bytes, or 0. */
static size_t read_dotted(const char *text, struct buf *digits)
{
    size_t n = digits_at(text);
    size_t at = n;

    if (n > 3 || text[0] == '0' || text[n] != '.')
        return 0;
    buf_add(digits, text, n);
    while (text[at] == '.' && digits_at(text + at + 1) == 3) {
        buf_add(digits, text + at + 1, 3);
        at += 4;
    }
    return at > n && !(text[at] == '.' && is_digit(text[at + 1])) ? at : 0;
}

/* 1.4.2: parts that are said with "chấm" between them. */
static size_t say_points(const char *text, struct buf *say)
{
    size_t at = digits_at(text);

    number_whole(say, text, at);
    while (text[at] == '.' && is_digit(text[at + 1])) {
        size_t n = digits_at(text + at + 1);

        number_word(say, "chấm");
        number_decimals(say, text + at + 1, n);
        at += 1 + n;
    }
    return at;
}

static size_t say_ordinal(const struct figure *f, size_t n, struct buf *say)
{
    bool fourth = n == 1 && f->text[0] == '4';

    if (strcmp(f->before, "thứ") == 0 || strcmp(f->before, "Thứ") == 0) {
        if (fourth || (n == 1 && f->text[0] == '1')) {
            number_word(say, fourth ? "tư" : "nhất");
            return n;
        }
    }
    if (fourth && (strcmp(f->before, "tháng") == 0 || strcmp(f->before, "Tháng") == 0))
        number_word(say, "tư");
    else
        number_whole(say, f->text, n);
    return n;
}

static size_t read_amount(const struct figure *f, struct buf *say)
{
    size_t n = digits_at(f->text);
    struct buf digits;
    size_t used;

    buf_init(&digits, 64);
    used = read_dotted(f->text, &digits);
    if (used)
        number_whole(say, buf_text(&digits), digits.len);
    else if (f->text[n] == '.' && is_digit(f->text[n + 1]))
        used = say_points(f->text, say);
    else if (is_dialled(f, n))
        say_long(f->text, used = n, say);
    else
        used = say_ordinal(f, n, say);
    buf_finish(&digits);
    if (f->text[used] == ',' && is_digit(f->text[used + 1])) {
        size_t n_after = digits_at(f->text + used + 1);

        number_word(say, "phẩy");
        number_decimals(say, f->text + used + 1, n_after);
        used += 1 + n_after;
    }
    return used;
}

/* --- all of them ---------------------------------------------------------------------- */

/* A unit right behind the number or after a space; returns its bytes with the space. */
static size_t read_unit(const char *text, struct buf *say)
{
    static const struct {
        const char *unit, *words;
    } units[] = {
        { "%", "phần trăm" },  { "đ", "đồng" },       { "₫", "đồng" },
        { "VNĐ", "đồng" },     { "VND", "đồng" },     { "°C", "độ xê" },
        { "KB", "ki lô bai" }, { "MB", "mê ga bai" }, { "GB", "ghi ga bai" },
        { "km", "ki lô mét" }, { "kg", "ki lô gam" }, { "cm", "xen ti mét" },
        { "mm", "mi li mét" }, { "m", "mét" },
    };
    size_t gap = gap_at(text);

    for (size_t i = 0; i < COUNT(units); i++) {
        if (goes_on(text + gap, units[i].unit)) {
            number_word(say, units[i].words);
            return gap + strlen(units[i].unit);
        }
    }
    if (*text == '+') {
        number_word(say, "trở lên");
        return 1;
    }
    return 0;
}

size_t figures_read(const char *text, const char *before, struct buf *say)
{
    static size_t (*const kinds[])(const struct figure *, struct buf *) = {
        read_date, read_iso_date, read_slash, read_time, read_spaced, read_amount,
    };
    struct figure f = { text, before };
    size_t n = 0;

    for (size_t i = 0; n == 0 && i < COUNT(kinds); i++)
        n = kinds[i](&f, say);
    return n + read_unit(text + n, say);
}
