/* Between the outbox and the sync thread, on the UI thread: builds, signs and keeps
 * bundles, hands them over, applies what the server confirms, enrols the kiosk, and
 * serves the USB stick. It opens no socket and writes no SQL. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "store/db.h"
#include "sync/sync.h"
#include "wire/bundle.h"
#include "wire/enrol.h"

struct packs;
struct updates;
struct uplink;

struct uplink_config {
    struct db *db;   /* borrowed while the uplink lives */
    const char *dir; /* data folder: keys/device.key, set-aside/ */
    const struct clock *clock;
    const char *program_version;
    const char *server_url;  /* instead of the one learned at enrolment, or NULL */
    struct sync_config sync; /* .wake: uplink_tick should be called */
};

/* Reads or makes the device key and starts the sync thread. Errors: ERR_CORRUPT (the key
 * file is damaged), ERR_FULL. Thread: UI, like all below. */
NODISCARD enum err uplink_create(const struct uplink_config *config,
                                 struct uplink **out);
void uplink_destroy(struct uplink *u); /* within a second; NULL is allowed */

/* The pack that is open, for the bundle; NULL: none. `draft_pct`: clips in a draft
 * voice, below 0: not known. */
void uplink_set_pack(struct uplink *u, const char *id, int64_t ver, int64_t draft_pct);

/* Where offered packs go, and which files they want; borrowed, NULL: none. */
void uplink_set_packs(struct uplink *u, struct packs *packs);
/* The same for updates of the program; their system stands in the bundle. */
void uplink_set_updates(struct uplink *u, struct updates *updates);

/* Takes an answer that came and sends what is due. Returns milliseconds until it wants
 * to be called again, -1: not before something happens. */
int uplink_tick(struct uplink *u);
/* A completion was written: there is something to send. */
void uplink_changed(struct uplink *u);
/* "Gửi ngay": at the next tick whatever the schedule says, even with nothing to say.
 * What came of it stands in the status, in words. */
void uplink_send_now(struct uplink *u);

/* How often since the start newer settings of the commune were taken: whoever shows some of
 * them looks again when it grew. NULL: 0. */
unsigned uplink_settings_taken(const struct uplink *u);

/* The stick mounted at `dir`: takes acks and settings from BDHVS/in, then writes what waits to
 * BDHVS/out/<kiosk>-<n>.jws. */
struct uplink_courier {
    int acks;     /* that confirmed something */
    int settings; /* newer ones of the commune */
    int ignored;  /* files of BDHVS/in that were not for us */
    int written;  /* bundles */
    int64_t rows; /* in them */
};
/* Errors: ERR_OFFLINE (not enrolled), ERR_FULL, ERR_CORRUPT (stick or database),
 * ERR_REJECTED (BDHVS is no plain folder). */
NODISCARD enum err uplink_courier(struct uplink *u, const char *dir,
                                  struct uplink_courier *out);

/* NONE -> ASKING [uplink_enrol] -> NUMBER [202] -> CONFIRMING [uplink_enrol_confirm]
 * -> DONE [grant]; any -> FAILED (status.outcome says why) | NONE [uplink_enrol_cancel] */
enum uplink_enrol_step {
    UPLINK_ENROL_NONE,
    UPLINK_ENROL_ASKING,
    UPLINK_ENROL_NUMBER,     /* the number is known: compare it with the other screen */
    UPLINK_ENROL_CONFIRMING, /* same number here; waits for the administrator */
    UPLINK_ENROL_DONE,
    UPLINK_ENROL_FAILED,
};
/* Errors: ERR_REJECTED (not a code, or an address that is too long), ERR_RETRY (the
 * answer to an earlier one is still awaited). */
NODISCARD enum err uplink_enrol(struct uplink *u, const char *url, const char *code);
/* The person here saw the same number on both screens. Step NUMBER only. */
void uplink_enrol_confirm(struct uplink *u);
void uplink_enrol_cancel(struct uplink *u);

struct uplink_status {
    bool enrolled;
    char kiosk[BUNDLE_ID_MAX + 1]; /* "" while not enrolled */
    bool sending;                  /* an answer is awaited */
    bool heard;                /* an answer, good or bad, has come since the start */
    enum sync_outcome outcome; /* of the last try */
    const char *words; /* key of the sentence that says so: "sy.o.portal". Static */
    int64_t rows_waiting;
    int64_t completions_only_here;
    int64_t last_ack_ms; /* wall, 0: never */
    int64_t rejected;    /* rows the server set aside: staff should look */
    int64_t refused;     /* whole bundles refused since the start: the same */
    int64_t next_ms;     /* until the next try by itself; -1: none is planned */
    int64_t pack_ver;    /* offered by the server; 0: none */
    int64_t settings_ver;
    enum uplink_enrol_step enrol;
    char number[ENROL_NUMBER_CHARS]; /* from step NUMBER on */
};
/* Cheap enough for every frame: what needs counting is counted once a second, and after
 * uplink_changed. */
void uplink_status(struct uplink *u, struct uplink_status *out);
