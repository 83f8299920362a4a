/* Who may set machines up: a set-up file counts on a stick only with the signature of the key
 * that was put into the machine when it was made (tools/deploy), in minisign's format. */
#pragma once

#include <stddef.h>

#include "base/err.h"

#define PROVISION_KEY "/etc/bdhvs/provision.pub"
#define PROVISION_SIGNATURE ".minisig" /* after the name of the file */

/* `signature` NULL: there is none. Errors: ERR_OFFLINE (the machine has no such key),
 * ERR_REJECTED (no signature, a wrong one, a broken key); `why` (n_why bytes) says which. */
NODISCARD enum err provision_verify(const char *key_file, const void *json, size_t n,
                                    const char *signature, char *why, size_t n_why);
