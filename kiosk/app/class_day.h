/* The open class as its pages need it: the day, who is in it, whose card is held before the
 * scanner, and what the staff's lists are called. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/class.h"
#include "store/class_assist.h"
#include "store/figures.h"
#include "store/people.h"
#include "store/people_index.h"

struct app;

#define CLASS_MAX 400 /* people shown of one class, as class_members */

/* Today (days since 1970), -1 while nobody is certain. */
int64_t class_today(const struct app *app);
/* Minutes of the day in Vietnam when the open class began, or now without one; -1: not
 * certain. Reads the class: once a page, not once a frame. */
int class_minute(const struct app *app);

/* One person of the class, without the name: that is looked up when it is drawn. */
struct class_person {
    unsigned char token[EVENT_TOKEN_BYTES];
    bool present, finished, needs_help, assisted, is_new;
    int missed;
};
/* Those of the open class, by given name while names can be read, else by code. */
NODISCARD enum err class_people(struct app *app, struct class_person out[CLASS_MAX],
                                size_t *n_out);
/* A class is open and names can be read: its people may choose their own. */
bool app_class_has_names(const struct app *app);
/* Name, year, thôn of the index, or NULL while locked. Borrowed until the index changes. */
const struct people_entry *class_entry(const struct app *app,
                                       const unsigned char *token);
/* "482915"; "" when there is none. */
void class_code(struct app *app, const unsigned char *token,
                char out[PERSON_CODE_CHARS]);

/* A card was held before the scanner in class: its person is present from then on when it is
 * one of ours. `err_out`: whether the journal took it. */
enum card_verdict class_scan(struct app *app, const char *scanned,
                             unsigned char token_out[EVENT_TOKEN_BYTES],
                             enum err *err_out);
/* Whoever learns with a card while a class is open came to it. Called when a visit begins;
 * returns the flags of its events. */
unsigned class_visit(struct app *app, const unsigned char *token);
