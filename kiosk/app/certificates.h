/* “Giấy ghi nhận” of whoever learns: which parts have one, and the one to show. Given by
 * store/papers.h, signed with the kiosk's key; the name is on it only while names can be
 * read, else its holder writes it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "vietnamese/person_name.h"
#include "wire/certificate.h"

struct app;

struct app_certificate {        /* wipe it: a name is in it */
    char name[PERSON_NAME_MAX]; /* "": none that can be read */
    int64_t day;                /* -1: not certain */
    char number[CERTIFICATE_REF_CHARS];
    char text[CERTIFICATE_TEXT_CHARS]; /* of the QR */
};

/* The module after `module` (-1: from the last back to the first), going backwards and
 * round, that has a paper for who learns; -1: none. Reads the journal: once a page. */
long app_certificate_module(const struct app *app, long module);
/* Whether the open lesson was the last one missing in its module, by what is saved. */
bool app_certificate_now(const struct app *app);
/* Gives the paper of the module. Errors: ERR_REJECTED (not earned), of the journal, of the
 * key file. */
NODISCARD enum err app_certificate(struct app *app, size_t module,
                                   struct app_certificate *out);
