/* One key, one signature. */
#include "app/provision_signed.h"

#include <stdio.h>

#include "lesson/minisign.h"

enum err provision_verify(const char *key_file, const void *json, size_t n,
                          const char *signature, char *why, size_t n_why)
{
    struct pack_key key;
    enum err err = pack_key_read(key_file, &key);

    if (err == ERR_OFFLINE) {
        (void)snprintf(why, n_why, "%s: this machine knows no key for it", key_file);
        return err;
    }
    if (err) {
        (void)snprintf(why, n_why, "%s: no public key of minisign", key_file);
        return ERR_REJECTED;
    }
    if (!signature) {
        (void)snprintf(why, n_why,
                       "not signed: a file with " PROVISION_SIGNATURE
                       " after its name is needed (minisign -Sm FILE)");
        return ERR_REJECTED;
    }
    return minisign_verify(&key, 1, json, n, signature, NULL, why, n_why);
}
