/* The running kiosk: who is learning, what is on screen, what waits for the disk. It
 * knows no window system and no SQL. Screens read its members; they change them only
 * through the functions of app/.
 *
 * One round of the loop (main.c):
 *     wait → app_touched, app_tick → frames until nothing turns → present → app_settle
 * so that an answer is seen before it is written. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "app/contest_run.h"
#include "app/group.h"
#include "app/intake.h"
#include "app/learning.h"
#include "app/look.h"
#include "app/nav.h"
#include "app/notices.h"
#include "app/passport_scan.h"
#include "app/pictures.h"
#include "app/plan.h"
#include "app/printing.h"
#include "app/recorder.h"
#include "app/recordings_usb.h"
#include "app/registration.h"
#include "app/saver.h"
#include "app/settings.h"
#include "app/staff.h"
#include "app/visit.h"
#include "app/voice.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "lesson/pack.h"
#include "store/db.h"

/* What the staff page tells about the way to the server. */
enum app_net {
    APP_NET_NONE,    /* no server is known: nothing is sent */
    APP_NET_WAITING, /* nothing heard yet */
    APP_NET_ONLINE,
    APP_NET_OFFLINE,
};

struct camera;
struct machine;
struct packs;
struct updates;
struct uplink;

struct app_config {
    const struct clock *clock;
    screen_table screens;
    struct db *db;           /* NULL: lessons go on, nothing is saved */
    enum err db_err;         /* why there is none */
    const struct pack *pack; /* NULL: none */
    enum err pack_err;       /* why: ERR_OFFLINE not there, ERR_REJECTED refused … */
    struct packs *packs;     /* borrowed; NULL: none */
    struct updates *updates; /* borrowed; NULL: none are taken */
    struct uplink *uplink;   /* borrowed; NULL: nothing is sent */
    struct usb *usb;         /* borrowed; NULL: no stick is looked for */
    const char *provision_key; /* file with the key of set-up files; borrowed */
    struct camera *camera;     /* borrowed; NULL: there is none */
    struct machine *machine;   /* borrowed; NULL: none is looked after */
    long idle_s;               /* instead of the settings; 0: by the settings */
    bool resting;              /* neither data nor lessons were opened, see --resting */
    bool still;                /* nothing moves, whatever the settings say */
    uint32_t seed;             /* order of answers in every lesson, 0: by chance */
    saver_ack *ack;            /* a completion became durable; may be NULL */
    const struct voice_out *voice; /* borrowed; NULL: no loudspeaker */
    struct voice_make *voice_make; /* borrowed; NULL: texts without a clip are silent */
    const struct voice_in *microphone; /* borrowed; NULL: there is none */
    struct recordings *recordings;     /* borrowed; NULL: none are kept here */
    enum app_net (*net)(void *ctx);    /* the way to the server; NULL: there is none */
    bool (*touchable)(void *ctx);      /* a panel or a mouse is there; NULL: yes */
    void *ctx;                         /* of ack, net and touchable */
};

struct app {
    const struct clock *clock;
    struct db *db;
    enum err db_err;
    const struct pack *pack;
    enum err pack_err;
    uint32_t seed;
    bool resting;
    bool still;
    bool lesson_shown;      /* since the start: the open pack is good */
    bool lesson_unreadable; /* an object failed its check while the kiosk ran */
    const char *left_out;   /* title of a lesson whose practice cannot be played, of the
                               pack; NULL: none was met since the start */
    struct settings settings;
    struct nav nav;
    struct visit visit;
    struct code_guard code_guard;
    enum card_verdict card_verdict; /* of the card that was scanned last */
    struct passport_told passport;  /* of the passport that was scanned last */
    struct pictures_page pictures;
    struct learning learning;
    struct plan plan;
    struct saver saver;
    struct staff_desk desk;
    struct registration registration;
    struct contest_run contest;
    struct printing printing;
    struct intake intake;
    struct voice voice;
    struct notices notices;
    struct recorder recorder;
    struct recordings *recordings; /* borrowed; NULL: none are kept here */
    struct recordings_copy copy;   /* of them to a stick */
    struct packs *packs;           /* borrowed; NULL: none are kept here */
    struct updates *updates;       /* borrowed; NULL: none are taken */
    bool restart;                  /* the program is to close well and start again */
    bool repack;                   /* another one is to be opened when nobody learns */
    struct uplink *uplink;         /* borrowed; NULL: nothing is sent from here */
    struct usb *usb;               /* borrowed; NULL: no stick is looked for */
    const char *provision_key;     /* borrowed; of set-up files */
    struct camera *camera;         /* borrowed; NULL: there is none */
    struct machine *machine;       /* borrowed; NULL: none is looked after */
    bool looks_at_network;         /* the page of the last frame shows it */
    bool looks;                    /* the page of the last frame wants the camera */
    struct arena scratch;          /* between two calls of the session */
    int64_t touched_ms;            /* monotonic; of the last touch */
    bool rested;                   /* the database was tidied since the last touch */
    bool guest_gone;               /* no guest's place is left from before the start */
    saver_ack *ack;
    enum app_net (*net)(void *ctx);
    bool (*touchable)(void *ctx);
    void *ctx;
};

/* Starts at the first page, or at the problem page when there is nothing to learn. */
void app_create(struct app *app, const struct app_config *config);
void app_finish(struct app *app);

/* Somebody touched the panel or pressed a key. */
void app_touched(struct app *app);
/* Idle question, end of a forgotten visit, tidying up while nobody is there. Returns
 * milliseconds until it wants to be called again, -1: not before a touch. */
int app_tick(struct app *app);
/* Whole seconds until the visit ends if nobody touches the panel. */
long app_idle_left_s(const struct app *app);
/* Nobody learns and nothing is open: a pack may be changed under the pages. */
bool app_is_idle(const struct app *app);
/* Another pack is open from now on. Only while app_is_idle. */
void app_set_pack(struct app *app, const struct pack *pack);
/* Writes what waits, after the frame was presented. True when the page may have
 * changed by it ("saved") and another frame is due. */
bool app_settle(struct app *app);
/* Milliseconds until a failed write is tried again, -1: nothing waits. */
int app_saver_ms(const struct app *app);
/* --launch: a page or a lesson, as a guest. False: there is no such id. */
bool app_launch(struct app *app, const char *id);
