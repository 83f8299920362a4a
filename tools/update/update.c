/* See update.h. */
#include "update.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "base/file.h"
#include "card.h"
#include "database.h"
#include "packages.h"
#include "source.h"

#define LOG_MODULE "update"
#include "base/log.h"

/* --- the state ---------------------------------------------------------------------------- */

static void read_state(const struct update *u, struct update_state *s)
{
    char path[PLACE_PATH_BYTES];

    place_path(&u->place, path, PLACE_OWN "/" UPDATE_STATE_FILE);
    update_state_read(path, s);
}

static enum err set(const struct update *u, struct update_state *s,
                    enum update_step step, enum update_why why)
{
    char path[PLACE_PATH_BYTES];

    s->step = step;
    s->why = why;
    LOG_INFO("%s: %s (%s)", s->to[0] ? s->to : "update", update_step_name(step),
             update_why_name(why));
    place_path(&u->place, path, PLACE_OWN "/" UPDATE_STATE_FILE);
    return update_state_write(path, s);
}

/* --- the ways it ends ----------------------------------------------------------------------- */

static void clear(const struct update *u)
{
    static const char *const folders[] = { PLACE_NEXT, PLACE_DATABASE };
    char path[PLACE_PATH_BYTES];

    for (size_t i = 0; i < COUNT(folders); i++) {
        place_path(&u->place, path, "%s", folders[i]);
        (void)!place_remove(path);
    }
}

static enum update_step refuse(const struct update *u, struct update_state *s,
                               enum update_why why)
{
    (void)!set(u, s, UPDATE_REFUSED, why);
    clear(u);
    return UPDATE_REFUSED;
}

/* Nothing to do where the root is the card. */
static enum err write_to_card(const struct update *u, struct update_state *s)
{
    struct debs *next;
    enum err err;

    if (!card_is_below(&u->place))
        return ERR_OK;
    err = set(u, s, UPDATE_WRITING, UPDATE_FINE);
    next = check_alloc(sizeof(*next));
    packages_read(u, PLACE_NEXT, next);
    if (!err && next->n && packages_on_card(u, next))
        err = ERR_CORRUPT;
    free(next);
    return err;
}

static enum update_step keep(const struct update *u, struct update_state *s)
{
    s->floor = s->ver > s->floor ? s->ver : s->floor;
    if (write_to_card(u, s) || set(u, s, UPDATE_KEPT, UPDATE_FINE))
        return s->step; /* done again at the next start */
    if (!packages_move_next(u))
        clear(u);
    return UPDATE_KEPT;
}

/* After a power cut nothing of the new program is left where it lay in memory. */
static bool is_former(const struct update *u, const struct update_state *s)
{
    char now[PROGRAM_VERSION_BYTES];

    packages_installed(u, PACKAGES_KIOSK, now);
    return u->at_boot && card_is_below(&u->place) && !strcmp(now, s->from);
}

static enum update_step go_back(const struct update *u, struct update_state *s,
                                enum update_why why)
{
    struct debs *kept = check_alloc(sizeof(*kept));
    bool undone;

    (void)!set(u, s, UPDATE_GOING_BACK, why);
    packages_systemctl(u, "stop", PACKAGES_KIOSK);
    packages_finish(u);
    packages_read(u, PLACE_KEPT, kept);
    undone = is_former(u, s) || !packages_dpkg(u, NULL, kept);
    free(kept);
    if (!undone) {
        LOG_ERR("the former program could not be installed again: it is tried again at "
                "the next start");
        if (!u->at_boot)
            (void)packages_start_kiosk(u); /* whatever there is */
        return UPDATE_GOING_BACK;
    }
    if (database_put_back(&u->place)) {
        LOG_ERR("the copy of the database could not be put back: it is tried again at "
                "the next start");
        return UPDATE_GOING_BACK;
    }
    if (!set(u, s, UPDATE_BACK, why))
        clear(u);
    if (!u->at_boot)
        (void)packages_start_kiosk(u);
    return UPDATE_BACK;
}

/* --- what is asked for ------------------------------------------------------------------------ */

static enum update_why check(const struct update *u, struct update_state *s,
                             struct debs *debs)
{
    struct source_machine machine;
    struct program_list list;
    enum update_why why;

    packages_machine(u, &machine);
    why = source_take(&u->place, &machine, s->floor, &list);
    s->ver = list.ver;
    snprintf(s->to, sizeof(s->to), "%s", list.version);
    if (why == UPDATE_FINE)
        packages_leave_out(u, &list);
    for (size_t i = 0; why == UPDATE_FINE && i < list.n_packages; i++) {
        char package[PROGRAM_NAME_BYTES];

        program_package_name(list.packages[i].name, package);
        if (!packages_way_back(u, package, &machine))
            why = UPDATE_NO_WAY_BACK;
    }
    if (why != UPDATE_FINE)
        return why;
    packages_read(u, PLACE_NEXT, debs);
    return packages_dpkg(u, "--no-act", debs) || packages_need_more(u, debs)
               ? UPDATE_NEEDS
               : UPDATE_FINE;
}

static enum update_step settle(const struct update *u)
{
    char now[PROGRAM_VERSION_BYTES];
    struct update_state s;

    read_state(u, &s);
    packages_installed(u, PACKAGES_KIOSK, now);
    /* What could not be undone, and now runs: people learn with it from here on. */
    return s.step == UPDATE_TRYING ||
                   (s.step == UPDATE_GOING_BACK && !strcmp(now, s.to))
               ? keep(u, &s)
               : s.step;
}

static enum update_step install(const struct update *u, struct update_state *s,
                                const struct debs *debs)
{
    if (set(u, s, UPDATE_INSTALLING, UPDATE_FINE))
        return refuse(u, s, UPDATE_SPACE);
    packages_systemctl(u, "stop", PACKAGES_KIOSK);
    if (database_keep(&u->place)) {
        refuse(u, s, UPDATE_DATABASE);
        (void)packages_start_kiosk(u);
        return UPDATE_REFUSED;
    }
    if (packages_dpkg(u, NULL, debs))
        return go_back(u, s, UPDATE_INSTALL);
    s->boots = 0;
    if (set(u, s, UPDATE_TRYING, UPDATE_FINE))
        return go_back(u, s, UPDATE_SPACE);
    if (packages_start_kiosk(u))
        return go_back(u, s, UPDATE_NO_FRAME);
    return settle(u);
}

static enum update_step recover(struct update *u)
{
    struct update_state s;

    read_state(u, &s);
    switch (s.step) {
    case UPDATE_CHECKING:
        return refuse(u, &s, UPDATE_CUT);
    case UPDATE_INSTALLING:
        return go_back(u, &s, UPDATE_CUT);
    case UPDATE_GOING_BACK:
        return go_back(u, &s, s.why);
    case UPDATE_TRYING:
        if (is_former(u, &s))
            return go_back(u, &s, UPDATE_CUT);
        if (++s.boots >= UPDATE_BOOTS_MAX)
            return go_back(u, &s, UPDATE_NO_FRAME);
        packages_finish(u);
        (void)!set(u, &s, UPDATE_TRYING, UPDATE_FINE);
        break;
    case UPDATE_WRITING:
        return keep(u, &s);
    case UPDATE_KEPT:
        if (!packages_move_next(u))
            clear(u);
        break;
    default:
        break;
    }
    return s.step;
}

/* The folder is the kiosk's: a link in its place leads nowhere. */
static void drop_request(const struct update *u)
{
    char path[PLACE_PATH_BYTES];
    int data, folder;

    place_path(&u->place, path, PLACE_DATA);
    data = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    folder = data < 0 ? -1
                      : openat(data, PLACE_REQUEST_FOLDER,
                               O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder >= 0) {
        (void)unlinkat(folder, PLACE_REQUEST_FILE, 0);
        close(folder);
    }
    if (data >= 0)
        close(data);
}

static enum update_step run_request(struct update *u)
{
    struct debs *debs = check_alloc(sizeof(*debs));
    struct update_state s;
    char path[PLACE_PATH_BYTES];
    enum update_step step;
    enum update_why why;

    drop_request(u); /* once only, whatever comes of it */
    step = recover(u);
    read_state(u, &s);
    s.seq++;
    s.ver = 0;
    s.to[0] = 0;
    packages_installed(u, PACKAGES_KIOSK, s.from);
    place_path(&u->place, path, PLACE_OWN);
    if (step == UPDATE_GOING_BACK || file_make_folder(path) || chmod(path, 0755) ||
        set(u, &s, UPDATE_CHECKING, UPDATE_FINE)) {
        free(debs);
        return step;
    }
    why = check(u, &s, debs);
    step = why == UPDATE_FINE ? install(u, &s, debs) : refuse(u, &s, why);
    free(debs);
    return step;
}

/* --- the doors --------------------------------------------------------------------------------- */

/* A boot without an update in between does not write to the card. */
static bool is_busy(const struct update *u)
{
    struct update_state s;

    read_state(u, &s);
    return s.step != UPDATE_NONE && s.step != UPDATE_REFUSED && s.step != UPDATE_KEPT &&
           s.step != UPDATE_BACK;
}

static enum update_step with_card(struct update *u,
                                  enum update_step (*act)(struct update *))
{
    enum update_step step = UPDATE_GOING_BACK;

    if (!card_open(&u->place))
        step = act(u);
    card_close(&u->place);
    return step;
}

static enum update_step settle_now(struct update *u)
{
    return settle(u);
}

enum update_step update_run(struct update *u)
{
    return with_card(u, run_request);
}

enum update_step update_recover(struct update *u)
{
    struct update_state s;
    char path[PLACE_PATH_BYTES];

    if (card_show(&u->place))
        return UPDATE_GOING_BACK;
    place_path(&u->place, path, PLACE_NEXT);
    read_state(u, &s);
    return is_busy(u) || file_exists(path) ? with_card(u, recover) : s.step;
}

enum update_step update_settle(struct update *u)
{
    struct update_state s;

    read_state(u, &s);
    return is_busy(u) ? with_card(u, settle_now) : s.step;
}

int update_adopt(struct update *u, const char *folder)
{
    int n = card_open(&u->place) ? 0 : packages_adopt(u, folder);

    card_close(&u->place);
    return n;
}
