/* Kinds of figures, tried in order; the first that fits says it. */
#include "figures.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "figures_inside.h"
#include "letter.h"
#include "number.h"

#define NBSP "\xc2\xa0"
#define NARROW_NBSP "\xe2\x80\xaf"

bool figure_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

size_t figure_digits(const char *s)
{
    return strspn(s, "0123456789");
}

bool figure_word_in(const char *word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(word, list[i]) == 0)
            return true;
    }
    return false;
}

bool figure_goes_on(const char *text, const char *word)
{
    size_t n = strlen(word);

    return strncmp(text, word, n) == 0 && !letter_at(text + n);
}

bool figure_next_in(const char *text, const char *const *list, size_t n)
{
    for (size_t i = 0; *text == ' ' && i < n; i++) {
        if (figure_goes_on(text + 1, list[i]))
            return true;
    }
    return false;
}

size_t figure_gap(const char *s)
{
    if (*s == ' ')
        return 1;
    if (strncmp(s, NBSP, 2) == 0)
        return 2;
    return strncmp(s, NARROW_NBSP, 3) == 0 ? 3 : 0;
}

/* --- amounts -------------------------------------------------------------------------- */

/* 1.000.000 as digits into `digits`; returns its bytes, or 0. */
static size_t read_dotted(const char *text, struct buf *digits)
{
    size_t n = figure_digits(text);
    size_t at = n;

    if (n > 3 || text[0] == '0' || text[n] != '.')
        return 0;
    buf_add(digits, text, n);
    while (text[at] == '.' && figure_digits(text + at + 1) == 3) {
        buf_add(digits, text + at + 1, 3);
        at += 4;
    }
    return at > n && !(text[at] == '.' && figure_is_digit(text[at + 1])) ? at : 0;
}

/* 1.4.2: parts that are said with "chấm" between them. */
static size_t say_points(const char *text, struct buf *say)
{
    size_t at = figure_digits(text);

    number_whole(say, text, at);
    while (text[at] == '.' && figure_is_digit(text[at + 1])) {
        size_t n = figure_digits(text + at + 1);

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
    size_t n = figure_digits(f->text);
    struct buf digits;
    size_t used;

    buf_init(&digits, 64);
    used = read_dotted(f->text, &digits);
    if (used)
        number_whole(say, buf_text(&digits), digits.len);
    else if (f->text[n] == '.' && figure_is_digit(f->text[n + 1]))
        used = say_points(f->text, say);
    else if (figure_is_dialled(f, n))
        figure_say_dialled(f->text, used = n, say);
    else
        used = say_ordinal(f, n, say);
    buf_finish(&digits);
    if (f->text[used] == ',' && figure_is_digit(f->text[used + 1])) {
        size_t n_after = figure_digits(f->text + used + 1);

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
    size_t gap = figure_gap(text);

    for (size_t i = 0; i < COUNT(units); i++) {
        if (figure_goes_on(text + gap, units[i].unit)) {
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
        figure_date, figure_iso_date, figure_slash,
        figure_time, figure_spaced,   read_amount,
    };
    struct figure f = { text, before };
    size_t n = 0;

    for (size_t i = 0; n == 0 && i < COUNT(kinds); i++)
        n = kinds[i](&f, say);
    return n + read_unit(text + n, say);
}
