/* Any bytes as the text of a "Giấy ghi nhận": what is read is in bounds and would be signed
 * to the same bytes, and nothing is believed that our key did not sign. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/check.h"
#include "wire/certificate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const unsigned char seed[JWS_SEED_BYTES] = { 7 };
    char text[512], again[CERTIFICATE_TEXT_CHARS];
    struct certificate c, same;
    struct jws_key key;

    if (n >= sizeof(text))
        return 0;
    memcpy(text, data, n);
    text[n] = 0;
    jws_key_from_seed(seed, &key);
    if (certificate_peek(text, &c)) {
        ASSERT(certificate_verify(text, &key, &same));
        return 0;
    }
    ASSERT(strlen(c.unit) > 0 && strlen(c.unit) <= CERTIFICATE_UNIT_MAX);
    ASSERT(strlen(c.tag) == CERTIFICATE_TAG_CHARS - 1 && c.day >= -1);
    certificate_sign(&key, &c, again);
    ASSERT(!certificate_verify(again, &key, &same));
    ASSERT(same.day == c.day && same.named == c.named && !strcmp(same.unit, c.unit));
    return 0;
}
