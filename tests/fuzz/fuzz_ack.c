/* Any bytes as the payload of an ack, of the time, of enrolment or of settings; and as the answer of
 * a server: bytes that nobody signed are never success. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "sync/answer.h"
#include "wire/ack.h"
#include "wire/enrol.h"
#include "wire/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void ack_round(const char *json, size_t n, struct arena *arena)
{
    struct ack a;
    struct ack again;
    struct buf out;

    if (ack_decode(json, n, arena, &a))
        return;
    for (size_t i = 0; i < a.n_held; i++)
        ASSERT(a.held[i].held >= 0 && a.held[i].top >= a.held[i].held);
    buf_init(&out, 1 << 20);
    ASSERT(!ack_encode(&a, &out));
    ASSERT(!ack_decode(out.data, out.len, arena, &again));
    ASSERT(again.n_held == a.n_held && strcmp(again.nonce, a.nonce) == 0);
    buf_finish(&out);
}

static void grant_round(const char *json, size_t n, struct arena *arena)
{
    struct enrol_grant g;
    struct enrol_grant again;
    struct buf out;

    if (enrol_grant_decode(json, n, arena, &g))
        return;
    buf_init(&out, 1 << 20);
    ASSERT(!enrol_grant_encode(&g, &out));
    ASSERT(!enrol_grant_decode(out.data, out.len, arena, &again));
    ASSERT(strcmp(g.settings, again.settings) == 0);
    buf_finish(&out);
}

static void settings_round(const char *json, size_t n, struct arena *arena)
{
    struct wire_settings s;
    struct wire_settings again;
    struct buf out;

    if (wire_settings_decode(json, n, arena, &s))
        return;
    ASSERT(strlen(s.settings) <= WIRE_SETTINGS_MAX);
    buf_init(&out, 1 << 20);
    ASSERT(!wire_settings_encode(&s, &out));
    ASSERT(!wire_settings_decode(out.data, out.len, arena, &again));
    ASSERT(strcmp(s.settings, again.settings) == 0);
    ASSERT(s.settings_ver == again.settings_ver && !s.nonce == !again.nonce);
    buf_finish(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const struct sync_job job = { .kind = SYNC_SEND,
                                  .bytes = "x",
                                  .n = 1,
                                  .has_server_key = true,
                                  .server_key = { 1 },
                                  .kiosk = "k1",
                                  .nonce = "n1" };
    const char *bytes = (const char *)data;
    struct arena arena = { 0 };
    struct enrol_request request;
    struct wire_time time;
    struct buf payload;

    ack_round(bytes, n, &arena);
    grant_round(bytes, n, &arena);
    settings_round(bytes, n, &arena);
    if (!wire_time_decode(bytes, n, &arena, &time))
        ASSERT(time.time_ms >= 0);
    if (!enrol_request_decode(bytes, n, &arena, &request))
        ASSERT(strlen(request.code) == ENROL_CODE_CHARS - 1);
    (void)!enrol_request_open(bytes, n, &arena, &request);
    buf_init(&payload, JWS_BYTES_MAX);
    ASSERT(answer_judge(&job, 200, bytes, n, &payload) != SYNC_VERIFIED);
    ASSERT(payload.len == 0);
    buf_finish(&payload);
    arena_finish(&arena);
    return 0;
}
