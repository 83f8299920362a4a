/* The vault and the people of tests. */
#include "people_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"

#define DAY_MS 86400000

int people_setup(void **state)
{
    struct people_stage *s;
    char recovery[VAULT_SECRET_CHARS];
    void *store;

    assert_int_equal(fixture_setup(&store), 0);
    /* the clock of the fixture points at the fixture, which therefore stays where it is */
    s = check_alloc(sizeof(*s));
    db_close(((struct fixture *)store)->db);
    s->store = *(struct fixture *)store;
    free(store);
    s->store.clock.ctx = &s->store;
    fixture_open(&s->store);
    fixture_learn_time(&s->store);
    assert_int_equal(vault_open(s->store.db, &s->vault), ERR_OK);
    assert_int_equal(vault_create(s->vault, PEOPLE_PASSPHRASE, recovery), ERR_OK);
    *state = s;
    return 0;
}

int people_teardown(void **state)
{
    struct people_stage *s = *state;
    char command[128];

    vault_close(s->vault);
    db_close(s->store.db);
    (void)snprintf(command, sizeof(command), "rm -rf '%s'", s->store.dir);
    (void)!system(command);
    free(s);
    return 0;
}

void people_restart(struct people_stage *s)
{
    vault_close(s->vault);
    fixture_reopen(&s->store);
    assert_int_equal(vault_open(s->store.db, &s->vault), ERR_OK);
}

void people_unlock(struct people_stage *s)
{
    assert_int_equal(vault_unlock(s->vault, VAULT_PASSPHRASE, PEOPLE_PASSPHRASE),
                     ERR_OK);
}

void people_pass_days(struct people_stage *s, int days)
{
    s->store.mono_ms += (int64_t)days * DAY_MS;
    s->store.wall_ms += (int64_t)days * DAY_MS;
}

static enum err try_at(struct people_stage *s, const char *name, int year,
                       const char *thon, const unsigned char *claim,
                       struct person_card *out)
{
    struct person_details details = { .year = year };
    struct person_cohort cohort = { .sex = "f", .group = "g2" };
    struct person_consent consent = { .text_version = "c1",
                                      .day = 20779,
                                      .method = CONSENT_TAP,
                                      .witness = "s1",
                                      .guardian = GUARDIAN_MOTHER };

    (void)snprintf(details.name, sizeof(details.name), "%s", name);
    (void)snprintf(cohort.thon, sizeof(cohort.thon), "%s", thon);
    return people_register(s->store.db, s->vault, &details, &cohort, &consent, claim,
                           "s1", out);
}

struct person_card people_make(struct people_stage *s, const char *name, int year,
                               const char *thon)
{
    struct person_card card;

    assert_int_equal(try_at(s, name, year, thon, NULL, &card), ERR_OK);
    return card;
}

enum err people_try(struct people_stage *s, const char *name, int year,
                    const unsigned char *claim, struct person_card *out)
{
    return try_at(s, name, year, "t07", claim, out);
}
