/* Cohorts: reading them out of events, keeping each once. */
#include "store/cohort.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "store/journal_private.h"
#include "store/private.h"

#define DEPTH_MAX 2
#define COHORT_JSON_MAX 512

/* The order is that of the columns. */
static const struct {
    const char *name; /* in the event's body and in dims */
    size_t offset;
} fields[] = {
    { "thon", offsetof(struct person_cohort, thon) },
    { "sex", offsetof(struct person_cohort, sex) },
    { "band", offsetof(struct person_cohort, band) },
    { "group", offsetof(struct person_cohort, group) },
    { "job", offsetof(struct person_cohort, job) },
    { "unit", offsetof(struct person_cohort, unit) },
};

static const char *field_of(const struct person_cohort *c, size_t i)
{
    return (const char *)c + fields[i].offset;
}

bool cohort_ok(const struct person_cohort *cohort)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";

    for (size_t i = 0; i < COUNT(fields); i++) {
        const char *code = field_of(cohort, i);

        if (!memchr(code, 0, PERSON_FIELD_MAX + 1) || code[strspn(code, allowed)])
            return false;
    }
    return true;
}

static enum err parse(const char *body, struct person_cohort *out)
{
    json_value *doc;
    enum err err = json_parse(body, strlen(body), DEPTH_MAX, &doc, NULL, 0);

    memset(out, 0, sizeof(*out));
    if (err)
        return err;
    for (size_t i = 0; !err && i < COUNT(fields); i++) {
        json_value *v = json_get(doc, fields[i].name);
        const char *code = v ? json_text(v) : "";

        if (!code || strlen(code) > PERSON_FIELD_MAX)
            err = ERR_REJECTED;
        else
            memcpy((char *)out + fields[i].offset, code, strlen(code) + 1);
    }
    if (!err && (json_kind_of(doc) != JSON_IS_OBJECT || !cohort_ok(out)))
        err = ERR_REJECTED;
    json_free(doc);
    return err;
}

static void bind_fields(sqlite3_stmt *st, const struct person_cohort *cohort)
{
    for (size_t i = 0; i < COUNT(fields); i++)
        db_bind_text(st, (int)i + 1, field_of(cohort, i));
}

enum err cohort_intern(struct db *db, const char *body, int64_t *id_out)
{
    struct person_cohort cohort;
    sqlite3_stmt *st;
    enum err err = parse(body, &cohort);

    if (err)
        return err;
    st = db_stmt(db, "INSERT INTO cohort(thon, sex, band, grp, job, unit)"
                     " VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING");
    bind_fields(st, &cohort);
    err = db_run(db, st, "cohort");
    if (err)
        return err;
    st = db_stmt(db, "SELECT id FROM cohort WHERE (thon, sex, band, grp, job, unit)"
                     " = (?1, ?2, ?3, ?4, ?5, ?6)");
    bind_fields(st, &cohort);
    return db_int(db, st, 0, id_out);
}

enum err cohort_read(struct db *db, int64_t id, struct person_cohort *out)
{
    sqlite3_stmt *st;
    bool row;
    enum err err;

    memset(out, 0, sizeof(*out));
    if (!id)
        return ERR_OK;
    st =
        db_stmt(db, "SELECT thon, sex, band, grp, job, unit FROM cohort WHERE id = ?1");
    sqlite3_bind_int64(st, 1, id);
    err = db_row(db, st, &row);
    if (!row)
        return err ? err : ERR_CORRUPT;
    for (size_t i = 0; i < COUNT(fields); i++)
        (void)snprintf((char *)out + fields[i].offset, PERSON_FIELD_MAX + 1, "%s",
                       db_column_text(st, (int)i));
    sqlite3_reset(st);
    return ERR_OK;
}

void cohort_json(const struct person_cohort *cohort, struct buf *out)
{
    json_open(out, NULL, '{');
    for (size_t i = 0; i < COUNT(fields); i++)
        if (*field_of(cohort, i))
            json_put_text(out, fields[i].name, field_of(cohort, i));
    json_close(out, '}');
}

enum err cohort_journal(struct db *db, const unsigned char *token,
                        const struct person_cohort *cohort, const char *actor)
{
    struct event ev = { .kind = EVENT_PERSON, .token = token, .actor = actor };
    struct buf body;
    enum err err;

    buf_init(&body, COHORT_JSON_MAX);
    cohort_json(cohort, &body);
    ev.body = buf_text(&body);
    err = journal_write(db, &ev, NULL);
    buf_finish(&body);
    return err;
}
