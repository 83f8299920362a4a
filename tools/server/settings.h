/* What the commune says of itself: its name, its thôn, titles. Kept in the database as
 * "group.code" → text; a version grows with each change, so that kiosks notice. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct buf;
struct server;

#define SETTING_KEY_MAX 64
#define SETTING_VALUE_MAX 400 /* bytes */

/* Sets one, or removes it when `value` is "". Known groups: commune.name, thon.<code>,
 * unit.<code>, target.<group>.<period> and base.<thôn>.<year> (record.h),
 * index.<code>.<period> (indicator.h), lesson.<id>, module.<id>, kiosk.<id> (the machine's
 * place), report.agency and its like (README.md), tls.pin, content.key,
 * content.other-key.
 * Errors: ERR_REJECTED (`*why` says), and those of the store. */
NODISCARD enum err settings_set(struct server *s, const char *key, const char *value,
                                const char **why);

/* A JSON object: "group.code": text, or "group": {"code": text}. All or nothing. */
NODISCARD enum err settings_load(struct server *s, const char *json, size_t n,
                                 const char **why);

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
 *            "day":"2026-01-15","source":"…"}]}. */
NODISCARD enum err settings_json(struct server *s, struct buf *out);

/* Appends "key = value" lines. */
NODISCARD enum err settings_list(struct server *s, struct buf *out);
