/* People, as pages of staff change them: every change tells the index and asks the rights. */
#include "app/people.h"

#include <string.h>

#include "app/app.h"
#include "base/hash.h"

#define LOG_MODULE "people"
#include "base/log.h"

/* --- lists ---------------------------------------------------------------------------------- */

size_t app_list(struct app *app, enum commune_list list, struct arena *arena,
                struct commune_entry **out)
{
    size_t n = 0, kept = 0;

    if (!app->db || commune_read(app->db, list, arena, out, &n))
        return 0;
    for (size_t i = 0; i < n; i++)
        if (!(*out)[i].gone)
            (*out)[kept++] = (*out)[i];
    return kept;
}

const char *app_list_name(struct app *app, enum commune_list list, const char *code,
                          struct arena *arena)
{
    return *code && app->db ? commune_name(app->db, list, code, arena) : "";
}

const char *app_commune(struct app *app, struct arena *arena)
{
    return app->db ? commune_title(app->db, arena) : "";
}

const char *app_people_home(const struct app *app)
{
    const char *home = app->desk.klass.seq && app_may(app, MAY_RUN_CLASS) ? "class"
                       : app_may(app, MAY_SEE_PEOPLE)                     ? "search"
                                                                          : "attract";

    return app_find_screen(app, home) ? home : "attract";
}

/* --- the person that is selected ------------------------------------------------------------- */

static bool may_see(const struct app *app)
{
    return app->db && app->desk.has_person && app_may(app, MAY_SEE_PEOPLE);
}

static bool may_change(const struct app *app)
{
    return app->db && app->desk.has_person && app_may(app, MAY_CHANGE_PEOPLE);
}

/* What was done to them is told; a merged card leads to the one who has it. */
static enum err changed(struct app *app, enum err err)
{
    if (!err)
        app_person_changed(app, app->desk.person);
    return err;
}

enum err app_person_read(struct app *app, struct person_record *out)
{
    memset(out, 0, sizeof(*out));
    return may_see(app) ? people_read(app->db, app->desk.vault, app->desk.person, out)
                        : ERR_REJECTED;
}

enum err app_person_save(struct app *app, const struct person_record *record)
{
    if (!may_change(app))
        return ERR_REJECTED;
    return changed(app, people_edit(app->db, app->desk.vault, app->desk.person,
                                    &record->details, &record->cohort, app_actor(app)));
}

enum err app_person_card(struct app *app, char out[CARD_TEXT_CHARS])
{
    return may_see(app) ? card_text(app->db, app->desk.person, out) : ERR_REJECTED;
}

enum err app_person_passport(struct app *app, char out[PASSPORT_TEXT_CHARS])
{
    out[0] = 0;
    return may_see(app) ? passport_text(app->db, app->desk.person, out) : ERR_REJECTED;
}

enum err app_person_reissue(struct app *app)
{
    struct person_card card;
    enum err err = may_change(app)
                       ? card_reissue(app->db, app->desk.person, app_actor(app), &card)
                       : ERR_REJECTED;

    return changed(app, err);
}

enum err app_person_merge(struct app *app, const unsigned char *other)
{
    enum err err = may_change(app)
                       ? people_merge(app->db, app->desk.person, other, app_actor(app))
                       : ERR_REJECTED;

    if (!err)
        app_person_changed(app, other);
    return changed(app, err);
}

enum err app_person_unmerge(struct app *app, int64_t seq)
{
    struct arena arena = { 0 };
    struct people_merged *list;
    size_t n = app_person_merges(app, &arena, &list);
    enum err err =
        may_change(app) ? people_unmerge(app->db, seq, app_actor(app)) : ERR_REJECTED;

    for (size_t i = 0; !err && i < n; i++)
        if (list[i].seq == seq)
            app_person_changed(app, list[i].other);
    arena_finish(&arena);
    return changed(app, err);
}

size_t app_person_merges(struct app *app, struct arena *arena,
                         struct people_merged **out)
{
    size_t n = 0;

    return may_see(app) && !people_merges(app->db, app->desk.person, arena, out, &n)
               ? n
               : 0;
}

enum err app_person_claim(struct app *app, const struct claim *offer, size_t *n_out)
{
    enum err err = may_change(app) ? claim_take(app->db, offer, app->desk.person,
                                                app_actor(app), n_out)
                                   : ERR_REJECTED;

    return changed(app, err);
}

enum err app_person_to_class(struct app *app)
{
    app_class_refresh(app);
    if (!may_change(app) || !app->desk.klass.seq)
        return ERR_REJECTED;
    return changed(app, class_add(app->db, app->desk.person, app_actor(app)));
}

enum err app_person_request(struct app *app, enum request_kind kind)
{
    struct person_record record;
    enum err err = may_change(app) ? app_person_read(app, &record) : ERR_REJECTED;
    int64_t id;

    if (!err)
        err = requests_add(app->db, kind, record.code, requests_today(app->db),
                           app_actor(app), &id);
    hash_wipe(&record, sizeof(record));
    return err;
}

enum err app_person_erase(struct app *app, struct erase_receipt *out)
{
    unsigned char token[EVENT_TOKEN_BYTES];
    enum err err;

    memset(out, 0, sizeof(*out));
    if (!may_change(app))
        return ERR_REJECTED;
    memcpy(token, app->desk.person, sizeof(token));
    err = people_erase(app->db, token, app_actor(app), out);
    if (err && !out->number[0])
        return err;
    if (err)
        LOG_WARN("erased; a copy is swept at the next start");
    app_person_changed(app, token);
    hash_wipe(token, sizeof(token));
    hash_wipe(app->desk.person, sizeof(app->desk.person));
    app->desk.has_person = false;
    return ERR_OK;
}

enum err app_person_vneid(struct app *app, struct vneid *out)
{
    memset(out, 0, sizeof(*out));
    return may_see(app) ? vneid_get(app->db, app->desk.person, out) : ERR_REJECTED;
}

enum err app_person_set_vneid(struct app *app, const char *status, int source)
{
    return may_change(app) ? vneid_set(app->db, app->desk.person, status,
                                       (enum vneid_source)source, app_actor(app))
                           : ERR_REJECTED;
}

int app_person_lessons(struct app *app, const unsigned char *token)
{
    struct arena arena = { 0 };
    struct progress progress;
    int n = -1;

    if (app->db && !progress_read(app->db, token, &arena, &progress)) {
        n = 0;
        for (size_t i = 0; i < progress.n_lessons; i++)
            n += progress.lessons[i].completed;
    }
    arena_finish(&arena);
    return n;
}

enum card_verdict app_card_read(struct app *app, const char *scanned,
                                unsigned char token_out[EVENT_TOKEN_BYTES])
{
    return app->db ? card_read(app->db, scanned, token_out) : CARD_UNKNOWN;
}

/* --- cards printed ahead ---------------------------------------------------------------------- */

enum err app_blank_cards(struct app *app, size_t n, struct person_card *out)
{
    return app->db && n && n <= BLANK_MAX && app_may(app, MAY_CHANGE_PEOPLE)
               ? card_blank(app->db, n, out)
               : ERR_REJECTED;
}

enum err app_card_text(struct app *app, const unsigned char *token,
                       char out[CARD_TEXT_CHARS])
{
    return app->db && app_may(app, MAY_SEE_PEOPLE) ? card_text(app->db, token, out)
                                                   : ERR_REJECTED;
}
