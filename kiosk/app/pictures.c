/* Asking for the three pictures, and choosing them. */
#include "app/pictures.h"

#include <string.h>

#include "app/app.h"
#include "base/hash.h"

#define LOG_MODULE "pictures"
#include "base/log.h"

void pictures_page_close(struct app *app)
{
    hash_wipe(&app->pictures, sizeof(app->pictures));
}

static void open_page(struct app *app, const unsigned char *token, bool choosing,
                      const char *back, size_t back_arg)
{
    struct pictures_page *p = &app->pictures;

    *p = (struct pictures_page){
        .open = true, .choosing = choosing, .back = back, .back_arg = back_arg
    };
    memcpy(p->token, token, sizeof(p->token));
    app_goto(app, "pictures", 0);
}

void app_visit_name(struct app *app, const unsigned char token[EVENT_TOKEN_BYTES])
{
    if (!app->desk.klass.plan.tap_only && pictures_has(app->db, token))
        open_page(app, token, false, "names", 0);
    else
        app_visit_person(app, token);
}

enum pictures_verdict app_pictures_try(struct app *app, unsigned pictures)
{
    const long *set = app->settings.value;
    unsigned char token[EVENT_TOKEN_BYTES];
    enum pictures_verdict verdict;

    if (pictures_check(app->db, app->pictures.token, pictures,
                       (int)set[SETTING_CODE_TRIES], (int)set[SETTING_CODE_WAIT_S],
                       &verdict)) {
        LOG_WARN("a try could not be counted, so it was not compared");
        return PICTURES_MISSED;
    }
    if (verdict == PICTURES_FIT) {
        memcpy(token, app->pictures.token, sizeof(token));
        pictures_page_close(app);
        app_visit_person(app, token);
        hash_wipe(token, sizeof(token));
    }
    return verdict;
}

enum err app_pictures_begin(struct app *app, const char *back, size_t back_arg)
{
    enum err err = ERR_OK;

    if (!app->db || !app->desk.has_person || !app_may(app, MAY_CHANGE_PEOPLE))
        return ERR_REJECTED;
    if (pictures_has(app->db, app->desk.person))
        err = pictures_reset(app->db, app->desk.person, app_actor(app));
    if (!err)
        open_page(app, app->desk.person, true, back, back_arg);
    return err;
}

enum err app_pictures_choose(struct app *app, unsigned pictures)
{
    if (!app->pictures.choosing || !app_may(app, MAY_CHANGE_PEOPLE))
        return ERR_REJECTED;
    return pictures_choose(app->db, app->pictures.token, pictures, app_actor(app));
}
