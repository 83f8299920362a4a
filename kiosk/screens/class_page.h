/* The page of the open class, and what lies over it. */
#pragma once

#include "screens/class_row.h"
#include "screens/desk.h"

struct class_page {
    struct class_person list[CLASS_MAX];
    size_t n, first;
    int minute;
    bool absent_only;
    bool marking; /* taps open the sheet of a person instead of ticking */
    bool sheet;
    size_t sheet_at; /* in list */
    bool more;       /* the other things to do lie open, on small panels */
    const char *say;
    enum chip_tone tone;
    char said[200];
    int64_t until_ms;
    int64_t looks_until_ms; /* the camera, for cards that are held up */
};

/* The people of the class anew. */
void class_page_read(struct app *app, struct class_page *s);
/* Words above the foot, for a while. */
void class_page_tell(struct app *app, struct class_page *s, const char *words,
                     enum chip_tone tone);
/* The other things to do. */
void class_page_more(struct app *app, struct class_page *s, struct ui *ui);
/* Of the person s->sheet_at: needs help, was helped. */
void class_page_sheet(struct app *app, struct class_page *s, struct ui *ui);
