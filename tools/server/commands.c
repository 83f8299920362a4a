/* Subcommands: one function each, one line in the table at the foot. */
#include "commands.h"

#include <inttypes.h>
#include <string.h>
#include <sysexits.h>

#include "backup.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "campaign.h"
#include "deeds.h"
#include "dossier.h"
#include "enrolment.h"
#include "forward_commands.h"
#include "held.h"
#include "outside.h"
#include "program_commands.h"
#include "report_command.h"
#include "settings.h"
#include "staff.h"
#include "tls_command.h"
#include "totals.h"
#include "usb.h"

#define SETTINGS_FILE_MAX 65536

/* words[0] is the subcommand. */
static const char *word(const struct control_question *q, size_t i)
{
    return i + 1 < q->n_words ? q->words[i + 1] : "";
}

static int complain(struct buf *complaint, const char *what, const char *why,
                    const char *fix)
{
    buf_printf(complaint, "%s: %s: %s", what, why, fix);
    return 1;
}

static int failed(struct buf *complaint, const char *what, enum err err)
{
    static const char *const fixes[] = {
        [ERR_RETRY] = "try again",
        [ERR_FULL] = "make room on the disk",
        [ERR_CORRUPT] = "look at the log, then put back a backup",
    };
    const char *fix = err < COUNT(fixes) && fixes[err] ? fixes[err] : "look at the log";

    return complain(complaint, what, err_name(err), fix);
}

/* main.c has put --commune behind it, or nothing. */
static int enrol_code(struct server *s, const struct control_question *q,
                      struct buf *out, struct buf *complaint)
{
    const char *commune = word(q, 0);
    char code[ENROL_CODE_CHARS];
    enum err err;

    if (s->is_province && !bundle_id_ok(commune))
        return complain(complaint, "--commune", "a province's code is for one commune",
                        "give the commune's official code");
    if (!s->is_province && *commune && strcmp(commune, s->commune) != 0)
        return complain(complaint, commune, "this server is another commune's",
                        "leave --commune out");
    err = enrolment_code_for(s, s->is_province ? commune : "", code);
    if (err)
        return failed(complaint, "enrol-code", err);
    buf_printf(out, "%s\n", code);
    return 0;
}

static int enrol_confirm(struct server *s, const struct control_question *q,
                         struct buf *out, struct buf *complaint)
{
    char kiosk[BUNDLE_ID_MAX + 1];
    enum err err = enrolment_confirm(s, word(q, 0), kiosk);

    if (err == ERR_REJECTED)
        return complain(complaint, word(q, 0), "no kiosk waits with this number",
                        "compare both screens; if they differ, ask for a new code");
    if (err)
        return failed(complaint, "enrol-confirm", err);
    buf_printf(out, "%s\n", kiosk);
    return 0;
}

static int totals(struct server *s, const struct control_question *q, struct buf *out,
                  struct buf *complaint)
{
    bool outside = !strcmp(word(q, 0), "outside");
    enum err err;

    if (outside && !q->json)
        return complain(complaint, "--outside", "is for machines", "add --json");
    err = outside   ? outside_json(s, out)
          : q->json ? totals_json(s, q->kiosk, out)
                    : totals_text(s, q->kiosk, out);
    if (err && !out->overflow) /* that one is commands_run's */
        return failed(complaint, "totals", err);
    if (q->json)
        buf_char(out, '\n');
    return 0;
}

static int import(struct server *s, const struct control_question *q, struct buf *out,
                  struct buf *complaint)
{
    struct usb_counts counts;
    enum err err = usb_import(s, word(q, 0), &counts);

    if (err == ERR_OFFLINE)
        return complain(complaint, word(q, 0), "has no folder BDHVS/out",
                        "give the folder of the stick");
    buf_printf(out, "%d taken, %d refused, %d left for later\n", counts.n_taken,
               counts.n_refused, counts.n_later);
    if (err)
        return complain(complaint, word(q, 0), "the answers could not be written",
                        "check that the stick is not full or write-protected");
    return counts.n_later ? EX_TEMPFAIL : 0;
}

static int backup(struct server *s, const struct control_question *q, struct buf *out,
                  struct buf *complaint)
{
    const char *path = word(q, 0);
    enum err err;

    if (!store_can_copy(s->store))
        return complain(complaint, "backup", "PostgreSQL makes its copies itself",
                        "use pg_dump; see README.md, PostgreSQL");
    if (*path && file_exists(path))
        return complain(complaint, path, "exists", "give the name of a new file");
    err = *path ? backup_write(s, path) : backup_rotate(s, out);
    if (err)
        return failed(complaint, *path ? path : "backup", err);
    buf_printf(out, "%s\n", path);
    return 0;
}

static int set(struct server *s, const struct control_question *q, struct buf *out,
               struct buf *complaint)
{
    const char *why = "";
    enum err err = settings_set(s, word(q, 0), word(q, 1), &why);

    (void)out;
    if (err == ERR_REJECTED)
        return complain(complaint, word(q, 0), why, "see README.md, Settings");
    return err ? failed(complaint, word(q, 0), err) : 0;
}

static int load(struct server *s, const struct control_question *q, struct buf *out,
                struct buf *complaint)
{
    struct buf json;
    const char *why = "not a readable file";
    enum err err;

    (void)out;
    buf_init(&json, SETTINGS_FILE_MAX);
    err = file_read(word(q, 0), &json)
              ? ERR_REJECTED
              : settings_load(s, buf_text(&json), json.len, &why);
    buf_finish(&json);
    if (err == ERR_REJECTED)
        return complain(complaint, word(q, 0), why, "nothing was changed; correct it");
    return err ? failed(complaint, word(q, 0), err) : 0;
}

static int show(struct server *s, const struct control_question *q, struct buf *out,
                struct buf *complaint)
{
    enum err err = settings_list(s, out);

    (void)q;
    return err ? failed(complaint, "settings", err) : 0;
}

static int admit(struct server *s, const struct control_question *q, struct buf *out,
                 struct buf *complaint)
{
    enum err err;

    if (q->n_words == 1) {
        err = held_list(s, out);
        return err ? failed(complaint, "admit", err) : 0;
    }
    if (q->n_words != 3)
        return complain(complaint, "admit", "KIOSK PERIOD", "give both, or none");
    err = held_admit(s, word(q, 0), word(q, 1));
    if (err == ERR_REJECTED)
        return complain(complaint, word(q, 0), "nothing is held",
                        "admit without words lists what is held");
    return err ? failed(complaint, "admit", err) : 0;
}

static enum err add_kiosk(void *ctx, const struct cell *cells)
{
    buf_printf(ctx, "%s  %s  %s  %s\n", cells[0].text ? cells[0].text : "-",
               cells[1].text, cells[9].text,
               cells[8].number ? "two machines with one key" : "");
    return ERR_OK;
}

static int kiosks(struct server *s, const struct control_question *q, struct buf *out,
                  struct buf *complaint)
{
    enum err err = store_run_plain(s->store, Q_KIOSKS, add_kiosk, out);

    (void)q;
    return err ? failed(complaint, "kiosks", server_note(s, err)) : 0;
}

static int revoke(struct server *s, const struct control_question *q, struct buf *out,
                  struct buf *complaint)
{
    int64_t n = 0;
    enum err err =
        store_run(s->store, Q_KIOSK_KNOWN, store_number, &n, PARAM_TEXT(word(q, 0)));

    (void)out;
    if (!err && !n)
        return complain(complaint, word(q, 0), "no such kiosk",
                        "take its id from bdhvs-server kiosks");
    if (!err)
        err = store_run(s->store, Q_KIOSK_REVOKE, NULL, NULL, PARAM_TEXT(word(q, 0)));
    return err ? failed(complaint, "revoke", server_note(s, err)) : 0;
}

/* A commune's server that was made anew has another key: what the old one told stands
 * beside it, twice, until the province says that it is gone. */
static int forget(struct server *s, const struct control_question *q, struct buf *out,
                  struct buf *complaint)
{
    int64_t n = 0;
    enum err err =
        store_run(s->store, Q_KIOSK_REVOKED, store_number, &n, PARAM_TEXT(word(q, 0)));

    (void)out;
    if (!err && (!n || !s->is_province))
        return complain(complaint, word(q, 0), "no sender that was revoked here",
                        "first: revoke; for provinces alone");
    if (!err)
        err = store_begin(s->store);
    if (err)
        return failed(complaint, "forget", server_note(s, err));
    err = store_run(s->store, Q_GAUGES_ZERO, NULL, NULL, PARAM_TEXT(word(q, 0)));
    if (!err)
        err = deeds_add(s, DEEDS_BY_COMMAND, DEED_FORGET, word(q, 0));
    if (!err)
        err = store_commit(s->store);
    if (err)
        store_rollback(s->store);
    return err ? failed(complaint, "forget", server_note(s, err)) : 0;
}

static enum err add_official(void *ctx, const struct cell *cells)
{
    buf_printf(ctx, "%-20s %s\n", cells[0].text, cells[1].text);
    return ERR_OK;
}

/* main.c has put name, role and the password's hash behind the verb. */
static int staff(struct server *s, const struct control_question *q, struct buf *out,
                 struct buf *complaint)
{
    const char *verb = word(q, 0);
    const char *name = word(q, 1);
    const char *why = "add, passwd, remove or list is meant";
    enum staff_role role;
    enum err err = ERR_REJECTED;

    if (!strcmp(verb, "list"))
        err = staff_each(s, add_official, out);
    else if (!strcmp(verb, "add") && !staff_role_parse(word(q, 2), &role))
        why = "--role is administrator, inspector or editor";
    else if (!strcmp(verb, "add"))
        err = staff_add(s, DEEDS_BY_COMMAND, name, role, word(q, 3), &why);
    else if (!strcmp(verb, "passwd"))
        err = staff_passwd(s, DEEDS_BY_COMMAND, name, word(q, 3), &why);
    else if (!strcmp(verb, "remove"))
        err = staff_remove(s, DEEDS_BY_COMMAND, name, &why);
    if (err == ERR_REJECTED)
        return complain(complaint, *name ? name : "staff", why, "see --help");
    return err ? failed(complaint, "staff", err) : 0;
}

/* Without words the list; FROM TO makes one year out of another. */
static int campaign(struct server *s, const struct control_question *q, struct buf *out,
                    struct buf *complaint)
{
    struct campaign_copy copy;
    const char *why = "";
    enum err err;

    if (q->n_words == 1) {
        err = campaign_list(s, out);
        return err ? failed(complaint, "campaign", err) : 0;
    }
    err = campaign_copy(s, DEEDS_BY_COMMAND, campaign_year(word(q, 0)),
                        campaign_year(word(q, 1)), &copy, &why);
    if (err == ERR_REJECTED)
        return complain(complaint, word(q, 0), why,
                        "campaign without words lists the years; nothing was changed");
    if (err)
        return failed(complaint, "campaign", err);
    buf_printf(out, "%zu added, %zu kept as they are\n", copy.n_added, copy.n_kept);
    return 0;
}

const struct command commands[] = {
    { "enrol-code", "", 0, 1, false, enrol_code,
      "a code to type at a new kiosk (15 minutes); a province's: --commune" },
    { "enrol-confirm", "NUMBER", 1, 1, false, enrol_confirm,
      "let in the kiosk that shows this number" },
    { "totals", "", 0, 1, false, totals,
      "what is stored (--json, --kiosk ID, --outside)" },
    { "import", "DIR", 1, 1, true, import, "take the bundles of a USB stick" },
    { "backup", "[FILE]", 0, 1, true, backup,
      "a checked copy; without FILE beside the database, three are kept" },
    { "set", "KEY VALUE", 2, 2, false, set, "one setting, e.g. thon.t01 'Nước Giáp'" },
    { "load", "FILE", 1, 1, true, load, "settings from a JSON file" },
    { "settings", "", 0, 0, false, show, "all settings" },
    { "admit", "[KIOSK PERIOD]", 0, 2, false, admit, "list held rows, or let them in" },
    { "kiosks", "", 0, 0, false, kiosks, "machines: id, state, number" },
    { "report", "", 0, 2, false, report_command,
      "a report as a file (--period, --format, --out; --list)" },
    { "dossier", "", 3, 4, false, dossier_command,
      "a nomination dossier (--period, --thon or --unit, --out)" },
    { "campaign", "[FROM TO]", 0, 2, false, campaign,
      "years of the movement, or one made out of another" },
    { "program-add", "FOLDER", 1, 1, true, program_add_command,
      "offer kiosks this update of their program" },
    { "program-stop", "SYSTEM", 1, 1, false, program_stop_command,
      "offer it no more, e.g. bookworm-arm64" },
    { "programs", "", 0, 0, false, programs_command, "updates that are offered" },
    { "staff", "VERB", 1, 4, false, staff,
      "officials: list, add, passwd, remove (--name, --role, --password-file)" },
    { "forward-next", "HOW", 1, 1, false, forward_next_command, NULL },
    { "forward-taken", "ACK", 1, 1, false, forward_taken_command, NULL },
    { "parent-url", "", 0, 0, false, parent_url_command, NULL },
    { "parent-request", "CODE", 1, 1, false, parent_request_command, NULL },
    { "parent-granted", "GRANT KEY", 2, 2, false, parent_granted_command, NULL },
    { "pin", "", 0, 0, false, tls_command_pin, "by what kiosks know the server's TLS" },
    { "certificate", "", 0, 0, false, tls_command_certificate,
      "the own one, PEM, for the browsers of officials" },
    { "renew-cert", "[NAMES]", 0, 1, false, tls_command_renew,
      "ten more years with the same key; other names: a,b" },
    { "revoke", "KIOSK", 1, 1, false, revoke, "refuse this machine's key from now on" },
    { "forget", "KIOSK", 1, 1, false, forget,
      "a province's: what a revoked commune's server told counts no more" },
};
const size_t n_commands = COUNT(commands);

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < n_commands; i++)
        if (!strcmp(commands[i].name, name))
            return &commands[i];
    return NULL;
}

int commands_run(void *ctx, const struct control_question *q, struct buf *out,
                 struct buf *complaint)
{
    struct server *s = ctx;
    const struct command *c = q->n_words ? command_find(q->words[0]) : NULL;
    int code;

    if (!c || q->n_words - 1 < c->min_words || q->n_words - 1 > c->max_words) {
        buf_printf(complaint, "%s: not understood: see --help",
                   q->n_words ? q->words[0] : "command");
        return EX_USAGE;
    }
    code = c->run(s, q, out, complaint);
    if (out->overflow) {
        buf_clear(out);
        return complain(complaint, q->words[0], "the answer is too large",
                        "ask with --kiosk");
    }
    return code;
}
