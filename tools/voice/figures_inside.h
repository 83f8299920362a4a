/* What the kinds of figures share. Nobody else includes it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct buf;

struct figure {
    const char *text;   /* begins with a digit */
    const char *before; /* the word in front, as written; "" when there is none */
};

size_t figure_digits(const char *s);
bool figure_is_digit(char c);
bool figure_word_in(const char *word, const char *const *list, size_t n);
/* `text` goes on with `word`, and then with no letter. */
bool figure_goes_on(const char *text, const char *word);
/* Whether one of `list` is the next word, after a space. */
bool figure_next_in(const char *text, const char *const *list, size_t n);
/* Bytes of one space, breaking or not, at `s`; else 0. */
size_t figure_gap(const char *s);

/* Each says the figure and returns its bytes, or 0 when it is of another kind. */
size_t figure_date(const struct figure *f, struct buf *say);     /* 22/11/2026 */
size_t figure_iso_date(const struct figure *f, struct buf *say); /* 2026-11-22 */
size_t figure_slash(const struct figure *f, struct buf *say);  /* 22/11, 11/2026, 3/5 */
size_t figure_time(const struct figure *f, struct buf *say);   /* 08:40, 8h, 8h30 */
size_t figure_spaced(const struct figure *f, struct buf *say); /* 482 915, 20 000 */

/* Whether `n` digits in one piece are called or typed, not counted. */
bool figure_is_dialled(const struct figure *f, size_t n);
/* Many digits in one piece, in groups that an ear can hold. */
void figure_say_dialled(const char *digits, size_t n, struct buf *say);
