/* bdhvs-pack: reads the command and hands over. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/options.h"
#include "commands.h"

#define EXIT_USAGE 64

static const struct command {
    const char *name;
    int n_words; /* after the name */
    int (*run)(const struct options *o, char **words);
} commands[] = {
    { "alert", 3, command_alert },       { "build", 2, command_build },
    { "bulletin", 3, command_bulletin }, { "coverage", 1, command_coverage },
    { "export", 1, command_export },     { "facts", 1, command_facts },
    { "import", 1, command_import },     { "info", 1, command_info },
    { "keygen", 0, command_keygen },     { "lint", 1, command_lint },
    { "preview", 2, command_preview },   { "program", 3, command_program },
    { "sign", 2, command_sign },         { "verify", 2, command_verify },
    { "voice", 1, command_voice },
};

int main(int argc, char **argv)
{
    struct option_def defs[] = {
        { "arch", "ARCH", NULL, "program: architecture of its packages, e.g. arm64" },
        { "beside", "ID", "bdhvs", "alert: the pack of lessons that it stands beside" },
        { "drafts", "FOLDER", NULL,
          "build, voice, bulletin: where draft clips are kept and made (voice: "
          "SRC/voice/.drafts)" },
        { "format", "gift|moodlexml", "gift",
          "export, import: how the questions are written" },
        { "from", "SRC", "content", "alert: whose pictures and facts it may use" },
        { "lesson", "ID", "bai",
          "import: the lesson that questions without an id are numbered for" },
        { "when", "SENTENCE", NULL,
          "bulletin: its last sentence, e.g. “Tối thứ Bảy, bảy giờ.”" },
        { "overlay", "FOLDER", NULL,
          "what reads SRC: files and words of a commune instead of those there" },
        { "out", "PREFIX", NULL,
          "keygen: writes PREFIX.key and PREFIX.pub; preview: folder of the pictures "
          "[preview-LESSON]" },
        { "release", "VERSION", NULL, "program: version of the program, e.g. 0.2.0" },
        { "suite", "SUITE", NULL, "program: bookworm or trixie" },
        { "text-step", "N", "0", "preview: size of the letters: 0, 1 or 2" },
        { "today", "DATE", NULL,
          "lint, facts: the day to judge facts by (YYYY-MM-DD)" },
        { "until", "DATE", NULL, "alert: the last day it is shown first [in 30 days]" },
        { "ver", "N", NULL, "program: its number, larger with every release" },
        { "window", "WxH", "1280x800", "preview: size of the pages in pixels" },
    };
    struct options options = {
        .program = "bdhvs-pack",
        .usage = "build SRC OUT | lint SRC | preview SRC LESSON | voice SRC"
                 " | alert FILE OUT KEY | bulletin SRC LESSON OUT.opus | coverage SRC "
                 "| facts SRC"
                 " | export SRC | import FILE | info OUT | keygen --out PREFIX"
                 " | program DEBS OUT KEY | sign OUT KEY | verify OUT PUBKEY",
        .defs = defs,
        .n_defs = COUNT(defs),
    };
    char **words = argv + options_read(&options, argc, argv, false);
    int n = 0;

    hash_init();
    log_set_level(LOG_LEVEL_ERR);
    for (int i = 1; words[0] && words[i]; i++)
        n++;
    for (size_t i = 0; words[0] && i < COUNT(commands); i++) {
        if (strcmp(commands[i].name, words[0]) != 0)
            continue;
        if (n == commands[i].n_words)
            return commands[i].run(&options, words + 1);
        options_complain(&options, words[0], "a wrong number of words follows",
                         "see bdhvs-pack --help");
        return EXIT_USAGE;
    }
    options_complain(&options, words[0] ? words[0] : "no command", "not a command",
                     "see bdhvs-pack --help");
    return EXIT_USAGE;
}
