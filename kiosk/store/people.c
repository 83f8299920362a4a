/* Registering, correcting and reading people. Names go into the seal and nowhere else. */
#include "store/people.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "store/audit.h"
#include "store/card_row.h"
#include "store/cohort.h"
#include "store/journal_private.h"
#include "store/kin.h"
#include "store/people_seal.h"
#include "store/private.h"
#include "store/vault.h"

#define BODY_MAX 512
#define OLDEST_YEAR 1900
#define ADULT_AT 16 /* from then on nobody must agree beside the person */

void person_band(int birth_year, int on_year, char out[PERSON_FIELD_MAX + 1])
{
    static const int from[] = { 14, 18, 35, 60 };
    int age = on_year - birth_year - 1; /* on 1 January, but for those born on it */
    int band = 0;

    out[0] = 0;
    if (birth_year <= 0)
        return;
    while (band < (int)COUNT(from) && age >= from[band])
        band++;
    (void)snprintf(out, PERSON_FIELD_MAX + 1, "b%d", band);
}

/* --- what is accepted --------------------------------------------------------------- */

static bool is_one_of(const char *code, const char *codes)
{
    const char *at = *code ? strstr(codes, code) : "";

    return at &&
           (!*code || (at[strlen(code)] == ' ' && (at == codes || at[-1] == ' ')));
}

/* Cleans the names and fills in the band. Errors: ERR_REJECTED. */
static enum err take_person(const struct db *db, const struct person_details *details,
                            const struct person_cohort *cohort,
                            struct person_details *d, struct person_cohort *c)
{
    int this_year = people_year(db);

    *c = *cohort;
    d->year = details->year;
    if (person_name_clean(details->name, d->name) != NAME_OK ||
        (details->guardian_name[0] &&
         person_name_clean(details->guardian_name, d->guardian_name) != NAME_OK))
        return ERR_REJECTED;
    if (d->year && (d->year < OLDEST_YEAR || d->year > this_year))
        return ERR_REJECTED;
    if (d->year)
        person_band(d->year, this_year, c->band);
    if (!cohort_ok(c) || !is_one_of(c->sex, "f m ") ||
        !is_one_of(c->band, "b0 b1 b2 b3 b4 "))
        return ERR_REJECTED;
    return ERR_OK;
}

static enum err check_consent(const struct db *db, const struct person_consent *consent,
                              int birth_year)
{
    bool ok = consent && people_actor_ok(consent->text_version) &&
              consent->method >= CONSENT_TAP && consent->method <= CONSENT_PAPER &&
              consent->guardian >= GUARDIAN_NONE &&
              consent->guardian <= GUARDIAN_OTHER &&
              (!consent->witness[0] || people_actor_ok(consent->witness));

    if (ok && birth_year && people_year(db) - birth_year < ADULT_AT)
        ok = consent->guardian != GUARDIAN_NONE;
    return ok ? ERR_OK : ERR_REJECTED;
}

/* --- registering -------------------------------------------------------------------- */

struct registering {
    struct vault *vault;
    struct person_details details;
    struct person_cohort cohort;
    const struct person_consent *consent;
    const unsigned char *claim;
    const char *actor;
    struct person_card card;
};

/* The blank card, or a nameless one, that becomes this person's. */
static enum err take_card(struct db *db, struct registering *r)
{
    struct person_details unused;
    enum people_seal seal;
    struct card_row card;
    struct kin kin;
    bool unchecked;
    enum err err = card_row_find(db, r->claim, &card);

    if (!err && (card.state != CARD_STATE_VALID ||
                 memcmp(card.owner, r->claim, EVENT_TOKEN_BYTES) != 0))
        err = ERR_REJECTED;
    if (!err)
        err = kin_find(db, r->claim, &kin);
    if (!err && (!kin.known || memcmp(kin.root, r->claim, EVENT_TOKEN_BYTES) != 0))
        err = ERR_REJECTED;
    if (!err)
        err = people_seal_read(db, NULL, r->claim, &unused, &unchecked, &seal);
    if (!err && seal != PEOPLE_SEAL_NONE)
        err = ERR_REJECTED;
    if (err)
        return err;
    memcpy(r->card.token, r->claim, EVENT_TOKEN_BYTES);
    memcpy(r->card.code, card.code, sizeof(r->card.code));
    return ERR_OK;
}

static enum err write_consent(struct db *db, const struct registering *r)
{
    struct event ev = { .kind = EVENT_CONSENT,
                        .token = r->card.token,
                        .value = r->consent->day < 0 ? -1 : r->consent->day,
                        .actor = r->actor };
    struct buf body;
    enum err err;

    buf_init(&body, BODY_MAX);
    json_open(&body, NULL, '{');
    json_put_text(&body, "text", r->consent->text_version);
    json_put_int(&body, "method", r->consent->method);
    json_put_text(&body, "witness", r->consent->witness);
    json_put_int(&body, "guardian", r->consent->guardian);
    json_close(&body, '}');
    ev.body = buf_text(&body);
    err = journal_write(db, &ev, NULL);
    buf_finish(&body);
    return err;
}

static enum err write_registration(struct db *db, void *ctx)
{
    struct registering *r = ctx;
    enum err err = r->claim ? take_card(db, r) : card_row_make(db, NULL, &r->card);

    if (!err)
        err = cohort_journal(db, r->card.token, &r->cohort, r->actor);
    if (!err)
        err = write_consent(db, r);
    if (!err)
        err = people_seal_write(db, r->vault, r->card.token, &r->details,
                                !vault_is_unlocked(r->vault));
    return err ? err
               : audit_add(db, AUDIT_PEOPLE, r->actor, "au.e.person_new", r->card.code);
}

enum err people_register(struct db *db, struct vault *vault,
                         const struct person_details *details,
                         const struct person_cohort *cohort,
                         const struct person_consent *consent,
                         const unsigned char *claim, const char *actor,
                         struct person_card *out)
{
    struct registering r = {
        .vault = vault, .consent = consent, .claim = claim, .actor = actor
    };
    enum err err;

    memset(out, 0, sizeof(*out));
    if (!db)
        return ERR_CORRUPT;
    if (!vault || !vault_exists(vault) || !people_actor_ok(actor))
        return ERR_REJECTED;
    err = take_person(db, details, cohort, &r.details, &r.cohort);
    if (!err)
        err = check_consent(db, consent, r.details.year);
    if (!err)
        err = db_transact(db, write_registration, &r);
    if (!err)
        *out = r.card;
    hash_wipe(&r.details, sizeof(r.details));
    return err;
}

/* --- correcting --------------------------------------------------------------------- */

struct editing {
    struct vault *vault;
    const unsigned char *token;
    struct person_details details;
    struct person_cohort cohort;
    const char *actor;
};

/* `*unchecked_out` stays as it was. A nameless person gets a name only by registering,
 * which asks for consent. */
static enum err find_named(struct db *db, const unsigned char *token, struct kin *kin,
                           bool *unchecked_out)
{
    struct person_details unused;
    enum people_seal seal;
    enum err err = kin_need(db, token, kin);

    if (!err)
        err = people_seal_read(db, NULL, kin->root, &unused, unchecked_out, &seal);
    return err ? err : seal == PEOPLE_SEAL_NONE ? ERR_REJECTED : ERR_OK;
}

static enum err write_edit(struct db *db, void *ctx)
{
    const struct editing *e = ctx;
    struct person_cohort was;
    char code[PERSON_CODE_CHARS];
    struct kin kin;
    bool unchecked;
    enum err err = find_named(db, e->token, &kin, &unchecked);

    if (!err)
        err = cohort_read(db, kin.cohort, &was);
    if (!err && memcmp(&was, &e->cohort, sizeof(was)) != 0)
        err = cohort_journal(db, kin.root, &e->cohort, e->actor);
    if (!err)
        err = people_seal_write(db, e->vault, kin.root, &e->details, unchecked);
    if (!err)
        err = card_row_code(db, kin.root, code);
    return err ? err : audit_add(db, AUDIT_PEOPLE, e->actor, "au.e.person_edit", code);
}

/* Codes without bytes left over from a longer one, so that memcmp compares them. */
static void tidy_cohort(struct person_cohort *c)
{
    struct person_cohort tidy = { 0 };

    (void)snprintf(tidy.thon, sizeof(tidy.thon), "%s", c->thon);
    (void)snprintf(tidy.sex, sizeof(tidy.sex), "%s", c->sex);
    (void)snprintf(tidy.band, sizeof(tidy.band), "%s", c->band);
    (void)snprintf(tidy.group, sizeof(tidy.group), "%s", c->group);
    (void)snprintf(tidy.job, sizeof(tidy.job), "%s", c->job);
    (void)snprintf(tidy.unit, sizeof(tidy.unit), "%s", c->unit);
    *c = tidy;
}

enum err people_edit(struct db *db, struct vault *vault,
                     const unsigned char token[EVENT_TOKEN_BYTES],
                     const struct person_details *details,
                     const struct person_cohort *cohort, const char *actor)
{
    struct editing e = { .vault = vault, .token = token, .actor = actor };
    enum err err;

    if (!db)
        return ERR_CORRUPT;
    if (!vault || !vault_exists(vault) || !people_actor_ok(actor))
        return ERR_REJECTED;
    err = take_person(db, details, cohort, &e.details, &e.cohort);
    tidy_cohort(&e.cohort);
    if (!err)
        err = db_transact(db, write_edit, &e);
    hash_wipe(&e.details, sizeof(e.details));
    return err;
}

/* --- reading ------------------------------------------------------------------------ */

static enum err read_consent(struct db *db, const unsigned char *token,
                             struct person_consent *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT text, day, method, witness, guardian"
                                   " FROM consent WHERE token = ?1");
    bool row;
    enum err err;

    sqlite3_bind_blob(st, 1, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    (void)snprintf(out->text_version, sizeof(out->text_version), "%s",
                   db_column_text(st, 0));
    out->day = sqlite3_column_int64(st, 1);
    out->method = (enum consent_method)sqlite3_column_int(st, 2);
    (void)snprintf(out->witness, sizeof(out->witness), "%s", db_column_text(st, 3));
    out->guardian = (enum guardian_kind)sqlite3_column_int(st, 4);
    sqlite3_reset(st);
    return ERR_OK;
}

enum err people_read(struct db *db, struct vault *vault,
                     const unsigned char token[EVENT_TOKEN_BYTES],
                     struct person_record *out)
{
    enum people_seal how;
    struct kin kin;
    enum err err;

    memset(out, 0, sizeof(*out));
    if (!db)
        return ERR_CORRUPT;
    err = kin_need(db, token, &kin);
    if (err)
        return err;
    memcpy(out->token, kin.root, EVENT_TOKEN_BYTES);
    out->merged = memcmp(kin.root, token, EVENT_TOKEN_BYTES) != 0;
    err = cohort_read(db, kin.cohort, &out->cohort);
    if (!err)
        err = card_row_code(db, kin.root, out->code);
    if (!err)
        err = read_consent(db, kin.root, &out->consent);
    if (!err)
        err =
            people_seal_read(db, vault, kin.root, &out->details, &out->unchecked, &how);
    return err;
}
