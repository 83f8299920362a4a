/* Numbers in groups of three digits, as Vietnamese says them. */
#include "number.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"

#define DIGITS_MAX 18

static const char *const words[10] = { "không", "một", "hai", "ba",  "bốn",
                                       "năm",   "sáu", "bảy", "tám", "chín" };

void number_word(struct buf *say, const char *word)
{
    if (!*word)
        return;
    if (say->len && say->data[say->len - 1] != ' ')
        buf_char(say, ' ');
    buf_str(say, word);
}

static void say_unit(struct buf *say, int tens, int unit)
{
    if (unit == 0)
        return;
    if (unit == 5 && tens >= 1)
        number_word(say, "lăm");
    else if (unit == 1 && tens >= 2)
        number_word(say, "mốt");
    else if (unit == 4 && tens >= 2)
        number_word(say, "tư");
    else
        number_word(say, words[unit]);
}

/* 1 to 999; `after`: something was said before it, so that 5 is "không trăm linh năm". */
static void say_group(struct buf *say, int value, bool after)
{
    int hundreds = value / 100, tens = value / 10 % 10, unit = value % 10;

    if (hundreds || after) {
        number_word(say, words[hundreds]);
        number_word(say, "trăm");
    }
    if (tens == 0 && unit && (hundreds || after))
        number_word(say, "linh");
    if (tens == 1)
        number_word(say, "mười");
    if (tens >= 2) {
        number_word(say, words[tens]);
        number_word(say, "mươi");
    }
    say_unit(say, tens, unit);
}

static int group_value(const char *digits, size_t n)
{
    int value = 0;

    for (size_t i = 0; i < n; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

void number_whole(struct buf *say, const char *digits, size_t n)
{
    static const char *const units[] = { "",   "nghìn",    "triệu",
                                         "tỷ", "nghìn tỷ", "triệu tỷ" };
    bool after = false;

    while (n > 1 && *digits == '0') {
        digits++;
        n--;
    }
    if (n == 1 && *digits == '0') {
        number_word(say, words[0]);
        return;
    }
    if (n > DIGITS_MAX) {
        number_digits(say, digits, n);
        return;
    }
    while (n) {
        size_t here = n % 3 ? n % 3 : 3;
        int value = group_value(digits, here);

        digits += here;
        n -= here;
        if (value == 0)
            continue;
        say_group(say, value, after);
        number_word(say, units[n / 3]);
        after = true;
    }
}

void number_digits(struct buf *say, const char *digits, size_t n)
{
    for (size_t i = 0; i < n; i++)
        number_word(say, words[digits[i] - '0']);
}

void number_decimals(struct buf *say, const char *digits, size_t n)
{
    if (n <= 2 && digits[0] != '0')
        number_whole(say, digits, n);
    else
        number_digits(say, digits, n);
}
