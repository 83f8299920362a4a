/* Setting a new machine up from a file (bdhvs-ctl provision), as the pages of `setup` do by
 * hand. All or nothing.
 *
 * {"commune":{"code":"21520","name":"xã Đặng Thùy Trâm"},
 *  "thon":{"t01":"Nước Giáp"}, "units":{"u01":"Hội Nông dân"},
 *  "place":{"thon":"t01","name":"Nhà văn hóa thôn Nước Giáp"},
 *  "passphrase":"…", "staff":[{"alias":"Cô Hạnh","role":"administrator","pin":"482915",
 *                              "picture":0,"thon":"t01"}],
 *  "calendar":[{"weekday":6,"from":"07:30","to":"10:00","thon":"t01","place":"…",
 *               "unit":"u01","lesson":"m09-b03"}],
 *  "settings":{"screen_dpi":150,"bar_low":1}}
 * Roles: volunteer, administrator, inspector, editor. */
#pragma once

#include <stddef.h>

#include "base/err.h"
#include "store/vault.h"

struct db;

#define PROVISION_BYTES_MAX 65536

/* Errors: ERR_REJECTED (set up already, or the file is wrong: `why`, n_why bytes, says what),
 * ERR_FULL, ERR_CORRUPT. `recovery_out`: to be written down once. */
NODISCARD enum err provision(struct db *db, const char *json, size_t n,
                             char recovery_out[VAULT_SECRET_CHARS], char *why,
                             size_t n_why);
