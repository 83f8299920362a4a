/* Files and their passphrases. */
#include "files.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <termios.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/options.h"
#include "machine.h"

#define OUTPUT_MAX (64 << 20)
#define PATH_BYTES 4096
#define SECRET_BYTES 256
#define WORDS_MAX 12

const char *files_absolute(const char *path, char *out, unsigned long n)
{
    char cwd[PATH_BYTES];
    int len;

    if (path[0] == '/' || !getcwd(cwd, sizeof(cwd)))
        return path;
    len = snprintf(out, n, "%s/%s", cwd, path);
    return len > 0 && (size_t)len < n ? out : path;
}

bool files_is(const char *word)
{
    return !strcmp(word, "export") || !strcmp(word, "import");
}

/* A line of stdin without its end; at a terminal it is asked for and not shown. */
static void read_secret(const char *what, char out[SECRET_BYTES])
{
    struct termios before, quiet;
    bool terminal = isatty(STDIN_FILENO) && !tcgetattr(STDIN_FILENO, &before);

    out[0] = 0;
    if (terminal) {
        quiet = before;
        quiet.c_lflag &= ~(tcflag_t)ECHO;
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
        fprintf(stderr, "%s: ", what);
    }
    if (!fgets(out, SECRET_BYTES, stdin))
        out[0] = 0;
    out[strcspn(out, "\r\n")] = 0;
    if (terminal) {
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fputc('\n', stderr);
    }
}

static int ask(struct machine *m, int argc, const char *const *argv)
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

/* Whether the word after this one is a path. */
static bool names_a_path(const char *word)
{
    return !strcmp(word, "import") || !strcmp(word, "--people") ||
           !strcmp(word, "--report");
}

int files_run(struct machine *m, const struct options *o, int argc,
              const char *const *argv)
{
    char path[2 * PATH_BYTES], passphrase[SECRET_BYTES], secret[SECRET_BYTES];
    const char *words[WORDS_MAX];
    bool with_names = !strcmp(argv[0], "import");
    int n = 0, code;

    for (int i = 0; i < argc && n + 3 < WORDS_MAX; i++) {
        if (!strcmp(argv[i], "--secrets")) {
            options_complain(o, argv[i], "others could read it",
                             "give passphrases on stdin");
            return EX_USAGE;
        }
        with_names = with_names || !strcmp(argv[i], "--people");
        words[n++] = i && argv[i][0] != '-' && names_a_path(argv[i - 1])
                         ? files_absolute(argv[i], path, sizeof(path))
                         : argv[i];
    }
    if (with_names) {
        read_secret("passphrase of the kiosk", passphrase);
        read_secret("passphrase of the file", secret);
        words[n++] = "--secrets";
        words[n++] = passphrase;
        words[n++] = secret;
    }
    code = ask(m, n, words);
    hash_wipe(passphrase, sizeof(passphrase));
    hash_wipe(secret, sizeof(secret));
    return code;
}
