/* Our side of the check against another JOSE library (jws_jose.mjs):
 *   jws_peer sign TYPE      payload on stdin; prints the public key (x) and the JWS
 *   jws_peer verify TYPE X  JWS on stdin; prints the payload, or exits 1
 *   jws_peer open           JWS of an enrolment on stdin; prints x and the payload */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "wire/jws.h"

static void read_all(struct buf *out)
{
    char chunk[4096];
    size_t n;

    while ((n = fread(chunk, 1, sizeof(chunk), stdin)) > 0)
        buf_add(out, chunk, n);
}

static void print_key(const struct jws_key *key)
{
    struct buf x;

    buf_init(&x, 64);
    encoding_base64url(key->public_key, JWS_PUBLIC_BYTES, &x);
    printf("%s\n", buf_text(&x));
    buf_finish(&x);
}

static enum err work(int argc, char **argv, const struct buf *in, struct buf *out)
{
    unsigned char public_key[JWS_PUBLIC_BYTES];
    struct jws_key key;
    enum err err = ERR_REJECTED;

    if (argc == 3 && strcmp(argv[1], "sign") == 0) {
        jws_key_make(&key);
        print_key(&key);
        jws_sign(&key, (enum jws_type)strtol(argv[2], NULL, 10), buf_text(in), in->len,
                 out);
        err = ERR_OK;
    } else if (argc == 4 && strcmp(argv[1], "verify") == 0) {
        err = jws_public_parse(argv[3], public_key);
        if (!err) {
            jws_key_public(public_key, &key);
            err = jws_verify(buf_text(in), in->len,
                             (enum jws_type)strtol(argv[2], NULL, 10), &key, out);
        }
    } else if (argc == 2 && strcmp(argv[1], "open") == 0) {
        err = jws_verify_own(buf_text(in), in->len, &key, out);
        if (!err)
            print_key(&key);
    }
    return err;
}

int main(int argc, char **argv)
{
    struct buf in;
    struct buf out;
    enum err err;

    hash_init();
    buf_init(&in, JWS_BYTES_MAX);
    buf_init(&out, JWS_BYTES_MAX);
    read_all(&in);
    err = work(argc, argv, &in, &out);
    if (!err)
        fwrite(buf_text(&out), 1, out.len, stdout);
    buf_finish(&in);
    buf_finish(&out);
    return err ? 1 : 0;
}
