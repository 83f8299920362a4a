/* A commune in small: one or two kiosks with one key, their server, a pocket of USB
 * sticks, and everything that can go wrong between them. All of it is the program's own
 * code: the kiosk's store, the wire, the server with SQLite, or with PostgreSQL when
 * BDHVS_TEST_DB=postgresql. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "lesson/event.h"
#include "server_rig.h"
#include "store/db.h"
#include "store/journal.h"

struct sqlite3;

#define WORLD_MACHINES 2
#define WORLD_SAVED_MAX 8
#define WORLD_MAIL_MAX 16
#define WORLD_PEOPLE 3

enum variant {
    VARIANT_SPEC,       /* the program as it is */
    VARIANT_INCREMENTS, /* the server adds instead of taking the greater */
    VARIANT_NO_RUN,     /* every life of a kiosk has the same run id */
    VARIANT_NO_ENTROPY, /* an answer never moves `acked` back */
    VARIANT_NO_ODD,     /* a kiosk never hears of copies of itself */
    VARIANT_COUNT
};

extern const char *const variant_names[VARIANT_COUNT];

struct machine {
    char dir[128];
    struct db *db;
    int64_t mono_ms;
    int64_t wall_ms;
    struct clock clock;
    char backup[256];     /* the last one made, or "" */
    struct event_id last; /* what a volunteer would take back */
    unsigned char people[WORLD_PEOPLE][EVENT_TOKEN_BYTES];
    size_t n_people;
};

/* What any card ever counted, as far as a bundle told of it. */
struct oracle;

struct world {
    uint64_t random;
    enum variant variant;
    struct rig *rig; /* the server, and the key that the kiosks share */
    char dir[96];
    struct machine machines[WORLD_MACHINES];
    size_t n_machines;
    size_t n_saved; /* copies of a card */
    size_t n_old;   /* copies of the server */
    bool restless;  /* power comes and goes: more runs than a bundle lists */
    bool rewound;   /* a card was put back: the kiosk forgot what the server holds */
    struct buf mail[WORLD_MAIL_MAX];
    size_t n_mail;
    struct oracle *oracle;
};

/* Below `n`, from the history's seed. */
uint32_t world_random(struct world *w, uint32_t n);

/* Once: the folders and empty databases that every history starts from. */
void world_prepare(struct world *w);
void world_finish(struct world *w);

/* One history: begin, any number of steps, settle, end. */
void world_begin(struct world *w, uint64_t seed, enum variant variant);
void world_step(struct world *w, bool clones);
/* Everybody talks until nothing waits, says everything once more, and talks again. */
void world_settle(struct world *w);
void world_end(struct world *w);

struct verdict {
    int64_t lost;    /* counters that the cards have more of than the server */
    int64_t doubled; /* counters that the server has more of than anyone counted */
    int64_t stale;   /* gauges that are not the single machine's last word */
    bool unequal;    /* the documents of `totals --json` differ, where they may not */
};
/* After world_settle; closes the databases. */
struct verdict world_judge(struct world *w);

/* The oracle (histories_judge.c). */
struct oracle *oracle_create(void);
void oracle_forget(struct oracle *o);
void oracle_destroy(struct oracle *o);
void oracle_counted(struct oracle *o, const struct bundle *b);

struct db_config machine_config(struct machine *m);
void machine_switch_on(struct machine *m);
void machine_switch_off(struct machine *m);
/* Another card lies in it now: nothing from before is known any more. */
void machine_forget(struct machine *m);

/* Copies (histories_copies.c). */
void copies_database(const char *from_dir, const char *from, const char *to_dir,
                     const char *to);
void copies_clean(const struct machine *m);
void copies_save_card(struct world *w, struct machine *m);
void copies_write_card_back(struct world *w, struct machine *m);
void copies_back_up(struct machine *m);                  /* by ctl */
void copies_restore(struct world *w, struct machine *m); /* by ctl */
void copies_clone_card(struct world *w, struct machine *m);
void copies_open_server(struct world *w);
/* The closed server's database, or a copy of it by name, is copied. (histories_server.c) */
#define SERVER_NOW "server.db"
void copies_server(struct world *w, const char *from, const char *to);
/* The closed server's tables `counter` and `gauge` stand in the schema `s` of `sq`. */
void copies_attach_server(struct world *w, struct sqlite3 *sq);
void copies_save_server(struct world *w);
void copies_put_server_back(struct world *w);

/* One exchange (histories_talk.c). */
enum fate { FATE_DELIVERED, FATE_ANSWER_LOST, FATE_REQUEST_LOST, FATE_CUT };
void talk(struct world *w, struct machine *m, enum fate fate);
/* The signed bytes on a stick, to be delivered late, twice or never. */
void talk_write_stick(struct world *w, struct machine *m);
void talk_read_stick(struct world *w);
