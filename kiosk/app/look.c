/* Read at the start of a visit, written when it was changed. */
#include "app/look.h"

#include <string.h>

#include "app/app.h"
#include "app/languages.h"
#define LOG_MODULE "look"
#include "base/log.h"

void look_end(struct app *app)
{
    app->visit.look =
        (struct look){ .text_step = (int)app->settings.value[SETTING_TEXT_STEP],
                       .lang = LANGUAGE_FIRST };
    app->visit.look_changed = false;
}

void look_begin(struct app *app)
{
    const unsigned char *token = app_token(app);
    struct look at_the_door =
        app->visit.look; /* its language, by the second start button */

    look_end(app);
    if (app->db && token && look_read(app->db, token, &app->visit.look))
        LOG_WARN("what a learner chose for the pages cannot be read");
    if (*at_the_door.lang && strcmp(at_the_door.lang, LANGUAGE_FIRST) != 0)
        memcpy(app->visit.look.lang, at_the_door.lang, LOOK_LANG_BYTES);
}

void app_look_changed(struct app *app)
{
    app->visit.look_changed = true;
}

void look_settle(struct app *app)
{
    const unsigned char *token = app_token(app);

    if (!app->visit.look_changed)
        return;
    app->visit.look_changed = false;
    if (app->db && token && look_write(app->db, token, &app->visit.look))
        LOG_WARN("what a learner chose for the pages is not kept");
}

bool app_is_still(const struct app *app)
{
    return app->still || app->visit.look.still || app->settings.value[SETTING_STILL];
}
