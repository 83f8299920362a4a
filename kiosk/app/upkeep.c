/* Deeds of the administration, with their lines in the log of staff. */
#include "app/upkeep.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LOG_MODULE "upkeep"
#include "app/app.h"
#include "app/control.h"
#include "app/stick.h"
#include "app/support.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"

#define STAFF_CLOCK_MS 60000              /* a phone beside the panel, read by eye */
#define BACKUP_MAX (256U * 1024U * 1024U) /* bytes that go to a stick in one piece */
#define PATH_BYTES 4096

void upkeep_note(struct app *app, enum audit_kind kind, const char *what,
                 const char *detail)
{
    if (audit_add(app->db, kind, app_actor(app), what, detail))
        LOG_ERR("%s is not in the log of staff", what);
}

enum err upkeep_set_clock(struct app *app, int64_t wall_ms)
{
    enum err err =
        journal_learn_time(app->db, wall_ms, STAFF_CLOCK_MS, RUN_TRUST_STAFF);

    if (!err)
        upkeep_note(app, AUDIT_SETTING, "au.e.clock", NULL);
    return err;
}

struct change {
    struct app *app;
    enum setting which;
    long value;
};

static enum err write_change(struct db *db, void *ctx)
{
    const struct change *c = ctx;
    enum err err = settings_write(db, c->which, c->value);

    return err ? err
               : audit_add(db, AUDIT_SETTING, app_actor(c->app), "au.e.setting",
                           settings_key(c->which));
}

enum err upkeep_set(struct app *app, enum setting which, long value)
{
    struct change change = { app, which, value };
    enum err err =
        app->db ? db_all_or_nothing(app->db, write_change, &change) : ERR_CORRUPT;

    if (!err)
        app->settings.value[which] = value;
    return err;
}

enum err upkeep_courier(struct app *app, struct uplink_courier *out)
{
    const char *stick = app->usb ? usb_path(app->usb) : NULL;
    enum err err = ERR_OFFLINE;

    if (app->uplink && stick)
        err = uplink_courier(app->uplink, stick, out);
    if (!err)
        upkeep_note(app, AUDIT_SYNC, "au.e.courier", NULL);
    return err;
}

static int ask_here(void *ctx, int argc, const char *const *argv, struct buf *out)
{
    return control_run(ctx, argc, argv, out);
}

enum usb_verdict upkeep_support(struct app *app)
{
    struct control here = { .db = app->db,
                            .dir = db_dir(app->db),
                            .pack = app->pack,
                            .uplink = app->uplink,
                            .in_kiosk = true };
    enum usb_verdict verdict;
    struct buf text;

    buf_init(&text, SUPPORT_MAX);
    if (support_write(here.dir, ask_here, &here, &text))
        LOG_WARN("there is more to say for support than its file takes");
    verdict = stick_write(app, UPKEEP_SUPPORT_FILE, text.data, text.len);
    buf_finish(&text);
    if (verdict == USB_DONE)
        upkeep_note(app, AUDIT_EXPORT, "au.e.support", NULL);
    return verdict;
}

static enum err copy_to_stick(struct app *app, const char *path,
                              enum upkeep_kept *kept_out)
{
    const char *name = strrchr(path, '/');
    struct usb_status status;
    struct buf bytes;
    enum err err;

    usb_status(app->usb, &status);
    if (!status.present || !name)
        return ERR_OK;
    buf_init(&bytes, BACKUP_MAX);
    err = file_read(path, &bytes);
    if (!err)
        err = usb_err(stick_write(app, name + 1, bytes.data, bytes.len));
    if (!err)
        *kept_out = UPKEEP_KEPT_ON_STICK;
    buf_finish(&bytes);
    return err;
}

static enum err fetch(struct app *app, const char *name, char out[PATH_BYTES])
{
    struct buf bytes;
    enum err err = ERR_OFFLINE;

    if (snprintf(out, PATH_BYTES, "%s/of-stick.db", db_dir(app->db)) >= PATH_BYTES)
        return ERR_REJECTED;
    buf_init(&bytes, BACKUP_MAX);
    if (app->usb)
        err = usb_err(usb_read(app->usb, name, &bytes));
    if (!err)
        err = file_replace(out, bytes.data, bytes.len, 0600);
    buf_finish(&bytes);
    return err;
}

enum err upkeep_put_back(struct app *app, const char *name, bool from_stick)
{
    char path[PATH_BYTES];
    enum err err = app->db ? ERR_OK : ERR_CORRUPT;

    if (!err && from_stick)
        err = fetch(app, name, path);
    else
        (void)snprintf(path, sizeof(path), "%s", name);
    if (!err)
        err = backup_stage(app->db, path, app_actor(app));
    if (from_stick)
        (void)unlink(path);
    app->restart = !err;
    return err;
}

void upkeep_note_put_back(struct app *app)
{
    char by[STAFF_ID_MAX + 1];

    if (!app->db)
        return;
    (void)snprintf(by, sizeof(by), "%s", db_setting(app->db, "put_back_by", ""));
    if (*by && (audit_add(app->db, AUDIT_BACKUP, by, "au.e.put_back", NULL) ||
                db_set(app->db, "put_back_by", "")))
        LOG_WARN("the log does not say that a copy was put back");
}

enum err upkeep_backup(struct app *app, enum upkeep_kept *kept_out)
{
    char path[PATH_BYTES];
    enum err err = app->db ? backup_make(app->db, path, sizeof(path)) : ERR_CORRUPT;

    *kept_out = UPKEEP_NOT_KEPT;
    if (err)
        return err;
    *kept_out = UPKEEP_KEPT_HERE;
    upkeep_note(app, AUDIT_BACKUP, "au.e.backup", NULL);
    return app->usb ? copy_to_stick(app, path, kept_out) : ERR_OK;
}
