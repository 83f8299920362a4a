/* One row of the commune's lists, while it is changed: a name, the figures of a thôn, a time
 * of the class calendar. */
#pragma once

#include "app/app.h"
#include "screens/class_words.h"
#include "screens/digits.h"
#include "screens/text_page.h"

enum units_tab { UNITS_THON, UNITS_UNIT, UNITS_BASE, UNITS_SLOT, UNITS_TABS };

struct units_edit {
    enum units_tab tab;
    bool open;
    struct commune_entry entry; /* of thôn and units */
    struct commune_base base;
    struct commune_slot slot;
    size_t day_first, thon_first;
    int step; /* of a slot: weekday, thôn, times */
    struct digits fields[5];
    size_t n_fields, at;
    char line[COMMUNE_NAME_MAX]; /* the name, the source or the place */
    struct text_page text;
    const char *say;
    enum chip_tone tone;
};

void units_edit_entry(struct units_edit *e, enum units_tab tab,
                      const struct commune_entry *entry);
void units_edit_base(struct units_edit *e, const struct commune_base *base);
void units_edit_slot(struct units_edit *e, const struct commune_slot *slot);
/* Draws it; true when it is done with: written, or given up. `thon` are those to choose. */
bool units_edit_frame(struct app *app, struct ui *ui, struct units_edit *e,
                      const struct commune_entry *thon, size_t n_thon);
