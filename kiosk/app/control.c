/* The table of commands. */
#include "app/control.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "app/control_private.h"
#include "app/uplink.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"
#include "store/backup.h"
#include "store/db.h"
#include "store/journal.h"

#define PATH_BYTES 4096

const char *control_value(int argc, const char *const *argv, const char *name)
{
    for (int i = 1; i + 1 < argc; i++)
        if (!strcmp(argv[i], name))
            return argv[i + 1];
    return NULL;
}

bool control_has(int argc, const char *const *argv, const char *name)
{
    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], name))
            return true;
    return false;
}

int control_fail(struct buf *out, const char *what, enum err err, const char *fix)
{
    buf_printf(out, "%s: %s: %s\n", what, err_name(err), fix);
    return CONTROL_FAILED;
}

int control_usage(struct buf *out, const char *how)
{
    buf_printf(out, "usage: %s\n", how);
    return EX_USAGE;
}

/* --- totals ------------------------------------------------------------------------- */

static int run_totals(struct control *c, int argc, const char *const *argv,
                      struct buf *out)
{
    enum err err;

    if (!control_has(argc, argv, "--json"))
        return control_usage(out, "totals --json");
    err = journal_totals_json(c->db, out);
    if (err)
        return control_fail(out, "totals", err, "see the journal of the service");
    buf_char(out, '\n');
    return 0;
}

/* --- the database ------------------------------------------------------------------- */

static int run_backup(struct control *c, int argc, const char *const *argv,
                      struct buf *out)
{
    char path[PATH_BYTES];
    enum err err;

    (void)argc;
    (void)argv;
    err = backup_make(c->db, path, sizeof(path));
    if (err)
        return control_fail(out, "backup", err, "the older backups are untouched");
    buf_printf(out, "%s\n", path);
    return 0;
}

static int run_rebuild(struct control *c, int argc, const char *const *argv,
                       struct buf *out)
{
    bool repair = control_has(argc, argv, "--repair");
    enum err err;

    if (!repair && !control_has(argc, argv, "--verify"))
        return control_usage(out, "rebuild --verify | --repair");
    err = journal_rebuild(c->db, repair, out);
    if (err)
        return control_fail(out, "rebuild", err,
                            repair ? "restore a backup"
                                   : "look, then rebuild --repair");
    buf_str(out, "every projection agrees with the events\n");
    return 0;
}

/* --- the server ---------------------------------------------------------------------- */

static int run_sync(struct control *c, int argc, const char *const *argv,
                    struct buf *out)
{
    struct uplink_status status;

    if (!control_has(argc, argv, "--status"))
        uplink_send_now(c->uplink);
    uplink_tick(c->uplink);
    uplink_status(c->uplink, &status);
    json_open(out, NULL, '{');
    json_put_bool(out, "enrolled", status.enrolled);
    json_put_bool(out, "sending", status.sending);
    json_put_text(out, "last", sync_outcome_name(status.outcome));
    json_put_int(out, "rows_waiting", status.rows_waiting);
    json_close(out, '}');
    buf_char(out, '\n');
    return status.enrolled ? 0 : CONTROL_FAILED;
}

static const char *step_name(enum uplink_enrol_step step)
{
    static const char *const names[] = {
        [UPLINK_ENROL_NONE] = "none",     [UPLINK_ENROL_ASKING] = "asking",
        [UPLINK_ENROL_NUMBER] = "number", [UPLINK_ENROL_CONFIRMING] = "confirming",
        [UPLINK_ENROL_DONE] = "done",     [UPLINK_ENROL_FAILED] = "failed",
    };

    return names[step];
}

/* enrol URL CODE starts it, enrol --status looks, enrol --confirm NUMBER agrees to the
 * number that the server's screen shows: nothing here waits, the kiosk goes on. */
static int run_enrol(struct control *c, int argc, const char *const *argv,
                     struct buf *out)
{
    const char *number = control_value(argc, argv, "--confirm");
    struct uplink_status status;
    enum err err = ERR_OK;

    uplink_tick(c->uplink);
    uplink_status(c->uplink, &status);
    if (argc >= 3 && argv[1][0] != '-') {
        err = uplink_enrol(c->uplink, argv[1], argv[2]);
        uplink_tick(c->uplink);
    } else if (number && status.enrol == UPLINK_ENROL_NUMBER) {
        if (strcmp(number, status.number) != 0) {
            uplink_enrol_cancel(c->uplink);
            buf_str(out, "enrol: the numbers differ: somebody stands between us, start "
                         "again\n");
            return CONTROL_FAILED;
        }
        uplink_enrol_confirm(c->uplink);
        uplink_tick(c->uplink);
    } else if (!number && !control_has(argc, argv, "--status")) {
        return control_usage(
            out, "enrol URL CODE | enrol --status | enrol --confirm NUMBER");
    }
    if (err)
        return control_fail(out, "enrol", err, "check address and code, or try again");
    uplink_status(c->uplink, &status);
    json_open(out, NULL, '{');
    json_put_text(out, "step", step_name(status.enrol));
    json_put_text(out, "number", status.number);
    json_put_bool(out, "enrolled", status.enrolled);
    json_put_text(out, "kiosk", status.kiosk);
    json_close(out, '}');
    buf_char(out, '\n');
    return status.enrol == UPLINK_ENROL_FAILED ? CONTROL_FAILED : 0;
}

static int run_courier(struct control *c, int argc, const char *const *argv,
                       struct buf *out)
{
    struct uplink_courier done;
    enum err err;

    if (argc != 2)
        return control_usage(out, "courier DIR");
    err = uplink_courier(c->uplink, argv[1], &done);
    if (err)
        return control_fail(out, "courier", err, "see the journal of the service");
    buf_printf(out,
               "{\"acks\":%d,\"settings\":%d,\"ignored\":%d,\"written\":%d,"
               "\"rows\":%lld}\n",
               done.acks, done.settings, done.ignored, done.written,
               (long long)done.rows);
    return 0;
}

/* --- the table ------------------------------------------------------------------------ */

enum needs { NEEDS_NOTHING, NEEDS_DB, NEEDS_UPLINK };

static const struct command {
    const char *name, *help;
    enum needs needs;
    int (*run)(struct control *c, int argc, const char *const *argv, struct buf *out);
} commands[] = {
    { "backup", "make a verified copy of the database", NEEDS_DB, run_backup },
    { "courier", "DIR: carry totals and acks on a USB stick", NEEDS_UPLINK,
      run_courier },
    { "doctor", "is the machine well? [--json]", NEEDS_NOTHING, control_doctor },
    { "enrol", "URL CODE | --status | --confirm NUMBER: join a commune server",
      NEEDS_UPLINK, run_enrol },
    { "export",
      "--report DIR [--now month|quarter|half|year|phase|all] | --people FILE.zip",
      NEEDS_DB, control_export },
    { "import", "FILE [--dry-run | --apply]: people out of XLSX, CSV or our ZIP",
      NEEDS_DB, control_import },
    { "person",
      "add --thon T --sex S --band B --group G [--count N] | erase --code C --yes",
      NEEDS_DB, control_person },
    { "provision", "FILE [--dry-run]: set a new machine up (kiosk/app/provision.h)",
      NEEDS_DB, control_provision },
    { "rebuild", "--verify | --repair: projections against the events", NEEDS_DB,
      run_rebuild },
    { "sheet", "LESSON OUT.pdf: what a learner takes home of it, on A5", NEEDS_NOTHING,
      control_sheet },
    { "sync", "send what waits now; --status: how it went", NEEDS_UPLINK, run_sync },
    { "totals", "--json: every total, as the server has it", NEEDS_DB, run_totals },
    { "update", "DIR: install a newer program from a signed folder", NEEDS_DB,
      control_update },
};

void control_help(struct buf *out)
{
    for (size_t i = 0; i < COUNT(commands); i++)
        buf_printf(out, "  %-10s %s\n", commands[i].name, commands[i].help);
}

int control_run(struct control *c, int argc, const char *const *argv, struct buf *out)
{
    for (size_t i = 0; argc > 0 && i < COUNT(commands); i++) {
        const struct command *cmd = &commands[i];

        if (strcmp(argv[0], cmd->name) != 0)
            continue;
        if (cmd->needs != NEEDS_NOTHING && !c->db) {
            buf_printf(out, "%s: the database is not open: see doctor\n", cmd->name);
            return CONTROL_FAILED;
        }
        if (cmd->needs == NEEDS_UPLINK && !c->uplink) {
            buf_printf(out,
                       "%s: nothing can be sent from here: start without "
                       "--no-sync\n",
                       cmd->name);
            return CONTROL_FAILED;
        }
        return cmd->run(c, argc, argv, out);
    }
    buf_str(out, "unknown command; there are:\n");
    control_help(out);
    return EX_USAGE;
}
