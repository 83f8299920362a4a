/* Who waits for a look: the store's lists, compared by the names that are open. */
#include "app/waiting_people.h"

#include <string.h>

#include "app/app.h"
#include "app/people.h"
#include "base/arena.h"
#include "store/people_keep.h"

#define LOG_MODULE "people"
#include "base/log.h"

#define LOOKED_MAX 40 /* compared with everybody at one time: some 5 ms each */
#define ALIKE_MAX 4

typedef unsigned char token_bytes[EVENT_TOKEN_BYTES];

/* The likeliest other one; NULL: there is none. */
static const struct people_entry *likeliest(const struct people_index *ix,
                                            const struct people_entry *who)
{
    struct people_likeness like[ALIKE_MAX];
    size_t n = people_alike(ix, who->name, who->year, who->thon, like, ALIKE_MAX);

    for (size_t i = 0; i < n; i++)
        if (memcmp(like[i].entry->token, who->token, sizeof(who->token)) != 0)
            return like[i].entry;
    return NULL;
}

static bool take_alike(struct app *app, const unsigned char *token,
                       struct waiting_person *out)
{
    const struct people_entry *who = people_entry_of(app->desk.index, token);
    const struct people_entry *like = who ? likeliest(app->desk.index, who) : NULL;

    if (!like) {
        if (who && app_may(app, MAY_CHANGE_PEOPLE) && people_checked(app->db, token))
            LOG_WARN("who is like nobody could not be noted; asked again later");
        return false;
    }
    memcpy(out->who, token, sizeof(out->who));
    memcpy(out->like, like->token, sizeof(out->like));
    return true;
}

static bool take_away(struct app *app, const unsigned char *token,
                      struct waiting_person *out)
{
    memcpy(out->who, token, sizeof(out->who));
    return people_entry_of(app->desk.index, token) != NULL;
}

size_t app_waiting_people(struct app *app, enum waiting_kind kind, struct arena *arena,
                          struct waiting_person **out)
{
    bool alike = kind == WAITING_ALIKE;
    token_bytes *tokens;
    size_t n = 0, kept = 0;
    enum err err;

    *out = NULL;
    if (!app->db || !app->desk.index || !app_may(app, MAY_SEE_PEOPLE))
        return 0;
    err = alike ? people_unchecked(app->db, arena, &tokens, &n)
                : people_stale(app->db, (int)app->settings.value[SETTING_KEEP_MONTHS],
                               arena, &tokens, &n);
    if (err || !n)
        return 0;
    *out = arena_alloc(arena, WAITING_MAX * sizeof(**out));
    for (size_t i = 0; i < n && kept < WAITING_MAX && (!alike || i < LOOKED_MAX); i++)
        if (alike ? take_alike(app, tokens[i], &(*out)[kept])
                  : take_away(app, tokens[i], &(*out)[kept]))
            kept++;
    return kept;
}

enum err app_waiting_other(struct app *app, const unsigned char *who)
{
    if (!app->db || !app_may(app, MAY_CHANGE_PEOPLE))
        return ERR_REJECTED;
    return people_checked(app->db, who);
}

enum err app_waiting_keep(struct app *app, const unsigned char *who)
{
    if (!app->db || !app_may(app, MAY_CHANGE_PEOPLE))
        return ERR_REJECTED;
    return people_kept(app->db, who, app_actor(app));
}

enum err app_waiting_same(struct app *app, const struct waiting_person *w)
{
    app_select_person(app, w->like);
    return app_person_merge(app, w->who);
}
