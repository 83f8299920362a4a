/* One table of settings: files, environment, command line. */
#include "base/options.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/utf8.h"

#define CONF_MAX_BYTES 65536
#define NAME_BYTES 64

#ifndef BDHVS_VERSION
#error "the build passes BDHVS_VERSION"
#endif

static struct arena kept; /* values read from files; until the process ends */

static struct option_def *find(const struct options *o, const char *name, size_t n)
{
    for (size_t i = 0; i < o->n_defs; i++)
        if (strlen(o->defs[i].name) == n && !memcmp(o->defs[i].name, name, n))
            return &o->defs[i];
    return NULL;
}

void options_complain(const struct options *o, const char *what, const char *why,
                      const char *fix)
{
    fprintf(stderr, "%s: %s: %s: %s\n", o->program, what, why, fix);
}

static _Noreturn void fail(const struct options *o, int code, const char *what,
                           const char *why, const char *fix)
{
    options_complain(o, what, why, fix);
    exit(code);
}

static void help(const struct options *o)
{
    printf("Usage: %s %s\n\n", o->program, o->usage);
    for (size_t i = 0; i < o->n_defs; i++) {
        const struct option_def *d = &o->defs[i];
        char left[NAME_BYTES];

        snprintf(left, sizeof(left), "--%s%s%s", d->name, d->arg ? " " : "",
                 d->arg ? d->arg : "");
        printf("  %-24s %s\n", left, d->help);
    }
    printf("  %-24s %s\n", "--help", "this page");
    printf("  %-24s %s\n", "--version", "the version");
    printf("\nEvery option can also stand in /etc/bdhvs/%s.conf or in the environment "
           "as BDHVS_<OPTION>.\n",
           o->program);
    exit(EX_OK);
}

static char *trim(char *s)
{
    char *end = s + strlen(s);

    while (isspace((unsigned char)*s))
        s++;
    while (end > s && isspace((unsigned char)end[-1]))
        *--end = 0;
    return s;
}

static void read_conf(struct options *o, const char *path)
{
    struct buf text;
    enum err err;
    int line = 0;

    buf_init(&text, CONF_MAX_BYTES);
    err = file_read(path, &text);
    if (err == ERR_OFFLINE) {
        buf_finish(&text);
        return;
    }
    if (err || !utf8_valid(buf_text(&text), text.len))
        fail(o, EX_CONFIG, path, "not a readable text file", "correct or remove it");
    for (char *at = text.data, *next; at && *at; at = next) {
        char where[NAME_BYTES + 4096];
        char *eq;
        struct option_def *d;

        next = strchr(at, '\n');
        next = next ? (*next = 0, next + 1) : at + strlen(at);
        line++;
        at = trim(at);
        if (!*at || *at == '#')
            continue;
        eq = strchr(at, '=');
        snprintf(where, sizeof(where), "%s:%d", path, line);
        if (!eq)
            fail(o, EX_CONFIG, where, "no '='", "write name = value");
        *eq = 0;
        at = trim(at);
        d = find(o, at, strlen(at));
        if (!d)
            fail(o, EX_CONFIG, where, "unknown setting", "see --help");
        d->value = arena_strdup(&kept, trim(eq + 1));
    }
    buf_finish(&text);
}

static void read_files(struct options *o)
{
    const char *xdg = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    char path[4096];

    snprintf(path, sizeof(path), "/etc/bdhvs/%s.conf", o->program);
    read_conf(o, path);
    if (xdg && *xdg)
        snprintf(path, sizeof(path), "%s/bdhvs/%s.conf", xdg, o->program);
    else if (home && *home)
        snprintf(path, sizeof(path), "%s/.config/bdhvs/%s.conf", home, o->program);
    else
        return;
    read_conf(o, path);
}

static void read_environment(struct options *o)
{
    for (size_t i = 0; i < o->n_defs; i++) {
        char name[NAME_BYTES] = "BDHVS_";
        size_t n = strlen(name);
        const char *value;

        for (const char *p = o->defs[i].name; *p && n + 1 < sizeof(name); p++)
            name[n++] = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
        name[n] = 0;
        value = getenv(name);
        if (value && *value)
            o->defs[i].value = value;
    }
}

/* Takes argv[i], an option, and its value; returns how many arguments that was. */
static int take(struct options *o, int argc, char **argv, int i)
{
    const char *name = argv[i] + 2;
    const char *eq = strchr(name, '=');
    struct option_def *d;

    if (!strcmp(name, "help"))
        help(o);
    if (!strcmp(name, "version")) {
        printf("%s %s\n", o->program, BDHVS_VERSION);
        exit(EX_OK);
    }
    d = find(o, name, eq ? (size_t)(eq - name) : strlen(name));
    if (!d)
        fail(o, EX_USAGE, argv[i], "unknown option", "see --help");
    if (!d->arg) {
        if (eq)
            fail(o, EX_USAGE, argv[i], "takes no value", "leave it out");
        d->value = "1";
        return 1;
    }
    if (eq) {
        d->value = eq + 1;
        return 1;
    }
    if (i + 1 >= argc)
        fail(o, EX_USAGE, argv[i], "needs a value", "see --help");
    d->value = argv[i + 1];
    return 2;
}

int options_read(struct options *o, int argc, char **argv, bool stop_at_word)
{
    int words = 1;

    read_files(o);
    read_environment(o);
    for (int i = 1; i < argc;) {
        if (!strcmp(argv[i], "--")) {
            while (++i < argc)
                argv[words++] = argv[i];
            break;
        }
        if (!strncmp(argv[i], "--", 2)) {
            i += take(o, argc, argv, i);
            continue;
        }
        if (stop_at_word)
            return i;
        argv[words++] = argv[i++];
    }
    argv[words < argc ? words : argc] = NULL;
    return stop_at_word ? argc : 1;
}

const char *options_get(const struct options *o, const char *name)
{
    const struct option_def *d = find(o, name, strlen(name));

    ASSERT(d);
    return d->value;
}

bool options_on(const struct options *o, const char *name)
{
    const char *v = options_get(o, name);

    return v && strcmp(v, "0") && strcmp(v, "no") && *v;
}

long options_number(const struct options *o, const char *name, long min, long max)
{
    const char *text = options_get(o, name);
    char *end = NULL;
    char range[NAME_BYTES];
    long v;

    errno = 0;
    v = text ? strtol(text, &end, 10) : 0;
    if (!text || end == text || *end || errno || v < min || v > max) {
        snprintf(range, sizeof(range), "give a whole number from %ld to %ld", min, max);
        fail(o, EX_USAGE, name, "not a number in range", range);
    }
    return v;
}
