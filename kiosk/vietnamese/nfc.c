/* NFC by utf8proc. */
#include "vietnamese/nfc.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"

static char *compose(const char *text)
{
    return (char *)utf8proc_NFC((const utf8proc_uint8_t *)text);
}

bool nfc_is(const char *text)
{
    char *made = compose(text);
    bool same = made && !strcmp(made, text);

    free(made);
    return same;
}

enum err nfc_make(struct arena *arena, const char *text, const char **out)
{
    char *made = compose(text);

    if (!made)
        return ERR_REJECTED;
    *out = arena_strdup(arena, made);
    free(made);
    return ERR_OK;
}
