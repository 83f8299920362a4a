/* What the files of this folder share: the state of the toolkit. Not for screens and
 * not for the loop. */
#pragma once

#include "ui/ui_core.h"

/* A place that can be tapped. */
struct target {
    const char *id;
    struct box box; /* as drawn */
    struct box hit; /* grown, and to the screen's edge where the design asks */
    enum ui_role role;
    unsigned state;
};

struct cmd_list {
    struct ui_cmd *cmds;
    size_t n, cap;
};

/* Everything that one frame made; strings live in its arena. */
struct frame {
    struct arena arena;
    struct cmd_list shown;
    struct cmd_list ahead; /* of the page that probably comes next */
    struct ui_node *nodes;
    size_t n_nodes, cap_nodes;
    struct target *targets;
    size_t n_targets, cap_targets;
    uint64_t hash;
    bool wants_text;
};

struct width_cache; /* ui_text.c */

struct ui {
    int w, h; /* px */
    int dpi;
    float s; /* px per dp */
    enum panel panel;
    int text_step;
    bool contrast;
    float shift; /* dp */
    bool group;
    float group_foot; /* dp */
    struct ui_metrics metrics;
    struct width_cache *widths;

    struct frame frames[2];
    int at;            /* the frame being made, or the last one made */
    uint64_t n_frames; /* finished */
    bool in_dialog, after_dialog;
    bool is_ahead; /* between ui_ahead_begin and ui_ahead_end */
    int wake_ms;

    struct ui_event queue[UI_QUEUE_MAX]; /* texts are owned */
    size_t n_queue;
    struct ui_taken taken; /* by this frame */
    bool taken_open;       /* no widget has claimed it yet */

    char *press_id;  /* the target under the finger, NULL: none */
    bool press_held; /* the finger is still within its reach */
    int press_x, press_y;
    int64_t tap_ms; /* when the last accepted touch began */
    char *tap_id;
    char *reading_id, *reading_text; /* NULL: nothing is read aloud */
    size_t reading_from, reading_n;  /* bytes of `reading_text` */
    char *focus_id;
    bool focus_shown; /* after a key, until the next touch */
};

/* ui_core.c: the frame being made and the one before it. */
struct frame *ui_now(struct ui *ui);
const struct frame *ui_last(const struct ui *ui);

/* ui_input.c: takes events from the queue until one is an action. */
void ui_take_events(struct ui *ui);
void ui_set_string(char **slot, const char *value); /* owns a copy; NULL clears */

/* ui_draw.c */
int ui_px(const struct ui *ui, float dp);
struct box ui_box_px(const struct ui *ui, struct rect r);
struct ui_cmd *ui_cmd_add(struct ui *ui, enum ui_cmd_kind kind, struct box box,
                          uint32_t colour);

/* ui_node.c: `hit` NULL means the usual growth. */
bool ui_target_hit(struct ui *ui, enum ui_role role, const char *id, const char *text,
                   struct rect r, const struct rect *hit, unsigned state,
                   unsigned *state_out);
/* The double ring of keyboard focus around `r`, as fills: the face goes on top. */
void ui_focus_ring(struct ui *ui, struct rect r, float radius);

/* ui_text.c */
void ui_widths_destroy(struct width_cache *cache); /* NULL is allowed */
/* Width in dp of the widest line when the text is wrapped into `w`. */
float ui_text_widest(struct ui *ui, const char *text, struct ui_font font, float w);
