/* provision: a new machine is set up from a file, or told what the file would do. */
#include <stdio.h>
#include <string.h>

#include "app/control_private.h"
#include "app/provision.h"
#include "app/provision_signed.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "lesson/minisign.h"

#define PATH_BYTES 4096
#define WHY_BYTES 200

/* A machine that was made without a key takes a file from whoever has a shell on it. */
static enum err check_signature(const struct control *c, const char *path,
                                const struct buf *json, bool *checked, char *why)
{
    char name[PATH_BYTES];
    struct buf text;
    enum err err;

    *checked = false;
    if (!c->provision_key)
        return ERR_OK;
    buf_init(&text, MINISIGN_TEXT_MAX);
    (void)snprintf(name, sizeof(name), "%s" PROVISION_SIGNATURE, path);
    err = file_read(name, &text);
    err = provision_verify(c->provision_key, buf_text(json), json->len,
                           err ? NULL : buf_text(&text), why, WHY_BYTES);
    buf_finish(&text);
    *checked = !err;
    return err == ERR_OFFLINE ? ERR_OK : err;
}

static void tell(const struct provision_holds *h, bool checked, struct buf *out)
{
    buf_printf(out,
               "nothing was changed; it would set this machine up:\n"
               "  commune: %s\n  place: %s\n"
               "  %zu thon, %zu units, %zu in the calendar, %zu settings\n"
               "  %zu staff, first administrator: %s\n",
               h->commune, h->place, h->n_thon, h->n_units, h->n_slots, h->n_settings,
               h->n_staff, h->admin);
    if (h->url[0])
        buf_printf(out, "  server: %s%s\n", h->url,
                   h->code[0] ? ", with a code (good for 15 minutes)" : "");
    if (h->wants_pin || h->wants_passphrase)
        buf_printf(out, "  asked on screen:%s%s\n",
                   h->wants_pin ? " the administrator's PIN" : "",
                   h->wants_passphrase ? " the passphrase" : "");
    if (!h->wants_pin || !h->wants_passphrase)
        buf_str(out, "  it holds secrets in the clear: destroy it after use\n");
    buf_str(out, checked
                     ? "  signature: good\n"
                     : "  signature: not checked, this machine has no key for it\n");
}

static int say_faults(const struct buf *why, struct buf *out)
{
    buf_printf(out, "provision: the file is wrong, nothing was changed:\n%s",
               buf_text(why));
    return CONTROL_FAILED;
}

static int try_it(struct control *c, const struct buf *json, bool checked,
                  struct buf *out)
{
    struct provision_holds holds;
    struct buf why;
    int code = 0;

    buf_init(&why, PROVISION_FAULTS_MAX);
    if (provision_try(c->db, buf_text(json), json->len, &holds, &why))
        code = say_faults(&why, out);
    else
        tell(&holds, checked, out);
    buf_finish(&why);
    return code;
}

static int do_it(struct control *c, const struct buf *json, struct buf *out)
{
    static const struct provision_typed nothing = { NULL, NULL };
    char recovery[VAULT_SECRET_CHARS];
    struct buf why;
    int code = 0;

    buf_init(&why, PROVISION_FAULTS_MAX);
    if (provision(c->db, buf_text(json), json->len, &nothing, recovery, NULL, &why))
        code = say_faults(&why, out);
    else
        buf_printf(out, "{\"recovery\":\"%s\"}\n", recovery);
    hash_wipe(recovery, sizeof(recovery));
    buf_finish(&why);
    return code;
}

int control_provision(struct control *c, int argc, const char *const *argv,
                      struct buf *out)
{
    bool dry = control_has(argc, argv, "--dry-run"), checked;
    const char *path = argc > 1 && argv[1][0] != '-' ? argv[1]
                       : argc > 2                    ? argv[2]
                                                     : NULL;
    char why[WHY_BYTES] = "";
    struct buf json;
    enum err err;
    int code;

    if (argc != 2 + (dry ? 1 : 0) || !path || path[0] == '-')
        return control_usage(out, "provision FILE [--dry-run]");
    if (c->in_kiosk && !dry)
        return control_fail(out, "provision", ERR_RETRY,
                            "the kiosk runs: stop it first");
    buf_init(&json, PROVISION_BYTES_MAX);
    err = file_read(path, &json);
    if (err) {
        buf_finish(&json);
        return control_fail(out, path, err, "name a JSON file of at most 64 KiB");
    }
    err = check_signature(c, path, &json, &checked, why);
    if (err)
        code = control_fail(out, path, err, why);
    else
        code = dry ? try_it(c, &json, checked, out) : do_it(c, &json, out);
    hash_wipe(json.data, json.len); /* a passphrase and PINs stand there */
    buf_finish(&json);
    return code;
}
