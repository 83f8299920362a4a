/* The open class between the store and its pages. */
#include "app/class_day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/hash.h"
#include "store/people_seal.h"
#include "vietnamese/collate.h"
#define LOG_MODULE "class"
#include "base/log.h"

#define KEY_MAX 256

int64_t class_today(const struct app *app)
{
    return app->db ? people_today(app->db) : -1;
}

int class_minute(const struct app *app)
{
    struct class_summary sum = { .minutes = -1 };
    struct arena arena = { 0 };
    struct class_plan plan;
    int weekday = -1, minute = -1;

    if (!app->db)
        return -1;
    (void)class_propose(app->db, &plan, &weekday, &minute);
    if (minute >= 0 && app->desk.klass.seq &&
        class_summary(app->db, &arena, &sum) == ERR_OK && sum.minutes > 0)
        minute = sum.minutes > minute ? 0 : minute - (int)sum.minutes;
    arena_finish(&arena);
    return minute;
}

/* --- people ------------------------------------------------------------------------------ */

const struct people_entry *class_entry(const struct app *app,
                                       const unsigned char *token)
{
    return app->desk.index ? people_entry_of(app->desk.index, token) : NULL;
}

void class_code(struct app *app, const unsigned char *token,
                char out[PERSON_CODE_CHARS])
{
    struct person_record record;

    out[0] = 0;
    if (!app->db || people_read(app->db, app->desk.vault, token, &record))
        return;
    memcpy(out, record.code, PERSON_CODE_CHARS);
    hash_wipe(&record, sizeof(record));
}

struct sorted {
    struct class_person person;
    char key[KEY_MAX];
};

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct sorted *)a)->key, ((const struct sorted *)b)->key);
}

/* Those with a name first; '~' lies behind every key of a name only by the first byte. */
static void fill_key(struct app *app, struct sorted *s)
{
    const struct people_entry *entry = class_entry(app, s->person.token);
    char code[PERSON_CODE_CHARS];

    if (entry) {
        s->key[0] = 1;
        collate_person_key(entry->name, s->key + 1, sizeof(s->key) - 1);
        return;
    }
    class_code(app, s->person.token, code);
    snprintf(s->key, sizeof(s->key), "\x02%s", code);
}

bool app_class_has_names(const struct app *app)
{
    return app->desk.klass.seq && app->desk.index;
}

enum err class_people(struct app *app, struct class_person out[CLASS_MAX],
                      size_t *n_out)
{
    struct arena arena = { 0 };
    struct class_member *list = NULL;
    struct sorted *sorted;
    size_t n = 0;
    enum err err = app->db ? class_members(app->db, &arena, &list, &n) : ERR_CORRUPT;

    *n_out = 0;
    n = n > CLASS_MAX ? CLASS_MAX : n;
    if (err || !n) {
        arena_finish(&arena);
        return err;
    }
    sorted = arena_alloc(&arena, n * sizeof(*sorted));
    for (size_t i = 0; i < n; i++) {
        struct class_person *p = &sorted[i].person;

        memcpy(p->token, list[i].token, EVENT_TOKEN_BYTES);
        p->present = list[i].present;
        p->finished = list[i].finished;
        p->needs_help = list[i].needs_help;
        p->is_new = list[i].is_new;
        p->missed = list[i].missed;
        p->assisted = class_is_assisted(app->db, p->token);
        fill_key(app, &sorted[i]);
    }
    qsort(sorted, n, sizeof(*sorted), by_key);
    for (size_t i = 0; i < n; i++)
        out[i] = sorted[i].person;
    hash_wipe(sorted, n * sizeof(*sorted)); /* keys are names */
    arena_finish(&arena);
    *n_out = n;
    return ERR_OK;
}

/* --- cards and visits ---------------------------------------------------------------------- */

enum card_verdict class_scan(struct app *app, const char *scanned,
                             unsigned char token_out[EVENT_TOKEN_BYTES],
                             enum err *err_out)
{
    enum card_verdict verdict =
        app->db ? card_read(app->db, scanned, token_out) : CARD_UNKNOWN;

    *err_out = ERR_OK;
    if (verdict == CARD_OURS)
        *err_out = class_present(app->db, token_out, true, app_actor(app));
    return verdict;
}

unsigned class_visit(struct app *app, const unsigned char *token)
{
    if (!app->db || !app->desk.klass.seq)
        return 0;
    if (class_present(app->db, token, true, NULL))
        LOG_WARN("whoever signs in could not be ticked in the class");
    return class_is_assisted(app->db, token) ? EVENT_ASSISTED : 0;
}
