/* See update.h. */
#include "update.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "card.h"
#include "programs.h"
#include "source.h"

#define LOG_MODULE "update"
#include "base/log.h"

#define KIOSK "bdhvs-kiosk"
#define DPKG_SECONDS 1800 /* a slow card */
#define START_SECONDS 660 /* TimeoutStartSec of the unit, and a minute */
#define DEBS_MAX (2 * LIST_PACKAGES_MAX)
#define WORDS_MAX (DEBS_MAX + 8)

static const char *const database[] = { "kiosk.db", "kiosk.db-wal" };

struct debs {
    char path[DEBS_MAX][PLACE_PATH_BYTES];
    size_t n;
};

/* --- programs ---------------------------------------------------------------------------- */

static int run(const struct update *u, const char *const *words, int seconds)
{
    return programs_run(words, seconds, u->for_tests);
}

static void systemctl(const struct update *u, const char *verb, const char *unit)
{
    if (!u->at_boot)
        (void)run(u, (const char *const[]){ "systemctl", verb, unit, NULL },
                  START_SECONDS);
}

static int start_kiosk(const struct update *u)
{
    systemctl(u, "daemon-reload", NULL);
    systemctl(u, "reset-failed", KIOSK);
    return run(u, (const char *const[]){ "systemctl", "start", KIOSK, NULL },
               START_SECONDS);
}

static int dpkg(const struct update *u, const char *act, const struct debs *debs)
{
    const char *words[WORDS_MAX] = { "dpkg", "--force-confold" };
    size_t n = 2;

    if (act)
        words[n++] = act;
    words[n++] = "--install";
    for (size_t i = 0; i < debs->n; i++)
        words[n++] = debs->path[i];
    return debs->n ? run(u, words, DPKG_SECONDS) : -1;
}

/* The same packages on the card below the overlay; its PLACE_OWN is where ours is. */
static int dpkg_on_card(const struct update *u, const struct debs *debs)
{
    const char *words[WORDS_MAX] = { "chroot", NULL, "dpkg", "--force-confold",
                                     "--install" };
    const char *configure[] = { "chroot", NULL, "dpkg", "--configure", "-a", NULL };
    char card[PLACE_PATH_BYTES];
    size_t n = 5;

    place_path(&u->place, card, CARD);
    words[1] = configure[1] = card;
    for (size_t i = 0; i < debs->n; i++)
        words[n++] = debs->path[i] + strlen(u->place.root);
    (void)run(u, configure, DPKG_SECONDS);
    return run(u, words, DPKG_SECONDS);
}

static void finish_dpkg(const struct update *u)
{
    (void)run(
        u,
        (const char *const[]){ "dpkg", "--force-confold", "--configure", "-a", NULL },
        DPKG_SECONDS);
}

/* "": it is not installed. */
static void installed(const struct update *u, const char *package,
                      char out[LIST_VERSION_BYTES])
{
    char said[64];

    (void)programs_ask((const char *const[]){ "dpkg-query", "-W", "-f",
                                              "${db:Status-Status} ${Version}\n",
                                              package, NULL },
                       said, sizeof(said), u->for_tests);
    snprintf(out, LIST_VERSION_BYTES, "%.*s", LIST_VERSION_BYTES - 1,
             strncmp(said, "installed ", 10) ? "" : said + 10);
}

static void what_machine(const struct update *u, struct source_machine *out)
{
    char path[PLACE_PATH_BYTES];
    const char *at;
    struct buf text;

    *out = (struct source_machine){ 0 };
    (void)programs_ask((const char *const[]){ "dpkg", "--print-architecture", NULL },
                       out->arch, sizeof(out->arch), u->for_tests);
    place_path(&u->place, path, "/etc/os-release");
    buf_init(&text, 65536);
    if (!file_read(path, &text) && (at = strstr(buf_text(&text), "VERSION_CODENAME=")))
        snprintf(out->suite, sizeof(out->suite), "%.*s", (int)strcspn(at + 17, "\n"),
                 at + 17);
    buf_finish(&text);
}

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

/* --- packages that are kept ---------------------------------------------------------------- */

static bool is_deb(const char *name)
{
    size_t n = strlen(name);

    return *name != '.' && n > 4 && !strcmp(name + n - 4, ".deb");
}

static void read_debs(const struct update *u, const char *folder, struct debs *out)
{
    char path[PLACE_PATH_BYTES];
    const struct dirent *entry;
    DIR *dir;

    out->n = 0;
    place_path(&u->place, path, "%s", folder);
    dir = opendir(path);
    while (dir && out->n < DEBS_MAX && (entry = readdir(dir)))
        if (is_deb(entry->d_name))
            place_path(&u->place, out->path[out->n++], "%s/%.*s", folder,
                       LIST_NAME_BYTES - 1, entry->d_name);
    if (dir)
        closedir(dir);
}

static const char *base_of(const char *path)
{
    return strrchr(path, '/') + 1;
}

/* Those of the same package that are kept, but for `name`. */
static void drop_former(const struct update *u, const char *name)
{
    char package[LIST_NAME_BYTES], other[LIST_NAME_BYTES];
    struct debs *kept = check_alloc(sizeof(*kept));

    list_package_name(name, package);
    read_debs(u, PLACE_KEPT, kept);
    for (size_t i = 0; i < kept->n; i++) {
        list_package_name(base_of(kept->path[i]), other);
        if (!strcmp(package, other) && strcmp(base_of(kept->path[i]), name) != 0)
            unlink(kept->path[i]);
    }
    free(kept);
}

/* Whether the very version that is installed now is kept. */
static bool has_way_back(const struct update *u, const char *package,
                         const struct source_machine *machine)
{
    static const char *const archs[] = { NULL, "all" };
    char version[LIST_VERSION_BYTES], path[PLACE_PATH_BYTES];

    installed(u, package, version);
    if (!*version)
        return true; /* it comes anew */
    for (size_t i = 0; i < COUNT(archs); i++) {
        place_path(&u->place, path, PLACE_KEPT "/%s_%s_%s.deb", package, version,
                   archs[i] ? archs[i] : machine->arch);
        if (file_exists(path))
            return true;
    }
    LOG_WARN("%s %s is not kept in %s: see bdhvs-update adopt", package, version,
             PLACE_KEPT);
    return false;
}

/* --- the database -------------------------------------------------------------------------- */

/* The folder may be the kiosk's user's, who could put a link in the place of what we just
 * wrote: only our own plain file is handed over. */
static bool hand_over(const char *path, const struct stat *like)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat st;
    bool done;

    if (fd < 0)
        return false;
    done = !fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
           st.st_nlink == 1 && !fchown(fd, like->st_uid, like->st_gid) &&
           !fchmod(fd, like->st_mode & 0777);
    close(fd);
    return done;
}

static enum err copy_file(const char *from, const char *to)
{
    int fd = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    char temp[PLACE_PATH_BYTES], sha256[HASH_SHA256_HEX];
    struct stat st;
    int64_t size;
    enum err err;

    if (fd < 0)
        return errno == ENOENT ? ERR_OFFLINE : ERR_CORRUPT;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
        close(fd);
        return ERR_CORRUPT;
    }
    if ((size_t)snprintf(temp, sizeof(temp), "%s.copy", to) >= sizeof(temp)) {
        close(fd);
        return ERR_CORRUPT;
    }
    unlink(temp); /* whoever made it: a new file is ours */
    err = place_copy(fd, temp, INT64_MAX, sha256, &size);
    if (!err && (!hand_over(temp, &st) || rename(temp, to)))
        err = ERR_CORRUPT;
    close(fd);
    if (err)
        unlink(temp);
    return err;
}

static enum err keep_database(const struct update *u)
{
    char folder[PLACE_PATH_BYTES], from[PLACE_PATH_BYTES], to[PLACE_PATH_BYTES];
    enum err err;

    place_path(&u->place, folder, PLACE_DATABASE);
    err = place_empty(folder);
    for (size_t i = 0; !err && i < COUNT(database); i++) {
        place_path(&u->place, from, PLACE_DATA "/%s", database[i]);
        place_path(&u->place, to, PLACE_DATABASE "/%s", database[i]);
        err = copy_file(from, to);
        if (err == ERR_OFFLINE)
            err = ERR_OK; /* a new machine; nothing waits in the log */
    }
    return err ? err : file_sync_folder(folder);
}

/* Can be done again from its beginning at any time. */
static enum err put_database_back(const struct update *u)
{
    static const char *const logs[] = { "kiosk.db-wal", "kiosk.db-shm" };
    char folder[PLACE_PATH_BYTES], from[PLACE_PATH_BYTES], to[PLACE_PATH_BYTES];
    enum err err = ERR_OK;

    place_path(&u->place, from, PLACE_DATABASE "/%s", database[0]);
    if (!file_exists(from))
        return ERR_OK;
    for (size_t i = 0; i < COUNT(logs); i++) {
        place_path(&u->place, to, PLACE_DATA "/%s", logs[i]);
        unlink(to);
    }
    for (size_t i = 0; !err && i < COUNT(database); i++) {
        place_path(&u->place, from, PLACE_DATABASE "/%s", database[i]);
        place_path(&u->place, to, PLACE_DATA "/%s", database[i]);
        err = copy_file(from, to);
        if (err == ERR_OFFLINE)
            err = ERR_OK;
    }
    place_path(&u->place, folder, PLACE_DATA);
    return err ? err : file_sync_folder(folder);
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

/* What was next is what runs; the former packages go one by one. */
static enum err move_next(const struct update *u)
{
    struct debs *next = check_alloc(sizeof(*next));
    char kept[PLACE_PATH_BYTES], to[PLACE_PATH_BYTES];
    enum err err;

    place_path(&u->place, kept, PLACE_KEPT);
    err = file_make_folder(kept);
    read_debs(u, PLACE_NEXT, next);
    for (size_t i = 0; !err && i < next->n; i++) {
        place_path(&u->place, to, PLACE_KEPT "/%s", base_of(next->path[i]));
        if (rename(next->path[i], to))
            err = ERR_CORRUPT;
        else
            drop_former(u, base_of(to));
    }
    free(next);
    return err ? err : file_sync_folder(kept);
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
    read_debs(u, PLACE_NEXT, next);
    if (!err && next->n && dpkg_on_card(u, next))
        err = ERR_CORRUPT;
    free(next);
    return err;
}

static enum update_step keep(const struct update *u, struct update_state *s)
{
    s->floor = s->ver > s->floor ? s->ver : s->floor;
    if (write_to_card(u, s) || set(u, s, UPDATE_KEPT, UPDATE_FINE))
        return s->step; /* done again at the next start */
    if (!move_next(u))
        clear(u);
    return UPDATE_KEPT;
}

/* After a power cut nothing of the new program is left where it lay in memory. */
static bool is_former(const struct update *u, const struct update_state *s)
{
    char now[LIST_VERSION_BYTES];

    installed(u, KIOSK, now);
    return u->at_boot && card_is_below(&u->place) && !strcmp(now, s->from);
}

static enum update_step go_back(const struct update *u, struct update_state *s,
                                enum update_why why)
{
    struct debs *kept = check_alloc(sizeof(*kept));
    bool undone;

    (void)!set(u, s, UPDATE_GOING_BACK, why);
    systemctl(u, "stop", KIOSK);
    finish_dpkg(u);
    read_debs(u, PLACE_KEPT, kept);
    undone = is_former(u, s) || !dpkg(u, NULL, kept);
    free(kept);
    if (!undone) {
        LOG_ERR("the former program could not be installed again: it is tried again at "
                "the next start");
        if (!u->at_boot)
            (void)start_kiosk(u); /* whatever there is */
        return UPDATE_GOING_BACK;
    }
    if (put_database_back(u)) {
        LOG_ERR("the copy of the database could not be put back: it is tried again at "
                "the next start");
        return UPDATE_GOING_BACK;
    }
    if (!set(u, s, UPDATE_BACK, why))
        clear(u);
    if (!u->at_boot)
        (void)start_kiosk(u);
    return UPDATE_BACK;
}

/* --- what is asked for ------------------------------------------------------------------------ */

static enum update_why check(const struct update *u, struct update_state *s,
                             struct debs *debs)
{
    struct source_machine machine;
    struct list list;
    enum update_why why;

    what_machine(u, &machine);
    why = source_take(&u->place, &machine, s->floor, &list);
    s->ver = list.ver;
    snprintf(s->to, sizeof(s->to), "%s", list.version);
    for (size_t i = 0; why == UPDATE_FINE && i < list.n_packages; i++) {
        char package[LIST_NAME_BYTES];

        list_package_name(list.packages[i].name, package);
        if (!has_way_back(u, package, &machine))
            why = UPDATE_NO_WAY_BACK;
    }
    if (why != UPDATE_FINE)
        return why;
    read_debs(u, PLACE_NEXT, debs);
    return dpkg(u, "--no-act", debs) ? UPDATE_NEEDS : UPDATE_FINE;
}

static enum update_step settle(const struct update *u)
{
    struct update_state s;

    read_state(u, &s);
    return s.step == UPDATE_TRYING ? keep(u, &s) : s.step;
}

static enum update_step install(const struct update *u, struct update_state *s,
                                const struct debs *debs)
{
    if (set(u, s, UPDATE_INSTALLING, UPDATE_FINE))
        return refuse(u, s, UPDATE_SPACE);
    systemctl(u, "stop", KIOSK);
    if (keep_database(u)) {
        refuse(u, s, UPDATE_DATABASE);
        (void)start_kiosk(u);
        return UPDATE_REFUSED;
    }
    if (dpkg(u, NULL, debs))
        return go_back(u, s, UPDATE_INSTALL);
    s->boots = 0;
    if (set(u, s, UPDATE_TRYING, UPDATE_FINE))
        return go_back(u, s, UPDATE_SPACE);
    if (start_kiosk(u))
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
        finish_dpkg(u);
        (void)!set(u, &s, UPDATE_TRYING, UPDATE_FINE);
        break;
    case UPDATE_WRITING:
        return keep(u, &s);
    case UPDATE_KEPT:
        if (!move_next(u))
            clear(u);
        break;
    default:
        break;
    }
    return s.step;
}

static enum update_step run_request(struct update *u)
{
    struct debs *debs = check_alloc(sizeof(*debs));
    struct update_state s;
    char path[PLACE_PATH_BYTES];
    enum update_step step;
    enum update_why why;

    place_path(&u->place, path, PLACE_REQUEST);
    unlink(path); /* once only, whatever comes of it */
    step = recover(u);
    read_state(u, &s);
    s.seq++;
    s.ver = 0;
    s.to[0] = 0;
    installed(u, KIOSK, s.from);
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

static int adopt(struct update *u, const char *folder)
{
    struct source_machine machine;
    char kept[PLACE_PATH_BYTES], own[PLACE_PATH_BYTES];
    int n = 0;

    what_machine(u, &machine);
    place_path(&u->place, own, PLACE_OWN);
    place_path(&u->place, kept, PLACE_KEPT);
    if (file_make_folder(kept) || chmod(own, 0755))
        return 0;
    for (size_t i = 0; list_names[i]; i++) {
        const char *archs[] = { machine.arch, "all" };
        char version[LIST_VERSION_BYTES], from[PLACE_PATH_BYTES], to[PLACE_PATH_BYTES];

        installed(u, list_names[i], version);
        for (size_t k = 0; *version && k < COUNT(archs); k++) {
            if ((size_t)snprintf(from, sizeof(from), "%s/%s_%s_%s.deb", folder,
                                 list_names[i], version, archs[k]) >= sizeof(from))
                continue;
            place_path(&u->place, to, PLACE_KEPT "/%s", base_of(from));
            if (copy_file(from, to))
                continue;
            drop_former(u, base_of(to));
            n++;
        }
    }
    return file_sync_folder(kept) ? 0 : n;
}

int update_adopt(struct update *u, const char *folder)
{
    int n = card_open(&u->place) ? 0 : adopt(u, folder);

    card_close(&u->place);
    return n;
}
