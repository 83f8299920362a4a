/* libzip over memory. */
#include "package.h"

#include <stdlib.h>
#include <string.h>

#include <zip.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"

#define INFLATED_MAX (64u << 20)
#define RATIO_MAX 300
#define RATIO_FREE (4u << 20) /* small files may repeat themselves */
#define CHUNK 65536
/* 1980-01-01 00:00, the oldest that ZIP knows: the same input gives the same bytes. */
#define ZIP_DATE ((1 << 5) | 1)

struct package {
    zip_source_t *source;
    zip_t *zip;
    size_t packed, inflated;
};

void package_create(struct package **out)
{
    struct package *p = check_alloc(sizeof(*p));
    zip_error_t error;

    *p = (struct package){ 0 };
    zip_error_init(&error);
    p->source = zip_source_buffer_create(NULL, 0, 0, &error);
    if (p->source) {
        zip_source_keep(p->source); /* its bytes are wanted after zip_close */
        p->zip = zip_open_from_source(p->source, ZIP_TRUNCATE, &error);
    }
    zip_error_fini(&error);
    *out = p;
}

enum err package_add(struct package *p, const char *name, const char *bytes, size_t n,
                     const char *passphrase)
{
    zip_source_t *source;
    zip_int64_t at;
    char *copy;

    if (!p->zip)
        return ERR_FULL;
    copy = n ? check_alloc(n) : NULL; /* libzip would not free an empty one */
    if (n)
        memcpy(copy, bytes, n);
    source = zip_source_buffer(p->zip, copy, n, n != 0); /* frees the copy */
    if (!source) {
        free(copy);
        return ERR_FULL;
    }
    at = zip_file_add(p->zip, name, source, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
        zip_source_free(source);
        return ERR_FULL;
    }
    if (zip_file_set_dostime(p->zip, (zip_uint64_t)at, 0, ZIP_DATE, 0))
        return ERR_FULL;
    if (passphrase &&
        zip_file_set_encryption(p->zip, (zip_uint64_t)at, ZIP_EM_AES_256, passphrase))
        return ERR_FULL;
    return ERR_OK;
}

static enum err take(zip_source_t *source, struct buf *out)
{
    char chunk[CHUNK];
    zip_int64_t n;

    if (zip_source_open(source))
        return ERR_FULL;
    while ((n = zip_source_read(source, chunk, sizeof(chunk))) > 0)
        buf_add(out, chunk, (size_t)n);
    zip_source_close(source);
    return n < 0 || out->overflow ? ERR_FULL : ERR_OK;
}

enum err package_close(struct package *p, struct buf *out)
{
    enum err err = ERR_FULL;

    if (p->zip && !zip_close(p->zip)) {
        p->zip = NULL;
        err = take(p->source, out);
    }
    package_drop(p);
    return err;
}

void package_drop(struct package *p)
{
    if (!p)
        return;
    if (p->zip)
        zip_discard(p->zip);
    if (p->source)
        zip_source_free(p->source);
    free(p);
}

/* --- reading -------------------------------------------------------------------------- */

enum err package_open(const char *bytes, size_t n, struct package **out)
{
    struct package *p = check_alloc(sizeof(*p));
    zip_error_t error;

    *p = (struct package){ .packed = n };
    zip_error_init(&error);
    p->source = zip_source_buffer_create(bytes, n, 0, &error);
    if (p->source) {
        zip_source_keep(p->source);
        p->zip = zip_open_from_source(p->source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
        if (!p->zip)
            zip_source_free(p->source);
    }
    zip_error_fini(&error);
    *out = p;
    if (p->zip)
        return ERR_OK;
    package_drop(p);
    *out = NULL;
    return ERR_REJECTED;
}

enum err package_get(struct package *p, const char *name, const char *passphrase,
                     struct buf *out)
{
    zip_int64_t at = name ? zip_name_locate(p->zip, name, ZIP_FL_NOCASE) : 0;
    enum err err = ERR_OK;
    char chunk[CHUNK];
    zip_file_t *file;
    zip_int64_t n;

    if (at < 0 || zip_get_num_entries(p->zip, 0) == 0)
        return ERR_OFFLINE;
    file = passphrase
               ? zip_fopen_index_encrypted(p->zip, (zip_uint64_t)at, 0, passphrase)
               : zip_fopen_index(p->zip, (zip_uint64_t)at, 0);
    if (!file)
        return ERR_REJECTED;
    while (!err && (n = zip_fread(file, chunk, sizeof(chunk))) != 0) {
        if (n < 0) {
            err = ERR_REJECTED;
            break;
        }
        p->inflated += (size_t)n;
        if (p->inflated > INFLATED_MAX ||
            (p->inflated > RATIO_FREE && p->inflated / RATIO_MAX > p->packed))
            err = ERR_FULL;
        else
            buf_add(out, chunk, (size_t)n);
        if (out->overflow)
            err = ERR_FULL;
    }
    if (zip_fclose(file) && !err)
        err = ERR_REJECTED; /* its checksum does not fit */
    hash_wipe(chunk, sizeof(chunk));
    return err;
}
