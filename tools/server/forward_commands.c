/* The parts of `forward` and `parent-enrol` that need the database; forward_cli.c asks. */
#include "forward_commands.h"

#include <string.h>
#include <sysexits.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"
#include "forward.h"
#include "parent.h"
#include "settings.h"

static int failed(struct buf *complaint, const char *what, enum err err,
                  const char *why)
{
    if (err == ERR_REJECTED) {
        buf_printf(complaint, "%s: %s: see README.md, Upwards", what, why);
        return EX_CONFIG;
    }
    buf_printf(complaint, "%s: %s: %s", what, err_name(err),
               err == ERR_FULL ? "make room on the disk" : "try again");
    return err == ERR_RETRY ? EX_TEMPFAIL : 1;
}

int forward_next_command(struct server *s, const struct control_question *q,
                         struct buf *out, struct buf *complaint)
{
    static const char *const names[] = { [FORWARD_FRESH] = "fresh",
                                         [FORWARD_MORE] = "more",
                                         [FORWARD_SMALLER] = "smaller" };
    const char *why = "fresh, more or smaller is meant";
    enum err err = ERR_REJECTED;

    for (size_t i = 0; i < COUNT(names); i++)
        if (!strcmp(q->words[1], names[i]))
            err = forward_next(s, (enum forward_how)i, out, &why);
    return err ? failed(complaint, "forward", err, why) : 0;
}

int forward_taken_command(struct server *s, const struct control_question *q,
                          struct buf *out, struct buf *complaint)
{
    struct forward_taken taken;
    const char *why = "";
    enum err err = forward_take(s, q->words[1], &taken, &why);

    if (err)
        return failed(complaint, "forward", err, why);
    json_open(out, NULL, '{');
    json_put_int(out, "left", taken.left);
    json_put_int(out, "rejected", taken.rejected);
    json_close(out, '}');
    return 0;
}

int parent_request_command(struct server *s, const struct control_question *q,
                           struct buf *out, struct buf *complaint)
{
    enum err err = parent_ask(s, q->words[1], out);

    return err ? failed(complaint, "parent-enrol", err, "this is no code of 8 symbols")
               : 0;
}

int parent_granted_command(struct server *s, const struct control_question *q,
                           struct buf *out, struct buf *complaint)
{
    char kiosk[BUNDLE_ID_MAX + 1];
    const char *why = "";
    enum err err = parent_join(s, q->words[1], q->words[2], kiosk, &why);

    if (err)
        return failed(complaint, "parent-enrol", err, why);
    json_open(out, NULL, '{');
    json_put_text(out, "kiosk", kiosk);
    json_close(out, '}');
    return 0;
}

int parent_url_command(struct server *s, const struct control_question *q,
                       struct buf *out, struct buf *complaint)
{
    enum err err = settings_get(s, PARENT_URL_SETTING, "", out);

    (void)q;
    if (err)
        return failed(complaint, "parent-enrol", err, "");
    return out->len ? 0
                    : failed(complaint, "parent-enrol", ERR_REJECTED,
                             "set " PARENT_URL_SETTING " first");
}
