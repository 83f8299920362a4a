/* See forward_cli.h. HTTP and its judgement are those of the kiosk (kiosk/sync). */
#include "forward_cli.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/json.h"
#include "forward_words.h"
#include "sync/answer.h"
#include "sync/upload.h"
#include "wire/bundle.h"
#include "wire/enrol.h"

#define LOG_MODULE "forward"
#include "base/log.h"

#define CONNECT_S 15 /* as kiosks, PROTOCOL §4 */
#define LOW_SPEED_BYTES 50
#define LOW_SPEED_S 60
#define URL_BYTES 512
#define LETTERS_MAX 10000
#define ENROL_ASKS_MAX (15 * 60 / ENROL_POLL_S) /* as long as a code lives */

static bool never(void *ctx)
{
    (void)ctx;
    return false; /* a signal ends the process; nothing is lost */
}

/* One request; `body_out` gets what came. */
static enum sync_outcome carry(struct upload *u, const struct sync_job *job,
                               const char *path, struct buf *body_out)
{
    struct upload_answer answer;
    struct buf url, payload;
    enum sync_outcome outcome = SYNC_CUT;
    size_t n = strlen(job->url);

    while (n && job->url[n - 1] == '/')
        n--;
    buf_init(&url, URL_BYTES);
    buf_init(&payload, UPLOAD_ANSWER_MAX);
    buf_add(&url, job->url, n);
    buf_str(&url, path);
    upload_run(u,
               &(struct upload_request){ .url = buf_text(&url),
                                         .body = job->bytes,
                                         .n = job->n,
                                         .pin = job->pin,
                                         .any_certificate = job->kind == SYNC_ENROL,
                                         .wall_ms = job->wall_ms },
               never, NULL, &answer);
    if (answer.end == UPLOAD_ANSWERED)
        outcome = answer_judge(job, answer.status, buf_text(&answer.body),
                               answer.body.len, &payload);
    else if (answer.end == UPLOAD_UNREACHABLE)
        outcome = SYNC_UNREACHABLE;
    else if (answer.end == UPLOAD_STRANGER)
        outcome = SYNC_STRANGER;
    buf_add(body_out, buf_text(&answer.body), answer.body.len);
    buf_finish(&answer.body);
    buf_finish(&payload);
    buf_finish(&url);
    return outcome;
}

static enum err start(const struct forward_post *post, struct upload **out)
{
    return upload_create(&(struct upload_limits){ .connect_s = CONNECT_S,
                                                  .low_speed_bytes = LOW_SPEED_BYTES,
                                                  .low_speed_s = LOW_SPEED_S,
                                                  .ca_file = post->ca_file },
                         out);
}

/* Asks the serving process; its answer is a JSON object. 0, or an exit code. */
static int ask_json(const struct forward_post *post, const char *const *words,
                    size_t n_words, json_value **doc, struct buf *complaint)
{
    struct control_question q = { .kiosk = "" };
    struct buf out;
    int code;

    *doc = NULL;
    for (size_t i = 0; i < n_words; i++)
        q.words[q.n_words++] = words[i];
    buf_init(&out, CONTROL_ANSWER_MAX);
    code = post->ask(&q, &out, complaint);
    if (!code && json_parse(buf_text(&out), out.len, 2, doc, NULL, 0))
        code =
            forward_complain(complaint, 1, words[0],
                             "the serving process gave no answer", "look at its log");
    buf_finish(&out);
    return code;
}

/* --- figures ------------------------------------------------------------------------ */

struct sending {
    const struct forward_post *post;
    struct upload *upload;
    struct buf *complaint;
    struct buf url; /* of the parent, for people */
    int64_t n_rows, n_letters, rejected, left;
};

/* Posts the letter; its answer goes to the serving process, which believes it or not. */
static int deliver(struct sending *s, json_value *letter, bool *too_large)
{
    const char *pin = json_text(json_get(letter, "pin"));
    const char *bytes = json_text(json_get(letter, "bytes"));
    struct sync_job job = { .kind = SYNC_SEND,
                            .url = json_text(json_get(letter, "url")),
                            .pin = pin && *pin ? pin : NULL,
                            .wall_ms = clock_wall_ms(&clock_real),
                            .bytes = bytes,
                            .n = bytes ? strlen(bytes) : 0,
                            .has_server_key = true,
                            .kiosk = json_text(json_get(letter, "kiosk")),
                            .nonce = json_text(json_get(letter, "nonce")) };
    const char *key = json_text(json_get(letter, "server_key"));
    enum sync_outcome outcome;
    json_value *taken = NULL;
    struct buf body;
    int64_t rows = 0, rejected = 0;
    int code;

    if (!job.url || !job.bytes || !key || jws_public_parse(key, job.server_key))
        return forward_complain(s->complaint, 1, "forward", "no letter",
                                "look at the log");
    buf_clear(&s->url);
    buf_str(&s->url, job.url);
    buf_init(&body, UPLOAD_ANSWER_MAX);
    outcome = carry(s->upload, &job, "/v1/bundles", &body);
    *too_large = outcome == SYNC_TOO_LARGE &&
                 !json_int(json_get(letter, "rows"), 2, BUNDLE_ROWS_MAX, &rows);
    if (outcome == SYNC_VERIFIED)
        code =
            ask_json(s->post, (const char *const[]){ "forward-taken", buf_text(&body) },
                     2, &taken, s->complaint);
    else
        code = *too_large ? 0 : forward_complain_of(s->complaint, job.url, outcome);
    if (taken && !json_int(json_get(letter, "rows"), 0, BUNDLE_ROWS_MAX, &rows) &&
        !json_int(json_get(taken, "rejected"), 0, BUNDLE_ROWS_MAX, &rejected) &&
        !json_int(json_get(taken, "left"), 0, JSON_INT_MAX, &s->left)) {
        s->n_rows += rows;
        s->n_letters++;
        s->rejected += rejected;
    }
    json_free(taken);
    buf_finish(&body);
    return code;
}

/* What an earlier process left comes first; then what has changed since. */
static int send_all(struct sending *s)
{
    bool fresh = false, too_large = false;

    for (int i = 0; i < LETTERS_MAX; i++) {
        const char *how = too_large ? "smaller" : fresh ? "more" : "fresh";
        json_value *letter;
        int code = ask_json(s->post, (const char *const[]){ "forward-next", how }, 2,
                            &letter, s->complaint);

        fresh = fresh || json_bool(json_get(letter, "fresh"), false);
        if (!code)
            code = deliver(s, letter, &too_large);
        json_free(letter);
        if (code || (fresh && !too_large && !s->left))
            return code;
    }
    return forward_complain(s->complaint, EX_TEMPFAIL, buf_text(&s->url),
                            "there is no end of it",
                            "try again later, and look at the log");
}

static int send_now(const struct forward_post *post, struct buf *said,
                    struct buf *complaint)
{
    struct sending s = { .post = post, .complaint = complaint };
    int code;

    if (start(post, &s.upload))
        return forward_complain(complaint, 1, "forward", "libcurl cannot start",
                                "try again");
    buf_init(&s.url, URL_BYTES);
    code = send_all(&s);
    if (s.n_rows)
        buf_printf(said, "%" PRId64 " figures told to %s in %" PRId64 " letters, %s\n",
                   s.n_rows, buf_text(&s.url), s.n_letters, "all acknowledged");
    else if (!code)
        buf_printf(said, "nothing new to tell; %s has acknowledged all\n",
                   buf_text(&s.url));
    if (s.rejected)
        buf_printf(said, "%" PRId64 " of them were set aside there: tell its people\n",
                   s.rejected);
    upload_destroy(s.upload);
    buf_finish(&s.url);
    return code;
}

static int complain_aloud(int code, const struct buf *complaint)
{
    if (complaint->len)
        fprintf(stderr, "bdhvs-server: %s\n", buf_text(complaint));
    return fflush(stdout) ? 1 : code;
}

int forward_now(const struct forward_post *post)
{
    struct buf said, complaint;
    int code;

    buf_init(&said, CONTROL_ANSWER_MAX);
    buf_init(&complaint, CONTROL_ANSWER_MAX);
    code = send_now(post, &said, &complaint);
    fputs(buf_text(&said), stdout);
    code = complain_aloud(code, &complaint);
    buf_finish(&said);
    buf_finish(&complaint);
    return code;
}

void forward_quietly(const struct forward_post *post)
{
    struct buf said, complaint;
    int code;

    buf_init(&said, CONTROL_ANSWER_MAX);
    buf_init(&complaint, CONTROL_ANSWER_MAX);
    code = send_now(post, &said, &complaint);
    if (code && code != EX_CONFIG) /* without a parent there is nothing to say */
        LOG_WARN("%s", buf_text(&complaint));
    buf_finish(&said);
    buf_finish(&complaint);
}

/* --- enrolment ---------------------------------------------------------------------- */

struct enrolling {
    const struct forward_post *post;
    struct upload *upload;
    struct sync_job job;
    const char *public_key;
    struct buf server_key; /* as it came */
    struct buf *complaint;
};

/* The first answer: from now on only this server counts. */
static int show_number(struct enrolling *e, const struct buf *body)
{
    unsigned char own[JWS_PUBLIC_BYTES];
    char number[ENROL_NUMBER_CHARS];
    json_value *doc = NULL;

    if (enrol_waiting_decode(buf_text(body), body->len, e->job.server_key) ||
        jws_public_parse(e->public_key, own) ||
        json_parse(buf_text(body), body->len, 1, &doc, NULL, 0))
        return forward_complain_of(e->complaint, e->job.url, SYNC_PORTAL);
    buf_str(&e->server_key, json_text(json_get(doc, "server_key")));
    json_free(doc);
    e->job.has_server_key = true;
    enrol_number(own, e->job.server_key, number);
    printf("%s\nThe parent must show the same number and confirm it there.\n", number);
    return fflush(stdout) ? 1 : 0;
}

static int take_grant(struct enrolling *e, const struct buf *body)
{
    json_value *doc = NULL;
    int code = ask_json(e->post,
                        (const char *const[]){ "parent-granted", buf_text(body),
                                               buf_text(&e->server_key) },
                        3, &doc, e->complaint);
    const char *kiosk = json_text(json_get(doc, "kiosk"));

    if (!code)
        printf("let in as %s\n", kiosk ? kiosk : "-");
    json_free(doc);
    return code;
}

/* 0 with `*done`: the grant is kept; 0 without: ask again. */
static int ask_once(struct enrolling *e, bool *done)
{
    struct buf body;
    enum sync_outcome outcome;
    int code = 0;

    buf_init(&body, UPLOAD_ANSWER_MAX);
    outcome = carry(e->upload, &e->job, "/v1/enrol", &body);
    *done = outcome == SYNC_VERIFIED;
    if (*done)
        code = take_grant(e, &body);
    else if (outcome == SYNC_WAITING && !e->job.has_server_key)
        code = show_number(e, &body);
    else if (outcome != SYNC_WAITING &&
             (!e->job.has_server_key || sync_outcome_err(outcome) == ERR_REJECTED ||
              outcome == SYNC_STRANGER))
        code = forward_complain_of(e->complaint, e->job.url, outcome);
    buf_finish(&body);
    return code;
}

static int ask_until_granted(struct enrolling *e)
{
    const struct timespec pause = { ENROL_POLL_S, 0 };
    bool done = false;

    for (int i = 0; i < ENROL_ASKS_MAX; i++) {
        int code = ask_once(e, &done);

        if (code || done)
            return code;
        nanosleep(&pause, NULL);
    }
    return forward_complain_of(e->complaint, e->job.url, SYNC_EXPIRED);
}

static int enrol(const struct forward_post *post, const char *url, const char *code,
                 struct buf *complaint)
{
    struct enrolling e = { .post = post, .complaint = complaint };
    json_value *request = NULL;
    int exit_code = ask_json(post, (const char *const[]){ "parent-request", code }, 2,
                             &request, complaint);

    if (exit_code)
        return exit_code;
    e.job = (struct sync_job){ .kind = SYNC_ENROL,
                               .url = url,
                               .bytes = json_text(json_get(request, "request")),
                               .nonce = json_text(json_get(request, "nonce")) };
    e.public_key = json_text(json_get(request, "public_key"));
    if (!e.job.bytes || !e.job.nonce || !e.public_key || start(post, &e.upload)) {
        json_free(request);
        return forward_complain(complaint, 1, "parent-enrol", "cannot start",
                                "try again");
    }
    e.job.n = strlen(e.job.bytes);
    buf_init(&e.server_key, ENROL_BYTES_MAX);
    exit_code = ask_until_granted(&e);
    upload_destroy(e.upload);
    buf_finish(&e.server_key);
    json_free(request);
    return exit_code;
}

int forward_enrol(const struct forward_post *post, const char *code)
{
    const struct control_question q = { .words = { "parent-url" }, .n_words = 1 };
    struct buf url, complaint;
    int exit_code;

    buf_init(&url, CONTROL_ANSWER_MAX);
    buf_init(&complaint, CONTROL_ANSWER_MAX);
    exit_code = post->ask(&q, &url, &complaint);
    if (!exit_code)
        exit_code = enrol(post, buf_text(&url), code, &complaint);
    exit_code = complain_aloud(exit_code, &complaint);
    buf_finish(&url);
    buf_finish(&complaint);
    return exit_code;
}
