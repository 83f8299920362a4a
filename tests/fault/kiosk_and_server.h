/* A kiosk (real database, real uplink, real HTTP) and a small server that merges what it
 * is sent by the rules of the protocol, in memory. */
#pragma once

#include <semaphore.h>

#include "app/uplink.h"
#include "base/buf.h"
#include "loopback.h"
#include "store/journal.h"
#include "store/outbox.h"
#include "wire/bundle.h"

#define SERVER_TIME_MS 1795300000000 /* 2026-11-22 */
#define SERVER_ROWS_MAX 4096
#define SERVER_RUNS_MAX 64
#define AFTER_S 900

enum behaviour {
    HONEST,
    PORTAL, /* 200 with a page */
    REDIRECT,
    WRONG_SIGNATURE,
    FOR_OTHER_BYTES,
    CUT_ACK,        /* merges, but half of the ack is lost */
    HANG_UP,        /* merges, but says nothing */
    HANG_UP_ON_ALL, /* whatever is asked */
    BUSY_FOR_ALL,   /* 503, Retry-After: 7, whatever is asked */
    NO_TIME,        /* 404 for the time, honest with bundles */
    REJECTS_A_ROW,  /* merges all but the first row, and says so */
    SILENT,
    STATUS_400,
    STATUS_401,
    STATUS_413,
    STATUS_413_TWICE, /* the first two bundles are too large, then honest */
    STATUS_429,       /* Retry-After: 7 */
    STATUS_500,
    STATUS_503,
    OVERSIZE,
    SIGNED_NONSENSE,
};

/* What it says when it is asked for its settings. */
enum settings_lie {
    SETTINGS_TRUE,
    SETTINGS_FORGED,    /* by another key */
    SETTINGS_REPLAYED,  /* with the nonce of another question */
    SETTINGS_GARBAGE,   /* signed, and no settings */
    SETTINGS_NEIGHBOUR, /* of another commune */
    SETTINGS_CUT,       /* half of it */
    SETTINGS_MISSING,   /* 404: an older server */
};

struct server_run {
    uint64_t id;
    int64_t held;
    int64_t top;
    int trust;
};

struct server_row {
    uint64_t run;
    char key[160]; /* stat period unit dims */
    int64_t plus;
};

/* Only the server's thread touches it while a request is under way. */
struct server {
    enum behaviour behaviour;
    struct jws_key key;
    unsigned char kiosk_key[JWS_PUBLIC_BYTES];
    struct server_run runs[SERVER_RUNS_MAX];
    size_t n_runs;
    struct server_row rows[SERVER_ROWS_MAX];
    size_t n_rows;
    size_t n_bundles; /* that were merged or refused */
    size_t n_rows_last;
    char ack[65536]; /* the newest, for the stick */
    const char *inst;
    int64_t settings_ver;
    const char *settings; /* JSON */
    enum settings_lie lie;
    size_t n_settings_asked;
    /* Enrolment */
    int enrol_status; /* 202, 200, 403, 410 */
    bool swap_key;    /* after the first 202, another key comes forward */
};

struct kiosk {
    char dir[64];
    struct clock clock;
    int64_t mono_ms;
    int64_t wall_ms;
    const char *server_url; /* --server, or NULL */
    long patience_s;        /* with a silent server; from the next restart on */
    struct db *db;
    struct uplink *uplink;
    struct loopback *loopback;
    struct server server;
    sem_t woken;
};

/* cmocka's setup: an enrolled kiosk, an honest server. */
int kiosk_setup(void **state);
int kiosk_setup_unenrolled(void **state);
int kiosk_teardown(void **state);

void kiosk_behave(struct kiosk *k, enum behaviour behaviour);
/* A guest finishes `n` lessons m01-b01, m01-b02 … */
void kiosk_complete(struct kiosk *k, int n);
/* Ticks until no answer is awaited any more. */
void kiosk_settle(struct kiosk *k);
/* "Gửi ngay", and what comes of it. */
enum sync_outcome kiosk_send(struct kiosk *k);
/* As after a power cut: closes uplink and database and opens them again. */
void kiosk_restart(struct kiosk *k);
int64_t kiosk_waiting(struct kiosk *k);
struct uplink_status kiosk_status(struct kiosk *k);
/* The settings as a stick carries them. */
void server_settings_jws(struct server *s, const char *nonce, struct buf *out);
/* Sum over runs of the completions that the server holds. */
int64_t server_completions(const struct kiosk *k);
