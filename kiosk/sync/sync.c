/* The thread and its messages. HTTP: upload.c; what an answer is worth: answer.c;
 * the meeting point: mailbox.c. */
#include "sync/sync.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "sync/answer.h"
#include "sync/mailbox.h"
#include "sync/thread.h"
#include "sync/upload.h"

#define LOG_MODULE "sync"
#include "base/log.h"

#define CONNECT_S 15
#define LOW_SPEED_BYTES 50
#define LOW_SPEED_S 60
#define URL_BYTES_MAX 2048

struct sync {
    struct mailbox box;
    struct upload *upload;
    pthread_t thread;
    void (*wake)(void *ctx);
    void *wake_ctx;
    char *ca_file;
};

/* A job on its way, with its own copies of all strings, and then its answer. */
struct message {
    struct sync_job job;
    char *url; /* what job's strings point to */
    char *pin;
    char *bytes;
    char *kiosk;
    char *nonce;
    char *kid;
    char *path;
    char *etag;
    struct sync_result result;
    int64_t came_ms; /* monotonic: when the answer was there */
};

static const struct outcome {
    const char *name;
    enum err err;
} outcomes[SYNC_OUTCOME_COUNT] = {
    [SYNC_VERIFIED] = { "verified", ERR_OK },
    [SYNC_WAITING] = { "waiting", ERR_RETRY },
    [SYNC_UNREACHABLE] = { "unreachable", ERR_OFFLINE },
    [SYNC_CUT] = { "cut", ERR_OFFLINE },
    [SYNC_PORTAL] = { "portal", ERR_OFFLINE },
    [SYNC_STRANGER] = { "stranger", ERR_OFFLINE },
    [SYNC_OTHER_ANSWER] = { "other_answer", ERR_OFFLINE },
    [SYNC_BUSY] = { "busy", ERR_RETRY },
    [SYNC_FAULT] = { "fault", ERR_OFFLINE },
    [SYNC_REFUSED] = { "refused", ERR_REJECTED },
    [SYNC_UNKNOWN_KEY] = { "unknown_key", ERR_REJECTED },
    [SYNC_TOO_LARGE] = { "too_large", ERR_REJECTED },
    [SYNC_DENIED] = { "denied", ERR_REJECTED },
    [SYNC_EXPIRED] = { "expired", ERR_REJECTED },
    [SYNC_NOT_THERE] = { "not_there", ERR_REJECTED },
    [SYNC_STOPPED] = { "stopped", ERR_OFFLINE },
};

enum err sync_outcome_err(enum sync_outcome outcome)
{
    ASSERT(outcome < SYNC_OUTCOME_COUNT);
    return outcomes[outcome].err;
}

const char *sync_outcome_name(enum sync_outcome outcome)
{
    ASSERT(outcome < SYNC_OUTCOME_COUNT);
    return outcomes[outcome].name;
}

static char *copy_text(const char *s)
{
    return s ? check_strdup(s) : NULL;
}

static struct message *message_create(const struct sync_job *job)
{
    struct message *m = check_alloc(sizeof(*m));

    *m = (struct message){ .job = *job };
    m->job.url = m->url = copy_text(job->url);
    m->job.pin = m->pin = copy_text(job->pin);
    m->job.kiosk = m->kiosk = copy_text(job->kiosk);
    m->job.nonce = m->nonce = copy_text(job->nonce);
    m->job.kid = m->kid = copy_text(job->kid);
    m->job.path = m->path = copy_text(job->path);
    m->job.etag = m->etag = copy_text(job->etag);
    if (job->bytes) {
        m->job.bytes = m->bytes = check_alloc(job->n + 1);
        memcpy(m->bytes, job->bytes, job->n);
    }
    m->result.kind = job->kind;
    m->result.retry_after_s = -1;
    return m;
}

static void message_destroy(struct message *m)
{
    if (!m)
        return;
    free(m->url);
    free(m->pin);
    free(m->kiosk);
    free(m->nonce);
    free(m->kid);
    free(m->path);
    free(m->etag);
    free(m->bytes);
    sync_result_finish(&m->result);
    free(m);
}

void sync_result_finish(struct sync_result *result)
{
    free(result->payload);
    *result = (struct sync_result){ 0 };
}

static void put_url(const struct sync_job *job, struct buf *url)
{
    size_t n = strlen(job->url);

    while (n && job->url[n - 1] == '/')
        n--;
    buf_add(url, job->url, n);
    switch (job->kind) {
    case SYNC_SEND:
        buf_str(url, "/v1/bundles");
        break;
    case SYNC_TIME:
        buf_printf(url, "/v1/time?nonce=%s", job->nonce);
        break;
    case SYNC_SETTINGS:
        buf_printf(url, "/v1/settings?kid=%s&nonce=%s", job->kid, job->nonce);
        break;
    case SYNC_ENROL:
        buf_str(url, "/v1/enrol");
        break;
    case SYNC_FETCH:
        buf_str(url, job->path);
        break;
    }
}

static enum sync_outcome outcome_of(const struct sync_job *job,
                                    const struct upload_answer *answer,
                                    struct buf *payload)
{
    if (job->kind == SYNC_FETCH) /* also what came before it broke off */
        buf_add(payload, buf_text(&answer->body), answer->body.len);
    switch (answer->end) {
    case UPLOAD_ANSWERED:
        return job->kind == SYNC_FETCH
                   ? answer_fetch(job, answer->status, answer->continues)
                   : answer_judge(job, answer->status, buf_text(&answer->body),
                                  answer->body.len, payload);
    case UPLOAD_UNREACHABLE:
        return SYNC_UNREACHABLE;
    case UPLOAD_CUT:
        return SYNC_CUT;
    case UPLOAD_LARGE:
        return job->kind == SYNC_FETCH ? SYNC_TOO_LARGE : SYNC_CUT;
    case UPLOAD_STRANGER:
        return SYNC_STRANGER;
    case UPLOAD_STOPPED:
        return SYNC_STOPPED;
    }
    check_failed("a known end", __FILE__, __LINE__);
}

static bool box_stopping(void *ctx)
{
    return mailbox_stopping(ctx);
}

static void carry(struct sync *s, struct message *m)
{
    struct upload_answer answer;
    struct buf payload;
    struct buf url;

    buf_init(&url, URL_BYTES_MAX);
    buf_init(&payload, m->job.kind == SYNC_FETCH ? m->job.max : UPLOAD_ANSWER_MAX);
    put_url(&m->job, &url);
    upload_run(
        s->upload,
        &(struct upload_request){ .url = url.overflow ? "" : buf_text(&url),
                                  .body = m->bytes,
                                  .n = m->job.n,
                                  .pin = m->pin,
                                  .any_certificate = m->job.kind == SYNC_TIME ||
                                                     m->job.kind == SYNC_ENROL,
                                  .offset = m->job.offset,
                                  .etag = m->job.etag,
                                  .max = m->job.kind == SYNC_FETCH ? m->job.max : 0,
                                  .in_pieces = m->job.in_pieces,
                                  .wall_ms = m->job.wall_ms },
        box_stopping, &s->box, &answer);
    m->came_ms = clock_mono_ms(&clock_real);
    m->result.outcome = outcome_of(&m->job, &answer, &payload);
    m->result.retry_after_s = answer.retry_after_s;
    m->result.round_trip_ms = answer.round_trip_ms;
    m->result.n_payload = payload.len;
    m->result.continues = answer.continues && answer.status == 206;
    m->result.payload = payload.data; /* moves */
    buf_finish(&answer.body);
    buf_finish(&url);
}

static void *sync_main(void *ctx)
{
    struct sync *s = ctx;
    struct message *m;

    while ((m = mailbox_wait(&s->box)) != NULL) {
        carry(s, m);
        mailbox_reply(&s->box, m);
        if (s->wake)
            s->wake(s->wake_ctx);
    }
    return NULL;
}

static void free_all(struct sync *s)
{
    message_destroy(mailbox_finish(&s->box));
    upload_destroy(s->upload);
    free(s->ca_file);
    free(s);
}

enum err sync_create(const struct sync_config *config, struct sync **out)
{
    struct sync *s = check_alloc(sizeof(*s));
    enum err err;

    *out = NULL;
    *s = (struct sync){ .wake = config->wake,
                        .wake_ctx = config->wake_ctx,
                        .ca_file = copy_text(config->ca_file) };
    mailbox_init(&s->box);
    err = upload_create(
        &(struct upload_limits){
            .connect_s = config->connect_s ? config->connect_s : CONNECT_S,
            .low_speed_bytes =
                config->low_speed_bytes ? config->low_speed_bytes : LOW_SPEED_BYTES,
            .low_speed_s = config->low_speed_s ? config->low_speed_s : LOW_SPEED_S,
            .ca_file = s->ca_file },
        &s->upload);
    if (!err && !thread_start(&s->thread, sync_main, s))
        err = ERR_FULL;
    if (err) {
        LOG_ERR("the sync thread cannot start");
        free_all(s);
        return err;
    }
    *out = s;
    return ERR_OK;
}

void sync_destroy(struct sync *s)
{
    if (!s)
        return;
    mailbox_stop(&s->box);
    upload_wake(s->upload);
    pthread_join(s->thread, NULL);
    free_all(s);
}

enum err sync_submit(struct sync *s, const struct sync_job *job)
{
    struct message *m = message_create(job);

    if (mailbox_put(&s->box, m))
        return ERR_OK;
    message_destroy(m);
    return ERR_RETRY;
}

bool sync_busy(struct sync *s)
{
    return mailbox_busy(&s->box);
}

bool sync_poll(struct sync *s, struct sync_result *out)
{
    struct message *m = mailbox_take(&s->box);

    if (!m)
        return false;
    *out = m->result;
    out->age_ms = clock_mono_ms(&clock_real) - m->came_ms;
    m->result.payload = NULL; /* moved */
    message_destroy(m);
    return true;
}
