/* Between the scanner and the store. */
#include "app/passport_scan.h"

#include "app/app.h"
#include "app/uplink.h"
#include "store/health.h"

#define LOG_MODULE "passport"
#include "base/log.h"

void app_passport(struct app *app, const char *scanned)
{
    struct passport_told *told = &app->passport;

    told->what = passport_take(app->db, scanned, app_token(app), &told->n);
    if (told->what == PASSPORT_IN_BOOKED) {
        LOG_INFO("a passport brought %zu lessons", told->n);
        if (app->visit.open)
            app_progress_refresh(app);
        if (told->n && app->uplink)
            uplink_changed(app->uplink);
        return;
    }
    LOG_INFO("a passport was refused: %d", (int)told->what);
    if (app->db && health_note_passport(app->db, (int)told->what))
        LOG_WARN("that a passport was refused is not noted");
}
