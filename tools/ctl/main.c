/* bdhvs-ctl: the commands of app/control.c from a terminal, through the running kiosk or,
 * when none runs, on its data folder. Never opens a live database. */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "app/control.h"
#include "app/provision_signed.h"
#include "app/support.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/data_dir.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/options.h"
#include "files.h"
#include "machine.h"
#include "sheet.h"
#include "store/backup.h"
#include "talk.h"
#include "verify.h"

#define OUTPUT_MAX (64 << 20)
#define PATH_BYTES 4096
#define WORDS_MAX 4 /* of a command that is given a path: too many stay too many */

static struct option_def defs[] = {
    { "data", "DIR", NULL, "data folder of the kiosk (default: $XDG_DATA_HOME/bdhvs)" },
    { "pack", "DIR", NULL, "sheet, while no kiosk runs: a built pack [DATA/pack]" },
    { "pack-key", "FILE", NULL, "sheet: public key that pack must be signed with" },
    { "provision-key", "FILE", PROVISION_KEY,
      "provision: public key the file must be signed with, if there is one" },
};

/* A database can only be replaced while nobody has it open. */
static int restore(struct machine *m, const struct options *o, const char *dir,
                   const char *path)
{
    const struct db_config config = { .dir = dir,
                                      .clock = &clock_real,
                                      .program_version = BDHVS_VERSION };
    enum err err;

    if (!path) {
        options_complain(o, "restore", "which backup?", "bdhvs-ctl restore FILE");
        return EX_USAGE;
    }
    if (machine_runs(m)) {
        options_complain(o, "restore", "the kiosk is running", "stop it first");
        return EX_TEMPFAIL;
    }
    err = backup_restore(&config, path);
    if (err) {
        options_complain(o, path, err_name(err),
                         "not restored; the database is as it was");
        return 1;
    }
    puts("restored");
    return 0;
}

static int run(struct machine *m, int argc, const char *const *argv)
{
    struct buf out;
    int code;

    buf_init(&out, OUTPUT_MAX);
    code = machine_ask(m, argc, argv, &out);
    if (code && buf_text(&out)[0] != '{') /* no answer, but why there is none */
        fprintf(stderr, "bdhvs-ctl: %s", buf_text(&out));
    else
        fputs(buf_text(&out), stdout);
    buf_finish(&out);
    return code;
}

/* The kiosk has another working folder. */
static int run_on_path(struct machine *m, int argc, const char *const *argv)
{
    const char *words[WORDS_MAX + 1] = { NULL };
    char path[2 * PATH_BYTES];
    bool found = false;

    for (int i = 0; i < argc && i < WORDS_MAX; i++) {
        bool is_path = i > 0 && argv[i][0] != '-' && !found;

        words[i] = is_path ? files_absolute(argv[i], path, sizeof(path)) : argv[i];
        found |= is_path;
    }
    return run(m, argc < WORDS_MAX ? argc : WORDS_MAX, words);
}

static int ask_machine(void *ctx, int argc, const char *const *argv, struct buf *out)
{
    return machine_ask(ctx, argc, argv, out);
}

/* Writes `path`, which must not be there yet. */
static int support_file(struct machine *m, const struct options *o, const char *path)
{
    struct buf text;
    enum err err;

    if (file_exists(path)) {
        options_complain(o, path, "is there already", "name a new file");
        return 1;
    }
    buf_init(&text, SUPPORT_MAX);
    err = support_write(options_get(o, "data"), ask_machine, m, &text);
    if (!err)
        err = file_replace(path, buf_text(&text), text.len, 0600);
    buf_finish(&text);
    if (err) {
        options_complain(o, path, err_name(err), "choose a place that can be written");
        return 1;
    }
    printf("%s\n", path);
    return 0;
}

int main(int argc, char **argv)
{
    struct options o = {
        "bdhvs-ctl",
        "[--data DIR] COMMAND …\n\nCommands:\n"
        "  backup | restore FILE          a verified copy of the database, and back\n"
        "  courier DIR                    totals and acks on a USB stick\n"
        "  doctor [--json]                is the machine well, and what to do\n"
        "  enrol URL CODE [--confirm N]   join a commune server\n"
        "  export --report DIR [--now half] period report: CSV, XLSX, DOCX\n"
        "  export --people FILE.zip       people, encrypted; stdin: two passphrases\n"
        "  import FILE [--apply]          people; without --apply only says what it "
        "would "
        "do\n"
        "  person add --thon T --sex S --band B --group G [--count N]\n"
        "                                 nameless cards: token and code\n"
        "  person erase --code C --yes    takes a name away; prints the receipt's "
        "number\n"
        "  provision FILE [--dry-run]     sets a new machine up, or says what it "
        "would do\n"
        "  rebuild --verify | --repair    projections against the events\n"
        "  sheet LESSON OUT.pdf           what a learner takes home of a lesson, on "
        "A5\n"
        "  support FILE                   what a helper far away wants to know, "
        "without "
        "personal data\n"
        "  sync                           send what waits now\n"
        "  totals --json                  every total, as the server has it\n"
        "  update DIR                     install a newer program from a signed "
        "folder\n"
        "  verify-certificate TEXT [--name NAME] [--key FILE]\n"
        "                                 is a “Giấy ghi nhận” ours, and for that "
        "name?\n"
        "  verify-certificate --own-key   the public key, for others\n",
        defs, COUNT(defs)
    };
    const char *const *words;
    char dir[PATH_BYTES];
    struct machine *m;
    int at, n, code;

    hash_init();
    check_no_core();
    data_dir_default(dir, sizeof(dir));
    defs[0].value = dir;
    at = options_read(&o, argc, argv, true);
    n = argc - at;
    if (n < 1) {
        options_complain(&o, "no command", "nothing to do", "see --help");
        return EX_USAGE;
    }
    words = (const char *const *)(argv + at);
    if (verify_is(words[0]))
        return verify_run(&o, options_get(&o, "data"), n, words);
    machine_create(options_get(&o, "data"), &m);
    machine_use_provision_key(m, options_get(&o, "provision-key"));
    if (!strcmp(words[0], "restore"))
        code = restore(m, &o, options_get(&o, "data"), words[1]);
    else if (!strcmp(words[0], "enrol") && n > 1 && words[1][0] != '-')
        code = talk_enrol(m, n, words);
    else if (files_is(words[0]))
        code = files_run(m, &o, n, words);
    else if (!strcmp(words[0], "sheet") && n == 3)
        code = sheet_run(m, &o, words);
    else if (!strcmp(words[0], "support") && n == 2)
        code = support_file(m, &o, words[1]);
    else if (!strcmp(words[0], "sync") && n == 1)
        code = talk_sync(m);
    else if ((!strcmp(words[0], "courier") || !strcmp(words[0], "provision") ||
              !strcmp(words[0], "update")) &&
             n >= 2)
        code = run_on_path(m, n, words);
    else
        code = run(m, n, words);
    machine_destroy(m);
    return code;
}
