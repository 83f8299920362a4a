/* What the groups of commands share; the table is in control.c. */
#pragma once

#include <stdbool.h>

#include "app/control.h"

#define CONTROL_FAILED 1
#define CONTROL_ACTOR "ctl" /* in journal and log */

/* The value after `--name`, or NULL. */
const char *control_value(int argc, const char *const *argv, const char *name);
bool control_has(int argc, const char *const *argv, const char *name);
/* "what: error: what to do"; the exit code. */
int control_fail(struct buf *out, const char *what, enum err err, const char *fix);
int control_usage(struct buf *out, const char *how);

/* control_doctor.c */
int control_doctor(struct control *c, int argc, const char *const *argv,
                   struct buf *out);
/* control_provision.c */
int control_provision(struct control *c, int argc, const char *const *argv,
                      struct buf *out);
/* control_people.c */
int control_person(struct control *c, int argc, const char *const *argv,
                   struct buf *out);
/* control_files.c */
int control_export(struct control *c, int argc, const char *const *argv,
                   struct buf *out);
int control_import(struct control *c, int argc, const char *const *argv,
                   struct buf *out);
/* control_update.c */
int control_update(struct control *c, int argc, const char *const *argv,
                   struct buf *out);
/* control_sheet.c */
int control_sheet(struct control *c, int argc, const char *const *argv,
                  struct buf *out);
