/* What the files of the commune share. */
#pragma once

#include "base/json.h"
#include "store/commune.h"

#define COMMUNE_ENTRIES_MAX 200

/* The settings of the grant; NULL: none, or not readable. The caller frees it. */
json_value *commune_grant(struct db *db);
/* Targets and denominators of `doc` into the tables; inside the caller's transaction. */
NODISCARD enum err commune_take_aims(struct db *db, const json_value *doc);
/* Those that are no longer in `doc`, whose text is `text`, go: of sections that are the
 * server's, or were it `before`. What was entered here while the server said nothing stays. */
NODISCARD enum err commune_drop_aims(struct db *db, const json_value *before,
                                     const json_value *doc, const char *text);
bool commune_code_ok(const char *code);
bool commune_name_ok(const char *name);
