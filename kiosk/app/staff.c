/* Who of the staff stands here. Names are readable only while somebody does, or a class is
 * open, and the vault is unlocked. */
#include "app/staff.h"

#include <string.h>

#include "app/app.h"
#include "app/uplink.h"
#include "base/check.h"
#include "base/hash.h"
#include "store/audit.h"
#include "store/people_keep.h"

#define LOG_MODULE "staff"
#include "base/log.h"

static const unsigned char rights[] = {
    [STAFF_VOLUNTEER] =
        1U << MAY_SEE_PEOPLE | 1U << MAY_CHANGE_PEOPLE | 1U << MAY_RUN_CLASS,
    [STAFF_ADMIN] = 0xFF,
    [STAFF_INSPECTOR] = 1U << MAY_SEE_PEOPLE | 1U << MAY_SEE_FIGURES,
    [STAFF_EDITOR] = 1U << MAY_EDIT_CONTENT,
};

bool app_may(const struct app *app, enum staff_may what)
{
    const struct staff_desk *d = &app->desk;

    return d->open && d->who.role < COUNT(rights) &&
           (rights[d->who.role] >> (unsigned)what & 1U);
}

const char *app_actor(const struct app *app)
{
    return app->desk.open ? app->desk.who.id : NULL;
}

/* --- names ------------------------------------------------------------------------------ */

static bool names_wanted(const struct app *app)
{
    const struct staff_desk *d = &app->desk;

    return vault_is_unlocked(d->vault) &&
           (d->klass.seq || app_may(app, MAY_SEE_PEOPLE));
}

void app_names_refresh(struct app *app)
{
    struct staff_desk *d = &app->desk;

    if (!names_wanted(app)) {
        people_index_close(d->index);
        d->index = NULL;
        return;
    }
    if (d->index)
        return;
    if (people_refresh_bands(app->db, d->vault))
        LOG_WARN("age bands are as they were; the next unlock tries again");
    if (people_index_open(app->db, d->vault, &d->index)) {
        LOG_ERR("the names cannot be read");
        d->index = NULL;
    }
}

void app_class_refresh(struct app *app)
{
    if (!app->db || class_current(app->db, &app->desk.klass))
        app->desk.klass = (struct class_state){ 0 };
}

void app_people_changed(struct app *app)
{
    people_index_close(app->desk.index);
    app->desk.index = NULL;
    app_names_refresh(app);
    if (app->uplink)
        uplink_changed(app->uplink);
}

void app_person_changed(struct app *app, const unsigned char *token)
{
    struct staff_desk *d = &app->desk;

    if (d->index && people_index_refresh(d->index, token)) {
        LOG_WARN("the names are read again");
        app_people_changed(app);
    } else if (app->uplink) {
        uplink_changed(app->uplink);
    }
}

void app_select_person(struct app *app, const unsigned char *token)
{
    memcpy(app->desk.person, token, sizeof(app->desk.person));
    app->desk.has_person = true;
}

/* --- opening and closing ---------------------------------------------------------------- */

void staff_desk_open(struct app *app)
{
    struct staff_desk *d = &app->desk;

    *d = (struct staff_desk){ 0 };
    if (vault_open(app->db, &d->vault))
        LOG_ERR("the data key cannot be read");
    app_class_refresh(app);
}

void staff_desk_finish(struct app *app)
{
    struct staff_desk *d = &app->desk;

    people_index_close(d->index);
    vault_close(d->vault);
    registration_wipe(app);
    printing_forget(&app->printing);
    intake_forget(&app->intake);
    hash_wipe(d, sizeof(*d));
}

/* --- in and out -------------------------------------------------------------------------- */

/* Before the first administrator there is nobody to ask for. */
static bool is_set_up(struct app *app)
{
    struct arena arena = { 0 };
    struct staff *list;
    size_t n = 0;
    bool known = app->db && !staff_list(app->db, &arena, &list, &n) && n > 0;

    arena_finish(&arena);
    return known && vault_exists(app->desk.vault);
}

const char *app_staff_door(struct app *app)
{
    const char *door = !app->db                             ? "problem"
                       : !is_set_up(app)                    ? "setup"
                       : vault_is_unlocked(app->desk.vault) ? "staff_signin"
                                                            : "locked";

    return app_find_screen(app, door) ? door : "problem";
}

static void lead_in(struct app *app)
{
    if (app_may(app, MAY_SEE_FIGURES) && app_find_screen(app, "admin_stats"))
        app_goto(app, "admin_stats", 0);
    else if (app_may(app, MAY_RUN_CLASS))
        app_goto(app, app->desk.klass.seq ? "class" : "class_open", 0);
    else
        app_goto(app, "admin_packs", 0);
}

static void note(struct app *app, const char *who, const char *what)
{
    if (audit_add(app->db, AUDIT_LOGIN, who, what, NULL))
        LOG_WARN("%s: not in the audit log", what);
}

/* The recovery code is what remains when the only administrator locked themselves out: it
 * gives administrators their tries back. */
static void free_administrators(struct app *app)
{
    struct arena arena = { 0 };
    struct staff *all;
    size_t n = 0;

    if (staff_list(app->db, &arena, &all, &n))
        LOG_WARN("locked administrators stay locked");
    for (size_t i = 0; i < n; i++) {
        if (all[i].role != STAFF_ADMIN || !all[i].locked)
            continue;
        if (staff_unlock(app->db, all[i].id))
            LOG_WARN("an administrator stays locked");
        else
            note(app, all[i].id, "au.e.staff_unlock");
    }
    arena_finish(&arena);
}

enum err app_staff_open_names(struct app *app, enum vault_way way, const char *secret)
{
    enum err err = vault_unlock(app->desk.vault, way, secret);

    note(app, "setup", err ? "au.e.unlock_missed" : "au.e.unlock");
    if (err)
        return err;
    if (way == VAULT_RECOVERY)
        free_administrators(app);
    if (people_refresh_bands(app->db, app->desk.vault))
        LOG_WARN("the age bands of this year are not all written yet");
    app_names_refresh(app);
    return ERR_OK;
}

enum pin_verdict app_staff_enter(struct app *app, const char *id, const char *pin)
{
    struct staff_desk *d = &app->desk;
    enum pin_verdict verdict = staff_try_pin(app->db, id, pin);

    if (verdict != PIN_RIGHT) {
        note(app, id, verdict == PIN_LOCKED ? "au.e.pin_locked" : "au.e.pin_missed");
        return verdict;
    }
    if (staff_find(app->db, id, &d->who))
        return PIN_UNSURE;
    d->open = true;
    d->pin_digits = strlen(pin);
    d->pin_ok_ms = clock_mono_ms(app->clock);
    d->has_person = false;
    note(app, id, "au.e.in");
    app_class_refresh(app);
    app_names_refresh(app);
    lead_in(app);
    return PIN_RIGHT;
}

enum pin_verdict app_staff_again(struct app *app, const char *pin)
{
    enum pin_verdict verdict;

    ASSERT(app->desk.open);
    verdict = staff_try_pin(app->db, app->desk.who.id, pin);
    if (verdict == PIN_RIGHT)
        app->desk.pin_ok_ms = clock_mono_ms(app->clock);
    else
        note(app, app->desk.who.id, "au.e.pin_missed");
    return verdict;
}

void app_staff_leave(struct app *app)
{
    struct staff_desk *d = &app->desk;

    if (d->open)
        note(app, d->who.id, "au.e.out");
    d->open = false;
    hash_wipe(&d->who, sizeof(d->who));
    hash_wipe(d->person, sizeof(d->person));
    d->has_person = false;
    d->pin_digits = 0;
    registration_wipe(app);
    printing_forget(&app->printing);
    intake_forget(&app->intake);
    app_names_refresh(app);
    app_goto(app, "attract", 0);
}
