/* Settings that the server pushed: whole, or not at all. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "store/commune_private.h"
#include "store/private.h"

#define DEPTH_MAX 6
#define SETTING_JSON "commune.settings"
#define SETTING_VER "commune.settings_ver"
#define SETTING_INST "commune.settings_inst"

int64_t commune_settings_held(struct db *db, char inst_out[COMMUNE_INST_MAX + 1])
{
    snprintf(inst_out, COMMUNE_INST_MAX + 1, "%s", db_setting(db, SETTING_INST, ""));
    return strtoll(db_setting(db, SETTING_VER, "0"), NULL, 10);
}

enum err commune_settings_are_of(struct db *db, const char *inst)
{
    return db_set(db, SETTING_INST, inst);
}

struct pushed {
    const struct commune_settings *settings;
    const json_value *doc;
};

static enum err write(struct db *db, void *ctx)
{
    const struct pushed *p = ctx;
    json_value *before = commune_grant(db);
    char ver[24];
    enum err err;

    snprintf(ver, sizeof(ver), "%" PRId64, p->settings->ver);
    err = commune_take_aims(db, p->doc);
    if (!err)
        err = commune_drop_aims(db, before, p->doc, p->settings->json);
    if (!err)
        err = db_set(db, SETTING_JSON, p->settings->json);
    if (!err)
        err = db_set(db, SETTING_VER, ver);
    if (!err)
        err = db_set(db, SETTING_INST, p->settings->inst);
    json_free(before);
    return err;
}

enum err commune_take_settings(struct db *db, const struct commune_settings *settings)
{
    struct pushed pushed = { .settings = settings };
    json_value *doc = NULL;
    enum err err =
        json_parse(settings->json, strlen(settings->json), DEPTH_MAX, &doc, NULL, 0);

    if (!err && json_kind_of(doc) != JSON_IS_OBJECT)
        err = ERR_REJECTED;
    pushed.doc = doc;
    if (!err)
        err = db_transact(db, write, &pushed);
    json_free(doc);
    return err;
}
