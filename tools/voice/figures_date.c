/* Dates and times of day. */
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "figures_inside.h"
#include "letter.h"
#include "number.h"

static int value_of(const char *digits, size_t n)
{
    int value = 0;

    for (size_t i = 0; i < n; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

/* At most two digits. */
static bool in_range(const char *digits, size_t n, int min, int max)
{
    return n <= 2 && value_of(digits, n) >= min && value_of(digits, n) <= max;
}

static void say_month(struct buf *say, const char *digits, size_t n)
{
    number_word(say, "tháng");
    if (in_range(digits, n, 4, 4))
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

/* 22/11/2026, 22.11.2026, 22-11-2026 */
size_t figure_date(const struct figure *f, struct buf *say)
{
    const char *day = f->text;
    size_t n_day = figure_digits(day);
    const char *month = day + n_day + 1;
    char mark = day[n_day];
    size_t n_month, n_year;
    const char *year;

    if (!mark || !strchr("/.-", mark))
        return 0;
    n_month = figure_digits(month);
    if (!in_range(day, n_day, 1, 31) || !in_range(month, n_month, 1, 12) ||
        month[n_month] != mark)
        return 0;
    year = month + n_month + 1;
    n_year = figure_digits(year);
    if (n_year != 4)
        return 0;
    say_date(say, f, day, n_day, month, n_month, year);
    return (size_t)(year + n_year - f->text);
}

/* 2026-11-22 */
size_t figure_iso_date(const struct figure *f, struct buf *say)
{
    const char *t = f->text;

    if (figure_digits(t) != 4 || t[4] != '-' || figure_digits(t + 5) != 2 ||
        t[7] != '-' || figure_digits(t + 8) != 2 || !in_range(t + 5, 2, 1, 12) ||
        !in_range(t + 8, 2, 1, 31))
        return 0;
    say_date(say, f, t + 8, 2, t + 5, 2, t);
    return 10;
}

/* 22/11, 11/2026; and 1/5, which is no date unless the words around say so. */
size_t figure_slash(const struct figure *f, struct buf *say)
{
    static const char *const dates[] = { "ngày", "Ngày", "từ", "Từ", "đến", "hôm" };
    size_t n_a = figure_digits(f->text);
    const char *b = f->text + n_a + 1;
    size_t n_b;

    if (f->text[n_a] != '/' || !figure_is_digit(*b))
        return 0;
    n_b = figure_digits(b);
    if (n_b == 4 && in_range(f->text, n_a, 1, 12)) {
        if (strcmp(f->before, "tháng") == 0)
            number_whole(say, f->text, n_a);
        else
            say_month(say, f->text, n_a);
        number_word(say, "năm");
        number_whole(say, b, n_b);
    } else if (in_range(f->text, n_a, 1, 31) && in_range(b, n_b, 1, 12) &&
               ((n_a == 2 && n_b == 2) ||
                figure_word_in(f->before, dates, COUNT(dates)))) {
        say_date(say, f, f->text, n_a, b, n_b, NULL);
    } else {
        number_whole(say, f->text, n_a);
        number_word(say, "trên");
        number_whole(say, b, n_b);
    }
    return n_a + 1 + n_b;
}

/* 08:40, 8h, 8h30, 8g30 */
size_t figure_time(const struct figure *f, struct buf *say)
{
    size_t n_hour = figure_digits(f->text);
    const char *minute = f->text + n_hour + 1;
    char mark = f->text[n_hour];
    size_t n_minute;

    if ((mark != ':' && mark != 'h' && mark != 'g') ||
        !in_range(f->text, n_hour, 0, 24))
        return 0;
    n_minute = figure_digits(minute);
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
