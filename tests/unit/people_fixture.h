/* A database with a vault, and shorthands for people. */
#pragma once

#include "store/people.h"
#include "store/vault.h"
#include "store_fixture.h"

#define PEOPLE_PASSPHRASE "mat khau thu"

struct people_stage {
    struct fixture store;
    struct vault *vault; /* unlocked */
};

/* cmocka setup and teardown; *state is the stage. The clock is known: 2026-11-22. */
int people_setup(void **state);
int people_teardown(void **state);
/* As after a power cut: the vault is locked, the clock not known. */
void people_restart(struct people_stage *s);
void people_unlock(struct people_stage *s);
void people_pass_days(struct people_stage *s, int days);

/* Registers a woman of thôn `thon` who consented by touch. */
struct person_card people_make(struct people_stage *s, const char *name, int year,
                               const char *thon);
enum err people_try(struct people_stage *s, const char *name, int year,
                    const unsigned char *claim, struct person_card *out);
