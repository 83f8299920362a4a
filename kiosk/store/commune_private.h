/* What the files of the commune share. */
#pragma once

#include "base/json.h"
#include "store/commune.h"

#define COMMUNE_ENTRIES_MAX 200

/* The settings of the grant; NULL: none, or not readable. The caller frees it. */
json_value *commune_grant(struct db *db);
bool commune_code_ok(const char *code);
bool commune_name_ok(const char *name);
