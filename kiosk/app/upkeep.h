/* What the administration does to the machine itself. Each deed is in the log of staff;
 * one that could not be written down is not done, or says so. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "app/settings.h"
#include "app/uplink.h"
#include "app/usb.h"
#include "base/err.h"
#include "store/audit.h"
#include "store/backup.h"
#include "store/journal.h"
#include "store/requests.h"
#include "store/set_aside.h"

struct app;

/* Now is `wall_ms`, give or take a minute. Errors: ERR_REJECTED (before what was written
 * already, or a surer clock is known), those of the disk. */
NODISCARD enum err upkeep_set_clock(struct app *app, int64_t wall_ms);
/* A row of the table in settings.c, for good. Errors: ERR_REJECTED (out of range), those of
 * the disk; then the running value stays, too. */
NODISCARD enum err upkeep_set(struct app *app, enum setting which, long value);
/* Fetches from and copies to the stick (uplink_courier). Errors: ERR_OFFLINE (no server is
 * known, or no stick), as uplink_courier. */
NODISCARD enum err upkeep_courier(struct app *app, struct uplink_courier *out);
/* A verified copy of the database in the data folder; with a stick there, also as
 * BDHVS/<name>, sealed as the database is. `*kept_out` holds also after an error: how far
 * it came. Errors: those of backup_make; ERR_FULL and ERR_CORRUPT also of the stick. */
enum upkeep_kept { UPKEEP_NOT_KEPT, UPKEEP_KEPT_HERE, UPKEEP_KEPT_ON_STICK };
NODISCARD enum err upkeep_backup(struct app *app, enum upkeep_kept *kept_out);
/* Puts a copy in the place of the database with the next start, which it asks for
 * (app->restart). `from_stick`: `name` is a file in BDHVS/, else the path of one of
 * backup_list. Errors: ERR_REJECTED (not a copy of ours, or of a newer program), ERR_OFFLINE
 * (no stick), those of the disk; then nothing has changed. */
NODISCARD enum err upkeep_put_back(struct app *app, const char *name, bool from_stick);
/* After a start: a line of the log when a copy was put back meanwhile. */
void upkeep_note_put_back(struct app *app);
/* The text of app/support.h, as BDHVS/<UPKEEP_SUPPORT_FILE> on the stick. */
#define UPKEEP_SUPPORT_FILE "nhat-ky-may.txt"
enum usb_verdict upkeep_support(struct app *app);
/* A line of the log; logs when it cannot be written. */
void upkeep_note(struct app *app, enum audit_kind kind, const char *what,
                 const char *detail);
