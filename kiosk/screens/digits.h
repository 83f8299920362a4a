/* Fields of figures beside a keypad: numbers, dates, times of the day. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/ui.h"

enum digits_kind { DIGITS_NUMBER, DIGITS_DATE, DIGITS_TIME };
struct digits {
    const char *id, *label;
    enum digits_kind kind;
    size_t max;    /* digits; a date has 8 (22112026), a time 4 (0730) */
    char text[12]; /* as typed */
    bool bad;      /* what stands there cannot be */
};

/* Draws fields and keypad; a field that is touched takes the keys from then on. */
void digits_frame(struct ui *ui, struct rect r, struct digits *list, size_t n,
                  size_t *at);
/* -1: nothing stands there. -2: it cannot be. A date is days since 1970, a time minutes. */
int64_t digits_value(const struct digits *d);
/* Below 0: empty. */
void digits_set(struct digits *d, int64_t value);
