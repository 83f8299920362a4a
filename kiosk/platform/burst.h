/* Tells a scanner from fingers: a scanner types a whole code, faster than anybody,
 * and ends with Enter. Pure: time is an argument. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/ui_core.h"

#define BURST_GAP_MS 30 /* between two characters of a scanner */
#define BURST_MIN 6     /* characters */

struct burst {
    char text[UI_SCAN_MAX + 1];
    size_t n;
    int64_t last_ms;
};

/* A character was typed; what waited too long for it is fed first. */
void burst_char(struct burst *b, struct ui *ui, char ch, int64_t t_ms);
/* Enter: a scan, or the characters and then the key. */
void burst_enter(struct burst *b, struct ui *ui, int64_t t_ms);
/* Feeds characters that no other followed in time; call after each wait. Returns the
 * milliseconds until it has to be called again, -1: no need. */
int burst_settle(struct burst *b, struct ui *ui, int64_t t_ms);
/* Feeds what waits, before another kind of event. */
void burst_flush(struct burst *b, struct ui *ui);
