/* Looks at pack, database, disk and network. */
#include "app/problem.h"

#include <string.h>

#include "app/app.h"
#include "app/updates.h"
#define LOG_MODULE "problem"
#include "base/log.h"
#include "store/outbox.h"

#define NOTE_DATABASE "note_database" /* set by db_open */

static void add(struct problem_list *out, enum problem problem)
{
    out->list[out->n++] = problem;
}

static void find_pack(const struct app *app, struct problem_list *out)
{
    if (app->pack) {
        out->n_left_out = pack_info(app->pack)->n_notes;
        if (app->lesson_unreadable && !out->n_left_out)
            out->n_left_out = 1;
    } else if (app->pack_err == ERR_OFFLINE) {
        add(out, PROBLEM_NO_PACK);
    } else {
        add(out, PROBLEM_PACK_REFUSED);
    }
}

static void find_store(const struct app *app, struct problem_list *out)
{
    struct outbox_state state = { 0 };
    const char *note;

    out->free_mb = app->db ? db_free_mb(app->db) : -1;
    if (!app->db) {
        add(out, app->db_err == ERR_REJECTED  ? PROBLEM_DB_NEWER
                 : app->db_err == ERR_FULL    ? PROBLEM_DISK_FULL
                 : app->db_err == ERR_OFFLINE ? PROBLEM_NO_PLACE
                                              : PROBLEM_DB_BROKEN);
        return;
    }
    if (db_health(app->db) == DB_NEWER)
        add(out, PROBLEM_DB_NEWER);
    else if (db_health(app->db) == DB_BROKEN)
        add(out, PROBLEM_DB_BROKEN);
    else if (db_health(app->db) == DB_FULL || app->saver.last == ERR_FULL)
        add(out, PROBLEM_DISK_FULL);
    note = db_setting(app->db, NOTE_DATABASE, "");
    if (!strcmp(note, "empty"))
        add(out, PROBLEM_DB_LOST);
    else if (!strcmp(note, "restored"))
        add(out, PROBLEM_DB_RESTORED);
    if (outbox_state(app->db, &state))
        return; /* logged there; what is not known is not shown */
    out->rows_waiting = state.rows_waiting;
    out->rows_rejected = state.rejected;
}

void problem_find(const struct app *app, struct problem_list *out)
{
    memset(out, 0, sizeof(*out));
    if (app->resting) { /* nothing was opened, so nothing else is known */
        out->free_mb = -1;
        add(out, PROBLEM_RESTING);
        return;
    }
    find_pack(app, out);
    find_store(app, out);
    if (app->updates && updates_unseen(app->updates, app->db))
        add(out, PROBLEM_UPDATE);
    if (out->n_left_out)
        add(out, PROBLEM_LESSON_LEFT_OUT);
    if (out->free_mb >= 0 && out->free_mb < app->settings.value[SETTING_DISK_LOW_MB])
        add(out, PROBLEM_DISK_LOW);
    if (out->rows_rejected > 0)
        add(out, PROBLEM_ROWS_REJECTED);
    if (app->net && app->net(app->ctx) == APP_NET_OFFLINE)
        add(out, PROBLEM_OFFLINE);
}

void problem_seen(const struct app *app)
{
    if (app->updates)
        updates_seen(app->updates, app->db);
    if (app->db && db_set(app->db, NOTE_DATABASE, ""))
        LOG_WARN("that the note was seen could not be written");
}
