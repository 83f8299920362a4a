/* What is offered, and where it lies. How one comes in: programs_add.c. */
#include "programs.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/json.h"
#include "file_answer.h"
#include "programs_private.h"
#include "server.h"

#define LOG_MODULE "programs"
#include "base/log.h"

#define OFFERS_MAX 16384
#define DEPTH_MAX 4
#define NS_PER_S 1000000000LL

void programs_path(const struct programs *p, char out[PROGRAMS_PATH_BYTES],
                   const char *name)
{
    if (snprintf(out, PROGRAMS_PATH_BYTES, "%s/%s", p->folder, name) >=
        PROGRAMS_PATH_BYTES)
        out[0] = 0; /* opens nothing */
}

void programs_place(struct server *s, const char *folder)
{
    const char *slash = strrchr(s->path, '/');
    char *to = s->programs.folder;
    int n = 0;

    if (folder)
        n = snprintf(to, PROGRAMS_PATH_BYTES, "%s", folder);
    else if (store_can_copy(s->store)) /* it is a file */
        n = snprintf(to, PROGRAMS_PATH_BYTES, "%.*sprograms",
                     slash ? (int)(slash - s->path + 1) : 0, s->path);
    if (n < 0 || n >= PROGRAMS_PATH_BYTES)
        to[0] = 0;
    programs_refresh(&s->programs);
}

/* --- what is offered -------------------------------------------------------------------- */

static bool take_text(const json_value *v, const char *key, char *out, size_t n)
{
    const char *text = json_text(json_get(v, key));

    return text && *text && (size_t)snprintf(out, n, "%s", text) < n;
}

static bool take_hash(const json_value *v, const char *key, char out[HASH_SHA256_HEX])
{
    unsigned char hash[HASH_SHA256_BYTES];

    return take_text(v, key, out, HASH_SHA256_HEX) &&
           !encoding_unhex(out, hash, sizeof(hash));
}

static void take_offer(struct programs *p, const json_value *v)
{
    struct programs_offer *o = &p->offers[p->n];

    if (!json_int(json_get(v, "ver"), 1, JSON_INT_MAX, &o->ver) &&
        take_text(v, "system", o->system, sizeof(o->system)) &&
        take_text(v, "version", o->version, sizeof(o->version)) &&
        take_hash(v, "list", o->list) && take_hash(v, "signature", o->signature))
        p->n++;
}

static void read_offers(struct programs *p, const char *path)
{
    json_value *doc = NULL;
    struct buf text;

    p->n = 0;
    buf_init(&text, OFFERS_MAX);
    if (file_read(path, &text) ||
        json_parse(buf_text(&text), text.len, DEPTH_MAX, &doc, NULL, 0))
        LOG_WARN("%s: cannot be read: no program is offered", path);
    for (size_t i = 0; i < json_count(doc) && p->n < PROGRAMS_MAX; i++)
        take_offer(p, json_at(doc, i));
    json_free(doc);
    buf_finish(&text);
    for (size_t i = 0; i < p->n; i++)
        LOG_INFO("offered to kiosks: program %s for %s", p->offers[i].version,
                 p->offers[i].system);
}

void programs_refresh(struct programs *p)
{
    char path[PROGRAMS_PATH_BYTES];
    struct stat st;
    int64_t ns;

    if (!p->folder[0])
        return;
    programs_path(p, path, OFFERS_FILE);
    if (stat(path, &st)) {
        p->n = 0;
        p->seen_node = 0;
        return;
    }
    ns = st.st_mtim.tv_sec * NS_PER_S + st.st_mtim.tv_nsec;
    if (ns == p->seen_ns && (int64_t)st.st_ino == p->seen_node)
        return;
    p->seen_ns = ns;
    p->seen_node = (int64_t)st.st_ino;
    read_offers(p, path);
}

enum err programs_write(const struct programs *p)
{
    char path[PROGRAMS_PATH_BYTES];
    struct buf text;
    enum err err;

    buf_init(&text, OFFERS_MAX);
    json_open(&text, NULL, '[');
    for (size_t i = 0; i < p->n; i++) {
        const struct programs_offer *o = &p->offers[i];

        json_open(&text, NULL, '{');
        json_put_text(&text, "system", o->system);
        json_put_int(&text, "ver", o->ver);
        json_put_text(&text, "version", o->version);
        json_put_text(&text, "list", o->list);
        json_put_text(&text, "signature", o->signature);
        json_close(&text, '}');
    }
    json_close(&text, ']');
    programs_path(p, path, OFFERS_FILE);
    err = file_replace(path, buf_text(&text), text.len, 0600);
    buf_finish(&text);
    return err;
}

const struct programs_offer *programs_for(const struct programs *p, const char *system)
{
    for (size_t i = 0; system && i < p->n; i++)
        if (!strcmp(p->offers[i].system, system))
            return &p->offers[i];
    return NULL;
}

/* --- over HTTP ----------------------------------------------------------------------------- */

void programs_answer(const struct programs *p, const char *rest,
                     const struct http_request *q, struct http_response *r)
{
    unsigned char hash[HASH_SHA256_BYTES];
    char name[sizeof(OBJECTS_FOLDER "/") + HASH_SHA256_HEX], path[PROGRAMS_PATH_BYTES];

    if (!p->folder[0] || encoding_unhex(rest, hash, sizeof(hash))) {
        r->status = 404;
        buf_str(&r->body, "not a file of a program\n");
        return;
    }
    snprintf(name, sizeof(name), OBJECTS_FOLDER "/%s", rest);
    programs_path(p, path, name);
    file_answer(path, rest, q, r);
}
