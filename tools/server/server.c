/* Opens and first makes the server's identity, which lives in its database. */
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "session.h"
#include "throttle.h"
#include "tls.h"

#define LOG_MODULE "server"
#include "base/log.h"

#define EARLIEST_DAY "2025-01-01"
#define LATEST_DAY "2100-01-01"

#define FACT_ROLE "role"
#define ROLE_PROVINCE "province"
#define SECRET_HEX (2 * JWS_SECRET_BYTES + 1)

struct text {
    char *out;
    size_t n;
    bool found;
};

static enum err take_text(void *ctx, const struct cell *cells)
{
    struct text *t = ctx;

    if (!cells[0].text || strlen(cells[0].text) >= t->n)
        return ERR_CORRUPT;
    snprintf(t->out, t->n, "%s", cells[0].text);
    t->found = true;
    return ERR_OK;
}

enum err server_fact(struct store *store, const char *name, char *out, size_t n)
{
    struct text t = { out, n, false };
    enum err err = store_run(store, Q_IDENTITY_GET, take_text, &t, PARAM_TEXT(name));

    return err || t.found ? err : ERR_REJECTED;
}

enum err server_set_fact(struct store *store, const char *name, const char *value)
{
    return store_run(store, Q_IDENTITY_SET, NULL, NULL, PARAM_TEXT(name),
                     PARAM_TEXT(value));
}

static void make_inst(char out[17])
{
    unsigned char bytes[8];

    hash_random(bytes, sizeof(bytes));
    encoding_hex(bytes, sizeof(bytes), out);
}

struct first { /* what a new database is told */
    const char *commune;
    const char *admin;
    const char *hash;
    const char *hosts; /* into the certificate */
    bool is_province;
};

static enum err write_identity(struct store *store, const struct clock *clock,
                               const struct first *first)
{
    struct jws_key key;
    char secret[SECRET_HEX];
    char public[2 * JWS_PUBLIC_BYTES + 1];
    char inst[17];
    enum err err;

    jws_key_make(&key);
    encoding_hex(key.secret_key, sizeof(key.secret_key), secret);
    encoding_hex(key.public_key, sizeof(key.public_key), public);
    make_inst(inst);
    err = server_set_fact(store, "secret_key", secret);
    if (!err)
        err = server_set_fact(store, "public_key", public);
    if (!err)
        err = server_set_fact(store, "inst", inst);
    if (!err)
        err = server_set_fact(store, "commune", first->commune);
    if (!err && first->is_province)
        err = server_set_fact(store, FACT_ROLE, ROLE_PROVINCE);
    if (!err)
        err = store_run(store, Q_ADMIN_ADD, NULL, NULL, PARAM_TEXT(first->admin),
                        PARAM_TEXT(first->hash), PARAM_INT(clock_wall_ms(clock)));
    jws_key_wipe(&key);
    hash_wipe(secret, sizeof(secret));
    return err;
}

static enum err init(const char *uri, const struct clock *clock,
                     const struct first *first)
{
    struct store *store = NULL;
    const char *why;
    char inst[17];
    enum err err = store_open(uri, STORE_MAKE, &store);

    if (err)
        return err;
    err = server_fact(store, "inst", inst, sizeof(inst));
    if (err != ERR_REJECTED) {
        store_close(store);
        return err ? err : ERR_REJECTED;
    }
    err = store_begin(store);
    if (!err) {
        err = write_identity(store, clock, first);
        if (!err)
            err = tls_make(store, clock, first->hosts, &why);
        if (!err)
            err = store_commit(store);
        if (err)
            store_rollback(store);
    }
    store_close(store);
    return err;
}

enum err server_init(const char *uri, const struct clock *clock, const char *commune,
                     const char *admin, const char *hash, const char *hosts)
{
    return init(uri, clock, &(struct first){ commune, admin, hash, hosts, false });
}

enum err server_init_province(const char *uri, const struct clock *clock,
                              const char *province, const char *admin, const char *hash,
                              const char *hosts)
{
    return init(uri, clock, &(struct first){ province, admin, hash, hosts, true });
}

/* A backup carries the mark "restored"; opening one takes a new inst. */
static enum err renew_after_restore(struct server *s)
{
    char mark[8];
    enum err err = server_fact(s->store, "restored", mark, sizeof(mark));

    if (err == ERR_REJECTED)
        return ERR_OK;
    if (err || !strcmp(mark, "no"))
        return err;
    make_inst(s->inst);
    err = store_begin(s->store);
    if (err)
        return err;
    err = server_set_fact(s->store, "inst", s->inst);
    if (!err)
        err = server_set_fact(s->store, "restored", "no");
    if (!err)
        err = store_commit(s->store);
    if (err)
        store_rollback(s->store);
    else
        LOG_INFO("a backup was put back: inst is now %s", s->inst);
    return err;
}

/* A commune's server has no role written down: it was here first. */
static enum err read_role(struct server *s)
{
    char role[16];
    enum err err = server_fact(s->store, FACT_ROLE, role, sizeof(role));

    s->is_province = !err && !strcmp(role, ROLE_PROVINCE);
    return err == ERR_REJECTED ? ERR_OK : err;
}

enum err server_open(const char *uri, const struct clock *clock, struct server *out)
{
    char secret[SECRET_HEX];
    char public[2 * JWS_PUBLIC_BYTES + 1];
    unsigned char public_key[JWS_PUBLIC_BYTES];
    enum err err;

    *out = (struct server){ .clock = clock, .started_ms = clock_mono_ms(clock) };
    out->path = check_strdup(strchr(uri, ':') ? strchr(uri, ':') + 1 : uri);
    out->sessions = check_alloc(sizeof(*out->sessions));
    out->throttle = check_alloc(sizeof(*out->throttle));
    hash_random(out->form_key, sizeof(out->form_key));
    err = store_open(uri, STORE_EXISTING, &out->store);
    if (!err)
        err = server_fact(out->store, "secret_key", secret, sizeof(secret));
    if (!err)
        err = server_fact(out->store, "public_key", public, sizeof(public));
    if (!err)
        err = server_fact(out->store, "inst", out->inst, sizeof(out->inst));
    if (!err)
        err = server_fact(out->store, "commune", out->commune, sizeof(out->commune));
    if (!err)
        err = read_role(out);
    if (!err && encoding_unhex(public, public_key, sizeof(public_key)))
        err = ERR_CORRUPT;
    if (!err) {
        jws_key_public(public_key, &out->key);
        if (encoding_unhex(secret, out->key.secret_key, JWS_SECRET_BYTES))
            err = ERR_CORRUPT;
    }
    hash_wipe(secret, sizeof(secret));
    if (!err)
        err = renew_after_restore(out);
    if (err)
        server_close(out);
    return err;
}

void server_close(struct server *s)
{
    store_close(s->store);
    free(s->path);
    free(s->sessions);
    free(s->throttle);
    jws_key_wipe(&s->key);
    *s = (struct server){ 0 };
}

enum err server_note(struct server *s, enum err err)
{
    if (err == ERR_CORRUPT && !s->broken) {
        s->broken = true;
        LOG_ERR("the database failed: nothing is acknowledged any more");
    }
    return err;
}

bool server_clock_is_sane(const struct server *s)
{
    int64_t today = clock_day(clock_wall_ms(s->clock));

    return today >= clock_day_parse(EARLIEST_DAY) &&
           today < clock_day_parse(LATEST_DAY);
}

bool server_answers(struct server *s)
{
    enum err err = server_note(
        s, store_run(s->store, Q_SETTING_GET, NULL, NULL, PARAM_TEXT("commune")));

    return !err || err == ERR_RETRY;
}
