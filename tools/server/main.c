/* bdhvs-server: takes the totals of a commune's kiosks, keeps them, shows them. This
 * file reads the command line and opens things in order; the work is elsewhere. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/options.h"
#include "commands.h"
#include "conformance.h"
#include "control.h"
#include "forward_cli.h"
#include "password.h"
#include "program.h"
#include "report_cli.h"
#include "serve.h"
#include "server.h"
#include "titles.h"
#include "tls.h"

#define COMMUNE_OF_EXAMPLES "21520"
#define SOCKET_PATH_BYTES 128
#define PASSWORD_FILE_MAX 1024
#define CONFIRM_S (15 * 60) /* as long as a code lives */

static struct option_def defs[] = {
    { "db", "URI", "sqlite:/var/lib/bdhvs-server/server.db",
      "the database: sqlite:PATH or postgresql://…" },
    { "listen", "ADDR:PORT", "127.0.0.1:8090", "serve: where; port 0 is any free one" },
    { "open-page", NULL, NULL, "serve: show the page beyond this machine" },
    { "tls", "WHEN", "auto",
      "serve: own certificate: auto (not on loopback), yes, no (a proxy has one)" },
    { "tls-cert", "FILE", NULL, "serve: another certificate with its chain, PEM" },
    { "tls-key", "FILE", NULL, "serve: its key, PEM" },
    { "host", "NAMES", "",
      "init: DNS names and addresses of the server, for its certificate: a,b" },
    { "pack", "DIR", NULL,
      "serve: offer this built pack to kiosks, and take titles from it" },
    { "programs", "DIR", NULL,
      "where offered programs lie; \"programs\" beside the database, where it is a "
      "file" },
    { "admin", "NAME", NULL, "init: the first administrator" },
    { "name", "NAME", NULL, "staff: whom" },
    { "role", "ROLE", "inspector", "staff add: administrator, inspector or editor" },
    { "password-file", "FILE", NULL, "init, staff: its first line is the password" },
    { "commune", "CODE", NULL, "init: the commune's code; enrol-code of a province" },
    { "province", NULL, NULL, "init: for a province, above its communes' servers" },
    { "forward-every", "MIN", "60", "serve: tell the parent that often; 0: never" },
    { "kiosk", "ID", "", "totals: of this machine alone" },
    { "code", "CODE", "", "conformance: of an enrolment at that server" },
    { "json", NULL, NULL, "totals: as JSON" },
    { "period", "PERIOD", NULL, "report: 2026-H2, 2026, 2026-11, P1, FROM..TO" },
    { "format", "NAME", NULL, "report: docx, xlsx, csv, json or dhis2" },
    { "out", "FILE", NULL, "report: where it is written" },
    { "section", NULL, NULL, "report: docx to be put into another report" },
    { "outside", NULL, NULL,
      "report, totals: for beyond the commune, small cells merged" },
    { "map", "FILE", NULL, "report: codes of a DHIS2" },
    { "freeze", NULL, NULL, "report: keep these figures for ever" },
    { "correct", NULL, NULL, "report: keep today's figures as the next version" },
    { "frozen", "N", NULL, "report: as it was kept under this number" },
    { "live", NULL, NULL, "report: as of now, though it is frozen" },
    { "list", NULL, NULL, "report: what is frozen" },
    { "thon", "CODE", NULL, "dossier: of this thôn" },
    { "unit", "CODE", NULL, "dossier: of this unit" },
};

struct options options = {
    .program = "bdhvs-server",
    .usage =
        "[OPTION…] SUBCOMMAND [WORD…]\n\nSubcommands:\n"
        "  init             a new database: keys, commune, first administrator\n"
        "  serve            take bundles, show the page\n"
        "  enrol-code       a code to type at a new kiosk (15 minutes)\n"
        "  enrol-confirm N  let in the kiosk that shows this number\n"
        "  pin              by what kiosks know the server's TLS\n"
        "  certificate, renew-cert [NAMES]\n"
        "  conformance URL  whether another server keeps the protocol (--code)\n"
        "  totals           what is stored (--json, --kiosk ID)\n"
        "  report           a period as a file (--period, --format, --out)\n"
        "  dossier          a nomination dossier (--period, --thon or --unit, --out)\n"
        "  campaign         years of the movement; FROM TO: one out of another\n"
        "  import DIR       take the bundles of a USB stick\n"
        "  backup [FILE]    a checked copy\n"
        "  set KEY VALUE, load FILE, settings\n"
        "  admit, kiosks, revoke KIOSK\n"
        "  program-add DIR, program-stop SYSTEM, programs\n"
        "  staff VERB       officials: list, add, passwd, remove\n"
        "  parent-enrol C   be let in at parent.url with its code\n"
        "  forward          tell the parent now",
    .defs = defs,
    .n_defs = COUNT(defs),
};

static int usage(const char *what, const char *why)
{
    options_complain(&options, what, why, "use one of these");
    fprintf(stderr, "  init\n  serve\n  conformance URL\n");
    for (size_t i = 0; i < n_commands; i++)
        if (commands[i].help)
            fprintf(stderr, "  %-14s %-15s %s\n", commands[i].name, commands[i].words,
                    commands[i].help);
    return EX_USAGE;
}

/* The first line of the file, or one typed at a terminal. */
static bool read_password(struct buf *out)
{
    const char *path = options_get(&options, "password-file");
    char *end;

    if (!path)
        return isatty(STDIN_FILENO) && password_ask(out);
    if (file_read(path, out))
        return false;
    end = out->data ? strpbrk(out->data, "\r\n") : NULL;
    if (end)
        *end = 0;
    return true;
}

/* Reads a password and hashes it; 0, or an exit code after a complaint. */
static int new_password(char hash[PASSWORD_HASH_CHARS])
{
    struct buf password;
    enum err err;

    buf_init(&password, PASSWORD_FILE_MAX);
    if (!read_password(&password)) {
        password_wipe(&password);
        return complain(EX_USAGE, "password", "no --password-file and no terminal",
                        "there is no default secret: give one of them");
    }
    err = password_hash(buf_text(&password), hash);
    password_wipe(&password);
    if (err)
        return complain(EX_DATAERR, "password",
                        "shorter than 10 characters or too long", "choose another");
    return 0;
}

/* Whoever brings kiosks writes it down; `pin` says it again. */
static int say_pin(const char *uri)
{
    char pin[CERT_PIN_CHARS];
    struct tls_pair pair;
    struct server server;
    int64_t to_s;
    enum err err = server_open(uri, &clock_real, &server);

    if (err)
        return cannot_open(uri, err);
    tls_pair_init(&pair);
    err = tls_own(&server, &pair);
    if (!err)
        err = cert_read(buf_text(&pair.cert), pin, &to_s);
    tls_pair_finish(&pair);
    server_close(&server);
    if (err)
        return cannot_open(uri, err);
    printf("kiosks know it by %s\n", pin);
    return fflush(stdout) ? 1 : 0;
}

static int init(void)
{
    const char *uri = options_get(&options, "db");
    const char *admin = options_get(&options, "admin");
    const char *commune = options_get(&options, "commune");
    bool province = options_on(&options, "province");
    const char *hosts = options_get(&options, "host");
    char hash[PASSWORD_HASH_CHARS];
    struct buf shown;
    enum err err;
    int code;

    if (!admin || !bundle_id_ok(admin))
        return complain(EX_USAGE, "--admin", "needs a short name of a-z 0-9 . _ -",
                        "give one");
    if (!commune && !province)
        commune = COMMUNE_OF_EXAMPLES;
    if (!commune || !bundle_id_ok(commune))
        return complain(EX_USAGE, "--commune", "not a code", "give the official code");
    if (!tls_hosts_ok(hosts))
        return complain(EX_USAGE, "--host",
                        "not DNS names and IP addresses, 32 at most",
                        "give them with a comma between, or leave it out");
    code = new_password(hash);
    if (code)
        return code;
    err = (province ? server_init_province : server_init)(uri, &clock_real, commune,
                                                          admin, hash, hosts);
    if (err == ERR_REJECTED)
        return complain_of(1, uri, "is initialised already, or not for us to open",
                           "look at the line above, or choose another");
    if (err)
        return cannot_open(uri, err);
    buf_init(&shown, 8192);
    store_uri_show(uri, &shown);
    printf("%s is ready\n", buf_text(&shown));
    buf_finish(&shown);
    return say_pin(uri);
}

/* By ourselves, since nobody serves. */
static int run_alone(const struct control_question *q, struct buf *out,
                     struct buf *complaint)
{
    const char *uri = options_get(&options, "db");
    const char *pack = options_get(&options, "pack");
    struct titles titles = { 0 };
    struct server server;
    enum err err = server_open(uri, &clock_real, &server);
    int code;

    if (err)
        return cannot_open(uri, err);
    if (pack && !titles_read(pack, &titles))
        server.titles = &titles;
    programs_place(&server, options_get(&options, "programs"));
    code = commands_run(&server, q, out, complaint);
    server_close(&server);
    titles_finish(&titles);
    return code;
}

/* Through the serving process when it has the database alone, else by ourselves. */
static int ask(const struct control_question *q, struct buf *out, struct buf *complaint)
{
    const char *uri = options_get(&options, "db");
    char path[SOCKET_PATH_BYTES];
    int code = 1;
    enum err err = ERR_OFFLINE;

    if (!store_uri_is_shared(uri) && !control_path(uri, path, sizeof(path)))
        err = control_ask(path, q, &code, out, complaint);
    if (err == ERR_OFFLINE)
        return run_alone(q, out, complaint);
    if (err)
        return complain(1, path, "the running server gave no answer", "try again");
    return code;
}

static const struct forward_post post = { .ask = ask };

static void forward_by_itself(void)
{
    forward_quietly(&post);
}

static int say(int code, const struct buf *out, const struct buf *complaint)
{
    fwrite(buf_text(out), 1, out->len, stdout);
    if (complaint->len)
        fprintf(stderr, "%s: %s\n", options.program, buf_text(complaint));
    return fflush(stdout) ? 1 : code;
}

static int run_command(const struct control_question *q)
{
    struct buf out;
    struct buf complaint;
    int code;

    buf_init(&out, CONTROL_ANSWER_MAX);
    buf_init(&complaint, CONTROL_ANSWER_MAX);
    code = ask(q, &out, &complaint);
    code = say(code, &out, &complaint);
    buf_finish(&out);
    buf_finish(&complaint);
    return code;
}

/* The document is the server's, the file ours. */
static int report(bool dossier)
{
    const struct report_wish wish = {
        .period = options_get(&options, "period"),
        .format = options_get(&options, "format"),
        .out_path = options_get(&options, "out"),
        .map_path = options_get(&options, "map"),
        .frozen = options_get(&options, "frozen"),
        .section = options_on(&options, "section"),
        .outside = options_on(&options, "outside"),
        .freeze = options_on(&options, "freeze"),
        .correct = options_on(&options, "correct"),
        .live = options_on(&options, "live"),
        .list = options_on(&options, "list"),
        .dossier = dossier,
        .thon = options_get(&options, "thon"),
        .unit = options_get(&options, "unit"),
    };
    struct control_question q = { .kiosk = "" };
    struct buf document;
    struct buf complaint;
    int code;

    buf_init(&document, CONTROL_ANSWER_MAX);
    buf_init(&complaint, CONTROL_ANSWER_MAX);
    code = report_wish_words(&wish, q.words, &q.n_words, &complaint);
    if (!code)
        code = ask(&q, &document, &complaint);
    if (!code && !wish.list) {
        code = report_wish_write(&wish, &document, &complaint);
        buf_clear(&document); /* it stands in the file */
    }
    code = say(code, &document, &complaint);
    buf_finish(&document);
    buf_finish(&complaint);
    return code;
}

/* The serving process has another working folder: paths are made absolute here. */
static const char *absolute(const char *path, struct buf *room)
{
    char cwd[4096];

    if (path[0] != '/' && getcwd(cwd, sizeof(cwd)))
        buf_printf(room, "%s/", cwd);
    buf_str(room, path);
    return buf_text(room);
}

/* What follows "staff VERB" in the question: name, role, and the hash where one is
 * needed, so that the password itself stays in this process. 0, or an exit code. */
static int add_staff_words(struct control_question *q, char hash[PASSWORD_HASH_CHARS])
{
    const char *verb = q->n_words > 1 ? q->words[1] : "";
    const char *name = options_get(&options, "name");
    int code = 0;

    if (q->n_words != 2)
        return complain(EX_USAGE, "staff", "one verb is meant",
                        "list, add, passwd or remove");
    if (!strcmp(verb, "list"))
        return 0;
    if (!name || !bundle_id_ok(name))
        return complain(EX_USAGE, "--name", "needs a short name of a-z 0-9 . _ -",
                        "give one");
    hash[0] = 0;
    if (!strcmp(verb, "add") || !strcmp(verb, "passwd"))
        code = new_password(hash);
    q->words[q->n_words++] = name;
    q->words[q->n_words++] = options_get(&options, "role");
    q->words[q->n_words++] = hash;
    return code;
}

static void say_line(void *ctx, const char *line)
{
    (void)ctx;
    printf("%s\n", line);
    fflush(stdout); /* somebody waits for the number */
}

static int conformance(const char *url)
{
    const struct conformance_wish wish = { .url = url,
                                           .code = options_get(&options, "code"),
                                           .wait_s = CONFIRM_S,
                                           .say = say_line };
    int broken = conformance_run(&wish);

    if (broken == CONFORMANCE_UNREACHED)
        return complain(EX_UNAVAILABLE, url, "no answer from there",
                        "check it: https, or http to this machine");
    return broken ? 1 : 0;
}

int main(int argc, char **argv)
{
    struct control_question q = { 0 };
    char hash[PASSWORD_HASH_CHARS];
    const struct command *command;
    struct buf path;
    int at;
    int code;

    hash_init();
    check_no_core();
    at = options_read(&options, argc, argv, false);
    for (; at < argc && argv[at] && q.n_words < CONTROL_WORDS_MAX; at++)
        q.words[q.n_words++] = argv[at];
    if (!q.n_words)
        return usage("subcommand", "none given");
    if (!strcmp(q.words[0], "init"))
        return init();
    if (!strcmp(q.words[0], "serve"))
        return serve_run(forward_by_itself);
    if (!strcmp(q.words[0], "report") || !strcmp(q.words[0], "dossier"))
        return q.n_words == 1
                   ? report(!strcmp(q.words[0], "dossier"))
                   : complain(EX_USAGE, q.words[1], "is no option", "see --help");
    if (!strcmp(q.words[0], "forward") && q.n_words == 1)
        return forward_now(&post);
    if (!strcmp(q.words[0], "parent-enrol") && q.n_words == 2)
        return forward_enrol(&post, q.words[1]);
    if (!strcmp(q.words[0], "conformance"))
        return q.n_words == 2 ? conformance(q.words[1])
                              : complain(EX_USAGE, "conformance", "one URL is meant",
                                         "https://may-chu.xa.vn");
    command = command_find(q.words[0]);
    if (!command)
        return usage(q.words[0], "no such subcommand");
    if (q.n_words - 1 < command->min_words || q.n_words - 1 > command->max_words)
        return complain(EX_USAGE, command->name, "wrong number of words",
                        *command->words ? command->words : "it takes none");
    if (!strcmp(q.words[0], "enrol-code") && options_get(&options, "commune"))
        q.words[q.n_words++] = options_get(&options, "commune");
    if (!strcmp(q.words[0], "totals") && options_on(&options, "outside"))
        q.words[q.n_words++] = "outside";
    code = !strcmp(q.words[0], "staff") ? add_staff_words(&q, hash) : 0;
    if (code)
        return code;
    buf_init(&path, 8192);
    if (q.n_words > 1 && command->takes_path)
        q.words[1] = absolute(q.words[1], &path);
    q.kiosk = options_get(&options, "kiosk");
    q.json = options_on(&options, "json");
    code = run_command(&q);
    buf_finish(&path);
    return code;
}
