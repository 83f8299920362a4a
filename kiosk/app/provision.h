/* Setting a new machine up from a file (bdhvs-ctl provision, or a stick at the first set-up),
 * as the pages of `setup` do by hand. All or nothing; every fault of the file is told at once.
 *
 * {"commune":{"code":"21520","name":"xã Đặng Thùy Trâm"},
 *  "thon":{"t01":"Nước Giáp"}, "units":{"u01":"Hội Nông dân"},
 *  "place":{"thon":"t01","name":"Nhà văn hóa thôn Nước Giáp"},
 *  "passphrase":"…", "staff":[{"alias":"Cô Hạnh","role":"administrator","pin":"482915",
 *                              "picture":0,"thon":"t01"}],
 *  "calendar":[{"weekday":6,"from":"07:30","to":"10:00","thon":"t01","place":"…",
 *               "unit":"u01","lesson":"m09-b03"}],
 *  "server":{"url":"https://…","code":"…"},
 *  "settings":{"screen_dpi":150,"bar_low":1}}
 * Roles: volunteer, administrator, inspector, editor. `passphrase` and the PIN of the first
 * administrator may be left out where somebody types them (struct provision_typed). */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/vault.h"

struct buf;
struct db;

#define PROVISION_BYTES_MAX 65536
#define PROVISION_FAULTS_MAX 8192 /* bytes of what is said about them */
#define PROVISION_URL_MAX 256
#define PROVISION_CODE_MAX 32

/* What a person typed for what the file leaves out; NULL: nobody did. Borrowed. */
struct provision_typed {
    const char *pin, *passphrase;
};

/* What a file holds, for a page or --dry-run. */
struct provision_holds {
    char commune[128], place[128], admin[64];
    char url[PROVISION_URL_MAX], code[PROVISION_CODE_MAX]; /* of the server; "": none */
    size_t n_thon, n_units, n_staff, n_slots, n_settings;
    bool wants_pin, wants_passphrase; /* left out */
};

/* Errors: ERR_REJECTED (set up already, or the file is wrong: `why` has a line for each
 * fault, "staff[1].pin: …"), ERR_FULL, ERR_CORRUPT. `recovery_out`: to be written down once.
 * `vault_out`: unlocked, the caller's; NULL: not wanted. */
NODISCARD enum err provision(struct db *db, const char *json, size_t n,
                             const struct provision_typed *typed,
                             char recovery_out[VAULT_SECRET_CHARS],
                             struct vault **vault_out, struct buf *why);

/* The same without keeping anything; what is left out counts as typed. */
NODISCARD enum err provision_try(struct db *db, const char *json, size_t n,
                                 struct provision_holds *out, struct buf *why);
