#include "one_pack.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "build.h"
#include "items/items.h"
#include "lesson/pack.h"
#include "sign.h"
#include "voice.h"

#define WHY_BYTES 200
#define SIGNATURE_MAX 4096

/* The key is made once. */
static enum err sign_pack(const char *pack, const char *prefix, struct arena *arena)
{
    const char *key = arena_printf(arena, "%s.key", prefix);
    const char *manifest = arena_printf(arena, "%s/manifest.json", pack);
    struct buf bytes, signature;
    char why[WHY_BYTES];
    enum err err = file_exists(key) ? ERR_OK : sign_keygen(prefix, why, sizeof(why));

    buf_init(&bytes, PACK_MANIFEST_MAX);
    buf_init(&signature, SIGNATURE_MAX);
    if (!err)
        err = file_read(manifest, &bytes);
    if (!err)
        err = sign_bytes(key, &bytes, "preview", &signature, why, sizeof(why));
    if (!err)
        err = file_replace(arena_printf(arena, "%s.minisig", manifest), signature.data,
                           signature.len, 0600);
    buf_finish(&bytes);
    buf_finish(&signature);
    return err;
}

enum err one_pack(struct source *s, const char *folder, struct report *report,
                  struct pack **out)
{
    struct arena arena = { 0 };
    const char *pack = arena_printf(&arena, "%s/.pack", folder);
    const char *prefix = arena_printf(&arena, "%s/.preview", folder);
    struct voice mute = { 0 };
    struct build_result result;
    struct pack_key key;
    char why[WHY_BYTES];
    enum err err = file_make_folder(folder);

    if (!err)
        err = build_pack(s, pack, items_table, &mute, report, &result);
    if (!err)
        err = sign_pack(pack, prefix, &arena);
    if (!err)
        err = pack_key_read(arena_printf(&arena, "%s.pub", prefix), &key);
    if (!err)
        err = pack_open(pack, &key, 1, 0, items_table, out, why, sizeof(why));
    arena_finish(&arena);
    return err;
}
