/* update DIR: a signed update out of a folder, where no stick is. Its files go to where
 * bdhvs-update looks first; it copies and checks them again. */
#include <stdio.h>
#include <string.h>

#include "app/control_private.h"
#include "app/updates.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "store/audit.h"

#define PATH_BYTES 4096
#define LIST_MAX 65536
#define DEB_MAX (512U * 1024U * 1024U)
#define DEPTH_MAX 4
#define LIST "list.json"

static enum err copy(const char *from, const char *to, const char *name)
{
    char path[PATH_BYTES];
    struct buf bytes;
    enum err err;

    if (!name || strchr(name, '/') || *name == '.')
        return ERR_REJECTED;
    buf_init(&bytes, DEB_MAX);
    snprintf(path, sizeof(path), "%s/%s", from, name);
    err = file_read_nofollow(path, &bytes);
    snprintf(path, sizeof(path), "%s/%s", to, name);
    if (!err)
        err = file_replace(path, buf_text(&bytes), bytes.len, 0600);
    buf_finish(&bytes);
    return err;
}

/* The list comes last: without it nothing is there. */
static enum err bring(const char *from, const char *to)
{
    char path[PATH_BYTES];
    json_value *doc = NULL;
    struct buf list;
    enum err err = file_make_folder(to);

    buf_init(&list, LIST_MAX);
    snprintf(path, sizeof(path), "%s/" LIST, from);
    if (!err)
        err = file_read_nofollow(path, &list);
    if (!err)
        err = json_parse(buf_text(&list), list.len, DEPTH_MAX, &doc, NULL, 0);
    for (size_t i = 0; !err && i < json_count(json_get(doc, "files")); i++)
        err = copy(from, to,
                   json_text(json_get(json_at(json_get(doc, "files"), i), "name")));
    if (!err)
        err = copy(from, to, LIST ".minisig");
    if (!err)
        err = copy(from, to, LIST);
    json_free(doc);
    buf_finish(&list);
    return err;
}

int control_update(struct control *c, int argc, const char *const *argv,
                   struct buf *out)
{
    char version[UPDATES_VERSION_BYTES], to[PATH_BYTES];
    enum updates_why why;
    struct updates *u;
    enum err err;

    if (argc != 2)
        return control_usage(out, "update DIR");
    u = updates_create(c->dir, NULL, NULL);
    why = updates_look(u, argv[1], version);
    if (why != UPDATES_FINE) {
        buf_printf(out, "update: %s: %s: nothing was changed\n", argv[1],
                   updates_why_name(why));
        updates_destroy(u);
        return CONTROL_FAILED;
    }
    snprintf(to, sizeof(to), "%s/update/incoming", c->dir);
    err = bring(argv[1], to);
    if (!err)
        err = audit_add(c->db, AUDIT_PACK, CONTROL_ACTOR, "au.e.upd", version);
    if (!err)
        err = updates_ask(u);
    updates_destroy(u);
    if (err)
        return control_fail(out, "update", err, "nothing was changed");
    buf_printf(out, "update: %s is asked for: see bdhvs-ctl doctor\n", version);
    return 0;
}
