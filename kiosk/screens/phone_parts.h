/* The parts of the mock phone: one row each. */
#pragma once

#include "screens/phone.h"

struct pen {
    struct app *app;
    struct ui *ui;
    const struct phone_view *view;
    const struct practice_screen *screen;
    size_t at;   /* the part at hand */
    float scale; /* of letters and gaps: smaller where much stands on a screen */
    bool dark;   /* the ground is dark */
    struct phone_touch *touch;
};

struct part_look {
    /* Its height in dp for that width. */
    float (*height)(struct pen *p, float w);
    void (*draw)(struct pen *p, struct rect r);
    size_t columns; /* so many of them stand in a row; 0: as many as there are */
    bool low;       /* at the lower edge of the phone */
};

/* Of every part: phone_words.c, phone_touch.c, phone_things.c. */
extern const struct part_look *const part_looks[PART_KIND_COUNT];
extern const struct part_look look_text, look_head, look_in, look_out, look_voice,
    look_heard, look_button, look_round, look_app, look_row, look_switch, look_field,
    look_type, look_amount, look_card, look_address, look_qr, look_stars, look_alert,
    look_place, look_photo, look_dial, look_hold, look_swipe;

/* --- what they share ---------------------------------------------------------------------- */

const struct practice_part *pen_part(const struct pen *p); /* the part at hand */
bool pen_can_touch(const struct pen *p);
/* Its node: a target where touching means something, else words that can be read. */
void pen_meaning(struct pen *p, struct rect r, enum ui_role role, const char *text);
/* What stands below the words, to be heard after them. */
void pen_note(struct pen *p, struct rect r);

struct ui_font pen_font(const struct pen *p, float reg, float cmp, float por,
                        bool bold);
struct ui_font pen_plain(const struct pen *p);
struct ui_font pen_bold(const struct pen *p);
struct ui_font pen_small(const struct pen *p);
uint32_t pen_ink(const struct pen *p);  /* of words on the ground */
uint32_t pen_ink2(const struct pen *p); /* of notes there */
uint32_t pen_fill(enum practice_tone tone);
float pen_gap(const struct pen *p);
float pen_finger(const struct pen *p);  /* nothing that is touched is lower */
float pen_touch_h(const struct pen *p); /* of what is touched, at least */
float pen_round_d(const struct pen *p); /* of a round button */
/* Of `text` wrapped into `w`; 0 of NULL. */
float pen_words_h(struct pen *p, float w, const char *text, struct ui_font font);
