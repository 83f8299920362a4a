/* See deeds.h. */
#include "deeds.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/encoding.h"
#include "base/hash.h"

#define CHAIN_CHARS (2 * HASH_CHAIN_BYTES + 1)
#define NUMBERS_CHARS 48

/* As they stand in the database. */
static const char *const names[DEED_WHATS] = {
    [DEED_LOGIN] = "login",
    [DEED_LOGOUT] = "logout",
    [DEED_LOCKED] = "locked",
    [DEED_STAFF_ADD] = "staff_add",
    [DEED_STAFF_PASSWORD] = "staff_password",
    [DEED_STAFF_REMOVE] = "staff_remove",
    [DEED_ENROL_CODE] = "enrol_code",
    [DEED_KIOSK_CONFIRM] = "kiosk_confirm",
    [DEED_KIOSK_REVOKE] = "kiosk_revoke",
    [DEED_ADMIT] = "admit",
    [DEED_DIFFICULTY] = "difficulty",
    [DEED_CAMPAIGN] = "campaign",
    [DEED_SPOT_CHECK] = "spot_check",
    [DEED_FORGET] = "forget",
    [DEED_PARENT_JOIN] = "parent_join",
    [DEED_NOTICE] = "notice",
    [DEED_NOTICE_END] = "notice_end",
    [DEED_SETTING] = "setting",
    [DEED_FREEZE] = "freeze",
    [DEED_REGISTER_ADD] = "register_add",
    [DEED_REGISTER_CORRECT] = "register_correct",
    [DEED_REGISTER_WITHDRAW] = "register_withdraw",
    [DEED_REGISTER_FORGET] = "register_forget",
    [DEED_PROGRAM] = "program",
    [DEED_PROGRAM_STOP] = "program_stop",
};

static void make_chain(const char *before, const struct deed *line, const char *what,
                       char out[CHAIN_CHARS])
{
    char numbers[NUMBERS_CHARS];
    unsigned char chain[HASH_CHAIN_BYTES];
    int n = snprintf(numbers, sizeof(numbers), "%" PRId64 " %" PRId64, line->seq,
                     line->at_ms);
    const struct hash_part parts[] = {
        { before, strlen(before) },
        { numbers, (size_t)n },
        { line->by, strlen(line->by) },
        { what, strlen(what) },
        { line->object, strlen(line->object) },
    };

    hash_chain(parts, COUNT(parts), chain);
    encoding_hex(chain, sizeof(chain), out);
}

struct last {
    int64_t seq;
    char chain[CHAIN_CHARS];
};

/* Cells of Q_AUDIT_LAST: seq chain. */
static enum err take_last(void *ctx, const struct cell *c)
{
    struct last *last = ctx;

    last->seq = c[0].number;
    snprintf(last->chain, sizeof(last->chain), "%s", c[1].text);
    return ERR_OK;
}

enum err deeds_add(struct server *s, const char *by, enum deed_what what,
                   const char *object)
{
    struct last last = { 0 };
    struct deed line = { .at_ms = clock_wall_ms(s->clock), .by = by, .object = object };
    char chain[CHAIN_CHARS];
    enum err err = store_run_plain(s->store, Q_AUDIT_LAST, take_last, &last);

    if (err)
        return server_note(s, err);
    line.seq = last.seq + 1;
    make_chain(last.chain, &line, names[what], chain);
    return server_note(s, store_run(s->store, Q_AUDIT_ADD, NULL, NULL,
                                    PARAM_INT(line.seq), PARAM_INT(line.at_ms),
                                    PARAM_TEXT(by), PARAM_TEXT(names[what]),
                                    PARAM_TEXT(object), PARAM_TEXT(chain)));
}

struct walking {
    deeds_fn *row;
    void *ctx;
    int64_t after; /* lines up to it are only for the chain */
    char chain[CHAIN_CHARS];
};

/* Cells of Q_AUDIT: seq at_ms who what object chain. */
static enum err take_line(void *ctx, const struct cell *c)
{
    struct walking *w = ctx;
    struct deed line = { .seq = c[0].number,
                         .at_ms = c[1].number,
                         .by = c[2].text,
                         .what = DEED_LOGIN,
                         .object = c[4].text };
    char chain[CHAIN_CHARS];
    enum err err = ERR_OK;

    while (line.what < DEED_WHATS && strcmp(names[line.what], c[3].text) != 0)
        line.what++;
    make_chain(w->chain, &line, c[3].text, chain);
    line.fits = !strcmp(chain, c[5].text);
    if (line.seq > w->after)
        err = w->row(w->ctx, &line);
    snprintf(w->chain, sizeof(w->chain), "%s", c[5].text);
    return err;
}

enum err deeds_each(struct server *s, int64_t n, deeds_fn *row, void *ctx)
{
    struct last last = { 0 };
    struct walking w = { .row = row, .ctx = ctx };
    enum err err = store_run_plain(s->store, Q_AUDIT_LAST, take_last, &last);

    w.after = last.seq > n ? last.seq - n : 0;
    if (!err)
        err = store_run(s->store, Q_AUDIT, take_line, &w, PARAM_INT(w.after));
    return server_note(s, err);
}
