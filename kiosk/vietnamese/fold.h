/* Text to be found without its marks: lower case, no tones, đ→d, one space between words. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Folds valid UTF-8 (NFC or NFD) into `out`, cut at a character that does not fit.
 * "Đặng  Thùy TRÂM" → "dang thuy tram". Returns the bytes written without the NUL. */
size_t fold_text(const char *text, char *out, size_t size);

/* Edits between two folded words or names, never more than `max` + 1 (then `max` + 1). */
int fold_distance(const char *a, const char *b, int max);
