/* Any bytes as the payload of a bundle: what is taken obeys the grammar, and comes out
 * of another round of writing and reading as it was. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "wire/bundle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_grammar(const struct bundle *b)
{
    ASSERT(bundle_id_ok(b->kiosk) && bundle_id_ok(b->commune));
    ASSERT(b->n_counts + b->n_gauges + b->n_unreadable <= BUNDLE_ROWS_MAX);
    for (size_t i = 0; i < b->n_counts; i++) {
        const struct bundle_count *c = &b->counts[i];

        ASSERT(c->run < b->n_runs && c->plus >= 0 && c->minus >= 0);
        ASSERT(bundle_id_ok(c->stat) && bundle_id_ok(c->unit));
        ASSERT(bundle_count_period_ok(c->period) && bundle_dims_ok(c->dims));
    }
    for (size_t i = 0; i < b->n_gauges; i++) {
        const struct bundle_gauge *g = &b->gauges[i];

        ASSERT(g->run < b->n_runs && g->value >= 0 && g->rev >= 0);
        ASSERT(bundle_id_ok(g->stat) && bundle_id_ok(g->unit));
        ASSERT(bundle_gauge_period_ok(g->period) && bundle_dims_ok(g->dims));
    }
}

static void write_again(const struct bundle *b, struct buf *out)
{
    buf_init(out, 4 * BUNDLE_BYTES_MAX);
    ASSERT(bundle_encode(b, out) == ERR_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena arena = { 0 };
    struct bundle b;
    struct bundle again;
    struct buf first;
    struct buf second;
    char why[64];

    if (n > BUNDLE_BYTES_MAX)
        return 0;
    if (!bundle_decode((const char *)data, n, &arena, &b, why, sizeof(why))) {
        check_grammar(&b);
        write_again(&b, &first);
        ASSERT(!bundle_decode(first.data, first.len, &arena, &again, why, sizeof(why)));
        write_again(&again, &second);
        ASSERT(strcmp(first.data, second.data) == 0);
        buf_finish(&first);
        buf_finish(&second);
    }
    arena_finish(&arena);
    return 0;
}
