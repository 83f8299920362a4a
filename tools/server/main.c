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
#include "control.h"
#include "http.h"
#include "password.h"
#include "routes.h"
#include "server.h"
#include "titles.h"

#define LOG_MODULE "main"
#include "base/log.h"

#define SOCKET_PATH_BYTES 128
#define PASSWORD_FILE_MAX 1024
#define EARLIEST_MS \
    1735689600000 /* 2025: kiosks believe our clock, so it must be sane */

static struct option_def defs[] = {
    { "db", "sqlite:PATH", "sqlite:/var/lib/bdhvs-server/server.db", "the database" },
    { "listen", "ADDR:PORT", "127.0.0.1:8090", "serve: where; port 0 is any free one" },
    { "open-page", NULL, NULL, "serve: show the page beyond this machine" },
    { "tls-cert", "FILE", NULL, "serve: certificate with its chain, PEM" },
    { "tls-key", "FILE", NULL, "serve: its key, PEM" },
    { "pack", "DIR", NULL,
      "serve: offer this built pack to kiosks, and take titles from it" },
    { "admin", "NAME", NULL, "init: the first administrator" },
    { "name", "NAME", NULL, "staff: whom" },
    { "role", "ROLE", "inspector", "staff add: administrator, inspector or editor" },
    { "password-file", "FILE", NULL, "init, staff: its first line is the password" },
    { "commune", "CODE", "21520", "init: the commune's code" },
    { "kiosk", "ID", "", "totals: of this machine alone" },
    { "json", NULL, NULL, "totals: as JSON" },
};

static struct options options = {
    .program = "bdhvs-server",
    .usage = "[OPTION…] SUBCOMMAND [WORD…]\n\nSubcommands:\n"
             "  init             a new database: keys, commune, first administrator\n"
             "  serve            take bundles, show the page\n"
             "  enrol-code       a code to type at a new kiosk (15 minutes)\n"
             "  enrol-confirm N  let in the kiosk that shows this number\n"
             "  totals           what is stored (--json, --kiosk ID)\n"
             "  import DIR       take the bundles of a USB stick\n"
             "  backup [FILE]    a checked copy\n"
             "  set KEY VALUE, load FILE, settings\n"
             "  admit, kiosks, revoke KIOSK\n"
             "  staff VERB       officials: list, add, passwd, remove",
    .defs = defs,
    .n_defs = COUNT(defs),
};

static int complain(int code, const char *what, const char *why, const char *fix)
{
    options_complain(&options, what, why, fix);
    return code;
}

static int usage(const char *what, const char *why)
{
    options_complain(&options, what, why, "use one of these");
    fprintf(stderr, "  init\n  serve\n");
    for (size_t i = 0; i < n_commands; i++)
        fprintf(stderr, "  %-14s %-15s %s\n", commands[i].name, commands[i].words,
                commands[i].help);
    return EX_USAGE;
}

static int cannot_open(const char *uri, enum err err)
{
    switch (err) {
    case ERR_RETRY:
        return complain(EX_TEMPFAIL, uri, "another process has it",
                        "stop that process, or ask the running server");
    case ERR_REJECTED:
        return complain(EX_CONFIG, uri, "not initialised, or made by a newer program",
                        "run bdhvs-server init, or upgrade");
    case ERR_FULL:
        return complain(1, uri, "the disk is full", "make room");
    default:
        return complain(1, uri, "cannot be opened or fails its check",
                        "check the path and the rights, or put back a backup");
    }
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

static int init(void)
{
    const char *uri = options_get(&options, "db");
    const char *admin = options_get(&options, "admin");
    const char *commune = options_get(&options, "commune");
    char hash[PASSWORD_HASH_CHARS];
    enum err err;
    int code;

    if (!admin || !bundle_id_ok(admin))
        return complain(EX_USAGE, "--admin", "needs a short name of a-z 0-9 . _ -",
                        "give one");
    if (!bundle_id_ok(commune))
        return complain(EX_USAGE, "--commune", "not a code", "give the official code");
    code = new_password(hash);
    if (code)
        return code;
    err = server_init(uri, &clock_real, commune, admin, hash);
    if (err == ERR_REJECTED)
        return complain(1, uri, "is initialised already, or made by a newer program",
                        "choose another path");
    if (err)
        return cannot_open(uri, err);
    printf("%s is ready\n", uri);
    return 0;
}

struct serving {
    struct server *server;
    int control;
};

static void on_control(void *ctx)
{
    struct serving *serving = ctx;

    control_answer(serving->control, commands_run, serving->server);
}

static int serve(void)
{
    const char *uri = options_get(&options, "db");
    const char *pack = options_get(&options, "pack");
    char path[SOCKET_PATH_BYTES];
    struct titles titles = { 0 };
    struct server server;
    struct serving serving = { .server = &server };
    const struct http_tls tls = { options_get(&options, "tls-cert"),
                                  options_get(&options, "tls-key") };
    struct http *http = NULL;
    enum err err;
    int code = 0;

    if (!tls.cert_path != !tls.key_path)
        return complain(EX_USAGE, "TLS", "one of --tls-cert and --tls-key is missing",
                        "give both, or none");

    if (control_path(uri, path, sizeof(path)))
        return complain(EX_USAGE, uri, "the path is too long", "use a shorter one");
    if (clock_wall_ms(&clock_real) < EARLIEST_MS)
        return complain(EX_TEMPFAIL, "clock", "it shows a year long ago",
                        "set it: kiosks take their time from here");
    err = server_open(uri, &clock_real, &server);
    if (err)
        return cannot_open(uri, err);
    if (http_open(options_get(&options, "listen"), tls.cert_path ? &tls : NULL,
                  routes_answer, &server, &http)) {
        server_close(&server);
        return complain(EX_UNAVAILABLE, options_get(&options, "listen"),
                        "cannot serve there",
                        "choose a free ADDR:PORT; check the certificate and its key");
    }
    if (pack && titles_read(pack, &titles))
        LOG_WARN("%s: no titles in this pack: lessons go by their ids", pack);
    if (pack) {
        snprintf(server.offer.folder, sizeof(server.offer.folder), "%s", pack);
        offer_refresh(&server.offer);
    }
    server.titles = &titles;
    server.show_page = options_on(&options, "open-page") || http_is_loopback(http);
    server.loopback_only = !options_on(&options, "open-page");
    if (control_listen(path, &serving.control)) {
        code = complain(1, path, "cannot be made", "check the folder's rights");
    } else {
        printf("listening on http%s://%s\n", tls.cert_path ? "s" : "",
               http_address(http));
        fflush(stdout);
        http_loop(http, &server.broken, serving.control, on_control, &serving);
        close(serving.control);
        unlink(path);
        code = server.broken ? 1 : 0;
    }
    http_close(http);
    server_close(&server);
    titles_finish(&titles);
    return code;
}

/* Through the serving process when there is one, else by ourselves. */
static int run_command(const struct control_question *q)
{
    const char *uri = options_get(&options, "db");
    char path[SOCKET_PATH_BYTES];
    struct server server;
    struct buf out;
    struct buf complaint;
    int code = 1;
    enum err err;

    buf_init(&out, CONTROL_ANSWER_MAX);
    buf_init(&complaint, CONTROL_ANSWER_MAX);
    err = control_path(uri, path, sizeof(path));
    if (!err)
        err = control_ask(path, q, &code, &out, &complaint);
    if (err == ERR_OFFLINE || err == ERR_REJECTED) {
        err = server_open(uri, &clock_real, &server);
        if (err)
            return cannot_open(uri, err);
        code = commands_run(&server, q, &out, &complaint);
        server_close(&server);
    } else if (err) {
        return complain(1, path, "the running server gave no answer", "try again");
    }
    fwrite(buf_text(&out), 1, out.len, stdout);
    if (complaint.len)
        fprintf(stderr, "%s: %s\n", options.program, buf_text(&complaint));
    buf_finish(&out);
    buf_finish(&complaint);
    return fflush(stdout) ? 1 : code;
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
        return serve();
    command = command_find(q.words[0]);
    if (!command)
        return usage(q.words[0], "no such subcommand");
    if (q.n_words - 1 < command->min_words || q.n_words - 1 > command->max_words)
        return complain(EX_USAGE, command->name, "wrong number of words",
                        *command->words ? command->words : "it takes none");
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
