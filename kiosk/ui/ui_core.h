/* The loop's side of the toolkit: input in, frames out. Screens use ui.h alone.
 *
 * One round of the loop:
 *     platform wait → ui_feed, any number of events
 *     do { ui_begin; the screen's frame; ui_end; } while (ui_again);
 *     present the command list
 * A frame takes at most one action (tap, key, character, scan) from the queue. The
 * frame that took one was drawn half before it and half after it, so ui_again asks for
 * another before anything is shown. */
#pragma once

#include "ui/ui.h"

enum ui_event_kind {
    UI_EVENT_DOWN, /* a finger or the left button, at (x, y) window px */
    UI_EVENT_MOVE,
    UI_EVENT_UP,
    UI_EVENT_CANCEL, /* the touch counts no more */
    UI_EVENT_KEY,
    UI_EVENT_CHAR,   /* one typed character, `ch` */
    UI_EVENT_SCAN,   /* what a scanner sent, `text`; copied */
    UI_EVENT_TAP_ID, /* taps the node `text` of the last frame, without a finger */
};

enum ui_event_key {
    UI_EVENT_KEY_TAB,
    UI_EVENT_KEY_BACKTAB,
    UI_EVENT_KEY_LEFT,
    UI_EVENT_KEY_RIGHT,
    UI_EVENT_KEY_UP,
    UI_EVENT_KEY_DOWN,
    UI_EVENT_KEY_ACT, /* Enter, Space */
    UI_EVENT_KEY_ESC,
    UI_EVENT_KEY_F1,
    UI_EVENT_KEY_F2,
    UI_EVENT_KEY_ERASE,
};

#define UI_SCAN_MAX 512  /* bytes of a scan; longer ones are dropped */
#define UI_QUEUE_MAX 256 /* events between two frames; more are dropped */

struct ui_event {
    enum ui_event_kind kind;
    int64_t t_ms; /* monotonic; of DOWN, for the tremor guard */
    int x, y;     /* px */
    enum ui_event_key key;
    uint32_t ch; /* Unicode */
    const char *text;
};

/* `metrics` is copied; its ctx must outlive the ui. `dpi` 0: a guess by the size. One that would
 * make the page larger or smaller than any was drawn for counts as far as it can. */
struct ui *ui_create(const struct ui_metrics *metrics, int w_px, int h_px, int dpi);
void ui_destroy(struct ui *ui); /* NULL is allowed */

/* The dpi assumed for a window of that size when nobody measured the panel. */
int ui_dpi_guess(int w_px, int h_px);
/* Pixels per dp, tokens.md §1. */
float ui_scale(const struct ui *ui);
void ui_size(const struct ui *ui, int *w_px_out, int *h_px_out);

/* Between frames: another one was measured. 0: the guess. */
void ui_set_dpi(struct ui *ui, int dpi);
/* What lengths are drawn by. */
int ui_dpi(const struct ui *ui);

/* The learner's text size: 0 Vừa, 1 To, 2 Rất to. */
void ui_set_text_step(struct ui *ui, int step);

/* The learner wants darker lines and letters on white. */
void ui_set_contrast(struct ui *ui, bool on);

/* What is being read aloud in the next frames: the node `id` is playing, and `n` bytes of its
 * text from `from` on stand on turmeric. `id` NULL: nothing. Copied. */
void ui_set_reading(struct ui *ui, const char *id, const char *text, size_t from,
                    size_t n);

void ui_feed(struct ui *ui, const struct ui_event *event);

void ui_begin(struct ui *ui);
void ui_end(struct ui *ui);
/* Another frame is due before presenting: an action was taken or waits. */
bool ui_again(const struct ui *ui);
/* Milliseconds until a frame is wanted without input, -1: never. */
int ui_wake_ms(const struct ui *ui);

/* The finished frame: valid until the ui_begin after the next one. */
const struct ui_cmd *ui_cmds(const struct ui *ui, size_t *n_out);
/* What the page that comes next will draw; not to be shown. */
const struct ui_cmd *ui_ahead(const struct ui *ui, size_t *n_out);
const struct ui_node *ui_nodes(const struct ui *ui, size_t *n_out);
const char *ui_role_name(enum ui_role role); /* "button", as in the semantic log */
/* Of the command list: equal hashes, equal pictures. */
uint64_t ui_hash(const struct ui *ui);
uint64_t ui_cmd_hash(const struct ui_cmd *cmd); /* of one command */
/* Number of finished frames. */
uint64_t ui_frame(const struct ui *ui);

/* The action that the last frame took, for logs and recorded scripts. */
enum ui_taken_kind {
    UI_TAKEN_NONE,
    UI_TAKEN_TAP,
    UI_TAKEN_KEY,
    UI_TAKEN_CHAR,
    UI_TAKEN_SCAN,
    UI_TAKEN_SWIPE
};
struct ui_taken {
    enum ui_taken_kind kind;
    const char *text; /* node id, or what was scanned; until the next frame */
    enum ui_key key;
    uint32_t ch;
    enum ui_way way;
};
struct ui_taken ui_taken(const struct ui *ui);
