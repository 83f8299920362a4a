/* From the journal's papers to what is shown and signed. */
#include "app/certificates.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/class_day.h"
#include "base/hash.h"
#include "store/papers.h"

#define LOG_MODULE "certificate"
#include "base/log.h"

#define PATH_BYTES 4096

long app_certificate_module(const struct app *app, long module)
{
    const unsigned char *token = app_token(app);
    const struct pack_info *info = app->pack ? pack_info(app->pack) : NULL;
    long n = info ? (long)info->n_modules : 0;

    if (!token || !app->db)
        return -1;
    for (long k = 1; k <= n; k++) {
        long i = module < 0 ? n - k : (module - k + n) % n;
        bool earned = false;

        if (papers_earned(app->db, token, info->modules[i].id, &earned) == ERR_OK &&
            earned)
            return i;
    }
    return -1;
}

static bool passed(const struct progress *p, const char *lesson)
{
    for (size_t i = 0; i < p->n_lessons; i++)
        if (!strcmp(p->lessons[i].lesson, lesson))
            return p->lessons[i].passed;
    return false;
}

bool app_certificate_now(const struct app *app)
{
    const struct pack_info *info = app->pack ? pack_info(app->pack) : NULL;
    const struct pack_list *list;

    if (!info || !app_token(app) || !app->learning.lesson || app->learning.review)
        return false;
    list = &info->module_lists[info->lessons[app->learning.index].module];
    for (size_t i = 0; i < list->n_lessons; i++)
        if (!passed(&app->visit.progress, list->lessons[i]))
            return false;
    return list->n_lessons > 0;
}

static enum err sign(struct app *app, const struct paper_issued *paper,
                     struct app_certificate *out)
{
    struct certificate c = { .day = paper->day };
    char path[PATH_BYTES];
    struct jws_key key;
    enum err err;

    snprintf(path, sizeof(path), "%s/keys/device.key", db_dir(app->db));
    err = jws_key_load(path, &key);
    if (err)
        return err;
    memcpy(c.unit, paper->unit, sizeof(c.unit));
    memcpy(c.ref, paper->ref, sizeof(c.ref));
    certificate_set_name(&c, out->name);
    certificate_sign(&key, &c, out->text);
    certificate_number(&c, out->number);
    jws_key_wipe(&key);
    return ERR_OK;
}

enum err app_certificate(struct app *app, size_t module, struct app_certificate *out)
{
    const unsigned char *token = app_token(app);
    const struct people_entry *entry;
    struct paper_issued paper;
    enum err err;

    memset(out, 0, sizeof(*out));
    if (!token || !app->pack || module >= pack_info(app->pack)->n_modules)
        return ERR_REJECTED;
    err =
        papers_issue(app->db, token, pack_info(app->pack)->modules[module].id, &paper);
    if (err)
        return err;
    entry = class_entry(app, token);
    if (entry)
        snprintf(out->name, sizeof(out->name), "%s", entry->name);
    out->day = paper.day;
    err = sign(app, &paper, out);
    if (err) {
        LOG_ERR("no paper is signed: %s", err_name(err));
        hash_wipe(out, sizeof(*out));
    }
    return err;
}
