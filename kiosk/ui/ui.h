/* Immediate-mode toolkit: input goes in, draw commands and a semantic tree come out.
 * It knows no window system; text is measured through a callback. Lengths are dp
 * (1/160 inch, tokens.md §1) in floats; commands are in whole window pixels.
 *
 * A frame: ui_begin → the screen calls widgets → ui_end. A tap is resolved against the
 * rectangles of the last frame (hit areas grow 8 dp, the nearest target wins) on
 * release; the widget with that id then returns true once. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/panel.h"
#include "ui/strings.h"
#include "ui/theme.h"

struct rect { /* dp */
    float x, y, w, h;
};

struct box { /* px */
    int x, y, w, h;
};

enum ui_role {
    UI_ROLE_BUTTON,
    UI_ROLE_CHOICE,
    UI_ROLE_TEXT,
    UI_ROLE_TITLE,
    UI_ROLE_IMAGE,
    UI_ROLE_FIELD,
    UI_ROLE_KEY,
    UI_ROLE_ROW,
    UI_ROLE_SWITCH,
    UI_ROLE_TAB,
    UI_ROLE_CHART,
    UI_ROLE_LINK,
    UI_ROLE_PROGRESS,
    UI_ROLE_DIALOG,
    UI_ROLE_PHONE,
    UI_ROLE_HOTSPOT,
    UI_ROLE_COUNT,
};

enum ui_state {
    UI_DISABLED = 1,
    UI_SELECTED = 2,
    UI_CORRECT = 4,
    UI_NOT_YET = 8,
    UI_FOCUS = 16,
    UI_PRESSED = 32,
    UI_PLAYING = 64,
};

struct ui_node {
    const char *id; /* string-table key, "#n" added in lists */
    const char *text;
    const char *value; /* NULL: null */
    struct box box;
    enum ui_role role;
    unsigned state; /* enum ui_state */
    bool active;    /* can be tapped; a disabled one answers by saying why */
};

/* What the platform draws, in order. Colours are 0xAARRGGBB. */
enum ui_cmd_kind {
    UI_CMD_FILL,   /* rounded rectangle */
    UI_CMD_BORDER, /* its outline, `line` px inside the box; dashed when `dashed` */
    UI_CMD_SHADOW, /* soft shadow below a float of that box and radius */
    UI_CMD_TEXT,   /* one line, left edge and top of the line box at (x, y) */
    UI_CMD_IMAGE,  /* fitted into the box by `fit`, clipped by the radius */
    UI_CMD_RING,   /* arc of `value` per mille from 12 o'clock, `line` px wide */
    UI_CMD_BAND,   /* the woven band, repeated along the box */
    UI_CMD_CLIP,   /* everything after it is clipped to the box; w 0: no clip */
};

enum ui_fit { UI_FIT_CONTAIN, UI_FIT_COVER, UI_FIT_COVER_TOP };
enum ui_corner { UI_CORNERS_ALL = 0, UI_CORNERS_TOP = 1, UI_CORNERS_LEFT = 2 };

struct ui_cmd {
    enum ui_cmd_kind kind;
    struct box box;
    uint32_t colour;        /* of IMAGE: tint, 0 for none (icons are white) */
    int radius, line, size; /* px; size = font em */
    int value; /* of RING, SHADOW; of TEXT: 1 when a word is broken at its end */
    bool bold, dashed;
    unsigned char fit, corners;
    const char *text; /* the line, or the image's source: "art:NAME", "icon:NAME",
                         "pack:<sha256>" */
};

/* Widths come from the platform. Thread: the UI thread. */
struct ui_metrics {
    /* Width in px of `n` bytes at `size` px em. */
    int (*text_width)(void *ctx, bool bold, int size, const char *text, size_t n);
    void *ctx;
};

struct ui; /* ui/ui_core.h has it for the loop; screens need not look */

/* The panel, and the page in dp. */
enum panel ui_panel(const struct ui *ui);
struct rect ui_page(const struct ui *ui);
/* One of three measures by panel class; PANEL_WIDE takes `reg`. */
float ui_dim(const struct ui *ui, float reg, float cmp, float por);
/* Whatever is drawn from now on stands `dy` dp lower, until it is set again or the frame
 * ends. */
void ui_shift(struct ui *ui, float dy);
/* Several people look at this page together: choices bear numbers that can be called out,
 * and the foot is `foot_h` dp higher, for faces. Until the frame ends. */
void ui_set_group(struct ui *ui, float foot_h);
bool ui_is_group(const struct ui *ui);
float ui_group_foot(const struct ui *ui); /* dp */
/* Frame arena: lives until the next frame. */
struct arena *ui_arena(struct ui *ui);
/* The learner's text size: 0 Vừa, 1 To, 2 Rất to; lesson text is scaled by it. */
float ui_text_scale(const struct ui *ui);

/* Cutting rectangles: takes a slice off `r` and returns it. */
struct rect rect_cut_top(struct rect *r, float h);
struct rect rect_cut_bottom(struct rect *r, float h);
struct rect rect_cut_left(struct rect *r, float w);
struct rect rect_cut_right(struct rect *r, float w);
struct rect rect_inset(struct rect r, float dx, float dy);
struct rect rect_centre(struct rect outer, float w, float h);

/* --- drawing without meaning ------------------------------------------------------ */

struct ui_box_style {
    uint32_t fill;   /* 0: none */
    uint32_t border; /* 0: none */
    float line;      /* dp */
    float radius;    /* dp */
    uint32_t lip;    /* colour below the face; 0: none */
    float lip_dy;    /* dp */
    bool dashed;
    unsigned char corners;
};
void ui_box(struct ui *ui, struct rect r, const struct ui_box_style *style);
void ui_shadow(struct ui *ui, struct rect r, float radius);
void ui_icon(struct ui *ui, struct rect r, const char *name, uint32_t colour);
/* `source` as in struct ui_cmd. */
void ui_picture(struct ui *ui, struct rect r, const char *source, enum ui_fit fit,
                float radius, unsigned corners);
void ui_ring(struct ui *ui, struct rect r, float line, int per_mille, uint32_t colour);
void ui_band(struct ui *ui, struct rect r);
void ui_fill_page(struct ui *ui, uint32_t colour); /* also the scrim */
/* What is drawn until ui_clip_end stays within `r`. Clips do not nest. */
void ui_clip(struct ui *ui, struct rect r);
void ui_clip_end(struct ui *ui);

enum ui_align { UI_LEFT, UI_CENTRE };

struct ui_font {
    float size, line; /* dp */
    bool bold;
};

/* Draws `text` wrapped and balanced (no single syllable alone on the last line) into
 * the top of `r` and returns its height in dp; "\n" forces a line. Draws nothing with
 * colour 0: a measurement. */
float ui_text(struct ui *ui, struct rect r, const char *text, struct ui_font font,
              uint32_t colour, enum ui_align align);
/* The same, centred vertically in `r`. */
void ui_text_middle(struct ui *ui, struct rect r, const char *text, struct ui_font font,
                    uint32_t colour, enum ui_align align);
/* Width in dp on one line. */
float ui_text_width(struct ui *ui, const char *text, struct ui_font font);

/* --- meaning ---------------------------------------------------------------------- */

/* Puts a node into the tree (not a target). */
void ui_node(struct ui *ui, enum ui_role role, const char *id, const char *text,
             struct rect r, unsigned state);
/* The same with a value, e.g. of a progress bar. */
void ui_node_value(struct ui *ui, enum ui_role role, const char *id, const char *text,
                   const char *value, struct rect r, unsigned state);
/* Text that is drawn and in the tree; returns its height in dp. */
float ui_label(struct ui *ui, enum ui_role role, const char *id, const char *text,
               struct rect r, struct ui_font font, uint32_t colour,
               enum ui_align align);

/* A bare target: node, focus ring, press state; the caller draws the rest. True when
 * tapped.
 * `*state_out` (may be NULL) gets UI_PRESSED and UI_FOCUS. */
bool ui_target(struct ui *ui, enum ui_role role, const char *id, const char *text,
               struct rect r, unsigned state, unsigned *state_out);

/* Which way a finger pushed the target `id` and let go, since the last frame. */
enum ui_way { UI_WAY_NONE, UI_WAY_UP, UI_WAY_DOWN, UI_WAY_LEFT, UI_WAY_RIGHT };
enum ui_way ui_swiped(struct ui *ui, const char *id);

enum ui_button_kind {
    UI_BUTTON_PRIMARY,
    UI_BUTTON_SECONDARY,
    UI_BUTTON_OK,
    UI_BUTTON_DANGER,
    UI_BUTTON_SUN,
};
struct ui_button_style {
    enum ui_button_kind kind;
    const char *icon_left, *icon_right, *icon_top; /* icon names or NULL */
    float font;                                    /* dp; 0: the panel's button size */
    float icon;                                    /* dp; 0: 42 */
    float radius;                                  /* dp; 0: 24 */
    float lip;                                     /* dp; 0: 6 */
    uint32_t icon_colour;                          /* 0: as the text */
    unsigned state;                                /* UI_DISABLED … */
};
/* A button with lip. `r` is its face; the lip hangs 6 dp below. True when tapped; a
 * disabled button also returns true when tapped, so that the caller can say why:
 * check its own condition. */
bool ui_button(struct ui *ui, const char *id, const char *label, struct rect r,
               const struct ui_button_style *style);
/* Natural width of such a button: label, icons, padding. */
float ui_button_width(struct ui *ui, const char *label,
                      const struct ui_button_style *s);

/* A white card with lip (or its selected, correct, not-yet, disabled look by `state`).
 * The caller draws inside. The press offset in dp to add to what is drawn on it comes
 * back in `*dy_out`. */
bool ui_card(struct ui *ui, enum ui_role role, const char *id, const char *text,
             struct rect r, unsigned state, float *dy_out);

/* A tool of the top bar: icon over word; tapped up to the screen's edge. The icon
 * "text" is drawn as a small and a large A. UI_SELECTED: the tinted look of the listen
 * tool; UI_PLAYING: indigo. */
bool ui_tool(struct ui *ui, const char *id, const char *icon, const char *label,
             struct rect r, unsigned state);

/* Row of step dots, left edge at r.x, or centred in r. */
void ui_dots(struct ui *ui, struct rect r, size_t n, size_t at, enum ui_align align);

/* Between begin and end of a dialog only its nodes count, for taps and in the tree.
 * Draws nothing: scrim, shadow and sheet come from the page, before it. */
void ui_dialog_begin(struct ui *ui, const char *id, const char *text, struct rect r);
void ui_dialog_end(struct ui *ui);

/* --- keys that pages read --------------------------------------------------------- */

enum ui_key {
    UI_KEY_NONE,
    UI_KEY_BACK /* Esc */,
    UI_KEY_LISTEN /* F1 */,
    UI_KEY_HELP /* F2 */,
    UI_KEY_ERASE
};
/* True once when the key was pressed since the last frame. */
bool ui_key(struct ui *ui, enum ui_key key);
/* The character typed since the last frame ('0'..'9' for the code page), or 0. */
uint32_t ui_typed(struct ui *ui);
/* There is a field on the page: the space bar types, else it acts on what has the focus. */
void ui_wants_text(struct ui *ui);
/* What a scanner sent as a burst since the last frame, or NULL. */
const char *ui_scanned(struct ui *ui);

/* What is drawn in between is not shown: it is the page that probably comes next, so that
 * its letters and pictures can be made while nobody waits for them. Its widgets are
 * neither nodes nor targets and hear nothing. */
void ui_ahead_begin(struct ui *ui);
void ui_ahead_end(struct ui *ui);

/* Another frame is wanted in `ms` (a countdown); the smallest wish counts. */
void ui_wake_in(struct ui *ui, int ms);
