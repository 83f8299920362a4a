/* info, keygen, sign, verify: on a finished pack. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/options.h"
#include "commands.h"
#include "items/items.h"
#include "lesson/manifest.h"
#include "lesson/pack.h"
#include "sign.h"

#define EXIT_USAGE 64
#define SIGNATURE_MAX 4096

/* manifest.json of `folder`, unsigned or not. */
static enum err read_manifest(const char *folder, struct arena *arena, struct buf *json,
                              struct manifest *out, char *why, size_t n_why)
{
    enum err err = file_read(arena_printf(arena, "%s/manifest.json", folder), json);

    if (err)
        snprintf(why, n_why, "no readable manifest.json in it");
    else
        err = manifest_read(buf_text(json), json->len, arena, out, why, n_why);
    return err;
}

static void print_roles(const struct manifest *m)
{
    static const char *const roles[] = { "index", "lesson", "picture", "voice",
                                         "voice_index" };

    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
        size_t n = 0;
        long long bytes = 0;

        for (size_t k = 0; k < m->n_files; k++) {
            if (strcmp(m->files[k].role, roles[i]) != 0)
                continue;
            n++;
            bytes += m->files[k].size;
        }
        printf("%s\t%zu\t%lld bytes\n", roles[i], n, bytes);
    }
}

int command_info(const struct options *o, char **words)
{
    struct arena arena = { 0 };
    struct manifest m;
    struct buf json;
    char why[200];
    enum err err;

    buf_init(&json, PACK_MANIFEST_MAX);
    err = read_manifest(words[0], &arena, &json, &m, why, sizeof(why));
    if (err) {
        options_complain(o, words[0], why, "give a folder that build made");
    } else {
        printf("pack\t%s\nver\t%lld\nmin_app\t%s\nsigned\t%s\n", m.id, (long long)m.ver,
               m.min_app,
               file_exists(arena_printf(&arena, "%s/manifest.json.minisig", words[0]))
                   ? "yes"
                   : "no");
        print_roles(&m);
        for (size_t i = 0; i < m.n_files; i++) {
            if (strcmp(m.files[i].role, "lesson") == 0)
                printf("%s\t%s\n", m.files[i].name, m.files[i].sha256);
        }
    }
    buf_finish(&json);
    arena_finish(&arena);
    return err ? EXIT_FAILURE : EXIT_SUCCESS;
}

int command_keygen(const struct options *o, char **words)
{
    const char *prefix = options_get(o, "out");
    char why[200];

    (void)words;
    if (!prefix) {
        options_complain(o, "keygen", "--out is missing", "keygen --out PREFIX");
        return EXIT_USAGE;
    }
    if (sign_keygen(prefix, why, sizeof(why))) {
        options_complain(o, prefix, why, "give another PREFIX");
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}

int command_sign(const struct options *o, char **words)
{
    struct arena arena = { 0 };
    struct manifest m;
    struct buf json, signature;
    char why[200];
    enum err err;

    buf_init(&json, PACK_MANIFEST_MAX);
    buf_init(&signature, SIGNATURE_MAX);
    err = read_manifest(words[0], &arena, &json, &m, why, sizeof(why));
    if (err)
        options_complain(o, words[0], why, "give a folder that build made");
    else if ((err = sign_bytes(
                  words[1], &json,
                  arena_printf(&arena, "pack %s ver %lld", m.id, (long long)m.ver),
                  &signature, why, sizeof(why))))
        options_complain(o, words[1], why, "give the .key file of keygen");
    else if ((err = file_replace(
                  arena_printf(&arena, "%s/manifest.json.minisig", words[0]),
                  signature.data, signature.len, 0644)))
        options_complain(o, words[0], "cannot be written", "check the disk and folder");
    buf_finish(&json);
    buf_finish(&signature);
    arena_finish(&arena);
    return err ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* Every object of the manifest, not only those that lessons name. */
static size_t count_bad(const struct pack *p, const struct manifest *m)
{
    struct buf bytes;
    size_t n = 0;

    buf_init(&bytes, PACK_OBJECT_MAX);
    for (size_t i = 0; i < m->n_files; i++) {
        buf_clear(&bytes);
        if (pack_object(p, m->files[i].sha256, &bytes)) {
            fprintf(stderr, "%s: missing or damaged\n", m->files[i].name);
            n++;
        }
    }
    buf_finish(&bytes);
    return n;
}

int command_verify(const struct options *o, char **words)
{
    struct arena arena = { 0 };
    struct pack *p = NULL;
    struct pack_key key;
    struct manifest m = { 0 };
    struct buf json;
    char why[200];
    enum err err = pack_key_read(words[1], &key);

    buf_init(&json, PACK_MANIFEST_MAX);
    if (err)
        options_complain(o, words[1], "not a minisign public key", "give a .pub file");
    else if ((err =
                  pack_open(words[0], &key, 1, 0, items_table, &p, why, sizeof(why))) ||
             (err = read_manifest(words[0], &arena, &json, &m, why, sizeof(why))))
        options_complain(o, words[0], why, "build and sign it again");
    for (size_t i = 0; p && i < pack_info(p)->n_notes; i++)
        fprintf(stderr, "%s\n", pack_info(p)->notes[i]);
    if (!err && (count_bad(p, &m) || pack_info(p)->n_notes)) {
        options_complain(o, words[0], "not whole", "build and sign it again");
        err = ERR_REJECTED;
    }
    if (!err)
        printf("%s %lld: %zu lessons, %zu objects, all good\n", m.id, (long long)m.ver,
               pack_info(p)->n_lessons, m.n_files);
    pack_close(p);
    buf_finish(&json);
    arena_finish(&arena);
    return err ? EXIT_FAILURE : EXIT_SUCCESS;
}
