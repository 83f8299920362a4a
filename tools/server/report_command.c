/* See report_command.h. */
#include "report_command.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/buf.h"
#include "base/check.h"
#include "deeds.h"
#include "frozen.h"
#include "report_make.h"

#define DOCUMENT_MAX (8u << 20)

struct asking {
    struct server *server;
    const char *by;     /* who stands in the log, if something is kept */
    const char *period; /* as it is named: "2026-07-01..2026-12-31" is 2026-H2 */
    struct arena arena;
    struct buf *out, *complaint;
    int64_t last; /* frozen version, 0: none */
};

static int complain(struct asking *a, int code, const char *what, const char *why,
                    const char *fix)
{
    buf_printf(a->complaint, "%s: %s: %s", what, why, fix);
    return code;
}

static int failed(struct asking *a, enum err err)
{
    switch (err) {
    case ERR_OK:
        return 0;
    case ERR_FULL:
        return complain(a, 1, "report", "the disk is full, or the report too large",
                        "make room, or ask for a shorter period");
    case ERR_CORRUPT:
        return complain(a, 1, "report",
                        "the database failed, or its frozen figures were changed",
                        "look at the log, then put back a backup");
    default:
        return complain(a, EX_TEMPFAIL, "report", err_name(err), "try again");
    }
}

/* The document as of now, as version `version`. */
static enum err make(struct asking *a, int64_t version, struct buf *out)
{
    struct report *r = arena_alloc(&a->arena, sizeof(*r));
    enum err err = report_make(a->server, a->period, version, &a->arena, r);

    return err ? err : report_write(r, out);
}

/* The same, without the number and the day: what two versions can differ in. */
static enum err figures_only(struct asking *a, const char *document, size_t n,
                             struct buf *out)
{
    struct report *r = arena_alloc(&a->arena, sizeof(*r));
    enum err err = report_read(document, n, &a->arena, r);

    if (err)
        return ERR_CORRUPT;
    r->version = 0;
    r->made = "";
    r->n_lines = 0; /* they speak of the day, too */
    return report_write(r, out);
}

static int give_frozen(struct asking *a, int64_t version)
{
    enum err err = frozen_get(a->server, a->period, version, a->out);

    if (err == ERR_REJECTED)
        return complain(a, EX_DATAERR, a->period, "no such frozen version",
                        "report --list shows what is frozen");
    if (err)
        return failed(a, err);
    buf_printf(a->complaint,
               "%s: frozen as version %" PRId64 ": these are its figures, unchanged",
               a->period, version);
    return 0;
}

static int freeze(struct asking *a, int64_t version)
{
    enum err err;

    if (!server_clock_is_sane(a->server))
        return complain(a, EX_TEMPFAIL, "clock", "it shows a year that cannot be",
                        "set it: a frozen report bears the day");
    err = make(a, version, a->out);
    if (!err)
        err = frozen_add(a->server, a->by, a->period, version, a->out);
    if (err)
        return failed(a, err);
    buf_printf(a->complaint, "%s: frozen as version %" PRId64, a->period, version);
    return 0;
}

static int correct(struct asking *a)
{
    struct buf now, old, was;
    enum err err;
    int code;

    if (!a->last)
        return complain(a, EX_DATAERR, a->period, "is not frozen yet", "use --freeze");
    buf_init(&now, DOCUMENT_MAX);
    buf_init(&old, DOCUMENT_MAX);
    buf_init(&was, DOCUMENT_MAX);
    err = frozen_get(a->server, a->period, a->last, &old);
    if (!err)
        err = figures_only(a, buf_text(&old), old.len, &was);
    buf_clear(&old);
    if (!err)
        err = make(a, 0, &old);
    if (!err)
        err = figures_only(a, buf_text(&old), old.len, &now);
    if (err)
        code = failed(a, err);
    else if (now.len == was.len && !memcmp(buf_text(&now), buf_text(&was), now.len))
        code = give_frozen(a, a->last); /* nothing to correct */
    else
        code = freeze(a, a->last + 1);
    buf_finish(&now);
    buf_finish(&old);
    buf_finish(&was);
    return code;
}

static int live(struct asking *a)
{
    if (a->last)
        buf_printf(
            a->complaint,
            "%s: figures as of now, not those that are frozen as version %" PRId64,
            a->period, a->last);
    return failed(a, make(a, 0, a->out));
}

static int answer(struct asking *a, const char *how)
{
    if (!strcmp(how, "live") || (!strcmp(how, "given") && !a->last))
        return live(a);
    if (!strcmp(how, "freeze") && !a->last)
        return freeze(a, 1);
    if (!strcmp(how, "correct"))
        return correct(a);
    return give_frozen(a,
                       *how >= '1' && *how <= '9' ? strtoll(how, NULL, 10) : a->last);
}

int report_answer(struct server *s, const char *by, const struct control_question *q,
                  struct buf *out, struct buf *complaint)
{
    struct asking a = { .server = s, .by = by, .out = out, .complaint = complaint };
    enum err err;
    int code;

    if (s->is_province)
        return complain(&a, EX_USAGE, "report",
                        "a province's figures are its communes'",
                        "see /cac-xa, its CSV or totals --json");
    if (q->n_words == 1)
        return failed(&a, frozen_list(s, out));
    err = report_period(s, q->words[1], &a.arena, &a.period);
    if (err == ERR_REJECTED)
        code = complain(&a, EX_USAGE, q->words[1], "no such period",
                        "use 2026-11, 2026-Q4, 2026-H2, 2026, all, P1, P2 or "
                        "2026-07-01..2026-11-15");
    else if (err || (err = frozen_last(s, a.period, &a.last)))
        code = failed(&a, err);
    else
        code = answer(&a, q->n_words > 2 ? q->words[2] : "given");
    arena_finish(&a.arena);
    return code;
}

int report_command(struct server *s, const struct control_question *q, struct buf *out,
                   struct buf *complaint)
{
    return report_answer(s, DEEDS_BY_COMMAND, q, out, complaint);
}
