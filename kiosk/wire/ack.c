/* Acknowledgement and signed time as JSON. */
#include "wire/ack.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "wire/bundle.h"
#include "wire/wire_read.h"

static void put_held(const struct ack *a, struct buf *out)
{
    char run[17];

    json_open(out, "held", '{');
    for (size_t i = 0; i < a->n_held; i++) {
        wire_run_text(a->held[i].run, run);
        json_open(out, run, '[');
        json_put_int(out, NULL, a->held[i].held);
        json_put_int(out, NULL, a->held[i].top);
        json_close(out, ']');
    }
    json_close(out, '}');
}

static void put_rejected(const struct ack *a, struct buf *out)
{
    json_open(out, "rejected", '[');
    for (size_t i = 0; i < a->n_rejected; i++) {
        json_open(out, NULL, '{');
        json_put_int(out, "i", a->rejected[i].i);
        json_put_text(out, "code", a->rejected[i].code);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void put_packs(const struct ack *a, struct buf *out)
{
    json_open(out, "packs", '{');
    if (a->pack_id) {
        json_open(out, a->pack_id, '{');
        json_put_int(out, "ver", a->pack_ver);
        json_put_text(out, "manifest", a->pack_manifest);
        json_close(out, '}');
    }
    json_close(out, '}');
}

static void put_program(const struct ack *a, struct buf *out)
{
    if (!a->program_ver)
        return;
    json_open(out, "program", '{');
    json_put_int(out, "ver", a->program_ver);
    json_put_text(out, "version", a->program_version);
    json_put_text(out, "list", a->program_list);
    json_put_text(out, "signature", a->program_signature);
    json_close(out, '}');
}

enum err ack_encode(const struct ack *a, struct buf *out)
{
    json_open(out, NULL, '{');
    json_put_int(out, "schema", 1);
    json_put_text(out, "for", a->request_sha256);
    json_put_text(out, "kiosk", a->kiosk);
    put_held(a, out);
    json_put_int(out, "foreign_ord", a->foreign_ord);
    json_put_text(out, "server_inst", a->server_inst);
    json_open(out, "set_aside", '[');
    json_close(out, ']');
    put_rejected(a, out);
    json_put_int(out, "time_ms", a->time_ms);
    json_put_text(out, "nonce", a->nonce);
    json_put_int(out, "after_s", a->after_s);
    put_packs(a, out);
    json_put_int(out, "settings_ver", a->settings_ver);
    put_program(a, out);
    json_close(out, '}');
    return out->overflow ? ERR_FULL : ERR_OK;
}

static void read_held(struct wire_reader *r, struct ack *out)
{
    json_value *held = json_get(r->doc, "held");
    size_t n = json_count(held);
    json_value *pair;
    const char *run;
    void *at = NULL;

    if (json_kind_of(held) != JSON_IS_OBJECT || n > BUNDLE_KNOWN_MAX) {
        wire_fail(r, "held");
        return;
    }
    out->held = arena_alloc(r->arena, n * sizeof(*out->held));
    while (json_each(held, &at, &run, &pair)) {
        struct ack_held *h = &out->held[out->n_held++];

        if (wire_run_parse(run, &h->run) || json_count(pair) != 2)
            wire_fail(r, "a run of held");
        h->held = wire_int(r, json_at(pair, 0), "held", 0, JSON_INT_MAX);
        h->top = wire_int(r, json_at(pair, 1), "top", h->held, JSON_INT_MAX);
    }
}

static void read_rejected(struct wire_reader *r, struct ack *out)
{
    const json_value *list = json_get(r->doc, "rejected");
    void *room;

    out->n_rejected =
        wire_list(r, list, "rejected", ACK_REJECTED_MAX, sizeof(*out->rejected), &room);
    out->rejected = room;
    for (size_t i = 0; i < out->n_rejected; i++) {
        const json_value *v = json_at(list, i);

        out->rejected[i].i =
            wire_int(r, json_get(v, "i"), "a rejected row", 0, BUNDLE_ROWS_MAX - 1);
        out->rejected[i].code = wire_id(r, json_get(v, "code"), "a rejection's code");
    }
}

static void read_packs(struct wire_reader *r, struct ack *out)
{
    json_value *packs = json_get(r->doc, "packs");
    json_value *pack;
    const char *id;
    void *at = NULL;

    if (json_kind_of(packs) != JSON_IS_OBJECT || !json_each(packs, &at, &id, &pack))
        return;
    if (!bundle_id_ok(id)) {
        wire_fail(r, "a pack's id");
        return;
    }
    out->pack_id = arena_strdup(r->arena, id);
    out->pack_ver = wire_int(r, json_get(pack, "ver"), "a pack's ver", 0, JSON_INT_MAX);
    out->pack_manifest =
        wire_hex(r, json_get(pack, "manifest"), "a pack's manifest", HASH_SHA256_BYTES);
}

/* Older servers know nothing of it. */
static void read_program(struct wire_reader *r, struct ack *out)
{
    const json_value *p = json_get(r->doc, "program");

    if (json_kind_of(p) != JSON_IS_OBJECT)
        return;
    out->program_ver =
        wire_int(r, json_get(p, "ver"), "a program's ver", 1, JSON_INT_MAX);
    out->program_version = wire_text(r, json_get(p, "version"), "a program's version");
    out->program_list =
        wire_hex(r, json_get(p, "list"), "a program's list", HASH_SHA256_BYTES);
    out->program_signature = wire_hex(r, json_get(p, "signature"),
                                      "a program's signature", HASH_SHA256_BYTES);
}

enum err ack_decode(const char *json, size_t n, struct arena *arena, struct ack *out)
{
    struct wire_reader r;

    *out = (struct ack){ 0 };
    wire_open(&r, json, n, arena, NULL, 0);
    if (!r.failed) {
        out->request_sha256 =
            wire_hex(&r, json_get(r.doc, "for"), "for", HASH_SHA256_BYTES);
        out->kiosk = wire_id(&r, json_get(r.doc, "kiosk"), "kiosk");
        read_held(&r, out);
        out->foreign_ord = wire_int(&r, json_get(r.doc, "foreign_ord"), "foreign_ord",
                                    0, JSON_INT_MAX);
        out->server_inst = wire_id(&r, json_get(r.doc, "server_inst"), "server_inst");
        read_rejected(&r, out);
        out->time_ms =
            wire_int(&r, json_get(r.doc, "time_ms"), "time_ms", 0, JSON_INT_MAX);
        out->nonce = wire_nonce(&r, json_get(r.doc, "nonce"), "nonce");
        out->after_s =
            wire_int(&r, json_get(r.doc, "after_s"), "after_s", 0, JSON_INT_MAX);
        read_packs(&r, out);
        read_program(&r, out);
        out->settings_ver = wire_int(&r, json_get(r.doc, "settings_ver"),
                                     "settings_ver", 0, JSON_INT_MAX);
    }
    return wire_close(&r);
}

enum err wire_time_encode(const struct wire_time *t, struct buf *out)
{
    json_open(out, NULL, '{');
    json_put_int(out, "schema", 1);
    json_put_int(out, "time_ms", t->time_ms);
    json_put_text(out, "nonce", t->nonce);
    json_close(out, '}');
    return out->overflow ? ERR_FULL : ERR_OK;
}

enum err wire_time_decode(const char *json, size_t n, struct arena *arena,
                          struct wire_time *out)
{
    struct wire_reader r;

    *out = (struct wire_time){ 0 };
    wire_open(&r, json, n, arena, NULL, 0);
    if (!r.failed) {
        out->time_ms =
            wire_int(&r, json_get(r.doc, "time_ms"), "time_ms", 0, JSON_INT_MAX);
        out->nonce = wire_nonce(&r, json_get(r.doc, "nonce"), "nonce");
    }
    return wire_close(&r);
}
