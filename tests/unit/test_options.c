#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/file.h"
#include "base/options.h"

/* Values live until the process ends, so each reading has a table of its own. */
static struct options fresh(void)
{
    static struct option_def tables[32][3];
    static size_t n_tables;
    static const struct option_def first[] = {
        { "data", "DIR", NULL, "the data folder" },
        { "idle-s", "N", "120", "seconds" },
        { "mute", NULL, NULL, "no sound" },
    };

    ASSERT(n_tables < COUNT(tables));
    memcpy(tables[n_tables], first, sizeof(first));
    return (struct options){ "bdhvs-kiosk", "[OPTION]…", tables[n_tables++],
                             COUNT(first) };
}

/* argv as the program gets it: writable strings. */
static char **make_argv(const char *const *words)
{
    static struct arena arena;
    static char *argv[8];
    size_t n = 0;

    for (; words[n]; n++)
        argv[n] = arena_strdup(&arena, words[n]);
    argv[n] = NULL;
    return argv;
}

static char conf_dir[] = "/tmp/bdhvs-conf-XXXXXX";

static int setup(void **state)
{
    char path[128];

    (void)state;
    if (!mkdtemp(conf_dir))
        return -1;
    snprintf(path, sizeof(path), "%s/bdhvs", conf_dir);
    if (file_make_folder(path))
        return -1;
    return setenv("XDG_CONFIG_HOME", conf_dir, 1);
}

static void write_conf(const char *text)
{
    char path[128];

    snprintf(path, sizeof(path), "%s/bdhvs/bdhvs-kiosk.conf", conf_dir);
    assert_int_equal(file_replace(path, text, strlen(text), 0600), ERR_OK);
}

static void test_the_command_line_wins_over_environment_and_file(void **state)
{
    char **argv = make_argv(
        (const char *[]){ "bdhvs-kiosk", "--data=/cli", "word", "--mute", NULL });
    struct options o = fresh();

    (void)state;
    write_conf("# a comment\ndata = /file\nidle-s=90\n");
    setenv("BDHVS_DATA", "/env", 1);
    assert_int_equal(options_read(&o, 4, argv, false), 1);
    assert_string_equal(options_get(&o, "data"), "/cli");
    assert_int_equal(options_number(&o, "idle-s", 1, 1000), 90);
    assert_true(options_on(&o, "mute"));
    assert_string_equal(argv[1], "word");
    assert_null(argv[2]);
    setenv("BDHVS_IDLE_S", "45", 1);
    o = fresh();
    options_read(&o, 1, argv, false);
    assert_string_equal(options_get(&o, "data"), "/env");
    assert_int_equal(options_number(&o, "idle-s", 1, 1000), 45);
    unsetenv("BDHVS_DATA");
    unsetenv("BDHVS_IDLE_S");
}

/* The exit status of reading `arg` alone. */
static int status_of(const char *conf, const char *arg)
{
    char **argv = make_argv((const char *[]){ "bdhvs-kiosk", arg, NULL });
    struct options o = fresh();
    int status = 0;
    pid_t pid;

    write_conf(conf);
    pid = fork();
    if (pid == 0) {
        fclose(stderr);
        fclose(stdout);
        options_read(&o, 2, argv, false);
        options_number(&o, "idle-s", 1, 1000);
        _exit(0);
    }
    assert_true(pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void test_what_is_wrong_ends_with_the_sysexits_code(void **state)
{
    (void)state;
    assert_int_equal(status_of("", "--mute"), 0);
    assert_int_equal(status_of("", "--nothing"), 64);
    assert_int_equal(status_of("", "--data"), 64);
    assert_int_equal(status_of("", "--mute=1"), 64);
    assert_int_equal(status_of("", "--idle-s=ten"), 64);
    assert_int_equal(status_of("", "--idle-s=0"), 64);
    assert_int_equal(status_of("nonsense\n", "--mute"), 78);
    assert_int_equal(status_of("colour = red\n", "--mute"), 78);
    assert_int_equal(status_of("", "--help"), 0);
    assert_int_equal(status_of("", "--version"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_command_line_wins_over_environment_and_file),
        cmocka_unit_test(test_what_is_wrong_ends_with_the_sysexits_code),
    };

    return cmocka_run_group_tests(tests, setup, NULL);
}
