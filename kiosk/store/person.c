/* Cards: a random token, a code that people can type, and the cohort. */
#include "store/person.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "store/cohort.h"
#include "store/journal_private.h"
#include "store/private.h"

#define CODE_DIGITS 5
#define CODES 100000
#define TRIES 200 /* for a free code; with half of all taken 2 are enough on average */
#define COHORT_JSON_MAX 512

/* Damm's table of order 10 (H. Michael Damm, 2004): finds every single wrong digit and
 * every swap of two neighbours. */
static const unsigned char damm[10][10] = {
    { 0, 3, 1, 7, 5, 9, 8, 6, 4, 2 }, { 7, 0, 9, 2, 1, 5, 4, 8, 6, 3 },
    { 4, 2, 0, 6, 8, 7, 1, 3, 5, 9 }, { 1, 7, 5, 0, 9, 8, 3, 4, 2, 6 },
    { 6, 1, 2, 3, 0, 4, 5, 9, 7, 8 }, { 3, 6, 7, 4, 2, 0, 9, 5, 8, 1 },
    { 5, 8, 6, 9, 7, 2, 0, 1, 3, 4 }, { 8, 9, 4, 5, 3, 6, 2, 0, 1, 7 },
    { 9, 4, 3, 8, 6, 1, 7, 2, 0, 5 }, { 2, 5, 8, 1, 4, 3, 6, 7, 9, 0 },
};

char person_check_digit(const char *five_digits)
{
    unsigned char state = 0;

    for (int i = 0; i < CODE_DIGITS; i++) {
        ASSERT(five_digits[i] >= '0' && five_digits[i] <= '9');
        state = damm[state][five_digits[i] - '0'];
    }
    return (char)('0' + state);
}

struct adding {
    const struct person_cohort *cohort;
    struct person_card card;
};

static enum err code_is_free(struct db *db, const char *code, bool *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT 1 FROM person WHERE code = ?1");
    int64_t taken;
    enum err err;

    db_bind_text(st, 1, code);
    err = db_int(db, st, 0, &taken);
    *out = !taken;
    return err;
}

static enum err pick_code(struct db *db, char out[PERSON_CODE_CHARS])
{
    bool is_free = false;
    enum err err = ERR_OK;

    for (int i = 0; !err && !is_free && i < TRIES; i++) {
        (void)snprintf(out, PERSON_CODE_CHARS, "%05u",
                       (unsigned)hash_random_below(CODES) % CODES);
        out[CODE_DIGITS] = person_check_digit(out);
        out[CODE_DIGITS + 1] = 0;
        err = code_is_free(db, out, &is_free);
    }
    return err || is_free ? err : ERR_FULL;
}

static enum err insert_person(struct db *db, const struct person_card *card)
{
    sqlite3_stmt *st = db_stmt(db, "INSERT INTO person(token, code) VALUES(?1, ?2)");

    sqlite3_bind_blob(st, 1, card->token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    db_bind_text(st, 2, card->code);
    return db_run(db, st, "person");
}

static enum err write_person(struct db *db, void *ctx)
{
    struct adding *adding = ctx;
    struct event ev = { .kind = EVENT_PERSON, .token = adding->card.token };
    struct buf body;
    enum err err = pick_code(db, adding->card.code);

    hash_random(adding->card.token, EVENT_TOKEN_BYTES);
    if (!err)
        err = insert_person(db, &adding->card);
    if (err)
        return err;
    buf_init(&body, COHORT_JSON_MAX);
    cohort_json(adding->cohort, &body);
    ev.body = buf_text(&body);
    err = journal_write(db, &ev, NULL);
    buf_finish(&body);
    return err;
}

enum err person_add(struct db *db, const struct person_cohort *cohort,
                    struct person_card *out)
{
    struct adding adding = { .cohort = cohort };
    enum err err;

    memset(out, 0, sizeof(*out));
    if (!cohort_ok(cohort))
        return ERR_REJECTED;
    err = db_transact(db, write_person, &adding);
    if (!err)
        *out = adding.card;
    return err;
}

enum err person_by_code(struct db *db, const char *code,
                        unsigned char token_out[EVENT_TOKEN_BYTES], bool *typo_out)
{
    sqlite3_stmt *st;
    bool row;
    enum err err;

    *typo_out = strlen(code) != CODE_DIGITS + 1 ||
                strspn(code, "0123456789") != CODE_DIGITS + 1 ||
                person_check_digit(code) != code[CODE_DIGITS];
    if (*typo_out)
        return ERR_REJECTED;
    if (!db)
        return ERR_CORRUPT;
    st = db_stmt(db, "SELECT token FROM person WHERE code = ?1");
    db_bind_text(st, 1, code);
    err = db_row(db, st, &row);
    if (!row)
        return err ? err : ERR_REJECTED;
    memcpy(token_out, sqlite3_column_blob(st, 0), EVENT_TOKEN_BYTES);
    sqlite3_reset(st);
    return ERR_OK;
}
