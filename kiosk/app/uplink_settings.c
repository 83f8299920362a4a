/* Settings of the commune, pushed after enrolment: asked for when an acknowledgement names
 * newer ones, or found on a stick. Only what our server signed for our commune is taken.
 *
 * Which are newer: a greater version, or any version of another `inst` of the server, for a
 * server that was put back to an old copy counts from there again. Another inst is believed
 * only when an acknowledgement of our own bytes named it (its nonce was fresh): an old stick
 * cannot bring back the settings of a server's earlier life. */
#include "app/uplink_state.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "store/commune.h"
#include "wire/ack.h"
#include "wire/settings.h"

#define LOG_MODULE "settings"
#include "base/log.h"

#define SETTING_SERVER_INST "server.inst"

static bool is_newer(struct uplink *u, int64_t ver, const char *inst)
{
    char held[COMMUNE_INST_MAX + 1];
    int64_t held_ver = commune_settings_held(u->db, held);

    if (!*held || !strcmp(held, inst))
        return ver > held_ver;
    return !strcmp(db_setting(u->db, SETTING_SERVER_INST, ""), inst);
}

/* A grant names no inst: the first acknowledgement with its version does. */
static enum err note_inst(struct uplink *u, const struct ack *ack)
{
    char held[COMMUNE_INST_MAX + 1];
    int64_t ver = commune_settings_held(u->db, held);
    enum err err = ERR_OK;

    if (strcmp(db_setting(u->db, SETTING_SERVER_INST, ""), ack->server_inst) != 0)
        err = db_set(u->db, SETTING_SERVER_INST, ack->server_inst);
    if (!err && !*held && ver == ack->settings_ver)
        err = commune_settings_are_of(u->db, ack->server_inst);
    return err;
}

void uplink_settings_offered(struct uplink *u, const struct ack *ack)
{
    u->offered_settings = ack->settings_ver;
    u->settings_wanted = !note_inst(u, ack) && ack->settings_ver > 0 &&
                         is_newer(u, ack->settings_ver, ack->server_inst);
}

bool uplink_settings_ask(struct uplink *u)
{
    char nonce[UPLINK_NONCE_CHARS];
    struct sync_job job = uplink_job(u, SYNC_SETTINGS);

    if (!u->settings_wanted)
        return false;
    u->settings_wanted =
        false; /* whatever comes of it: the next ack offers them again */
    uplink_new_nonce(nonce);
    job.nonce = nonce;
    job.kid = u->key.kid;
    return sync_submit(u->sync, &job) == ERR_OK;
}

enum err uplink_settings_take(struct uplink *u, const char *payload, size_t n)
{
    struct arena arena = { 0 };
    struct wire_settings s;
    enum err err = wire_settings_decode(payload, n, &arena, &s);

    if (!err && strcmp(s.commune, u->id.commune) != 0)
        err = ERR_REJECTED;
    if (!err && is_newer(u, s.settings_ver, s.server_inst)) {
        err = commune_take_settings(
            u->db, &(struct commune_settings){ .json = s.settings,
                                               .ver = s.settings_ver,
                                               .inst = s.server_inst });
        if (!err) {
            LOG_INFO("settings %lld of the commune", (long long)s.settings_ver);
            u->settings_taken++;
        }
    }
    arena_finish(&arena);
    return err;
}

void uplink_settings_answer(struct uplink *u, const struct sync_result *r)
{
    enum err err;

    if (r->outcome != SYNC_VERIFIED)
        return;
    err = uplink_settings_take(u, r->payload, r->n_payload);
    if (err)
        LOG_WARN("the settings are not taken: %s", err_name(err));
}

unsigned uplink_settings_taken(const struct uplink *u)
{
    return u ? u->settings_taken : 0;
}
