/* NFC by utf8proc. */
#include "vietnamese/nfc.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/hash.h"

bool nfc_is(const char *text)
{
    char *made = (char *)utf8proc_NFC((const utf8proc_uint8_t *)text);
    bool same = made && !strcmp(made, text);

    free(made);
    return same;
}

enum err nfc_write(const char *text, char *out, size_t size)
{
    /* decomposed here, then made UTF-8 in place: one more for the NUL */
    utf8proc_int32_t parts[NFC_MAX + 1];
    const utf8proc_option_t form = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)text, 0, parts,
                                            NFC_MAX, form | UTF8PROC_NULLTERM);
    enum err err = n < 0 ? ERR_REJECTED : n > NFC_MAX ? ERR_FULL : ERR_OK;

    if (size)
        out[0] = 0;
    if (!err) {
        n = utf8proc_reencode(parts, n, form);
        if (n < 0)
            err = ERR_REJECTED;
        else if ((size_t)n >= size)
            err = ERR_FULL;
        else
            memcpy(out, parts, (size_t)n + 1);
    }
    hash_wipe(parts, sizeof(parts));
    return err;
}
