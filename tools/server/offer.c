/* Files of a pack over HTTP. Only three kinds of names exist; a hash or a fixed word is all
 * that ever reaches the file system. */
#include "offer.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/file_copy.h"
#include "base/json.h"
#include "file_answer.h"

#define LOG_MODULE "offer"
#include "base/log.h"

#define MANIFEST_MAX (4U * 1024U * 1024U)
#define DEPTH_MAX 8
#define NS_PER_S 1000000000LL

static const char id_letters[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";

static void path_of(const struct offer *o, const char *name, char out[OFFER_PATH_BYTES])
{
    if (snprintf(out, OFFER_PATH_BYTES, "%s/%s", o->folder, name) >= OFFER_PATH_BYTES)
        out[0] = 0;
}

static void take_manifest(struct offer *o, const struct buf *text)
{
    json_value *doc = NULL;
    const char *id;
    int64_t ver = 0;

    if (json_parse(buf_text(text), text->len, DEPTH_MAX, &doc, NULL, 0))
        return;
    id = json_text(json_get(doc, "id"));
    if (id && *id && strlen(id) <= OFFER_ID_MAX && !id[strspn(id, id_letters)] &&
        !json_int(json_get(doc, "ver"), 1, INT64_MAX, &ver)) {
        snprintf(o->id, sizeof(o->id), "%s", id);
        o->ver = ver;
        hash_sha256_hex(buf_text(text), text->len, o->manifest);
        LOG_INFO("offered to kiosks: %s %lld", o->id, (long long)o->ver);
    }
    json_free(doc);
}

void offer_refresh(struct offer *o)
{
    char path[OFFER_PATH_BYTES];
    struct stat st;
    struct buf text;
    int64_t ns;

    if (!o->folder[0])
        return;
    path_of(o, "manifest.json", path);
    if (stat(path, &st)) {
        o->id[0] = 0;
        o->seen_ns = 0;
        return;
    }
    ns = st.st_mtim.tv_sec * NS_PER_S + st.st_mtim.tv_nsec;
    if (ns == o->seen_ns && st.st_size == o->seen_bytes)
        return;
    o->seen_ns = ns;
    o->seen_bytes = st.st_size;
    o->id[0] = 0;
    buf_init(&text, MANIFEST_MAX);
    if (!file_read(path, &text))
        take_manifest(o, &text);
    if (!o->id[0])
        LOG_WARN("%s: holds no pack", o->folder);
    buf_finish(&text);
}

/* The name in the folder that `rest` means, or false. */
static bool name_of(const struct offer *o, const char *rest, char out[96])
{
    size_t n = strlen(o->id);
    unsigned char hash[HASH_SHA256_BYTES];
    const char *name = rest + n + 1;

    if (!n || strncmp(rest, o->id, n) != 0 || rest[n] != '/')
        return false;
    if (strncmp(name, "objects/", 8) == 0) {
        if (encoding_unhex(name + 8, hash, sizeof(hash)))
            return false;
    } else if (strcmp(name, "manifest.json") != 0 &&
               strcmp(name, "manifest.json.minisig") != 0) {
        return false;
    }
    snprintf(out, 96, "%s", name);
    return true;
}

/* Objects are named by their hash, which machines check; of the two others it is asked. */
static bool hash_of(const char *name, const char *path, char out[HASH_SHA256_HEX])
{
    int64_t size;

    if (strncmp(name, "objects/", 8) != 0)
        return !file_hash(path, out, &size);
    snprintf(out, HASH_SHA256_HEX, "%s", name + 8);
    return true;
}

void offer_answer(struct offer *o, const char *rest, const struct http_request *q,
                  struct http_response *r)
{
    char name[96], path[OFFER_PATH_BYTES], hash[HASH_SHA256_HEX];

    offer_refresh(o);
    if (!name_of(o, rest, name)) {
        r->status = 404;
        buf_str(&r->body, "no such file of the offered pack\n");
        return;
    }
    path_of(o, name, path);
    if (hash_of(name, path, hash)) {
        file_answer(path, hash, q, r);
        return;
    }
    r->status = 404;
    buf_str(&r->body, "not there\n");
}
