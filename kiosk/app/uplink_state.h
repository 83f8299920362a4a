/* What the files of the uplink share. Private to app/uplink*.c. */
#pragma once

#include "app/packs.h"
#include "app/updates.h"
#include "app/uplink.h"

#include "base/buf.h"
#include "store/outbox.h"
#include "wire/jws.h"

struct ack;

#define UPLINK_URL_MAX 512
#define UPLINK_TEXT_MAX 256
#define UPLINK_NONCE_CHARS 65

/* Who we are to which server; from the settings. */
struct uplink_identity {
    bool enrolled;
    char url[UPLINK_URL_MAX];
    char pin[UPLINK_TEXT_MAX]; /* "": none */
    char kiosk[BUNDLE_ID_MAX + 1];
    char commune[BUNDLE_ID_MAX + 1];
    unsigned char server_key[JWS_PUBLIC_BYTES];
};

/* The bundle in flight: in the database before its first byte leaves. */
struct uplink_kept {
    int64_t n; /* 0: none */
    struct buf bytes;
    char nonce[UPLINK_NONCE_CHARS];
    int64_t nonce_ms; /* monotonic time when it was made; -1: by an earlier process */
    size_t n_rows;
    bool names_system; /* its ack says whether a program is offered */
};

struct uplink_enrolment {
    enum uplink_enrol_step step;
    char url[UPLINK_URL_MAX];
    char nonce[UPLINK_NONCE_CHARS];
    struct buf request;
    bool has_server_key;
    unsigned char server_key[JWS_PUBLIC_BYTES];
    char number[ENROL_NUMBER_CHARS];
    int64_t ask_ms; /* monotonic: when to ask again; -1: not by itself */
    unsigned asked;
    bool in_flight; /* an answer is awaited */
    bool stale;     /* cancelled meanwhile: it is thrown away */
};

struct uplink {
    struct db *db;
    const struct clock *clock;
    struct sync *sync;
    struct jws_key key;
    char *dir;
    char *program_version;
    char *server_url;
    char pack_id[BUNDLE_ID_MAX + 1];
    int64_t pack_ver;
    int64_t draft_pct;
    struct uplink_identity id;
    struct uplink_kept kept;
    struct uplink_enrolment enrol;

    size_t max_rows; /* of a bundle; halved by 413 */
    int64_t sent_n;  /* the bundle that the sync thread has, or had last */
    bool forced;     /* uplink_send_now: even if there is nothing to say */
    int64_t due_ms;  /* monotonic: the next try */
    unsigned failures;
    int64_t acked_mono_ms; /* of the last ack in this process, -1: none */
    bool time_asked;
    bool wall_known; /* the server told the time: wall = mono + wall_offset_ms */
    bool wall_kept;  /* … and the journal has it */
    int64_t wall_offset_ms;
    int64_t uncertainty_ms; /* of it */

    bool heard;
    bool disk_failed; /* the last bundle could not be kept, or its ack not applied */
    enum sync_outcome outcome;
    struct outbox_state state; /* counted at counted_ms */
    int64_t counted_ms;        /* monotonic; -1: to be counted again */
    int64_t refused;
    int64_t offered_ver;
    struct packs *packs;     /* borrowed; NULL: none */
    struct updates *updates; /* borrowed; NULL: none */
    int64_t fetch_ms;        /* monotonic: the next file not before */
    size_t fetching;         /* whose file is under way (uplink_fetch.c) */
    bool fetched;            /* something came that its owner has not looked at yet */
    int64_t offered_settings;
    bool settings_wanted;    /* they are newer than ours, and not asked for yet */
    unsigned settings_taken; /* since the start */
    unsigned settings_shown; /* … of which the loop was told */
};

/* uplink.c */

/* At least one bundle a day, even empty: whether it is time. */
bool uplink_day_passed(const struct uplink *u);

/* uplink_bundle.c */

/* Finds the bundle in flight that an earlier process kept; `u->kept.n` 0: none. */
NODISCARD enum err uplink_load_kept(struct uplink *u);
/* Makes sure that a bundle is kept: the one in flight, or a new one. With nothing to
 * say and `even_empty` false, `u->kept.n` stays 0. Errors: as outbox_fill,
 * outbox_keep. */
NODISCARD enum err uplink_keep(struct uplink *u, bool even_empty);
/* Keeps a further bundle of what is not in those numbered `since_n` and later;
 * `*more_out` false: there is nothing further, and the last one stays kept. */
NODISCARD enum err uplink_keep_more(struct uplink *u, int64_t since_n, bool *more_out);
/* Forgets the bundle in flight; its rows are still in the outbox. */
NODISCARD enum err uplink_forget(struct uplink *u);
/* The job that would carry the kept bundle; also what an ack is judged by. Borrows. */
struct sync_job uplink_job(const struct uplink *u, enum sync_kind kind);
/* Applies an acknowledgement that our server signed for this kiosk: of the kept bundle,
 * or of an older one that the outbox still remembers. `*after_s_out` is set by the
 * former only. */
NODISCARD enum err uplink_apply_ack(struct uplink *u, const char *payload, size_t n,
                                    bool *more_out, int64_t *after_s_out);
/* The server's clock showed `time_ms` some time within the last `uncertainty_ms`, and
 * that was `age_ms` ago. */
void uplink_learn_time(struct uplink *u, int64_t time_ms, int64_t uncertainty_ms,
                       int64_t age_ms);
/* 22 characters of base64url. */
void uplink_new_nonce(char out[UPLINK_NONCE_CHARS]);

/* uplink_fetch.c */

/* Asks for the next file of a pack, while nothing else is to be said. */
void uplink_fetch(struct uplink *u, int64_t now_ms);
/* A file: whole, a part of it before the network went, or none. */
void uplink_fetch_answer(struct uplink *u, const struct sync_result *r);

/* uplink_settings.c */

/* What an ack of the kept bundle says of the settings. */
void uplink_settings_offered(struct uplink *u, const struct ack *ack);
/* Asks for them when they are wanted; true when a job was submitted. */
bool uplink_settings_ask(struct uplink *u);
void uplink_settings_answer(struct uplink *u, const struct sync_result *r);
/* A payload that our server signed. Those that are not newer are no error. Errors:
 * ERR_REJECTED (not settings of our commune), and those of the disk. */
NODISCARD enum err uplink_settings_take(struct uplink *u, const char *payload,
                                        size_t n);

/* uplink_enrol.c */

void uplink_identity_load(struct uplink *u);
/* Asks (again) when it is time; true when a job was submitted. */
bool uplink_enrol_ask(struct uplink *u, int64_t now_ms);
void uplink_enrol_answer(struct uplink *u, const struct sync_result *r);
