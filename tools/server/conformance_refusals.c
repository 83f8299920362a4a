/* Bundles that must be refused as a whole. Each is right but for one thing. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "conformance_rules.h"

#define HEADER_BYTES 256
#define N_FIRST 100

static bool post(struct trial *t, long want, long or_want)
{
    talk_post(t, "/v1/bundles", buf_text(&t->request), t->request.len);
    return talk_refused(t, want, or_want);
}

/* Right in all, and still taken: a refusal must not lock the machine out. */
static bool the_next_good_one_is_taken(struct trial *t)
{
    return talk_bundle(t, &(struct shape){ .n = N_FIRST, .run = -1, .n_known = 2 });
}

/* --- signature and header ----------------------------------------------------------- */

static bool a_changed_signature(struct trial *t)
{
    char *at;

    talk_sign(t, &(struct shape){ .n = N_FIRST + 1, .run = -1, .n_known = 2 });
    at = t->request.data + t->request.len - 40;
    *at = *at == 'A' ? 'B' : 'A';
    return post(t, 400, 401);
}

/* The payload of one bundle under the signature of another. */
static bool a_changed_payload(struct trial *t)
{
    struct buf other;
    char *dot;
    bool refused;

    buf_init(&other, 4 * BUNDLE_BYTES_MAX);
    talk_sign(t, &(struct shape){ .n = N_FIRST + 2, .run = -1, .n_known = 2 });
    dot = strrchr(t->request.data, '.');
    buf_add(&other, t->request.data, (size_t)(dot - t->request.data));
    talk_sign(t, &(struct shape){ .n = N_FIRST + 3, .run = -1, .n_known = 2 });
    buf_str(&other, strrchr(t->request.data, '.'));
    talk_post(t, "/v1/bundles", buf_text(&other), other.len);
    refused = talk_refused(t, 400, 401);
    buf_finish(&other);
    return refused;
}

static bool header_is_refused(struct trial *t, const char *alg, const char *typ,
                              const char *more)
{
    char header[HEADER_BYTES];

    snprintf(header, sizeof(header), "{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"%s\"%s}",
             alg, t->key.kid, typ, more);
    talk_sign(t, &(struct shape){
                     .n = N_FIRST + 4, .run = -1, .n_known = 2, .header = header });
    return post(t, 400, 0);
}

static bool an_unknown_crit(struct trial *t)
{
    return header_is_refused(t, "EdDSA", "bdhvs-totals+json",
                             ",\"crit\":[\"b64\"],\"b64\":false");
}

static bool an_unknown_typ(struct trial *t)
{
    return header_is_refused(t, "EdDSA", "bdhvs-wishes+json", "");
}

static bool a_grant_as_bundle(struct trial *t)
{
    return header_is_refused(t, "EdDSA", "bdhvs-grant+json", "");
}

static bool another_alg(struct trial *t)
{
    return header_is_refused(t, "none", "bdhvs-totals+json", "") &&
           header_is_refused(t, "HS256", "bdhvs-totals+json", "");
}

/* --- payload ------------------------------------------------------------------------ */

static bool payload_is_refused(struct trial *t, struct shape shape)
{
    shape.n = shape.n ? shape.n : N_FIRST + 5;
    shape.n_known = 2;
    talk_sign(t, &shape);
    return post(t, 400, 0);
}

static bool a_key_twice(struct trial *t)
{
    return payload_is_refused(t, (struct shape){ .run = -1, .extra = ",\"n\":1" }) &&
           payload_is_refused(
               t, (struct shape){ .run = -1, .extra = ",\"x\":{\"a\":1,\"a\":1}" });
}

static bool depth_five(struct trial *t)
{
    return payload_is_refused(t,
                              (struct shape){ .run = -1, .extra = ",\"x\":[[[[1]]]]" });
}

static bool a_number_beyond_53_bits(struct trial *t)
{
    return payload_is_refused(t, (struct shape){ .run = -1, .n = 1LL << 53 });
}

static bool bytes_after_the_end(struct trial *t)
{
    return payload_is_refused(t, (struct shape){ .run = -1, .extra = "}{" });
}

static bool another_commune(struct trial *t)
{
    return payload_is_refused(t, (struct shape){ .run = -1, .commune = "nowhere" });
}

static bool another_kiosk(struct trial *t)
{
    return payload_is_refused(
        t, (struct shape){ .run = -1, .kiosk = "k0123456789abcdef" });
}

static bool too_many_rows(struct trial *t)
{
    struct buf rows;
    bool refused;

    buf_init(&rows, BUNDLE_BYTES_MAX);
    for (int i = 0; i <= BUNDLE_ROWS_MAX; i++)
        buf_printf(&rows, "%s[0,\"starts\",\"2026-11-22\",\"c%d\",\"-\",1,0]",
                   i ? "," : "", i);
    refused = payload_is_refused(
        t, (struct shape){ .from = 13, .to = 14, .counts = buf_text(&rows) });
    buf_finish(&rows);
    return refused;
}

const struct rule rules_refusals[] = {
    { "jws.signature", RULE_BUNDLES, "a changed signature is 400 or 401",
      a_changed_signature },
    { "jws.payload", RULE_BUNDLES, "another bundle's signature is 400 or 401",
      a_changed_payload },
    { "jws.crit", RULE_BUNDLES, "an unknown crit is 400", an_unknown_crit },
    { "jws.typ", RULE_BUNDLES, "an unknown typ is 400", an_unknown_typ },
    { "jws.other-typ", RULE_BUNDLES, "another type of ours is 400", a_grant_as_bundle },
    { "jws.alg", RULE_BUNDLES, "alg none or HS256 is 400", another_alg },
    { "json.keys", RULE_BUNDLES, "a key that stands twice is 400", a_key_twice },
    { "json.depth", RULE_BUNDLES, "depth 5 is 400", depth_five },
    { "json.integers", RULE_BUNDLES, "2^53 is 400", a_number_beyond_53_bits },
    { "json.end", RULE_BUNDLES, "bytes after the end are 400", bytes_after_the_end },
    { "bundle.rows", RULE_BUNDLES, "501 rows are 400", too_many_rows },
    { "bundle.commune", RULE_BUNDLES, "another commune is 400", another_commune },
    { "bundle.kiosk", RULE_BUNDLES, "another kiosk than the key's is 400",
      another_kiosk },
    { "bundle.after", RULE_BUNDLES, "after all that a good bundle is taken",
      the_next_good_one_is_taken },
};
const size_t n_rules_refusals = COUNT(rules_refusals);
