/* One's own data. */
#include "app/myself.h"

#include <string.h>

#include "app/app.h"
#include "base/hash.h"

#define LOG_MODULE "myself"
#include "base/log.h"

#define ACTOR "self"

enum err myself_read(struct app *app, struct person_record *out)
{
    *out = (struct person_record){ .merged = false };
    if (!app->db || !app->visit.open || !app->visit.by_code)
        return ERR_REJECTED;
    return people_read(app->db, app->desk.vault, app->visit.token, out);
}

enum code_result myself_is(struct app *app, const char *code)
{
    unsigned char token[EVENT_TOKEN_BYTES];
    struct person_record mine;
    bool typo = false, same;

    if (app_code_wait_s(app))
        return CODE_WAIT;
    same = !myself_read(app, &mine) &&
           person_by_code(app->db, code, token, &typo) == ERR_OK &&
           !memcmp(token, mine.token, sizeof(token));
    hash_wipe(&mine, sizeof(mine));
    if (same) {
        app->code_guard.n_missed = 0;
        return CODE_OK;
    }
    return app_code_missed(app);
}

enum err myself_erase(struct app *app, struct erase_receipt *out)
{
    struct person_record mine;
    enum err err = myself_read(app, &mine);

    memset(out, 0, sizeof(*out));
    if (!err)
        err = people_erase(app->db, mine.token, ACTOR, out);
    if (err && out->number[0]) {
        LOG_WARN("erased; a copy is swept at the next start");
        err = ERR_OK;
    }
    if (!err) {
        app_person_changed(app, mine.token);
        app->visit.by_code = false;
        hash_wipe(app->visit.token, sizeof(app->visit.token));
        app_progress_refresh(app);
    }
    hash_wipe(&mine, sizeof(mine));
    return err;
}
