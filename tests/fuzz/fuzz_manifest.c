/* The signed list of a pack, and its signature: what a stick or a server may hand over.
 * The first byte says which. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "lesson/manifest.h"
#include "lesson/minisign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void signature(const char *text)
{
    static const struct pack_key any;
    struct pack_key key;
    char why[80];

    if (minisign_key_parse(text, &key) == ERR_OK)
        return;
    if (minisign_verify(&any, 1, "message", 7, text, NULL, why, sizeof(why)) == ERR_OK)
        __builtin_trap(); /* nobody has that key */
}

static void manifest(const char *json, size_t n)
{
    struct arena arena = { 0 };
    struct manifest m;
    char why[80];

    if (manifest_read(json, n, &arena, &m, why, sizeof(why)) == ERR_OK) {
        for (size_t i = 0; i < m.n_files; i++) {
            if (manifest_find(&m, m.files[i].sha256) != &m.files[i])
                __builtin_trap();
        }
        (void)manifest_only(&m, "index");
        (void)manifest_version_reached("0.1.0", m.min_app);
    }
    arena_finish(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text;

    if (size == 0)
        return 0;
    text = malloc(size);
    if (!text)
        return 0;
    memcpy(text, data + 1, size - 1);
    text[size - 1] = 0;
    if (data[0] == 's')
        signature(text);
    else
        manifest(text, size - 1);
    free(text);
    return 0;
}
