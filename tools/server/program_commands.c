/* See program_commands.h. */
#include "program_commands.h"

#include <inttypes.h>

#include "base/buf.h"
#include "deeds.h"

static int complain(struct buf *complaint, const char *what, const char *why,
                    const char *fix)
{
    buf_printf(complaint, "%s: %s: %s", what, why, fix);
    return 1;
}

static int failed(struct buf *complaint, const char *what, enum err err)
{
    return complain(complaint, what, err_name(err),
                    err == ERR_FULL ? "make room on the disk" : "look at the log");
}

int program_add_command(struct server *s, const struct control_question *q,
                        struct buf *out, struct buf *complaint)
{
    struct programs_offer offer;
    bool checked;
    const char *why;
    enum err err = programs_add(s, q->words[1], &offer, &checked, &why);

    if (err == ERR_REJECTED || err == ERR_OFFLINE)
        return complain(complaint, q->words[1], why,
                        "nothing was changed; give a folder of bdhvs-pack program");
    if (err)
        return failed(complaint, "program-add", err);
    buf_printf(out, "%s (%" PRId64 ") is offered to %s%s\n", offer.version, offer.ver,
               offer.system,
               checked ? ""
                       : "; nobody checked its signature: set " PROGRAMS_KEY_SETTING);
    return 0;
}

int program_stop_command(struct server *s, const struct control_question *q,
                         struct buf *out, struct buf *complaint)
{
    enum err err = programs_stop(s, DEEDS_BY_COMMAND, q->words[1]);

    (void)out;
    if (err == ERR_REJECTED)
        return complain(complaint, q->words[1], "no program is offered to it",
                        "take its name from bdhvs-server programs");
    return err ? failed(complaint, "program-stop", err) : 0;
}

int programs_command(struct server *s, const struct control_question *q,
                     struct buf *out, struct buf *complaint)
{
    (void)q;
    (void)complaint;
    programs_refresh(&s->programs);
    for (size_t i = 0; i < s->programs.n; i++)
        buf_printf(out, "%s  %s  %" PRId64 "\n", s->programs.offers[i].system,
                   s->programs.offers[i].version, s->programs.offers[i].ver);
    return 0;
}
