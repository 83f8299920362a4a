/* The draft of a registration. Nothing of it is on disk before registration_save. */
#include "app/registration.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/hash.h"
#include "store/db.h"
#include "store/merge.h"
#include "store/people_seal.h"

#define LOG_MODULE "register"
#include "base/log.h"

#define YEAR_MIN 1900
#define GROUP_PUPIL "g1"
#define GROUP_CITIZEN "g2"
#define GROUP_OFFICIAL "g3"
#define GROUP_WORKER "g4"
#define PUPIL_YEARS 23 /* below it the group is preset to pupils and students */
#define OLD_YEARS 60

void registration_begin(struct app *app)
{
    struct registration *r = &app->registration;
    bool plain = r->open && !r->telex;

    app_class_refresh(app);
    registration_wipe(app);
    r->open = true;
    r->telex = !plain;
    r->method = CONSENT_TAP;
    snprintf(r->year, sizeof(r->year), "19");
    if (app->desk.klass.seq)
        snprintf(r->cohort.thon, sizeof(r->cohort.thon), "%s",
                 app->desk.klass.plan.thon);
    else /* where the machine stands */
        snprintf(r->cohort.thon, sizeof(r->cohort.thon), "%s",
                 app->db ? db_setting(app->db, "place.thon", "") : "");
}

void registration_wipe(struct app *app)
{
    hash_wipe(&app->registration, sizeof(app->registration));
}

enum name_trouble registration_name(const struct app *app, char *out)
{
    return person_name_clean(app->registration.typed, out);
}

static int this_year(const struct app *app)
{
    return app->db ? people_year(app->db) : YEAR_MIN;
}

int registration_year(const struct app *app)
{
    const char *digits = app->registration.year;
    int year;

    if (!*digits || !strcmp(digits, "19"))
        return 0;
    year = (int)strtol(digits, NULL, 10);
    return strlen(digits) == 4 && year >= YEAR_MIN && year <= this_year(app) ? year
                                                                             : -1;
}

bool registration_take_age(struct app *app)
{
    struct registration *r = &app->registration;
    const char *digits = r->year;
    long age;

    if (!strncmp(digits, "19", 2) && digits[2])
        digits += 2; /* typed behind what stood there already */
    age = strtol(digits, NULL, 10);
    if (!*digits || !strcmp(digits, "19") || age < 0 || age > this_year(app) - YEAR_MIN)
        return false;
    snprintf(r->year, sizeof(r->year), "%04u",
             (unsigned)(this_year(app) - (int)age) % 10000U);
    return true;
}

int registration_age(const struct app *app)
{
    int year = registration_year(app);

    return year > 0 ? this_year(app) - year : -1;
}

bool registration_is_child(const struct app *app)
{
    int age = registration_age(app);

    return age >= 0 && age < ADULT_YEARS;
}

static void put(char out[PERSON_FIELD_MAX + 1], const char *code)
{
    snprintf(out, PERSON_FIELD_MAX + 1, "%s", code);
}

static const char *job_of(const char *group, int age)
{
    if (!strcmp(group, GROUP_PUPIL))
        return "j7";
    if (!strcmp(group, GROUP_OFFICIAL))
        return "j1";
    if (!strcmp(group, GROUP_WORKER))
        return "j6";
    return age >= OLD_YEARS ? "j8" : "j5";
}

void registration_presets(struct app *app)
{
    struct registration *r = &app->registration;
    int age = registration_age(app);

    if (!r->group_chosen)
        put(r->cohort.group,
            age >= 0 && age < PUPIL_YEARS ? GROUP_PUPIL : GROUP_CITIZEN);
    if (!r->job_chosen)
        put(r->cohort.job, job_of(r->cohort.group, age));
    if (strcmp(r->cohort.group, GROUP_OFFICIAL) != 0)
        r->cohort.unit[0] = 0;
}

void registration_choose_group(struct app *app, const char *code)
{
    struct registration *r = &app->registration;

    put(r->cohort.group, code);
    r->group_chosen = true;
    r->job_chosen = false;
    registration_presets(app);
}

size_t registration_alike(const struct app *app, struct people_likeness *out,
                          size_t max)
{
    char name[PERSON_NAME_MAX];
    int year = registration_year(app);
    size_t n = 0;

    if (app->desk.index && registration_name(app, name) == NAME_OK)
        n = people_alike(app->desk.index, name, year > 0 ? year : 0,
                         app->registration.cohort.thon, out, max);
    hash_wipe(name, sizeof(name));
    return n;
}

const char *registration_after_groups(const struct app *app)
{
    struct people_likeness like;

    if (!app->registration.not_alike && registration_alike(app, &like, 1))
        return "register_duplicate";
    return registration_is_child(app) ? "guardian" : "register_consent";
}

/* --- cards without a name ----------------------------------------------------------------- */

static bool has_name(struct app *app, const unsigned char *token)
{
    struct person_record record;
    enum err err = people_read(app->db, app->desk.vault, token, &record);
    /* Rejected: nobody's. Any other error: nothing is taken over. */
    bool named = err ? err != ERR_REJECTED : record.consent.text_version[0] != '\0';

    hash_wipe(&record, sizeof(record));
    return named;
}

static enum card_verdict take(struct app *app, enum card_verdict verdict,
                              const unsigned char *token)
{
    struct registration *r = &app->registration;

    if (verdict == CARD_OURS && !has_name(app, token))
        verdict = CARD_BLANK;
    if (verdict == CARD_BLANK) {
        memcpy(r->claim, token, sizeof(r->claim));
        r->has_claim = true;
    }
    return verdict;
}

enum card_verdict registration_claim(struct app *app, const char *scanned)
{
    unsigned char token[EVENT_TOKEN_BYTES];
    enum card_verdict verdict = card_read(app->db, scanned, token);

    return take(app, verdict, token);
}

enum card_verdict registration_claim_code(struct app *app, const char *code)
{
    unsigned char token[EVENT_TOKEN_BYTES];
    bool typo;

    if (person_by_code(app->db, code, token, &typo))
        return CARD_UNKNOWN;
    return take(app, CARD_OURS, token);
}

/* --- the end ------------------------------------------------------------------------------- */

/* Who stands here came to the class that is open. */
static void note_present(struct app *app, const unsigned char *token)
{
    if (app->desk.klass.seq && class_add(app->db, token, app_actor(app)))
        LOG_WARN("registered, but not ticked in the class");
}

static void fill_consent(const struct app *app, struct person_consent *out)
{
    const struct registration *r = &app->registration;

    *out = (struct person_consent){ .text_version = CONSENT_TEXT_VERSION,
                                    .day = people_today(app->db),
                                    .method = r->method };
    snprintf(out->witness, sizeof(out->witness), "%s", app->desk.who.id);
    if (registration_is_child(app))
        out->guardian = r->guardian;
}

static enum err register_it(struct app *app, struct person_details *details)
{
    struct registration *r = &app->registration;
    int year = registration_year(app);
    struct person_consent consent;
    struct person_card card;
    enum err err;

    if (registration_name(app, details->name) != NAME_OK || year < 0)
        return ERR_REJECTED;
    details->year = year;
    if (registration_is_child(app) &&
        person_name_clean(r->guardian_typed, details->guardian_name) != NAME_OK)
        return ERR_REJECTED;
    fill_consent(app, &consent);
    err = people_register(app->db, app->desk.vault, details, &r->cohort, &consent,
                          r->has_claim ? r->claim : NULL, app_actor(app), &card);
    if (!err)
        memcpy(r->token, card.token, sizeof(r->token));
    return err;
}

enum err registration_save(struct app *app)
{
    struct registration *r = &app->registration;
    struct person_details details = { .year = 0 };
    enum err err;

    if (!app->db || !app_may(app, MAY_CHANGE_PEOPLE) || !r->open)
        return ERR_REJECTED;
    if (r->saved)
        return ERR_OK; /* a second tap */
    err = register_it(app, &details);
    hash_wipe(&details, sizeof(details));
    if (err)
        return err;
    r->saved = true;
    note_present(app, r->token);
    app_select_person(app, r->token);
    app_person_changed(app, r->token);
    return ERR_OK;
}

enum err registration_use(struct app *app, const unsigned char *token)
{
    struct registration *r = &app->registration;
    enum err err = ERR_OK;

    if (!app->db || !app_may(app, MAY_CHANGE_PEOPLE))
        return ERR_REJECTED;
    if (r->has_claim) {
        err = people_merge(app->db, token, r->claim, app_actor(app));
        if (err == ERR_REJECTED)
            err = ERR_OK; /* a blank card: nothing was learnt with it, it stays blank */
    }
    if (err)
        return err;
    note_present(app, token);
    app_select_person(app, token);
    app_person_changed(app, token);
    registration_wipe(app);
    return ERR_OK;
}
