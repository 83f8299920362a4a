/* Is the machine well? What is found, in words or as JSON, with what to do about it; nothing of
 * it says who learned what. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/control_private.h"
#include "app/health.h"
#include "app/updates.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "lesson/pack.h"
#include "store/audit.h"
#include "store/db.h"
#include "store/journal.h"
#include "store/outbox.h"

#define PATH_BYTES 4096
#define VALUE_BYTES 96
#define CANARY "written and read back\n"
#define SPACE_LOW_MB 500
#define SPACE_OUT_MB 200 /* the screens say that the card is full */
#define SILENT_DAYS 14
#define DAY_MS INT64_C(86400000)

enum state { FINE, UNKNOWN, LOOK, BAD };

struct patient {
    const struct control *control;
    const struct pack_info *pack; /* NULL: none is open */
    struct health health;
    struct outbox_state outbox;
    bool outbox_read;
};

struct finding {
    enum state state;
    char value[VALUE_BYTES];
    const char *advice; /* when it is not fine */
};

__attribute__((format(printf, 3, 4))) static void say(struct finding *f,
                                                      enum state state,
                                                      const char *format, ...)
{
    va_list args;

    f->state = state;
    va_start(args, format);
    (void)vsnprintf(f->value, sizeof(f->value), format, args);
    va_end(args);
}

/* --- what is looked at ---------------------------------------------------------------- */

static const char *health_name(enum db_health health)
{
    static const char *const names[] = {
        [DB_OK] = "ok", [DB_FULL] = "full", [DB_NEWER] = "newer", [DB_BROKEN] = "broken"
    };

    return names[health];
}

static bool lacks_partition(const struct control *c)
{
    char path[PATH_BYTES];

    return !c->db && c->dir &&
           snprintf(path, sizeof(path), "%s/" DB_NO_PLACE, c->dir) < PATH_BYTES &&
           !access(path, F_OK);
}

static void see_database(const struct patient *p, struct finding *f)
{
    enum db_health db = db_health(p->control->db);

    if (lacks_partition(p->control)) {
        say(f, BAD, "no data partition");
        f->advice = "nothing is kept: put the disk with the results in, start again";
        return;
    }
    say(f, db == DB_OK ? FINE : BAD, "%s", health_name(db));
    f->advice = db == DB_FULL    ? "free some space on the card"
                : db == DB_NEWER ? "a newer program wrote it: install that one"
                                 : "restore a backup: bdhvs-ctl restore FILE";
}

static bool audit_is_whole(struct db *db)
{
    struct buf why;
    enum err err;

    buf_init(&why, 256);
    err = audit_verify(db, &why);
    buf_finish(&why);
    return err != ERR_CORRUPT;
}

static void see_audit(const struct patient *p, struct finding *f)
{
    bool whole = p->control->db && audit_is_whole(p->control->db);

    say(f, whole ? FINE : BAD, "%s",
        !p->control->db ? "unread"
        : whole         ? "ok"
                        : "changed");
    f->advice = "somebody changed the log of staff: keep the card, tell the commune";
}

static void see_lessons(const struct patient *p, struct finding *f)
{
    if (!p->pack) {
        say(f, p->control->in_kiosk ? BAD : UNKNOWN, "none open");
        f->advice = "put a pack on from a stick or the server";
        return;
    }
    say(f, p->pack->n_notes ? BAD : FINE, "%s %lld: %zu lessons, %zu left out",
        p->pack->id, (long long)p->pack->ver, p->pack->n_lessons, p->pack->n_notes);
    f->advice = "the log says why lessons are left out; put the pack on again";
}

static void see_space(const struct patient *p, struct finding *f)
{
    int64_t mb = p->health.free_mb;

    say(f,
        mb < 0              ? UNKNOWN
        : mb < SPACE_OUT_MB ? BAD
        : mb < SPACE_LOW_MB ? LOOK
                            : FINE,
        mb < 0 ? "not known" : "%lld MB free", (long long)mb);
    f->advice = "take old backups and packs off the card, or use a larger one";
}

/* What a full, worn or read-only card does not let through. */
static void see_writing(const struct patient *p, struct finding *f)
{
    char path[PATH_BYTES];
    struct buf back;
    enum err err;

    (void)snprintf(path, sizeof(path), "%s/canary", p->control->dir);
    buf_init(&back, sizeof(CANARY));
    err = file_replace(path, CANARY, strlen(CANARY), 0600);
    if (!err)
        err = file_read(path, &back);
    if (!err && strcmp(buf_text(&back), CANARY) != 0)
        err = ERR_CORRUPT;
    buf_finish(&back);
    (void)remove(path);
    say(f, err ? BAD : FINE, "%s", err ? err_name(err) : "ok");
    f->advice =
        "the card takes nothing: is it full, worn out or locked? Copy it, change it";
}

static void see_storage_errors(const struct patient *p, struct finding *f)
{
    int64_t n = p->health.storage_errors;

    say(f,
        n < 0 ? UNKNOWN
        : n   ? BAD
              : FINE,
        n < 0 ? "not counted here" : "%lld", (long long)n);
    f->advice = "the card fails: make a backup now and change it";
}

static void see_card(const struct patient *p, struct finding *f)
{
    static const struct {
        enum state state;
        const char *word;
    } cards[] = { [HEALTH_CARD_UNKNOWN] = { UNKNOWN, "it does not say" },
                  [HEALTH_CARD_GOOD] = { FINE, "good" },
                  [HEALTH_CARD_OLD] = { LOOK, "old" },
                  [HEALTH_CARD_WORN] = { BAD, "worn out" } };

    say(f, cards[p->health.card].state, "%s", cards[p->health.card].word);
    f->advice = "make a backup and change the card";
}

static void see_power(const struct patient *p, struct finding *f)
{
    int weak = p->health.power_weak;
    long long times = (long long)p->health.past.weak_power;

    if (weak < 0)
        say(f, UNKNOWN, "the board does not say");
    else
        say(f,
            weak    ? BAD
            : times ? LOOK
                    : FINE,
            weak ? "too weak now" : "%lld times weak", times);
    f->advice = "use the power supply that came with the board, and a short cable";
}

static void see_ends(const struct patient *p, struct finding *f)
{
    const struct health_past *past = &p->health.past;

    say(f, past->restarts ? LOOK : FINE, "%lld power cuts, %lld ends of the program",
        (long long)past->power_cuts, (long long)past->restarts);
    f->advice = "the program ended by itself: send the log to whoever keeps it up";
}

static void see_heat(const struct patient *p, struct finding *f)
{
    int64_t c = p->health.temp_c;

    say(f,
        c < 0               ? UNKNOWN
        : c >= HEALTH_HOT_C ? LOOK
                            : FINE,
        c < 0 ? "not known" : "%lld degrees", (long long)c);
    f->advice = "let air to it, out of the sun";
}

static void see_clock(const struct patient *p, struct finding *f)
{
    static const char *const trusts[] = { "none", "saved", "set by staff",
                                          "from the server", "clock chip" };
    int trust = p->health.past.trust;

    say(f, trust < RUN_TRUST_STAFF ? LOOK : FINE, "%s",
        trusts[trust >= 0 && trust < (int)COUNT(trusts) ? trust : 0]);
    f->advice =
        "set the time on the page for the clock, or let it reach the server: until "
        "then what is counted has no day";
}

static void see_key(const struct patient *p, struct finding *f)
{
    char path[PATH_BYTES];
    struct stat st;

    (void)snprintf(path, sizeof(path), "%s/keys/device.key", p->control->dir);
    if (lstat(path, &st) != 0)
        say(f, UNKNOWN, "not made yet");
    else
        say(f, S_ISREG(st.st_mode) && !(st.st_mode & 077) ? FINE : BAD,
            "mode %o, %lld bytes", (unsigned)st.st_mode & 0777U, (long long)st.st_size);
    f->advice = "others can read the key: chmod 600, and enrol the machine anew";
}

static void see_server(const struct patient *p, struct finding *f)
{
    int64_t ago =
        p->outbox.last_ack_ms ? clock_wall_ms(&clock_real) - p->outbox.last_ack_ms : -1;

    if (!p->outbox_read || ago < 0)
        say(f, UNKNOWN, p->outbox_read ? "it never answered" : "not known");
    else
        say(f, ago > SILENT_DAYS * DAY_MS ? LOOK : FINE, "answered %lld days ago",
            (long long)(ago / DAY_MS));
    f->advice = "bring the totals by USB stick, or look at the network";
}

static void see_rejected(const struct patient *p, struct finding *f)
{
    say(f, p->outbox.rejected ? LOOK : FINE, "%lld rows set aside",
        (long long)p->outbox.rejected);
    f->advice = "the server did not take them: look at set-aside/ and tell the commune";
}

static void see_update(const struct patient *p, struct finding *f)
{
    static const char *const ends[] = { [UPDATES_NEVER] = "never updated",
                                        [UPDATES_AT_WORK] = "at work",
                                        [UPDATES_KEPT] = "kept",
                                        [UPDATES_BACK] = "went back",
                                        [UPDATES_REFUSED] = "refused" };
    struct updates *u = updates_create(p->control->dir, NULL, NULL);
    struct updates_status st;

    updates_status(u, &st);
    if (st.last.end < UPDATES_BACK)
        say(f, FINE, "%s%s%s%s%s", ends[st.last.end], *st.last.to ? " " : "",
            st.last.to,
            st.incoming.ver ? "; has come, an administrator starts it: " : "",
            st.incoming.ver ? st.incoming.version : "");
    else
        say(f, LOOK, "%s %s: %s", ends[st.last.end], st.last.to,
            updates_why_name(st.last.why));
    f->advice = "nothing is lost: journalctl -u bdhvs-update says more; try it again";
    updates_destroy(u);
}

static const struct {
    const char *name;
    void (*see)(const struct patient *p, struct finding *f);
} looks[] = {
    { "database", see_database }, { "log of staff", see_audit },
    { "lessons", see_lessons },   { "space", see_space },
    { "writing", see_writing },   { "storage errors", see_storage_errors },
    { "card", see_card },         { "power", see_power },
    { "ends", see_ends },         { "heat", see_heat },
    { "clock", see_clock },       { "device key", see_key },
    { "server", see_server },     { "set aside", see_rejected },
    { "update", see_update },
};

/* --- how it is said --------------------------------------------------------------------- */

static const char *const state_names[] = {
    [FINE] = "ok", [UNKNOWN] = "unknown", [LOOK] = "look", [BAD] = "bad"
};

static void put_json(const struct patient *p, const struct finding *found, bool well,
                     struct buf *out)
{
    json_open(out, NULL, '{');
    json_put_int(out, "schema", 1);
    json_put_bool(out, "kiosk_runs", p->control->in_kiosk);
    json_put_text(out, "db", found[0].value);
    json_put_text(out, "audit", found[1].value);
    json_put_int(out, "free_mb", p->health.free_mb);
    json_put_int(out, "rows_waiting", p->outbox_read ? p->outbox.rows_waiting : -1);
    json_put_int(out, "only_here",
                 p->outbox_read ? p->outbox.completions_only_here : -1);
    json_put_int(out, "rejected", p->outbox_read ? p->outbox.rejected : -1);
    json_put_text(out, "pack", p->pack ? p->pack->id : NULL);
    json_put_int(out, "pack_ver", p->pack ? p->pack->ver : 0);
    json_put_int(out, "lessons", p->pack ? (int64_t)p->pack->n_lessons : 0);
    json_put_int(out, "left_out", p->pack ? (int64_t)p->pack->n_notes : 0);
    json_put_int(out, "temp_c", p->health.temp_c);
    json_put_int(out, "power_cuts", p->health.past.power_cuts);
    json_put_int(out, "up_s", p->health.up_s);
    json_open(out, "checks", '[');
    for (size_t i = 0; i < COUNT(looks); i++) {
        json_open(out, NULL, '{');
        json_put_text(out, "name", looks[i].name);
        json_put_text(out, "state", state_names[found[i].state]);
        json_put_text(out, "value", found[i].value);
        if (found[i].state >= LOOK)
            json_put_text(out, "advice", found[i].advice);
        json_close(out, '}');
    }
    json_close(out, ']');
    json_put_bool(out, "well", well);
    json_close(out, '}');
    buf_char(out, '\n');
}

static void put_words(const struct finding *found, bool well, struct buf *out)
{
    for (size_t i = 0; i < COUNT(looks); i++) {
        buf_printf(out, "%-8s %-15s %s\n", state_names[found[i].state], looks[i].name,
                   found[i].value);
        if (found[i].state >= LOOK)
            buf_printf(out, "%-24s → %s\n", "", found[i].advice);
    }
    buf_str(out,
            well ? "the machine is well\n" : "the machine needs help: see “bad”\n");
}

int control_doctor(struct control *c, int argc, const char *const *argv,
                   struct buf *out)
{
    struct patient p = { .control = c, .pack = c->pack ? pack_info(c->pack) : NULL };
    struct finding found[COUNT(looks)] = { 0 };
    bool well = true;

    health_read(c->db, c->sys ? c->sys : HEALTH_SYS, &p.health);
    p.outbox_read = c->db && !outbox_state(c->db, &p.outbox);
    for (size_t i = 0; i < COUNT(looks); i++) {
        looks[i].see(&p, &found[i]);
        well = well && found[i].state != BAD;
    }
    if (control_has(argc, argv, "--json"))
        put_json(&p, found, well, out);
    else
        put_words(found, well, out);
    return well ? 0 : CONTROL_FAILED;
}
