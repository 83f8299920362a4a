/* Enrolment on the kiosk's side (wire/enrol.h has the contract with the server). */
#include "app/uplink_state.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/encoding.h"
#include "store/commune.h"

#define LOG_MODULE "enrol"
#include "base/log.h"

#define ASKED_MAX 400 /* 20 minutes of polling: longer than a code lives */
#define POLL_MS (ENROL_POLL_S * 1000)

/* Copies a setting; false when it is missing, empty or too long. */
static bool load(struct db *db, const char *key, char *out, size_t n_out)
{
    const char *value = db_setting(db, key, "");
    int n = snprintf(out, n_out, "%s", value);

    return n > 0 && (size_t)n < n_out;
}

void uplink_identity_load(struct uplink *u)
{
    struct uplink_identity *id = &u->id;
    char key[UPLINK_TEXT_MAX];
    int n;

    *id = (struct uplink_identity){ 0 };
    if (!load(u->db, "server.pin", id->pin, sizeof(id->pin)))
        id->pin[0] = 0;
    id->enrolled = load(u->db, "server.url", id->url, sizeof(id->url));
    if (u->server_url) {
        n = snprintf(id->url, sizeof(id->url), "%s", u->server_url);
        id->enrolled = n > 0 && (size_t)n < sizeof(id->url);
    }
    id->enrolled = id->enrolled &&
                   load(u->db, "commune", id->commune, sizeof(id->commune)) &&
                   load(u->db, "server.key", key, sizeof(key)) &&
                   !jws_public_parse(key, id->server_key) &&
                   load(u->db, "kiosk.id", id->kiosk, sizeof(id->kiosk)) &&
                   bundle_id_ok(id->kiosk) && bundle_id_ok(id->commune);
    if (!id->enrolled)
        id->kiosk[0] = 0;
}

static enum err make_request(struct uplink *u, const char *code)
{
    struct enrol_request request = { .code = code, .nonce = u->enrol.nonce };
    struct buf payload;
    enum err err;

    memcpy(request.public_key, u->key.public_key, JWS_PUBLIC_BYTES);
    buf_init(&payload, ENROL_BYTES_MAX);
    buf_clear(&u->enrol.request);
    err = enrol_request_encode(&request, &payload);
    if (!err)
        jws_sign(&u->key, JWS_ENROL, payload.data, payload.len, &u->enrol.request);
    buf_finish(&payload);
    return err;
}

enum err uplink_enrol(struct uplink *u, const char *url, const char *code)
{
    struct uplink_enrolment *e = &u->enrol;
    char symbols[ENROL_CODE_CHARS];
    int n;

    if (e->in_flight)
        return ERR_RETRY;
    if (enrol_code_normalise(code, symbols))
        return ERR_REJECTED;
    n = snprintf(e->url, sizeof(e->url), "%s", url);
    if (n <= 0 || (size_t)n >= sizeof(e->url))
        return ERR_REJECTED;
    uplink_new_nonce(e->nonce);
    if (make_request(u, symbols))
        return ERR_REJECTED;
    e->step = UPLINK_ENROL_ASKING;
    e->has_server_key = false;
    e->number[0] = 0;
    e->asked = 0;
    e->ask_ms = clock_mono_ms(u->clock);
    return ERR_OK;
}

void uplink_enrol_confirm(struct uplink *u)
{
    if (u->enrol.step != UPLINK_ENROL_NUMBER)
        return;
    u->enrol.step = UPLINK_ENROL_CONFIRMING;
    u->enrol.ask_ms = clock_mono_ms(u->clock);
}

void uplink_enrol_cancel(struct uplink *u)
{
    u->enrol.stale = u->enrol.in_flight;
    u->enrol.step = UPLINK_ENROL_NONE;
    u->enrol.ask_ms = -1;
    u->enrol.number[0] = 0;
}

bool uplink_enrol_ask(struct uplink *u, int64_t now_ms)
{
    struct uplink_enrolment *e = &u->enrol;
    struct sync_job job = { .kind = SYNC_ENROL,
                            .url = e->url,
                            .bytes = e->request.data,
                            .n = e->request.len,
                            .has_server_key = e->has_server_key,
                            .nonce = e->nonce };

    if (e->ask_ms < 0 || now_ms < e->ask_ms)
        return false;
    memcpy(job.server_key, e->server_key, JWS_PUBLIC_BYTES);
    if (sync_submit(u->sync, &job))
        return false;
    e->ask_ms = -1;
    e->in_flight = true;
    e->asked++;
    return true;
}

static void fail(struct uplink *u)
{
    LOG_WARN("enrolment failed: %s", sync_outcome_name(u->outcome));
    u->enrol.step = UPLINK_ENROL_FAILED;
    u->enrol.ask_ms = -1;
}

/* The id goes first and comes last: a power cut in between leaves a kiosk that is not
 * enrolled, never one with half of two servers. */
static enum err store_grant(struct uplink *u, const struct enrol_grant *g)
{
    char ver[32];
    struct buf key;
    enum err err = ERR_OK;

    buf_init(&key, UPLINK_TEXT_MAX);
    encoding_base64url(g->server_key, JWS_PUBLIC_BYTES, &key);
    snprintf(ver, sizeof(ver), "%lld", (long long)g->settings_ver);
    const char *const rows[][2] = {
        { "kiosk.id", "" },
        { "server.url", u->enrol.url },
        { "server.key", buf_text(&key) },
        { "server.pin", g->tls_pin ? g->tls_pin : "" },
        { "content.key", g->content_key ? g->content_key : "" },
        { "content.other-key", g->other_key ? g->other_key : "" },
        { "commune", g->commune },
        { "commune.settings", g->settings },
        { "commune.settings_ver", ver },
        { "commune.settings_inst", "" },
        { "server.inst", "" },
        { "kiosk.id", g->kiosk },
    };

    for (size_t i = 0; !err && i < sizeof(rows) / sizeof(rows[0]); i++)
        err = db_set(u->db, rows[i][0], rows[i][1]);
    buf_finish(&key);
    return err ? err : commune_take_grant(u->db);
}

static void take_grant(struct uplink *u, const struct sync_result *r)
{
    struct arena arena = { 0 };
    struct enrol_grant grant;
    enum err err = enrol_grant_decode(r->payload, r->n_payload, &arena, &grant);

    if (!err)
        err = store_grant(u, &grant);
    if (!err)
        err = uplink_forget(u); /* a bundle in flight was for another server */
    arena_finish(&arena);
    uplink_identity_load(u);
    if (err || !u->id.enrolled) {
        LOG_ERR("the grant could not be kept: %s", err_name(err));
        fail(u);
        return;
    }
    LOG_INFO("enrolled as %s", u->id.kiosk);
    u->enrol.step = UPLINK_ENROL_DONE;
    u->time_asked = false;
    u->failures = 0;
    u->due_ms = clock_mono_ms(u->clock);
}

static void take_waiting(struct uplink *u, const struct sync_result *r)
{
    struct uplink_enrolment *e = &u->enrol;

    if (e->step == UPLINK_ENROL_CONFIRMING) {
        e->ask_ms = clock_mono_ms(u->clock) + POLL_MS;
        return;
    }
    if (enrol_waiting_decode(r->payload, r->n_payload, e->server_key)) {
        fail(u);
        return;
    }
    e->has_server_key = true;
    enrol_number(u->key.public_key, e->server_key, e->number);
    e->step = UPLINK_ENROL_NUMBER;
}

void uplink_enrol_answer(struct uplink *u, const struct sync_result *r)
{
    struct uplink_enrolment *e = &u->enrol;
    bool confirming = e->step == UPLINK_ENROL_CONFIRMING;

    e->in_flight = false;
    if (e->stale || (!confirming && e->step != UPLINK_ENROL_ASKING)) {
        e->stale = false;
        return;
    }
    if (r->outcome == SYNC_VERIFIED && confirming)
        take_grant(u, r);
    else if (r->outcome == SYNC_WAITING && e->asked < ASKED_MAX)
        take_waiting(u, r);
    else if (confirming && e->asked < ASKED_MAX &&
             sync_outcome_err(r->outcome) != ERR_REJECTED &&
             r->outcome != SYNC_STRANGER && r->outcome != SYNC_STOPPED)
        e->ask_ms = clock_mono_ms(u->clock) + POLL_MS; /* the net may come back */
    else
        fail(u);
}
