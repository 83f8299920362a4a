/* Correcting a person, in three files: the page (staff_person_edit.c), changing one line
 * (staff_person_field.c), erasing and its receipt (staff_person_erase.c). */
#pragma once

#include "app/people.h"
#include "screens/desk.h"
#include "ui/keyboard.h"
#include "ui/ui.h"

enum edit_field {
    EDIT_NONE,
    EDIT_NAME,
    EDIT_YEAR,
    EDIT_SEX,
    EDIT_THON,
    EDIT_GROUP,
    EDIT_JOB,
    EDIT_UNIT,
    EDIT_FIELDS
};

struct edit_state {
    struct person_record record;
    bool known;
    enum edit_field field; /* being changed */
    struct keyboard keyboard;
    struct field typed;
    size_t first; /* of the list shown */
    bool asking, pin_open, erased;
    struct desk_pin pin;
    struct erase_receipt receipt;
    char erased_code[PERSON_CODE_CHARS]; /* of the card, for the receipt on screen */
    enum text_id said;
    bool has_said, bad;
};

void edit_say(struct edit_state *s, enum text_id text, bool bad);
/* What stands in a line; "Chưa ghi" when nothing. */
const char *edit_value(struct app *app, struct ui *ui, const struct edit_state *s,
                       enum edit_field field);
enum text_id edit_label(enum edit_field field);
/* Opens a line; later frames are edit_field_frame's until it is saved or left. */
void edit_field_open(struct edit_state *s, enum edit_field field);
void edit_field_frame(struct app *app, struct ui *ui, struct edit_state *s);
/* Question, PIN, erasing; and the page of the receipt. */
void edit_erase_dialogs(struct app *app, struct ui *ui, struct edit_state *s);
void edit_receipt_frame(struct app *app, struct ui *ui, struct edit_state *s);
