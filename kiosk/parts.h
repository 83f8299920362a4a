/* What the kiosk is made of. Opened in order, handed down, closed in reverse; the loop
 * is main.c. */
#pragma once

#include <stdbool.h>

#include "app/app.h"
#include "app/camera.h"
#include "app/control_socket.h"
#include "app/packs.h"
#include "app/recorder.h"
#include "app/recordings.h"
#include "app/updates.h"
#include "app/uplink.h"
#include "app/usb.h"
#include "app/voice_make.h"
#include "base/options.h"
#include "base/service.h"
#include "machine/machine.h"
#include "platform/platform.h"
#include "platform/record.h"
#include "platform/wav_file.h"
#include "ui/semantic.h"

#define PARTS_PATH_BYTES 4096
#define PARTS_WHY_BYTES 256

struct parts {
    char dir[PARTS_PATH_BYTES];      /* data folder */
    char bundled[PARTS_PATH_BYTES];  /* --pack, or the one of the data folder */
    char pack_dir[PARTS_PATH_BYTES]; /* of the open pack */
    struct pack_key keys[PACKS_KEYS_MAX];
    size_t n_keys;
    struct platform_hooks hooks;
    struct platform *platform;
    struct ui *ui;
    int dpi;                 /* it was told last */
    int64_t touch_looked_ms; /* for something to touch with; 0: not yet */
    bool touch_found;
    struct db *db;
    enum err db_err;
    struct packs *packs;
    struct updates *updates;
    struct pack *pack;
    enum err pack_err;
    char pack_why[PARTS_WHY_BYTES];
    size_t checked;        /* lessons of the pack that were read since it is open */
    struct uplink *uplink; /* NULL: --no-sync, or it cannot start */
    struct usb *usb;       /* NULL in replays, or it cannot be watched */
    struct camera *camera; /* NULL in replays */
    struct machine machine;
    struct control_socket *socket;
    struct semantic *semantic;
    struct record *record;
    enum app_net script_net; /* replays: as the script says */
    struct voice_out voice_out;
    struct voice_in voice_in;
    struct wav_file *wav; /* --microphone; NULL: the machine's own */
    struct recordings *recordings;
    struct voice_make *voice_make; /* NULL in replays */
    struct service service;        /* what systemd is told */
    struct app app;
    bool app_open;
};

/* The data folder of the options, made if it is not there. Errors: ERR_FULL,
 * ERR_CORRUPT. */
NODISCARD enum err parts_folder(struct parts *p, const struct options *o);
/* Everything. A kiosk without lessons or database starts all the same; without a
 * display it cannot. Errors: ERR_REJECTED, ERR_OFFLINE, ERR_FULL; said on stderr. */
NODISCARD enum err parts_open(struct parts *p, const struct options *o);
void parts_close(struct parts *p); /* half-open is allowed */

/* Loudspeaker, microphone and what was recorded here: parts_voice.c. */
void parts_open_voice(struct parts *p, const struct options *o);

/* --- parts_data.c --- */

/* Database and pack alone, as --check and --list-lessons need them. What cannot be
 * opened stays NULL, with its error. */
void parts_open_data(struct parts *p, const struct options *o,
                     const struct clock *clock);
/* And the journal is told what makes a module and a path. */
void parts_open_data_taught(struct parts *p, const struct options *o,
                            const struct clock *clock);

/* Fills, checks and changes over to a new pack; the last while nobody learns. Returns
 * milliseconds until it wants to be called again, -1: not by itself. */
int parts_tick_packs(struct parts *p);

/* Looks how an update of the program goes; as above. */
int parts_tick_updates(struct parts *p);

/* --check: verifies journal and every lesson, says what it found. Exit code. */
int parts_check(struct parts *p);
