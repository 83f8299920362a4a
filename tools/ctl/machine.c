/* Reaches the running kiosk, or opens its database here. */
#include "machine.h"

#include <stdlib.h>
#include <sysexits.h>
#include <time.h>

#include "app/control.h"
#include "app/control_socket.h"
#include "app/uplink.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "store/db.h"

#define WAIT_MS 100

struct machine {
    const char *dir;
    struct db *db; /* NULL until a command runs here */
    struct uplink *uplink;
    const struct pack *pack; /* NULL: none was named */
    const char *provision_key;
};

void machine_create(const char *dir, struct machine **out)
{
    *out = check_alloc(sizeof(**out));
    (*out)->dir = dir;
}

void machine_use_pack(struct machine *m, const struct pack *pack)
{
    m->pack = pack;
}

void machine_use_provision_key(struct machine *m, const char *file)
{
    m->provision_key = file;
}

void machine_destroy(struct machine *m)
{
    if (!m)
        return;
    uplink_destroy(m->uplink);
    db_close(m->db);
    free(m);
}

bool machine_runs(struct machine *m)
{
    static const char *const argv[] = { "doctor", NULL };
    struct buf out;
    int code;
    bool runs;

    buf_init(&out, 65536);
    runs = control_ask(m->dir, 1, argv, &code, &out) != ERR_OFFLINE;
    buf_finish(&out);
    return runs;
}

static enum err open_here(struct machine *m)
{
    const struct db_config config = { .dir = m->dir,
                                      .clock = &clock_real,
                                      .clock_kept = clock_is_kept(),
                                      .program_version = BDHVS_VERSION,
                                      .build_day = BDHVS_BUILD_DAY };
    struct uplink_config up = { .dir = m->dir,
                                .clock = &clock_real,
                                .program_version = BDHVS_VERSION };
    enum err err;

    if (m->db)
        return ERR_OK;
    err = file_make_folder(m->dir);
    if (!err)
        err = db_open(&config, &m->db);
    if (err)
        return err;
    up.db = m->db;
    return uplink_create(&up, &m->uplink);
}

int machine_ask(struct machine *m, int argc, const char *const *argv, struct buf *out)
{
    struct control control = { .dir = m->dir,
                               .pack = m->pack,
                               .provision_key = m->provision_key };
    int code = EX_TEMPFAIL;
    enum err err = m->db ? ERR_OFFLINE : control_ask(m->dir, argc, argv, &code, out);

    if (!err)
        return code;
    if (err != ERR_OFFLINE) {
        buf_str(out, "the kiosk hung up: look at its journal, then try again\n");
        return EX_TEMPFAIL;
    }
    err = open_here(m);
    if (err) {
        buf_printf(out, "%s: %s: see the lines above\n", m->dir, err_name(err));
        return EX_TEMPFAIL;
    }
    control.db = m->db;
    control.uplink = m->uplink;
    return control_run(&control, argc, argv, out);
}

void machine_wait(struct machine *m)
{
    const struct timespec pause = { 0, WAIT_MS * 1000000L };

    nanosleep(&pause, NULL);
    if (m->uplink)
        (void)uplink_tick(m->uplink);
}
