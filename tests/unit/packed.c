/* See packed.h. */
#include "packed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alert.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "items/items.h"
#include "lint.h"
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

void packed_sign_with(struct packed *f, const char *folder, const char *key)
{
    const char *manifest = arena_printf(&f->t.arena, "%s/manifest.json", folder);
    struct buf json, signature;

    buf_init(&json, PACK_MANIFEST_MAX);
    buf_init(&signature, 4096);
    assert_int_equal(file_read(manifest, &json), ERR_OK);
    assert_int_equal(
        sign_bytes(key, &json, "pack one", &signature, f->why, sizeof(f->why)), ERR_OK);
    tree_write(arena_printf(&f->t.arena, "%s.minisig", manifest), signature.data,
               signature.len);
    buf_finish(&json);
    buf_finish(&signature);
}

void packed_sign(struct packed *f)
{
    packed_sign_with(f, f->out, f->key);
}

static const char *write_alert(struct packed *f, const char *id)
{
    const char *path = arena_printf(&f->t.arena, "%s/%s.md", f->t.root, id);
    const char *text = arena_printf(
        &f->t.arena,
        "---\nid: %s-b01\ntitle: Tin lừa mới\noutcome: Biết tin ấy là lừa.\n"
        "minutes: 2\nframework: [D4]\n---\n\n# Có tin lạ\n\n"
        "![Chìa khóa](khoa.svg)\n\nTin lạ báo phạt. Mình đừng chạm.\n\n# Hỏi\n\n"
        "```gift\n::%s-b01-q1:: Tin lạ báo phạt là tin lừa. {T#Vì tin ấy lạ.#Tin ấy "
        "lừa mình.}\n```\n\n# Nhớ\n\nTin lạ thì đừng chạm.\n",
        id, id);

    tree_write(path, text, strlen(text));
    return path;
}

const char *packed_alert(struct packed *f, const char *id, const char *beside,
                         int64_t until, int64_t minute)
{
    const char *folder =
        arena_printf(&f->t.arena, "%s/%s-%lld", f->t.root, id, (long long)minute);
    struct alert_options o = {
        .file = write_alert(f, id),
        .folder = arena_printf(&f->t.arena, "%s.over", folder),
        .beside = beside,
        .until = until,
        .now_ms = clock_day_start(clock_day_parse("2026-01-01")) + 7 * 3600000 +
                  minute * 60000,
    };
    struct voice voice = { .root = folder };
    struct build_result built;
    struct report report;
    struct source s;

    report_init(&report);
    assert_int_equal(alert_make_overlay(&o, &report), ERR_OK);
    assert_int_equal(source_read_over(f->t.content, o.folder, 0, &report, &s), ERR_OK);
    lint_source(&s, items_table, &report);
    assert_string_equal(buf_text(&report.lines), "");
    assert_int_equal(build_pack(&s, folder, items_table, &voice, &report, &built),
                     ERR_OK);
    packed_sign_with(f, folder, f->key);
    report_finish(&report);
    source_finish(&s);
    return folder;
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
