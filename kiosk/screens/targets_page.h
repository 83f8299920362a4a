/* The page of targets, and entering one. */
#pragma once

#include "app/board.h"
#include "screens/desk.h"
#include "screens/digits.h"
#include "screens/text_page.h"

struct app;

#define TARGET_PERIODS 3
#define TARGET_GROUPS 5 /* four of QĐ 757, and everybody */

enum { TARGET_VALUE, TARGET_DUE, TARGET_FIELDS };
enum targets_step { TARGETS_TABLE, TARGETS_GROUP, TARGETS_FIGURES };

struct targets_page {
    int first; /* half-years since 2026-H1 */
    size_t chosen, now;
    struct commune_target rows[TARGET_GROUPS];
    struct figure_people done[TARGET_GROUPS];
    bool known[TARGET_GROUPS];
    enum targets_step step;
    size_t group, pick_first, at;
    struct digits fields[TARGET_FIELDS];
    char document[COMMUNE_NAME_MAX];
    struct text_page text;
    const char *say;
    enum chip_tone tone;
};

extern const char *const target_codes[TARGET_GROUPS]; /* "": everybody */

/* Half-years since the first half of 2026. */
int targets_half_of(const struct targets_page *s, size_t i);
void targets_half_days(int half, int64_t *from, int64_t *to);
void targets_read(struct app *app, struct targets_page *s);
/* In words; static or of the frame. */
const char *targets_group_name(struct app *app, struct ui *ui, size_t g);
/* The steps of entering one. */
void targets_edit_group(struct app *app, struct targets_page *s, struct ui *ui);
void targets_edit_figures(struct app *app, struct targets_page *s, struct ui *ui);
