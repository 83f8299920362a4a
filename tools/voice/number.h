/* Figures as Vietnamese words. Pure; knows nothing of what a number stands for. */
#pragma once

#include <stddef.h>

struct buf;

/* Appends a word, after a space where one is needed. */
void number_word(struct buf *say, const char *word);

/* Appends a whole number of `n` digits: "105" → "một trăm linh năm". More than 18 digits
 * are read one by one. */
void number_whole(struct buf *say, const char *digits, size_t n);

/* Appends the digits one by one. */
void number_digits(struct buf *say, const char *digits, size_t n);

/* Appends what stands behind a decimal comma: "5" → "năm", "05" → "không năm". */
void number_decimals(struct buf *say, const char *digits, size_t n);
