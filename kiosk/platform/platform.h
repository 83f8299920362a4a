/* The seam between the kiosk and the machine: input, a clock, a screen. Two
 * implementations: SDL (the only one that knows SDL), and null (a script in, text
 * frames out, a clock that only the script moves). */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "ui/cue.h"
#include "ui/motion.h"
#include "ui/ui_core.h"

struct buf;
struct platform;

struct platform_ops {
    /* Waits until input came, `timeout_ms` passed (-1: no limit) or wake was called,
     * and feeds what came. False: the program shall end. */
    bool (*wait)(struct platform *p, struct ui *ui, int timeout_ms);
    /* Shows the finished frame of `ui`; `screen` is its name. True when the picture
     * changed. */
    bool (*present)(struct platform *p, const struct ui *ui, const char *screen);
    /* Sound, see platform/sound.h. `ms`: how long the clip is, for who cannot decode it. */
    enum err (*play)(struct platform *p, const void *opus, size_t n, int ms);
    void (*hush)(struct platform *p);
    int (*heard_ms)(struct platform *p);
    void (*cue)(struct platform *p, enum cue cue);
    void (*set_volume)(struct platform *p, int percent);
    int (*sound_rest)(struct platform *p);
    /* The microphone, see platform/microphone.h. */
    enum err (*listen)(struct platform *p);
    size_t (*heard)(struct platform *p, int16_t *out, size_t max);
    void (*listen_end)(struct platform *p);
    /* Ends a wait early. Thread: any. */
    void (*wake)(struct platform *p);
    void (*destroy)(struct platform *p);
};

/* What a platform asks of the program. Every member may be NULL. */
struct platform_hooks {
    void *ctx;
    /* Bytes of the PNG `sha256` of the open pack. */
    enum err (*object)(void *ctx, const char *sha256, struct buf *out);
    /* Null: the script took the network away or gave it back. */
    void (*network)(void *ctx, bool online);
};

struct platform {
    const struct platform_ops *ops;
    int w, h, dpi; /* px; dpi as given, 0: not known */
    struct ui_metrics metrics;
    const struct clock *clock;
    bool shows;         /* the newest frame is on screen */
    bool bare;          /* no window system between it and the devices */
    enum motion motion; /* of the next picture that differs; then a cut again */
    double started_ms;  /* of this process, on the clock of platform_t_ms */
    unsigned n_acks; /* the program counts durable completions here, for `expect ack` */
    int exit_code;   /* of the program, when wait returned false */
};

struct platform_options {
    int w, h;        /* window px; 0: 1280×800, or the whole display */
    int dpi;         /* 0: not known */
    bool fullscreen; /* also: the close button is ignored */
    bool no_cursor;
    bool mute;         /* no loudspeaker is looked for */
    bool real_fonts;   /* null platform: letters as wide as on a screen */
    const char *share; /* folder of art/, icons/, fonts/; NULL: found by itself */
    const struct platform_hooks *hooks; /* borrowed; may be NULL */
};

/* Errors: ERR_REJECTED (logged: no display, fonts missing). Thread: the one that uses
 * it; only wake may come from another. */
NODISCARD enum err platform_sdl_create(const struct platform_options *o,
                                       struct platform **out);
/* Writes the picture on screen as PNG. Errors: ERR_FULL. */
NODISCARD enum err platform_sdl_save_png(struct platform *p, const char *path);

/* Plays `script` (INTERFACES.md "Replay files") and prints each changed frame as text
 * on `out`. A failed expectation or bad line is reported as "file:line: …" on stderr
 * and ends the run with exit code 1; the end of the script ends it with 0. Lines are read
 * one at a time ("-": from standard input), and `mark TEXT` prints "# TEXT", so that a
 * driver can look before it writes the next.
 * Errors: ERR_OFFLINE (no such script), ERR_REJECTED (fonts missing). */
NODISCARD enum err platform_null_create(const struct platform_options *o,
                                        const char *script, FILE *out,
                                        struct platform **out_platform);

/* Short forms. `p` may be NULL in destroy. */
bool platform_wait(struct platform *p, struct ui *ui, int timeout_ms);
bool platform_present(struct platform *p, const struct ui *ui, const char *screen);
void platform_wake(struct platform *p);
void platform_destroy(struct platform *p);

/* Milliseconds since this process was started, for semantic log lines. Of the null
 * platform: its own clock. */
double platform_t_ms(const struct platform *p);

/* Appends the folder of art/, icons/ and fonts/: `share` when given, else
 * ../share/bdhvs beside the program, else where the package puts it. */
void platform_find_share(const char *share, struct buf *out);
