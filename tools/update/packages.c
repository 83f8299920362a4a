/* See packages.h. */
#include "packages.h"

#include <dirent.h>
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

#define LOG_MODULE "update"
#include "base/log.h"

#define DPKG_SECONDS 1800 /* a slow card */
#define START_SECONDS 660 /* TimeoutStartSec of the unit, and a minute */
#define WORDS_MAX (PACKAGES_MAX + 8)

static int run(const struct update *u, const char *const *words, int seconds)
{
    return programs_run(words, seconds, u->for_tests);
}

void packages_systemctl(const struct update *u, const char *verb, const char *unit)
{
    if (!u->at_boot)
        (void)run(u, (const char *const[]){ "systemctl", verb, unit, NULL },
                  START_SECONDS);
}

int packages_start_kiosk(const struct update *u)
{
    packages_systemctl(u, "daemon-reload", NULL);
    packages_systemctl(u, "reset-failed", PACKAGES_KIOSK);
    return run(u, (const char *const[]){ "systemctl", "start", PACKAGES_KIOSK, NULL },
               START_SECONDS);
}

/* --- dpkg ---------------------------------------------------------------------------- */

int packages_dpkg(const struct update *u, const char *act, const struct debs *debs)
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
int packages_on_card(const struct update *u, const struct debs *debs)
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

/* dpkg sees what is missing only once it has unpacked. apt knows before; without sources it can
 * think of nothing but what is installed and what we bring. */
bool packages_need_more(const struct update *u, const struct debs *debs)
{
    const char *words[WORDS_MAX + 16] = {
        "apt-get",     "--simulate",
        "--no-remove", "--quiet=2",
        "-o",          "Dir::Etc::sourcelist=/dev/null",
        "-o",          "Dir::Etc::sourceparts=/dev/null",
        "-o",          "Dir::State::lists=/nonexistent/",
        "-o",          "Dir::Cache::pkgcache=",
        "-o",          "Dir::Cache::srcpkgcache=",
        "install"
    };
    size_t n = 0;

    while (words[n])
        n++;
    for (size_t i = 0; i < debs->n; i++)
        words[n++] = debs->path[i];
    return run(u, words, DPKG_SECONDS) != 0;
}

void packages_finish(const struct update *u)
{
    (void)run(
        u,
        (const char *const[]){ "dpkg", "--force-confold", "--configure", "-a", NULL },
        DPKG_SECONDS);
}

void packages_installed(const struct update *u, const char *package,
                        char out[PROGRAM_VERSION_BYTES])
{
    char said[64];

    (void)programs_ask((const char *const[]){ "dpkg-query", "-W", "-f",
                                              "${db:Status-Status} ${Version}\n",
                                              package, NULL },
                       said, sizeof(said), u->for_tests);
    snprintf(out, PROGRAM_VERSION_BYTES, "%.*s", PROGRAM_VERSION_BYTES - 1,
             strncmp(said, "installed ", 10) ? "" : said + 10);
}

void packages_machine(const struct update *u, struct source_machine *out)
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

/* --- packages that are kept ------------------------------------------------------------- */

static bool is_deb(const char *name)
{
    size_t n = strlen(name);

    return *name != '.' && n > 4 && !strcmp(name + n - 4, ".deb");
}

void packages_read(const struct update *u, const char *folder, struct debs *out)
{
    char path[PLACE_PATH_BYTES];
    const struct dirent *entry;
    DIR *dir;

    out->n = 0;
    place_path(&u->place, path, "%s", folder);
    dir = opendir(path);
    while (dir && out->n < PACKAGES_MAX && (entry = readdir(dir)))
        if (is_deb(entry->d_name))
            place_path(&u->place, out->path[out->n++], "%s/%.*s", folder,
                       PROGRAM_NAME_BYTES - 1, entry->d_name);
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
    char package[PROGRAM_NAME_BYTES], other[PROGRAM_NAME_BYTES];
    struct debs *kept = check_alloc(sizeof(*kept));

    program_package_name(name, package);
    packages_read(u, PLACE_KEPT, kept);
    for (size_t i = 0; i < kept->n; i++) {
        program_package_name(base_of(kept->path[i]), other);
        if (!strcmp(package, other) && strcmp(base_of(kept->path[i]), name) != 0)
            unlink(kept->path[i]);
    }
    free(kept);
}

void packages_leave_out(const struct update *u, const struct program_list *list)
{
    static const char *const extras[] = { "bdhvs-content", "bdhvs-kiosk-lockdown",
                                          "bdhvs-voice-vi" };
    char package[PROGRAM_NAME_BYTES], version[PROGRAM_VERSION_BYTES],
        path[PLACE_PATH_BYTES];

    for (size_t i = 0; i < list->n_packages; i++) {
        program_package_name(list->packages[i].name, package);
        for (size_t k = 0; k < COUNT(extras); k++) {
            if (strcmp(package, extras[k]) != 0)
                continue;
            packages_installed(u, package, version);
            place_path(&u->place, path, PLACE_NEXT "/%s", list->packages[i].name);
            if (!*version && !unlink(path))
                LOG_INFO("%s is not installed here and stays so", package);
        }
    }
}

/* Whether the very version that is installed now is kept. */
bool packages_way_back(const struct update *u, const char *package,
                       const struct source_machine *machine)
{
    static const char *const archs[] = { NULL, "all" };
    char version[PROGRAM_VERSION_BYTES], path[PLACE_PATH_BYTES];

    packages_installed(u, package, version);
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

/* What was next is what runs; the former packages go one by one. */
enum err packages_move_next(const struct update *u)
{
    struct debs *next = check_alloc(sizeof(*next));
    char kept[PLACE_PATH_BYTES], to[PLACE_PATH_BYTES];
    enum err err;

    place_path(&u->place, kept, PLACE_KEPT);
    err = file_make_folder(kept);
    packages_read(u, PLACE_NEXT, next);
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

int packages_adopt(const struct update *u, const char *folder)
{
    struct source_machine machine;
    char kept[PLACE_PATH_BYTES], own[PLACE_PATH_BYTES];
    int n = 0;

    packages_machine(u, &machine);
    place_path(&u->place, own, PLACE_OWN);
    place_path(&u->place, kept, PLACE_KEPT);
    if (file_make_folder(kept) || chmod(own, 0755))
        return 0;
    for (size_t i = 0; program_names[i]; i++) {
        const char *archs[] = { machine.arch, "all" };
        char version[PROGRAM_VERSION_BYTES], from[PLACE_PATH_BYTES],
            to[PLACE_PATH_BYTES];

        packages_installed(u, program_names[i], version);
        for (size_t k = 0; *version && k < COUNT(archs); k++) {
            if ((size_t)snprintf(from, sizeof(from), "%s/%s_%s_%s.deb", folder,
                                 program_names[i], version, archs[k]) >= sizeof(from))
                continue;
            place_path(&u->place, to, PLACE_KEPT "/%s", base_of(from));
            if (place_copy_file(from, to))
                continue;
            drop_former(u, base_of(to));
            n++;
        }
    }
    return file_sync_folder(kept) ? 0 : n;
}
