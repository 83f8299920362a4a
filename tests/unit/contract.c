/* See contract.h. */
#include "contract.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "cmocka_all.h"
#include "server_rig.h"

static bool has_run[QUERY_COUNT];

bool contract_has_run(enum query q)
{
    return has_run[q];
}

int contract_setup(void **state)
{
    struct contract *c = calloc(1, sizeof(*c));

    assert_non_null(c);
    snprintf(c->dir, sizeof(c->dir), "/tmp/bdhvs-contract-XXXXXX");
    assert_non_null(mkdtemp(c->dir));
    if (rig_on_postgres())
        pg_cluster_database(c->uri);
    else
        snprintf(c->uri, sizeof(c->uri), "sqlite:%s/server.db", c->dir);
    assert_int_equal(store_open(c->uri, STORE_MAKE, &c->store), ERR_OK);
    contract_reopen(c); /* who makes a database keeps others away */
    *state = c;
    return 0;
}

int contract_teardown(void **state)
{
    struct contract *c = *state;

    store_close(c->store);
    if (rig_on_postgres())
        pg_cluster_drop(c->uri);
    unlink(arena_printf(&c->arena, "%s/server.db", c->dir));
    rmdir(c->dir);
    arena_finish(&c->arena);
    free(c);
    return 0;
}

void contract_reopen(struct contract *c)
{
    store_close(c->store);
    c->store = NULL;
    assert_int_equal(store_open(c->uri, STORE_EXISTING, &c->store), ERR_OK);
}

struct writing {
    struct buf text;
    size_t n_cells;
};

static enum err write_row(void *ctx, const struct cell *cells)
{
    struct writing *w = ctx;

    for (size_t i = 0; i < w->n_cells; i++) {
        if (i)
            buf_char(&w->text, '|');
        if (cells[i].text)
            buf_str(&w->text, cells[i].text);
        else
            buf_printf(&w->text, "%" PRId64, cells[i].number);
    }
    buf_char(&w->text, '\n');
    return ERR_OK;
}

const char *contract_rows(struct contract *c, enum query q, size_t n_cells,
                          const struct param *params, size_t n)
{
    struct writing w = { .n_cells = n_cells };
    const char *text;

    has_run[q] = true;
    buf_init(&w.text, 1 << 20);
    assert_int_equal(store_run_array(c->store, q, params, n, write_row, &w), ERR_OK);
    text = arena_strdup(&c->arena, buf_text(&w.text));
    buf_finish(&w.text);
    return text;
}
