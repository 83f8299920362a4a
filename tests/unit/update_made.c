/* See update_made.h. */
#include "update_made.h"

#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "sign.h"
#include "wire/program.h"

#define PATH_BYTES 512

static void write_at(const char *folder, const char *name, const void *bytes, size_t n)
{
    char path[PATH_BYTES];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    assert_int_equal(file_replace(path, bytes, n, 0600), ERR_OK);
}

static void put(const char *folder, struct program_list *list, const char *bytes,
                size_t n)
{
    struct program_package *p = &list->packages[list->n_packages++];

    p->size = (int64_t)n;
    hash_sha256_hex(bytes, n, p->sha256);
    write_at(folder, p->name, bytes, n);
}

char *update_bytes(const struct update_wish *w)
{
    char *bytes = check_alloc(w->n_bytes + 1);
    size_t n = strlen(w->version);

    for (size_t i = 0; i < w->n_bytes; i++)
        bytes[i] = (char)((size_t)w->version[i % n] + i / 251 % 97);
    return bytes;
}

static void put_signed(const char *folder, const char *key,
                       const struct program_list *l)
{
    struct buf text, signature;
    char path[PATH_BYTES], why[200];

    snprintf(path, sizeof(path), "%s.key", key);
    if (!file_exists(path))
        assert_int_equal(sign_keygen(key, why, sizeof(why)), ERR_OK);
    buf_init(&text, PROGRAM_LIST_MAX);
    buf_init(&signature, PROGRAM_SIGNATURE_MAX);
    program_list_write(l, &text);
    assert_int_equal(sign_bytes(path, &text, "program", &signature, why, sizeof(why)),
                     ERR_OK);
    write_at(folder, PROGRAM_SIGNATURE_FILE, buf_text(&signature), signature.len);
    write_at(folder, PROGRAM_LIST_FILE, buf_text(&text), text.len);
    buf_finish(&text);
    buf_finish(&signature);
}

void update_make(const char *folder, const struct update_wish *w)
{
    struct program_list list = { .ver = w->ver };
    char *large = update_bytes(w);

    assert_int_equal(file_make_folder(folder), ERR_OK);
    snprintf(list.version, sizeof(list.version), "%s", w->version);
    snprintf(list.suite, sizeof(list.suite), "%s", w->suite);
    snprintf(list.arch, sizeof(list.arch), "%s", w->arch);
    snprintf(list.packages[0].name, sizeof(list.packages[0].name), UPDATE_SMALL,
             w->version);
    put(folder, &list, w->version, strlen(w->version));
    snprintf(list.packages[1].name, sizeof(list.packages[1].name), UPDATE_LARGE,
             w->version, w->arch);
    put(folder, &list, large, w->n_bytes);
    put_signed(folder, w->key, &list);
    free(large);
}

void update_key_line(const char *key, char *out, size_t n)
{
    char path[PATH_BYTES];
    const char *line;
    struct buf text;

    snprintf(path, sizeof(path), "%s.pub", key);
    buf_init(&text, 4096);
    assert_int_equal(file_read(path, &text), ERR_OK);
    line = strstr(buf_text(&text), "\nRW");
    assert_non_null(line);
    snprintf(out, n, "%.*s", (int)strcspn(line + 1, "\n"), line + 1);
    buf_finish(&text);
}
