/* Rows of `sealed`. Plain details exist on the stack and in one buffer, both wiped. */
#include "store/people_seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "store/private.h"
#include "store/vault.h"

#define LOG_MODULE "people"
#include "base/log.h"

#define COLUMN "details"
#define SEALED_MAX 4096

/* Four lines: the form's number, year, name, guardian's name. */
struct plain {
    char text[2 * PERSON_NAME_MAX + 16];
};

static size_t write_plain(const struct person_details *d, struct plain *out)
{
    int n = snprintf(out->text, sizeof(out->text), "1\n%d\n%s\n%s", d->year, d->name,
                     d->guardian_name);

    ASSERT(n > 0 && (size_t)n < sizeof(out->text));
    return (size_t)n;
}

/* One line of `*at` into `out`; false when it does not fit or is not there. */
static bool read_line(const char **at, char *out, size_t size)
{
    size_t n = strcspn(*at, "\n");

    if (n >= size)
        return false;
    memcpy(out, *at, n);
    out[n] = 0;
    *at += n + ((*at)[n] == '\n');
    return true;
}

static bool read_plain(const char *text, struct person_details *out)
{
    char form[4], year[8];
    bool ok = read_line(&text, form, sizeof(form)) && !strcmp(form, "1") &&
              read_line(&text, year, sizeof(year)) &&
              read_line(&text, out->name, sizeof(out->name)) &&
              read_line(&text, out->guardian_name, sizeof(out->guardian_name));

    if (ok)
        out->year = (int)strtol(year, NULL, 10);
    hash_wipe(year, sizeof(year));
    return ok && out->name[0];
}

static void drop_buf(struct buf *b)
{
    if (b->data)
        hash_wipe(b->data, b->cap);
    buf_finish(b);
}

static enum err next_version(struct db *db, const unsigned char *token, int64_t *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT version FROM sealed WHERE token = ?1");
    enum err err;

    sqlite3_bind_blob(st, 1, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    err = db_int(db, st, 0, out);
    *out += 1;
    return err;
}

static enum err store_seal(struct db *db, const unsigned char *token, int64_t version,
                           const struct buf *sealed, bool unchecked)
{
    sqlite3_stmt *st =
        db_stmt(db, "INSERT INTO sealed(token, version, details, unchecked)"
                    " VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET"
                    " version = excluded.version, details = excluded.details,"
                    " unchecked = excluded.unchecked");

    sqlite3_bind_blob(st, 1, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(st, 2, version);
    sqlite3_bind_blob64(st, 3, sealed->data, sealed->len, SQLITE_STATIC);
    sqlite3_bind_int(st, 4, unchecked);
    return db_run(db, st, "sealed");
}

enum err people_seal_write(struct db *db, struct vault *vault,
                           const unsigned char *token,
                           const struct person_details *details, bool unchecked)
{
    struct plain plain = { 0 };
    struct buf sealed;
    int64_t version;
    size_t n = write_plain(details, &plain);
    enum err err = next_version(db, token, &version);

    buf_init(&sealed, SEALED_MAX);
    if (!err)
        err = vault_seal(vault, token, COLUMN, version, plain.text, n, &sealed);
    hash_wipe(&plain, sizeof(plain));
    if (!err && sealed.overflow)
        err = ERR_REJECTED;
    if (!err)
        err = store_seal(db, token, version, &sealed, unchecked);
    buf_finish(&sealed);
    return err;
}

static enum err open_seal(struct vault *vault, const unsigned char *token,
                          sqlite3_stmt *st, struct person_details *out,
                          enum people_seal *how)
{
    struct buf plain;
    enum err err;

    buf_init(&plain, SEALED_MAX);
    err = vault_unseal(vault, token, COLUMN, sqlite3_column_int64(st, 0),
                       sqlite3_column_blob(st, 1), (size_t)sqlite3_column_bytes(st, 1),
                       &plain);
    if (!err && plain.data && read_plain(plain.data, out))
        *how = PEOPLE_SEAL_OPEN;
    else
        *how = err == ERR_OFFLINE ? PEOPLE_SEAL_SHUT : PEOPLE_SEAL_UNREADABLE;
    if (*how != PEOPLE_SEAL_OPEN)
        hash_wipe(out, sizeof(*out));
    drop_buf(&plain);
    if (*how == PEOPLE_SEAL_UNREADABLE)
        LOG_WARN("a person's details cannot be opened: %s", err_name(err));
    return ERR_OK;
}

enum err people_seal_read(struct db *db, struct vault *vault,
                          const unsigned char *token, struct person_details *out,
                          bool *unchecked_out, enum people_seal *how_out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT version, details, unchecked FROM sealed WHERE token = ?1");
    bool row;
    enum err err;

    memset(out, 0, sizeof(*out));
    *unchecked_out = false;
    *how_out = PEOPLE_SEAL_NONE;
    sqlite3_bind_blob(st, 1, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    *unchecked_out = sqlite3_column_int(st, 2) != 0;
    *how_out = PEOPLE_SEAL_SHUT;
    if (vault && vault_is_unlocked(vault))
        err = open_seal(vault, token, st, out, how_out);
    sqlite3_reset(st);
    return err;
}

/* --- what time it is ---------------------------------------------------------------- */

int people_year(const struct db *db)
{
    int64_t day = clock_day(clock_wall_ms(&db->clock));
    int year, month, mday;

    clock_day_civil(day > db->build_day ? day : db->build_day, &year, &month, &mday);
    return year;
}

int64_t people_today(const struct db *db)
{
    return db->run.ord ? run_day(&db->run, run_mono_ms(db)) : -1;
}

bool people_actor_ok(const char *actor)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t n = actor ? strlen(actor) : 0;

    return n > 0 && n <= EVENT_UNIT_MAX && strspn(actor, allowed) == n;
}
