/* Any bytes as a message: only what carries our signature comes out, and only whole. */
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/check.h"
#include "wire/jws.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const unsigned char seed[JWS_SEED_BYTES] = { 1 };
    const char *jws = (const char *)data;
    char kid[JWS_KID_CHARS];
    struct jws_key own;
    struct jws_key key;
    struct buf payload;

    jws_key_from_seed(seed, &key);
    buf_init(&payload, JWS_BYTES_MAX);
    for (enum jws_type type = 0; type < JWS_TYPE_COUNT; type++) {
        enum err peeked = jws_peek(jws, n, type, kid);
        enum err verified = jws_verify(jws, n, type, &key, &payload);

        ASSERT(verified || !peeked); /* what verifies can be peeked at */
        ASSERT(!verified || payload.len == 0);
        buf_clear(&payload);
    }
    if (!jws_verify_own(jws, n, &own, &payload))
        ASSERT(!jws_peek(jws, n, JWS_ENROL, kid));
    buf_finish(&payload);
    return 0;
}
