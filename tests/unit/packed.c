/* See packed.h. */
#include "packed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "items/items.h"
#include "report.h"
#include "sign.h"
#include "source.h"
#include "voice.h"

void packed_build(struct packed *f)
{
    struct voice voice = { .root = f->t.content };
    struct report report;
    struct source s;

    report_init(&report);
    assert_int_equal(source_read(f->t.content, 0, &report, &s), ERR_OK);
    assert_int_equal(build_pack(&s, f->out, items_table, &voice, &report, &f->built),
                     ERR_OK);
    assert_string_equal(buf_text(&report.lines), "");
    report_finish(&report);
    source_finish(&s);
}

void packed_sign(struct packed *f)
{
    struct buf json, signature;

    buf_init(&json, PACK_MANIFEST_MAX);
    buf_init(&signature, 4096);
    assert_int_equal(file_read(f->manifest, &json), ERR_OK);
    assert_int_equal(
        sign_bytes(f->key, &json, "pack one", &signature, f->why, sizeof(f->why)),
        ERR_OK);
    tree_write(f->signature, signature.data, signature.len);
    buf_finish(&json);
    buf_finish(&signature);
}

enum err packed_open(struct packed *f, int64_t floor_ver)
{
    struct pack_key key;

    pack_close(f->pack);
    assert_int_equal(pack_key_read(f->pub, &key), ERR_OK);
    return pack_open(f->out, &key, 1, floor_ver, items_table, &f->pack, f->why,
                     sizeof(f->why));
}

int packed_setup(void **state)
{
    struct packed *f = check_alloc(sizeof(*f));

    *f = (struct packed){ 0 };
    tree_make(&f->t);
    f->out = arena_printf(&f->t.arena, "%s/out", f->t.root);
    f->manifest = arena_printf(&f->t.arena, "%s/manifest.json", f->out);
    f->signature = arena_printf(&f->t.arena, "%s.minisig", f->manifest);
    f->key = arena_printf(&f->t.arena, "%s/author.key", f->t.root);
    f->pub = arena_printf(&f->t.arena, "%s/author.pub", f->t.root);
    assert_int_equal(sign_keygen(arena_printf(&f->t.arena, "%s/author", f->t.root),
                                 f->why, sizeof(f->why)),
                     ERR_OK);
    packed_build(f);
    packed_sign(f);
    *state = f;
    return 0;
}

int packed_teardown(void **state)
{
    struct packed *f = *state;

    pack_close(f->pack);
    tree_remove(&f->t);
    free(f);
    return 0;
}
