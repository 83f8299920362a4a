/* What pages of staff are made of, beside ui.h: trained hands, so targets of 58…72 dp.
 * Everything that can be pressed has a lip of 4 dp; information has a line and none.
 * Measures are those of design/src/kit.css; fonts come from staff_font. */
#pragma once

#include "ui/ui.h"

/* Type of staff pages, tokens.md §3: body 22 (19 on 7", 20 portrait), small 18 (15, 16). */
enum staff_type {
    STAFF_TITLE,
    STAFF_HEAD,
    STAFF_BODY,
    STAFF_BOLD,
    STAFF_SMALL,
    STAFF_FIGURE
};
struct ui_font staff_font(const struct ui *ui, enum staff_type type);

/* A white button of staff: lip 4, radius 18, icon 30. `kind` as ui_button; `icon` may be
 * NULL, `label` "" for an icon alone. `state` UI_DISABLED: dashed, answers when tapped. */
bool staff_button(struct ui *ui, const char *id, const char *label, struct rect r,
                  enum ui_button_kind kind, const char *icon, unsigned state);
float staff_button_width(struct ui *ui, const char *label, const char *icon);

/* Information: white, a line, no lip. */
void staff_panel(struct ui *ui, struct rect r);
/* A white card that can be pressed, radius 18, lip 4: UI_SELECTED indigo, UI_CORRECT green.
 * The caller draws on it, moved by *dy_out. */
bool staff_row(struct ui *ui, enum ui_role role, const char *id, const char *text,
               struct rect r, unsigned state, float *dy_out);

/* Choices in one frame, one of them chosen. Returns the one tapped, or -1. Ids are `ids[i]`. */
int staff_segments(struct ui *ui, struct rect r, const char *const *ids,
                   const char *const *labels, size_t n, size_t chosen);
/* Natural width of such a row. */
float staff_segments_width(struct ui *ui, const char *const *labels, size_t n);

/* True when tapped: the caller changes it. 104 × 58 dp. */
bool staff_switch(struct ui *ui, const char *id, const char *text, struct rect r,
                  bool on);
/* [-] value [+]: -1, 0 or 1. Ids are `id` with ".less" and ".more". `r` holds all of it. */
int staff_stepper(struct ui *ui, const char *id, const char *text, const char *value,
                  struct rect r);
/* A ticked or empty box, drawn only. */
void staff_check(struct ui *ui, struct rect r, bool on);
/* A ring with or without its dot, drawn only. */
void staff_radio(struct ui *ui, struct rect r, bool on);
/* A figure with its word below it, on a panel; `rest` (" trên 14") may be NULL. */
void staff_figure(struct ui *ui, const char *id, const char *figure, const char *rest,
                  const char *word, struct rect r);
/* A grey label with rounded ends, icon may be NULL; left edge and middle. Its width. */
enum chip_tone { CHIP_SAND, CHIP_NGHE, CHIP_LUA, CHIP_SON };
float staff_chip(struct ui *ui, const char *id, const char *text, const char *icon,
                 float x, float y_middle, enum chip_tone tone);
float staff_chip_width(struct ui *ui, const char *text, const char *icon);

/* Up and down of a list: -1, 0, 1; draws "{a}–{b} trên {n}" between (not on 7"). Keys
 * "page.up", "page.down", "page.at". Returns the width used through `*w_out` (may be NULL). */
int staff_pager(struct ui *ui, struct rect r, size_t first, size_t shown, size_t all,
                float *w_out);

/* Ten digits, erase, and one more key with a word (`extra` NULL: none), 3 × 4. Ids
 * "code.0"…"code.9", "code.del", `extra_id`. Also typed digits and the erase key. Returns
 * '0'…'9', '\b', 'x' for the extra key, 0 for nothing. */
char staff_keypad(struct ui *ui, struct rect r, const char *extra_id,
                  const char *extra);
/* `n` dots of a PIN, `full` of them filled, centred in r. */
void staff_pin_dots(struct ui *ui, struct rect r, size_t n, size_t full);

/* One line, shortened with "…" at the end of a syllable when it is too long. Vertically in
 * the middle of r; draws only. Returns the width used. */
float staff_line(struct ui *ui, struct rect r, const char *text, struct ui_font font,
                 uint32_t colour);

/* Horizontal bars with their names and figures (`note` after the figure, may be NULL). */
struct staff_bar {
    const char *name;
    const char *figure; /* "74", "chưa có số liệu" */
    double part;        /* 0…1 of the width */
    double mark;        /* a dark mark where one should be; below 0: none */
    bool pale, nghe;    /* unfinished; asks for attention */
};
void staff_bars(struct ui *ui, struct rect r, const char *id, const char *title,
                const struct staff_bar *bars, size_t n);
/* Columns with the figure above and the name below. */
void staff_columns(struct ui *ui, struct rect r, const char *id, const char *title,
                   const struct staff_bar *bars, size_t n);
