/* Nameless people: a random token, a code that people can type, and the cohort. */
#include "store/person.h"

#include <string.h>

#include "base/buf.h"
#include "store/card_row.h"
#include "store/cohort.h"
#include "store/journal_private.h"
#include "store/kin.h"
#include "store/private.h"

#define CODE_DIGITS 5

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

static enum err write_person(struct db *db, void *ctx)
{
    struct adding *adding = ctx;
    enum err err = card_row_make(db, NULL, &adding->card);

    return err ? err : cohort_journal(db, adding->card.token, adding->cohort, NULL);
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
    unsigned char owner[EVENT_TOKEN_BYTES];
    struct kin kin;
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
    st = db_stmt(db, "SELECT owner FROM card WHERE code = ?1 AND state = 1");
    db_bind_text(st, 1, code);
    err = db_row(db, st, &row);
    if (!row)
        return err ? err : ERR_REJECTED;
    memcpy(owner, sqlite3_column_blob(st, 0), EVENT_TOKEN_BYTES);
    sqlite3_reset(st);
    err = kin_find(db, owner, &kin);
    if (!err && !kin.known)
        err = ERR_CORRUPT;
    if (!err)
        memcpy(token_out, kin.root, EVENT_TOKEN_BYTES);
    return err;
}
