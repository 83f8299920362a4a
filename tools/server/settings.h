/* What the commune says of itself: its name, its thôn, titles. Kept in the database as
 * "group.code" → text; a version grows with each change, so that kiosks notice. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "deeds.h"

struct buf;
struct server;

#define SETTING_KEY_MAX 64
#define SETTING_VALUE_MAX 400 /* bytes */

/* Sets one, or removes it when `value` is "". Known groups: commune.name, thon.<code>,
 * unit.<code>, target.<group>.<period> and base.<thôn>.<year> (record.h),
 * index.<code>.<period> (indicator.h), campaign.<year> (campaign.h), notice.<id> (notice.h), lesson.<id>, module.<id>, kiosk.<id> (the machine's
 * place), report.agency and its like (README.md), tls.pin, content.key,
 * content.other-key.
 * Errors: ERR_REJECTED (`*why` says), and those of the store. */
NODISCARD enum err settings_set(struct server *s, const char *key, const char *value,
                                const char **why);

/* The same by an official: with its line in the log, or neither. */
NODISCARD enum err settings_set_by(struct server *s, const char *by, const char *key,
                                   const char *value, const char **why);

/* A JSON object: "group.code": text, or "group": {"code": text}. All or nothing. */
NODISCARD enum err settings_load(struct server *s, const char *json, size_t n,
                                 const char **why);

struct setting_line {
    const char *key, *value;
};
struct settings_deed { /* who does it and why, for the log */
    const char *by;
    enum deed_what what;
    const char *object;
};
/* Adds those that are not there yet; what is there stays. All or nothing, with one line of
 * the log when anything was added. Errors: as settings_set. */
NODISCARD enum err settings_add(struct server *s, const struct setting_line *lines,
                                size_t n, const struct settings_deed *deed,
                                size_t *n_added, const char **why);

/* Appends the text, or `fallback` when there is none. Errors: of the store. */
NODISCARD enum err settings_get(struct server *s, const char *key, const char *fallback,
                                struct buf *out);

/* Grows with each change; 0 when there never was one or it cannot be read. */
int64_t settings_version(struct server *s);

/* Appends the JSON object that a kiosk gets at enrolment:
 * {"commune":{"code":…,"name":…},"thon":{"t01":"…"},"units":{"u01":"…"},
 *  "targets":[{"group":"g2","period":"2026-H2","value":120,"due":"2026-12-31",
 *              "document":"…"}],
 *  "bases":[{"thon":"t01","year":2026,"households":90,"people":360,"adults":240,
 *            "day":"2026-01-15","source":"…"}],
 *  "notices":[{"id":"tb3","from":"2026-11-20","to":"2026-11-30","text":"…","source":"…"}]}:
 * notices that are not over. */
NODISCARD enum err settings_json(struct server *s, struct buf *out);
/* The same of one commune of a province: its name is `xa.<code>`, its thôn are
 * `thon.<code>.t01`, its units `unit.<code>.u1`. */
#define SETTING_COMMUNE "xa."
NODISCARD enum err settings_json_of(struct server *s, const char *commune,
                                    struct buf *out);

/* Appends a signed JWS_SETTINGS (wire/settings.h) of that commune: the server's own, or one of a
 * province. `nonce` NULL: for a stick. Errors: of the
 * store, ERR_FULL (the settings are longer than a message may be). */
NODISCARD enum err settings_sign(struct server *s, const char *commune,
                                 const char *nonce, struct buf *out);

/* Appends "key = value" lines. */
NODISCARD enum err settings_list(struct server *s, struct buf *out);
