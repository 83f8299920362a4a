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

extern const struct part_look part_looks[PART_KIND_COUNT];

/* Letters of the phone. */
struct ui_font pen_font(const struct pen *p, float reg, float cmp, float por,
                        bool bold);
float pen_gap(const struct pen *p);
