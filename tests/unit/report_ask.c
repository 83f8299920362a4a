/* See report_ask.h. */
#include "report_ask.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/file.h"
#include "cmocka_all.h"
#include "commands.h"
#include "package.h"

#define WORDS_MAX 8192

const char *report_path(struct rig *r, const char *name)
{
    return arena_printf(&r->arena, "%s/%s", r->dir, name);
}

/* As main.c does it: words, document, file. */
struct asked report_ask(struct rig *r, struct report_wish wish)
{
    struct control_question q = { .kiosk = "" };
    struct asked a = { .code = 0 };

    buf_init(&a.document, REPORT_ASK_MAX);
    buf_init(&a.complaint, REPORT_ASK_MAX);
    buf_init(&a.file, REPORT_ASK_MAX);
    a.code = report_wish_words(&wish, q.words, &q.n_words, &a.complaint);
    if (!a.code)
        a.code = commands_run(&r->server, &q, &a.document, &a.complaint);
    if (!a.code && !wish.list) {
        a.code = report_wish_write(&wish, &a.document, &a.complaint);
        if (!a.code) {
            assert_int_equal(file_read(wish.out_path, &a.file), ERR_OK);
            assert_int_equal(unlink(wish.out_path), 0);
        }
    }
    return a;
}

void report_forget(struct asked *a)
{
    buf_finish(&a->document);
    buf_finish(&a->complaint);
    buf_finish(&a->file);
}

struct asked report_ask_format(struct rig *r, const char *format)
{
    return report_ask(r, (struct report_wish){ .period = REPORT_PERIOD,
                                               .format = format,
                                               .out_path = report_path(r, "report") });
}

char *report_part(struct rig *r, const struct buf *file, const char *name)
{
    struct package *zip;
    struct buf part;
    char *text;

    buf_init(&part, REPORT_ASK_MAX);
    assert_int_equal(package_open(buf_text(file), file->len, &zip), ERR_OK);
    assert_int_equal(package_get(zip, name, NULL, &part), ERR_OK);
    package_drop(zip);
    text = arena_strdup(&r->arena, buf_text(&part));
    buf_finish(&part);
    return text;
}

const char *report_cell_text(struct rig *r, const struct report_column *c,
                             const struct value *v)
{
    struct buf words;
    const char *text;

    buf_init(&words, WORDS_MAX);
    report_cell_words(c, v, &words);
    text = arena_strdup(&r->arena, buf_text(&words));
    buf_finish(&words);
    return text;
}
