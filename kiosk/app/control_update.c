/* update DIR: a signed update out of a folder, where no stick is. Its files go to where
 * bdhvs-update looks first; it copies and checks them again. */
#include <stdio.h>

#include "app/control_private.h"
#include "app/updates.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/file_copy.h"
#include "store/audit.h"
#include "wire/program.h"

#define PATH_BYTES 4096

static enum err read_small(const char *folder, const char *name, struct buf *out)
{
    char path[PATH_BYTES];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return file_read_nofollow(path, out);
}

static enum err put_small(const char *folder, const char *name, const struct buf *bytes)
{
    char path[PATH_BYTES];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return file_replace(path, buf_text(bytes), bytes->len, 0600);
}

static enum err bring_packages(const char *from, const char *to,
                               const struct program_list *list)
{
    char source[PATH_BYTES], copy[PATH_BYTES];
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < list->n_packages; i++) {
        const struct program_package *p = &list->packages[i];

        snprintf(source, sizeof(source), "%s/%s", from, p->name);
        snprintf(copy, sizeof(copy), "%s/%s", to, p->name);
        err = file_copy_hashed(source, copy, p->size, p->sha256);
    }
    return err ? err : file_sync_folder(to);
}

/* What lay there goes first, and the list comes last: without it nothing is there. */
static enum err bring(struct updates *u, const char *from, const char *to)
{
    struct program_list list;
    struct buf text, signature;
    enum err err;

    buf_init(&text, PROGRAM_LIST_MAX);
    buf_init(&signature, PROGRAM_SIGNATURE_MAX);
    err = read_small(from, PROGRAM_LIST_FILE, &text);
    if (!err)
        err = read_small(from, PROGRAM_SIGNATURE_FILE, &signature);
    if (!err)
        err = program_list_read(buf_text(&text), text.len, &list);
    if (!err)
        err = updates_forget_incoming(u);
    if (!err)
        err = file_make_folder(to);
    if (!err)
        err = bring_packages(from, to, &list);
    if (!err)
        err = put_small(to, PROGRAM_SIGNATURE_FILE, &signature);
    if (!err)
        err = put_small(to, PROGRAM_LIST_FILE, &text);
    buf_finish(&text);
    buf_finish(&signature);
    return err;
}

int control_update(struct control *c, int argc, const char *const *argv,
                   struct buf *out)
{
    struct updates_found found;
    char to[PATH_BYTES];
    enum updates_why why;
    struct updates *u;
    enum err err;

    if (argc != 2)
        return control_usage(out, "update DIR");
    u = updates_create(c->dir, NULL, NULL);
    why = updates_look(u, argv[1], &found);
    if (why != UPDATES_FINE) {
        buf_printf(out, "update: %s: %s: nothing was changed\n", argv[1],
                   updates_why_name(why));
        updates_destroy(u);
        return CONTROL_FAILED;
    }
    snprintf(to, sizeof(to), "%s/update/incoming", c->dir);
    err = bring(u, argv[1], to);
    if (!err)
        err = audit_add(c->db, AUDIT_PACK, CONTROL_ACTOR, "au.e.upd", found.version);
    if (!err)
        err = updates_ask(u);
    updates_destroy(u);
    if (err)
        return control_fail(out, "update", err, "nothing was changed");
    buf_printf(out, "update: %s is asked for: see bdhvs-ctl doctor\n", found.version);
    return 0;
}
