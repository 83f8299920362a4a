/* Words and small parts that pages of classes share. */
#pragma once

#include "app/app.h"
#include "app/class_day.h"
#include "screens/desk.h"

/* "sáng", "Chủ nhật", "22/11"; NULL of what is not certain. */
struct class_when {
    const char *part, *Part, *weekday, *date;
};
struct class_when class_when(struct ui *ui, int64_t day, int minute);
const char *class_weekday(int weekday); /* 0 Monday … 6 */
/* "Nhà văn hóa thôn Nước Giáp". */
const char *class_where(struct app *app, struct ui *ui, const struct class_plan *plan);
/* The lesson's title, or its id when the open pack has none of that. */
const char *class_lesson(const struct app *app, const char *lesson);
/* "Phạm Thị Nga", or "Thẻ 482 915" while names are locked. */
const char *class_name(struct app *app, struct ui *ui, const unsigned char *token);
/* "sinh 1958 · Nước Giáp", "" while locked. */
const char *class_born(struct app *app, struct ui *ui, const unsigned char *token);
/* How somebody born in `year` (0: not known) is addressed beside their name: "bác", ""; about:
 * an uncertain clock changes the form, nothing else. */
const char *class_form(const struct app *app, int year, const char *sex);
/* What became of a write: NULL when it is done. */
const char *class_trouble(enum err err);
/* "11 giờ"-less numbers: `n` as text. */
const char *class_number(struct ui *ui, int64_t n);
/* An icon in a round ground, as lines of panels begin. Returns the side. */
float class_mark(struct ui *ui, float x, float y_middle, const char *icon,
                 enum chip_tone tone);

/* --- a list to choose from ----------------------------------------------------------------- */

struct pick {
    const char *id;   /* of rows: "id#1" … */
    size_t n, chosen; /* chosen: n or more for none */
    const char *(*text)(void *ctx, struct ui *ui, size_t i);
    const char *(*note)(void *ctx, struct ui *ui, size_t i); /* may be NULL */
    void *ctx;
    size_t columns;                  /* 0: two, one in portrait */
    bool (*on)(void *ctx, size_t i); /* several may be chosen, with boxes; NULL: one */
};
/* Rows with a ring, and a pager below when they are many. Returns the one tapped or -1. */
long pick_frame(struct ui *ui, struct rect r, const struct pick *p, size_t *first);
