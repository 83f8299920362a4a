/* bdhvs-update: installs a newer program that somebody asked for at the kiosk, and goes back to
 * the former one if the new one shows nothing. As root, started by systemd; see
 * debian/README.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/check.h"
#include "base/hash.h"
#include "base/options.h"
#include "update.h"

static struct option_def defs[] = {
    { "root", "FOLDER", "",
      "the machine below it, with programs from PATH; for tests" },
};

static int told(enum update_step step)
{
    printf("%s\n", update_step_name(step));
    return step == UPDATE_GOING_BACK ? EX_TEMPFAIL : EXIT_SUCCESS;
}

static int adopt(const struct options *o, struct update *u, const char *folder)
{
    int n = update_adopt(u, folder);

    if (!n) {
        options_complain(
            o, folder, "holds none of the packages that are installed",
            "give the folder of the packages this machine was set up from");
        return EX_DATAERR;
    }
    printf("%d packages are kept: there is a way back from the next update\n", n);
    return EXIT_SUCCESS;
}

static int status(const struct update *u)
{
    char path[PLACE_PATH_BYTES];
    struct update_state s;

    place_path(&u->place, path, PLACE_OWN "/" UPDATE_STATE_FILE);
    update_state_read(path, &s);
    printf("%s (%s)\nfrom\t%s\nto\t%s\nver\t%lld\nfloor\t%lld\n",
           update_step_name(s.step), update_why_name(s.why), s.from, s.to,
           (long long)s.ver, (long long)s.floor);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    struct options o = { .program = "bdhvs-update",
                         .usage = "run | recover | settle | adopt FOLDER | status",
                         .defs = defs,
                         .n_defs = COUNT(defs) };
    char **words = argv + options_read(&o, argc, argv, false);
    struct update u = { .place = { options_get(&o, "root") } };
    int n = 0;

    hash_init();
    u.for_tests = *u.place.root != 0;
    while (words[n])
        n++;
    if (n == 1 && !strcmp(words[0], "status"))
        return status(&u);
    if (!u.for_tests && geteuid()) {
        options_complain(&o, "not root", "packages are installed", "run it as root");
        return EX_NOPERM;
    }
    umask(022);
    if (n == 1 && !strcmp(words[0], "run"))
        return told(update_run(&u));
    if (n == 1 && !strcmp(words[0], "settle"))
        return told(update_settle(&u));
    if (n == 1 && !strcmp(words[0], "recover")) {
        u.at_boot = true;
        return told(update_recover(&u));
    }
    if (n == 2 && !strcmp(words[0], "adopt"))
        return adopt(&o, &u, words[1]);
    options_complain(&o, n ? words[0] : "no command", "not a command, or too few words",
                     "see bdhvs-update --help");
    return EX_USAGE;
}
