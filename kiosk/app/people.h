/* What pages of staff do with people: reading, correcting, cards, merging, erasing. Rights
 * are asked here, index and class are told; the store writes the log. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "store/card.h"
#include "store/claim.h"
#include "store/class.h"
#include "store/commune.h"
#include "store/erase.h"
#include "store/merge.h"
#include "store/passport.h"
#include "store/people_index.h"
#include "store/requests.h"

struct app;
struct arena;

/* --- lists ---------------------------------------------------------------------------------- */

/* Entries that are still offered. 0 when they cannot be read. */
size_t app_list(struct app *app, enum commune_list list, struct arena *arena,
                struct commune_entry **out);
/* The name, the raw code, or "" for "". */
const char *app_list_name(struct app *app, enum commune_list list, const char *code,
                          struct arena *arena);
/* "xã Đặng Thùy Trâm" */
const char *app_commune(struct app *app, struct arena *arena);
/* Where pages about people lead back to: the open class, else the search. */
const char *app_people_home(const struct app *app);

/* --- the person that is selected ------------------------------------------------------------- */

/* Errors: ERR_REJECTED (nobody is selected, or nobody's any more). Wipe `out`. */
NODISCARD enum err app_person_read(struct app *app, struct person_record *out);
/* Details and cohort of `record`. Errors: as people_edit; ERR_REJECTED without the right. */
NODISCARD enum err app_person_save(struct app *app, const struct person_record *record);
/* The QR text of the card. */
NODISCARD enum err app_person_card(struct app *app, char out[CARD_TEXT_CHARS]);
/* The QR text of what they passed. */
NODISCARD enum err app_person_passport(struct app *app, char out[PASSPORT_TEXT_CHARS]);
/* A new card; the old one opens nothing from now on. */
NODISCARD enum err app_person_reissue(struct app *app);
/* `other` becomes a second card of the selected person, and not after all. */
NODISCARD enum err app_person_merge(struct app *app, const unsigned char *other);
NODISCARD enum err app_person_unmerge(struct app *app, int64_t seq);
size_t app_person_merges(struct app *app, struct arena *arena,
                         struct people_merged **out);
/* A guest's lessons become theirs (store/claim.h). */
NODISCARD enum err app_person_claim(struct app *app, const struct claim *offer,
                                    size_t *n_out);
/* Into the open class, present. ERR_REJECTED: none is open. */
NODISCARD enum err app_person_to_class(struct app *app);
/* Takes down what they ask about their data. */
NODISCARD enum err app_person_request(struct app *app, enum request_kind kind);
/* After the PIN: nobody is selected afterwards. */
NODISCARD enum err app_person_erase(struct app *app, struct erase_receipt *out);

NODISCARD enum err app_person_vneid(struct app *app, struct vneid *out);
/* `source` 1 said, 2 seen, 3 list. */
NODISCARD enum err app_person_set_vneid(struct app *app, const char *status,
                                        int source);

/* Completed lessons, -1: not known. */
int app_person_lessons(struct app *app, const unsigned char *token);

/* What a scanner read, and whose card it is; nothing is changed. */
enum card_verdict app_card_read(struct app *app, const char *scanned,
                                unsigned char token_out[EVENT_TOKEN_BYTES]);

/* --- cards printed ahead ---------------------------------------------------------------------- */

#define BLANK_MAX 200
NODISCARD enum err app_blank_cards(struct app *app, size_t n, struct person_card *out);
NODISCARD enum err app_card_text(struct app *app, const unsigned char *token,
                                 char out[CARD_TEXT_CHARS]);
