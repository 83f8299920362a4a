/* Reads the two files, asks provision.c. */
#include "app/provision_stick.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/provision_signed.h"
#include "app/setup.h"
#include "app/usb.h"
#include "base/buf.h"
#include "base/hash.h"
#include "lesson/minisign.h"

#define LOG_MODULE "provision"
#include "base/log.h"

#define FILE_NAME "provision.json"

struct files {
    struct buf json, signature;
    bool is_signed;
    enum usb_verdict verdict; /* of the set-up file itself */
};

static void files_read(struct app *app, struct files *f)
{
    buf_init(&f->json, PROVISION_BYTES_MAX);
    buf_reserve(&f->json,
                PROVISION_BYTES_MAX); /* it moves nowhere, so it can be wiped */
    buf_init(&f->signature, MINISIGN_TEXT_MAX);
    f->verdict = usb_read(app->usb, FILE_NAME, &f->json);
    f->is_signed = !f->verdict &&
                   !usb_read(app->usb, FILE_NAME PROVISION_SIGNATURE, &f->signature);
}

static void files_forget(struct files *f)
{
    if (f->json.data)
        hash_wipe(f->json.data, f->json.len);
    buf_finish(&f->json);
    buf_finish(&f->signature);
}

static enum err verify(struct app *app, const struct files *f, char *why, size_t n_why)
{
    return provision_verify(app->provision_key, buf_text(&f->json), f->json.len,
                            f->is_signed ? buf_text(&f->signature) : NULL, why, n_why);
}

static enum provision_offer_kind judge(struct app *app, const struct files *f,
                                       struct provision_offer *out)
{
    struct buf why;
    enum err err;

    if (f->verdict == USB_NONE)
        return PROVISION_NO_FILE;
    if (f->verdict)
        return PROVISION_UNREADABLE;
    err = verify(app, f, out->fault, sizeof(out->fault));
    if (err)
        return err == ERR_OFFLINE ? PROVISION_NO_KEY : PROVISION_UNSIGNED;
    buf_init(&why, PROVISION_FAULTS_MAX);
    err = provision_try(app->db, buf_text(&f->json), f->json.len, &out->holds, &why);
    (void)snprintf(out->fault, sizeof(out->fault), "%.*s",
                   (int)strcspn(buf_text(&why), "\n"), buf_text(&why));
    if (err)
        LOG_WARN("the set-up file of the stick is wrong:\n%s", buf_text(&why));
    buf_finish(&why);
    return err ? PROVISION_FAULTY : PROVISION_GOOD;
}

bool provision_stick_is_there(struct app *app)
{
    enum usb_verdict verdict;
    struct buf nothing;

    buf_init(&nothing, 0); /* a file that has bytes is too large for it */
    verdict = app->usb && app->db ? usb_read(app->usb, FILE_NAME, &nothing) : USB_NONE;
    buf_finish(&nothing);
    return verdict == USB_LARGE;
}

void provision_stick_look(struct app *app, struct provision_offer *out)
{
    struct files f;

    memset(out, 0, sizeof(*out));
    if (!app->usb || !app->db)
        return;
    files_read(app, &f);
    out->kind = judge(app, &f, out);
    files_forget(&f);
    if (out->kind == PROVISION_UNSIGNED)
        LOG_WARN("the set-up file of the stick is refused: %s", out->fault);
}

enum err provision_stick_apply(struct app *app, const struct provision_typed *typed,
                               char recovery_out[VAULT_SECRET_CHARS])
{
    struct vault *vault = NULL;
    char said[200];
    struct files f;
    struct buf why;
    enum err err = setup_is_due(app) ? ERR_OK : ERR_REJECTED;

    if (err)
        return err;
    buf_init(&why, PROVISION_FAULTS_MAX);
    files_read(app, &f);
    err = f.verdict ? ERR_OFFLINE : verify(app, &f, said, sizeof(said));
    if (!err)
        err = provision(app->db, buf_text(&f.json), f.json.len, typed, recovery_out,
                        &vault, &why);
    if (err)
        LOG_WARN("not set up from the stick: %s: %s", err_name(err), buf_text(&why));
    files_forget(&f);
    buf_finish(&why);
    if (err)
        return err;
    vault_close(app->desk.vault);
    app->desk.vault = vault;
    settings_load(&app->settings, app->db);
    return ERR_OK;
}
