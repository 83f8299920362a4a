#include "pack_cli.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/check.h"

int cli_run_under(struct cli *c, const char *before, const char *words)
{
    const char *log = arena_printf(&c->t.arena, "%s/said", c->t.root);
    int status =
        system(arena_printf(&c->t.arena, "cd %s && %s %s %s >%s 2>&1 </dev/null",
                            c->t.root, before, PACK_PROGRAM, words, log));
    size_t n;

    assert_true(WIFEXITED(status));
    c->said = tree_read(&c->t, log, &n);
    return WEXITSTATUS(status);
}

int cli_run(struct cli *c, const char *words)
{
    return cli_run_under(c, "", words);
}

void cli_said(const struct cli *c, const char *want)
{
    if (!strstr(c->said, want))
        fail_msg("wanted “%s” in “%s”", want, c->said);
}

int cli_setup(void **state)
{
    struct cli *c = check_alloc(sizeof(*c));

    *c = (struct cli){ 0 };
    tree_make(&c->t);
    *state = c;
    return 0;
}

int cli_teardown(void **state)
{
    struct cli *c = *state;

    tree_remove(&c->t);
    free(c);
    return 0;
}
