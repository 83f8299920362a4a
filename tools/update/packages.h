/* The programs that install, and the packages of the running program that are kept for going
 * back. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "source.h"
#include "update.h"
#include "wire/program.h"

#define PACKAGES_KIOSK "bdhvs-kiosk"
#define PACKAGES_MAX (2 * PROGRAM_PACKAGES_MAX)

struct debs {
    char path[PACKAGES_MAX][PLACE_PATH_BYTES];
    size_t n;
};

/* Those in one of the folders of place.h. */
void packages_read(const struct update *u, const char *folder, struct debs *out);

/* Nothing is said at boot: systemd is busy with it. */
void packages_systemctl(const struct update *u, const char *verb, const char *unit);
/* 0: it presented a frame. */
int packages_start_kiosk(const struct update *u);
/* `act`: one more option, or NULL. 0: done. */
int packages_dpkg(const struct update *u, const char *act, const struct debs *debs);
/* The same packages on the card below the overlay; its PLACE_OWN is where ours is. */
int packages_on_card(const struct update *u, const struct debs *debs);
/* What a power cut left half done. */
void packages_finish(const struct update *u);
/* Whether something is missing that they need. */
bool packages_need_more(const struct update *u, const struct debs *debs);
/* "": it is not installed. */
void packages_installed(const struct update *u, const char *package,
                        char out[PROGRAM_VERSION_BYTES]);
void packages_machine(const struct update *u, struct source_machine *out);

/* Lessons, voice and lock-down are renewed where they are installed, and brought nowhere else:
 * these go from PLACE_NEXT again. */
void packages_leave_out(const struct update *u, const struct program_list *list);
/* Whether the very version that is installed now is kept, or it comes anew. */
bool packages_way_back(const struct update *u, const char *package,
                       const struct source_machine *machine);
/* What was next is what runs; the former packages go one by one. Errors: ERR_CORRUPT. */
NODISCARD enum err packages_move_next(const struct update *u);
/* See update_adopt. */
int packages_adopt(const struct update *u, const char *folder);
