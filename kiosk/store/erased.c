/* The list of erased tokens. Always written whole, so that a power cut leaves the old one
 * or the new one. */
#include "store/erased.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/file.h"

#define LOG_MODULE "erase"
#include "base/log.h"

#define FILE_NAME "erased"
#define FILE_MAX ((size_t)4 * 1024 * 1024) /* 120 000 people */
#define PATH_BYTES 4096

void erased_hash(const unsigned char token[EVENT_TOKEN_BYTES], char out[ERASED_HEX])
{
    static const char name[] = "bdhvs erased";
    const struct hash_part parts[] = { { name, sizeof(name) - 1 },
                                       { token, EVENT_TOKEN_BYTES } };
    unsigned char sum[HASH_CHAIN_BYTES];

    hash_chain(parts, COUNT(parts), sum);
    encoding_hex(sum, sizeof(sum), out);
}

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, ERASED_HEX);
}

static void add_line(struct erased_list *list, size_t *cap, const char *hex)
{
    if (list->n == *cap) {
        size_t grown = *cap ? 2 * *cap : 64;
        char(*more)[ERASED_HEX] = check_alloc(grown * ERASED_HEX);

        if (list->n)
            memcpy(more, list->hex, list->n * ERASED_HEX);
        free(list->hex);
        list->hex = more;
        *cap = grown;
    }
    memcpy(list->hex[list->n], hex, ERASED_HEX - 1);
    list->hex[list->n++][ERASED_HEX - 1] = 0;
}

static void sort_list(struct erased_list *list)
{
    size_t kept = 0;

    if (list->n)
        qsort(list->hex, list->n, ERASED_HEX, compare);
    for (size_t i = 0; i < list->n; i++)
        if (!kept || compare(list->hex[i], list->hex[kept - 1]) != 0)
            memmove(list->hex[kept++], list->hex[i], ERASED_HEX);
    list->n = kept;
}

static void parse(const char *text, struct erased_list *out, size_t *cap)
{
    while (*text) {
        size_t n = strcspn(text, "\n");

        if (n == ERASED_HEX - 1 && strspn(text, "0123456789abcdef") == n)
            add_line(out, cap, text);
        text += n + (text[n] == '\n');
    }
}

static bool join(char out[PATH_BYTES], const char *dir, const char *name)
{
    int n = snprintf(out, PATH_BYTES, "%s/%s", dir, name);

    return n > 0 && n < PATH_BYTES;
}

/* Appends the list of a folder to `out`. */
static enum err read_folder(const char *dir, struct erased_list *out, size_t *cap)
{
    char path[PATH_BYTES];
    struct buf text;
    enum err err;

    if (!join(path, dir, FILE_NAME))
        return ERR_REJECTED;
    buf_init(&text, FILE_MAX);
    err = file_read_nofollow(path, &text);
    if (!err)
        parse(buf_text(&text), out, cap);
    buf_finish(&text);
    return err == ERR_OFFLINE ? ERR_OK : err;
}

enum err erased_read(const char *dir, struct erased_list *out)
{
    size_t cap = 0;
    enum err err;

    memset(out, 0, sizeof(*out));
    err = read_folder(dir, out, &cap);
    sort_list(out);
    return err;
}

void erased_free(struct erased_list *list)
{
    free(list->hex);
    memset(list, 0, sizeof(*list));
}

bool erased_has(const struct erased_list *list, const unsigned char *token)
{
    char hex[ERASED_HEX];

    if (!list->n)
        return false;
    erased_hash(token, hex);
    return bsearch(hex, list->hex, list->n, ERASED_HEX, compare) != NULL;
}

static enum err write_folder(const char *dir, const struct erased_list *list)
{
    char path[PATH_BYTES];
    struct buf text;
    enum err err = file_make_folder(dir);

    if (err)
        return err;
    if (!join(path, dir, FILE_NAME))
        return ERR_REJECTED;
    buf_init(&text, FILE_MAX);
    for (size_t i = 0; i < list->n; i++)
        buf_printf(&text, "%s\n", list->hex[i]);
    err =
        text.overflow ? ERR_FULL : file_replace(path, buf_text(&text), text.len, 0600);
    buf_finish(&text);
    if (err)
        LOG_ERR("the list of who was erased was not written: %s", err_name(err));
    return err;
}

static enum err write_both(const char *dir, const struct erased_list *list)
{
    char backups[PATH_BYTES];
    enum err err = write_folder(dir, list);

    if (!err && !join(backups, dir, "backup"))
        err = ERR_REJECTED;
    return err ? err : write_folder(backups, list);
}

enum err erased_add(const char *dir, unsigned char (*tokens)[EVENT_TOKEN_BYTES],
                    size_t n)
{
    struct erased_list list = { 0 };
    char hex[ERASED_HEX];
    size_t cap = 0;
    enum err err = read_folder(dir, &list, &cap);

    for (size_t i = 0; !err && i < n; i++) {
        erased_hash(tokens[i], hex);
        add_line(&list, &cap, hex);
    }
    sort_list(&list);
    if (!err)
        err = write_both(dir, &list);
    erased_free(&list);
    return err;
}

enum err erased_merge(const char *dir, const char *from)
{
    struct erased_list list = { 0 };
    size_t cap = 0, n_ours;
    enum err err = read_folder(dir, &list, &cap);

    sort_list(&list);
    n_ours = list.n;
    if (!err)
        err = read_folder(from, &list, &cap);
    sort_list(&list);
    if (!err && list.n > n_ours)
        err = write_both(dir, &list);
    erased_free(&list);
    return err;
}

enum err erased_copy(const char *dir, const char *to)
{
    struct erased_list list;
    enum err err = erased_read(dir, &list);

    if (!err && list.n)
        err = write_folder(to, &list);
    erased_free(&list);
    return err;
}
