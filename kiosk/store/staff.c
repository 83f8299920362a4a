/* Staff and their PINs. */
#include "store/staff.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "store/private.h"
#include "store/waiting.h"

#define LOG_MODULE "staff"
#include "base/log.h"

#define MISSES_WAIT 5
#define MISSES_LOCK 10
#define WAIT_MS 300000
#define ALIAS_CHARS 40
#define YEAR_FIRST 1900
#define YEAR_LAST 2099

/* Of the guess table. */
static const char *guess_key(const char *id, char out[STAFF_ID_MAX + 8])
{
    snprintf(out, STAFF_ID_MAX + 8, "pin.%s", id);
    return out;
}

/* --- PINs that are not taken --------------------------------------------------------------- */

/* 111111, 123456, 987654, 135791, 121212, 123123: each step the same, or a short piece
 * again and again. */
static bool is_pattern(const char *pin, size_t n)
{
    int step = (pin[1] - pin[0] + 10) % 10;
    bool even = true;

    for (size_t i = 1; i < n; i++)
        even &= (pin[i] - pin[i - 1] + 10) % 10 == step;
    if (even)
        return true;
    for (size_t piece = 1; piece <= n / 2; piece++) {
        size_t i = piece;

        while (i < n && pin[i] == pin[i - piece])
            i++;
        if (i == n)
            return true;
    }
    return false;
}

static int number(const char *digits, size_t n)
{
    int v = 0;

    for (size_t i = 0; i < n; i++)
        v = 10 * v + digits[i] - '0';
    return v;
}

/* Day, month and year in the orders that people write them, or a year at either end. */
static bool is_date(const char *pin, size_t n)
{
    int first = number(pin, 2), second = number(pin + 2, 2), third = number(pin + 4, 2);
    int head = number(pin, 4), tail = number(pin + n - 4, 4);

    if ((head >= YEAR_FIRST && head <= YEAR_LAST) ||
        (tail >= YEAR_FIRST && tail <= YEAR_LAST))
        return true;
    return n == 6 && ((first >= 1 && first <= 31 && second >= 1 && second <= 12) ||
                      (second >= 1 && second <= 12 && third >= 1 && third <= 31));
}

enum pin_trouble staff_pin_check(const char *pin)
{
    size_t n = strlen(pin);

    if (pin[strspn(pin, "0123456789")])
        return PIN_NO_DIGITS;
    if (n < STAFF_PIN_MIN)
        return PIN_SHORT;
    return n > STAFF_PIN_MAX || is_pattern(pin, n) || is_date(pin, n) ? PIN_EASY
                                                                      : PIN_FINE;
}

/* --- reading --------------------------------------------------------------------------------- */

#define COLUMNS                                                                   \
    "s.id, s.alias, s.role, s.picture, s.thon, s.digits, ifnull(s.last_day, -1)," \
    " EXISTS(SELECT 1 FROM vault_wrap w WHERE w.staff = s.id),"                   \
    " ifnull((SELECT misses FROM guess WHERE key = 'pin.' || s.id), 0)"

static void read_staff(sqlite3_stmt *st, struct staff *out)
{
    *out = (struct staff){ .role = (enum staff_role)sqlite3_column_int(st, 2),
                           .picture = sqlite3_column_int(st, 3),
                           .pin_digits = sqlite3_column_int(st, 5),
                           .last_in_day = sqlite3_column_int64(st, 6),
                           .has_card = sqlite3_column_int(st, 7) != 0,
                           .locked = sqlite3_column_int(st, 8) >= MISSES_LOCK };
    snprintf(out->id, sizeof(out->id), "%s", db_column_text(st, 0));
    snprintf(out->alias, sizeof(out->alias), "%s", db_column_text(st, 1));
    snprintf(out->thon, sizeof(out->thon), "%s", db_column_text(st, 4));
}

enum err staff_list(struct db *db, struct arena *arena, struct staff **out,
                    size_t *n_out)
{
    sqlite3_stmt *st;
    size_t cap = 8;
    bool row;
    enum err err;

    *out = arena_alloc(arena, cap * sizeof(**out));
    *n_out = 0;
    if (!db)
        return ERR_CORRUPT;
    st = db_stmt(db, "SELECT " COLUMNS " FROM staff s WHERE NOT s.dismissed"
                     " ORDER BY s.alias, s.id");
    while (!(err = db_row(db, st, &row)) && row) {
        if (*n_out == cap) {
            struct staff *more = arena_alloc(arena, 2 * cap * sizeof(**out));

            memcpy(more, *out, cap * sizeof(**out));
            *out = more;
            cap *= 2;
        }
        read_staff(st, &(*out)[(*n_out)++]);
    }
    return err;
}

enum err staff_find(struct db *db, const char *id, struct staff *out)
{
    sqlite3_stmt *st;
    bool row;
    enum err err;

    *out = (struct staff){ 0 };
    if (!db)
        return ERR_CORRUPT;
    st = db_stmt(db,
                 "SELECT " COLUMNS " FROM staff s WHERE s.id = ?1 AND NOT s.dismissed");
    db_bind_text(st, 1, id);
    err = db_row(db, st, &row);
    if (!row)
        return err ? err : ERR_REJECTED;
    read_staff(st, out);
    sqlite3_reset(st);
    return ERR_OK;
}

/* --- changing -------------------------------------------------------------------------------- */

static bool staff_ok(const struct staff *who)
{
    size_t n = utf8_valid(who->alias, strlen(who->alias)) ? utf8_length(who->alias) : 0;

    return n >= 1 && n <= ALIAS_CHARS && who->role >= STAFF_VOLUNTEER &&
           who->role <= STAFF_EDITOR && who->picture >= 0 &&
           who->picture < STAFF_PICTURES;
}

enum err staff_add(struct db *db, struct staff *who, const char *pin)
{
    unsigned char random[8];
    char hash[HASH_PIN_CHARS];
    sqlite3_stmt *st;

    if (!db)
        return ERR_CORRUPT;
    if (!staff_ok(who) || staff_pin_check(pin) != PIN_FINE)
        return ERR_REJECTED;
    if (hash_pin(pin, hash))
        return ERR_FULL;
    hash_random(random, sizeof(random));
    encoding_hex(random, sizeof(random), who->id);
    who->pin_digits = (int)strlen(pin);
    st = db_stmt(db, "INSERT INTO staff(id, alias, role, picture, thon, pin, digits)"
                     " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    db_bind_text(st, 1, who->id);
    db_bind_text(st, 2, who->alias);
    sqlite3_bind_int(st, 3, (int)who->role);
    sqlite3_bind_int(st, 4, who->picture);
    db_bind_text(st, 5, who->thon);
    db_bind_text(st, 6, hash);
    sqlite3_bind_int(st, 7, who->pin_digits);
    return db_run(db, st, "staff");
}

static enum err other_administrators(struct db *db, const char *id, int64_t *n_out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT count(*) FROM staff WHERE role = 2"
                                   " AND NOT dismissed AND id <> ?1");

    db_bind_text(st, 1, id);
    return db_int(db, st, 0, n_out);
}

/* The last administrator stays one. */
static enum err check_not_last(struct db *db, const char *id)
{
    struct staff was;
    int64_t others = 0;
    enum err err = staff_find(db, id, &was);

    if (err || was.role != STAFF_ADMIN)
        return err;
    err = other_administrators(db, id, &others);
    return err ? err : others ? ERR_OK : ERR_REJECTED;
}

enum err staff_change(struct db *db, const struct staff *who)
{
    sqlite3_stmt *st;
    enum err err = staff_ok(who) ? ERR_OK : ERR_REJECTED;

    if (!err && who->role != STAFF_ADMIN)
        err = check_not_last(db, who->id);
    if (err)
        return err;
    st = db_stmt(db, "UPDATE staff SET alias = ?2, role = ?3, picture = ?4, thon = ?5"
                     " WHERE id = ?1");
    db_bind_text(st, 1, who->id);
    db_bind_text(st, 2, who->alias);
    sqlite3_bind_int(st, 3, (int)who->role);
    sqlite3_bind_int(st, 4, who->picture);
    db_bind_text(st, 5, who->thon);
    return db_run(db, st, "staff");
}

enum err staff_set_pin(struct db *db, const char *id, const char *pin)
{
    char hash[HASH_PIN_CHARS], key[STAFF_ID_MAX + 8];
    sqlite3_stmt *st;
    enum err err;

    if (staff_pin_check(pin) != PIN_FINE)
        return ERR_REJECTED;
    if (hash_pin(pin, hash))
        return ERR_FULL;
    st = db_stmt(db, "UPDATE staff SET pin = ?2, digits = ?3 WHERE id = ?1");
    db_bind_text(st, 1, id);
    db_bind_text(st, 2, hash);
    sqlite3_bind_int(st, 3, (int)strlen(pin));
    err = db_run(db, st, "PIN");
    return err ? err : waiting_clear(db, guess_key(id, key));
}

enum err staff_unlock(struct db *db, const char *id)
{
    char key[STAFF_ID_MAX + 8];

    return waiting_clear(db, guess_key(id, key));
}

static enum err write_dismissal(struct db *db, void *ctx)
{
    static const char *const sql[] = {
        "UPDATE staff SET dismissed = 1, pin = '' WHERE id = ?1",
        "DELETE FROM vault_wrap WHERE staff = ?1", /* their card opens no name */
    };
    enum err err = check_not_last(db, ctx);

    for (size_t i = 0; !err && i < COUNT(sql); i++) {
        sqlite3_stmt *st = db_stmt(db, sql[i]);

        db_bind_text(st, 1, ctx);
        err = db_run(db, st, "staff");
    }
    return err;
}

enum err staff_dismiss(struct db *db, const char *id)
{
    char copy[STAFF_ID_MAX + 1];

    if (!*id || (size_t)snprintf(copy, sizeof(copy), "%s", id) >= sizeof(copy))
        return ERR_REJECTED;
    return db ? db_transact(db, write_dismissal, copy) : ERR_CORRUPT;
}

/* --- trying ----------------------------------------------------------------------------------- */

static enum err read_hash(struct db *db, const char *id, char out[HASH_PIN_CHARS])
{
    sqlite3_stmt *st = db_stmt(db, "SELECT pin FROM staff WHERE id = ?1"
                                   " AND NOT dismissed");
    bool row;
    enum err err;

    db_bind_text(st, 1, id);
    err = db_row(db, st, &row);
    if (!row)
        return err ? err : ERR_REJECTED;
    snprintf(out, HASH_PIN_CHARS, "%s", db_column_text(st, 0));
    sqlite3_reset(st);
    return ERR_OK;
}

static void note_entry(struct db *db, const char *id)
{
    int64_t day = db->run.ord ? run_day(&db->run, run_mono_ms(db)) : -1;
    sqlite3_stmt *st;

    if (day < 0)
        return;
    st = db_stmt(db, "UPDATE staff SET last_day = ?2 WHERE id = ?1");
    db_bind_text(st, 1, id);
    sqlite3_bind_int64(st, 2, day);
    if (db_run(db, st, "staff"))
        LOG_WARN("the day of the entry was not noted");
}

enum pin_verdict staff_try_pin(struct db *db, const char *id, const char *pin)
{
    char hash[HASH_PIN_CHARS], key[STAFF_ID_MAX + 8];
    int misses;

    if (!db || read_hash(db, id, hash))
        return PIN_UNSURE;
    misses = waiting_misses(db, guess_key(id, key));
    if (misses >= MISSES_LOCK)
        return PIN_LOCKED;
    if (waiting_left_ms(db, key))
        return PIN_WAIT;
    /* one wait of five minutes after the fifth miss; the tenth locks */
    if (waiting_miss(db, key, misses + 1 == MISSES_WAIT ? MISSES_WAIT : MISSES_LOCK,
                     WAIT_MS, WAIT_MS))
        return PIN_UNSURE;
    if (!hash_pin_fits(hash, pin)) {
        misses = waiting_misses(db, key);
        return misses >= MISSES_LOCK          ? PIN_LOCKED
               : waiting_left_ms(db, key) > 0 ? PIN_WAIT
                                              : PIN_MISSED;
    }
    if (waiting_clear(db, key))
        LOG_WARN("the count of misses was not cleared");
    note_entry(db, id);
    return PIN_RIGHT;
}

long staff_wait_s(struct db *db, const char *id)
{
    char key[STAFF_ID_MAX + 8];

    return db ? (long)((waiting_left_ms(db, guess_key(id, key)) + 999) / 1000) : 0;
}

int staff_misses(struct db *db, const char *id)
{
    char key[STAFF_ID_MAX + 8];

    return db ? waiting_misses(db, guess_key(id, key)) : 0;
}
