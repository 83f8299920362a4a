/* program: an update of the kiosk's program (wire/program.h) out of Debian packages. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/options.h"
#include "commands.h"
#include "sign.h"
#include "wire/program.h"

#define EXIT_USAGE 64
#define DEB_MAX (512U * 1024U * 1024U)
#define VER_MAX 2000000000L

struct release {
    const struct options *o;
    const char *from, *to;
    struct arena arena;
    struct program_list list;
};

static bool fail(const struct release *r, const char *what, const char *why,
                 const char *fix)
{
    options_complain(r->o, what, why, fix);
    return false;
}

static bool put_package(struct release *r, const char *name, struct buf *deb)
{
    struct program_package *package = &r->list.packages[r->list.n_packages];
    const char *to = arena_printf(&r->arena, "%s/%s", r->to, name);

    if (!deb->len)
        return fail(r, name, "is empty", "tools/package makes packages");
    if (file_replace(to, deb->data, deb->len, 0644))
        return fail(r, to, "cannot be written", "check the disk and folder");
    snprintf(package->name, sizeof(package->name), "%s", name);
    package->size = (int64_t)deb->len;
    hash_sha256_hex(deb->data, deb->len, package->sha256);
    r->list.n_packages++;
    return true;
}

/* The package of that name for the machine, or for all; one that is not there is left out. */
static bool put_if_there(struct release *r, const char *package)
{
    const char *archs[] = { r->list.arch, "all" };
    bool good = true;

    for (size_t i = 0; good && i < COUNT(archs); i++) {
        const char *name =
            arena_printf(&r->arena, "%s_%s_%s.deb", package, r->list.version, archs[i]);
        const char *from = arena_printf(&r->arena, "%s/%s", r->from, name);
        struct buf deb;
        enum err err;

        buf_init(&deb, DEB_MAX);
        err = file_read(from, &deb);
        if (!err)
            good = put_package(r, name, &deb);
        else if (err != ERR_OFFLINE)
            good = fail(r, from, "cannot be read", "give a folder of packages");
        buf_finish(&deb);
    }
    return good;
}

static bool put_packages(struct release *r)
{
    bool good = true;

    if (file_make_folder(r->to))
        return fail(r, r->to, "cannot be made", "check the disk and folder");
    for (size_t i = 0; good && program_names[i]; i++)
        good = put_if_there(r, program_names[i]);
    if (good && !r->list.n_packages)
        good = fail(r, r->from, "no package of that version and machine in it",
                    "tools/package makes them");
    return good;
}

/* The list comes last: a folder without it is no update. What is written is read as the
 * machine will read it. */
static bool put_list(struct release *r, const char *key)
{
    struct buf list, signature;
    struct program_list back;
    char why[200];
    bool good = true;

    buf_init(&list, PROGRAM_LIST_MAX);
    buf_init(&signature, PROGRAM_SIGNATURE_MAX);
    program_list_write(&r->list, &list);
    if (list.overflow || program_list_read(buf_text(&list), list.len, &back))
        good =
            fail(r, r->list.version, "no version, suite or architecture of a package",
                 "see --release, --suite and --arch");
    else if (sign_bytes(key, &list,
                        arena_printf(&r->arena, "program %s", r->list.version),
                        &signature, why, sizeof(why)))
        good = fail(r, key, why, "give the .key file of keygen");
    else if (file_replace(arena_printf(&r->arena, "%s/" PROGRAM_SIGNATURE_FILE, r->to),
                          signature.data, signature.len, 0644) ||
             file_replace(arena_printf(&r->arena, "%s/" PROGRAM_LIST_FILE, r->to),
                          list.data, list.len, 0644))
        good = fail(r, r->to, "cannot be written", "check the disk and folder");
    buf_finish(&list);
    buf_finish(&signature);
    return good;
}

int command_program(const struct options *o, char **words)
{
    const char *arch = options_get(o, "arch"), *suite = options_get(o, "suite");
    const char *version = options_get(o, "release");
    struct release r = { .o = o, .from = words[0], .to = words[1] };
    bool good;

    if (!arch || !suite || !version || !options_get(o, "ver")) {
        options_complain(o, "program", "--arch, --suite, --release or --ver is missing",
                         "program DEBS OUT KEY --arch arm64 --suite bookworm "
                         "--release 0.2.0 --ver 2");
        return EXIT_USAGE;
    }
    r.list.ver = options_number(o, "ver", 1, VER_MAX);
    snprintf(r.list.version, sizeof(r.list.version), "%s", version);
    snprintf(r.list.suite, sizeof(r.list.suite), "%s", suite);
    snprintf(r.list.arch, sizeof(r.list.arch), "%s", arch);
    good = put_packages(&r) && put_list(&r, words[2]);
    if (good)
        printf("program %s (%lld) for %s/%s: %zu packages\n", version,
               (long long)r.list.ver, suite, arch, r.list.n_packages);
    arena_finish(&r.arena);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
