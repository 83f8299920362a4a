/* What the commune says of itself (names of thôn and units, targets, denominators, notices),
 * when it is newer than what a kiosk got with its grant. Server → kiosk, payload of a JWS.
 *
 * HTTP: GET /v1/settings?kid=<of the kiosk's key>&nonce=<[A-Za-z0-9_-]{1,64}>. Answers:
 * 200 application/jose, a JWS of JWS_SETTINGS that echoes the nonce · 400 not such a
 * request · 401 unknown or revoked key · 503 later. On a USB stick the same message stands
 * in BDHVS/in/settings.jws, without a nonce. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct buf;

#define WIRE_SETTINGS_MAX 32768  /* bytes of `settings` */
#define WIRE_SETTINGS_PLACE 1024 /* bytes of everything around them */

/* A notice, one object of the array `notices` in `settings`:
 * {"id":"tb3","from":"2026-11-20","to":"2026-11-30","text":"…","source":"…"}. Its id is the
 * unit of its notice_plays; the prefix keeps them apart from those of lessons. */
#define WIRE_NOTICE_PREFIX "tb"
#define WIRE_NOTICE_ID_MAX 24
#define WIRE_NOTICE_TEXT_MAX 120  /* characters */
#define WIRE_NOTICE_SOURCE_MAX 60 /* characters */
#define WIRE_NOTICES_MAX 5        /* at once */

struct wire_settings {
    const char *commune; /* whose they are */
    int64_t settings_ver;
    const char *server_inst; /* versions are counted within it: new after a restore */
    const char *settings;    /* JSON object, as in a grant; raw */
    const char *nonce;       /* echo; NULL: on a stick */
};

/* Errors: ERR_REJECTED (`settings` is no object), ERR_FULL. */
NODISCARD enum err wire_settings_encode(const struct wire_settings *s, struct buf *out);
/* Errors: ERR_REJECTED. */
NODISCARD enum err wire_settings_decode(const char *json, size_t n, struct arena *arena,
                                        struct wire_settings *out);

/* Prefix and digits: "tb3". */
bool wire_notice_id_ok(const char *id);
