/* What pages of the administration share: dates and figures as people write them, and
 * lines of information with a picture. */
#pragma once

#include <stdint.h>

#include "screens/desk.h"
#include "ui/ui.h"

/* "22/11/2026", "22/11, 08:43" (Vietnam's time); "chưa rõ ngày" below 0, and for 0 ms.
 * In the frame's arena. */
const char *office_day(struct ui *ui, int64_t day);
const char *office_moment(struct ui *ui, int64_t wall_ms);
/* "1.264"; below 0: "chưa có số liệu". */
const char *office_count(struct ui *ui, int64_t n);
/* "9,4 GB", "312 MB". */
const char *office_space(struct ui *ui, int64_t mb);

/* A panel with an icon, a bold line and a small one; `nghe`: it asks for attention. What is
 * left at the right for a button comes back; `w_right` of it is kept free. */
struct rect office_line(struct ui *ui, struct rect r, const char *id, const char *icon,
                        const char *bold, const char *small, float w_right, bool nghe);
/* How high the words of such a line are, within `r`. */
float office_line_words(struct ui *ui, struct rect r, const char *bold,
                        const char *small, float w_right);
/* The rect of line `i` of `n` in two columns (one when upright) within `r`. */
struct rect office_cell(struct ui *ui, struct rect r, size_t i, size_t n);
/* A small line with an (i) at the foot. */
void office_note(struct ui *ui, struct rect r, const char *id, const char *text);
/* The word of a string's key ("sy.o.portal"); the key itself when there is none. */
const char *office_words(const char *key);
