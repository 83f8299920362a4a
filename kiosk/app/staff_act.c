/* Changes among the staff, each together with its line of the log. */
#include "app/app.h"
#include "app/staff.h"
#include "base/check.h"

struct act {
    struct app *app;
    enum staff_act what;
    struct staff *who;
    const char *pin;
};

static enum err write_act(struct db *db, void *ctx)
{
    static const char *const lines[] = { [STAFF_ACT_ADD] = "au.e.staff_new",
                                         [STAFF_ACT_CHANGE] = "au.e.staff_change",
                                         [STAFF_ACT_PIN] = "au.e.staff_pin",
                                         [STAFF_ACT_UNLOCK] = "au.e.staff_unlock",
                                         [STAFF_ACT_DISMISS] = "au.e.staff_drop" };
    struct act *a = ctx;
    enum err err = ERR_REJECTED;

    switch (a->what) {
    case STAFF_ACT_ADD:
        err = staff_add(db, a->who, a->pin);
        break;
    case STAFF_ACT_CHANGE:
        err = staff_change(db, a->who);
        break;
    case STAFF_ACT_PIN:
        err = staff_set_pin(db, a->who->id, a->pin);
        break;
    case STAFF_ACT_UNLOCK:
        err = staff_unlock(db, a->who->id);
        break;
    case STAFF_ACT_DISMISS:
        err = staff_dismiss(db, a->who->id);
        break;
    }
    return err ? err
               : audit_add(db, AUDIT_STAFF, app_actor(a->app), lines[a->what], NULL);
}

enum err app_staff_act(struct app *app, enum staff_act what, struct staff *who,
                       const char *pin)
{
    struct act act = { app, what, who, pin };

    ASSERT(app_may(app, MAY_ADMINISTER));
    return app->db ? db_all_or_nothing(app->db, write_act, &act) : ERR_CORRUPT;
}
