/* XML from elsewhere becomes a tree or is refused, whatever it is made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "report.h"
#include "xml_tree.h"

#define FILE_BYTES_MAX (1024U * 1024U) /* as an import reads */

struct world {
    struct arena arena;
    struct report report;
    const struct xml_element *root;
};

static void read_bytes(struct world *w, const char *text, size_t n)
{
    *w = (struct world){ 0 };
    report_init(&w->report);
    w->root = xml_tree_read(text, n, "f", &w->arena, &w->report);
}

static void end(struct world *w)
{
    report_finish(&w->report);
    arena_finish(&w->arena);
}

static void said(const struct world *w, const char *want)
{
    if (!strstr(buf_text(&w->report.lines), want))
        fail_msg("wanted “%s” in “%s”", want, buf_text(&w->report.lines));
}

/* --- trees -------------------------------------------------------------------------- */

static void test_elements_have_their_place_their_text_and_their_line(void **state)
{
    static const char text[] = "<?xml version=\"1.0\"?>\n<!-- a -->\n<?b c?>\n"
                               "<o:a x='1&lt;' o:y=\"\">one\n<b/> two\n"
                               "<c><![CDATA[<i>&amp;]]>&amp;&#7843;</c>\n</o:a>\n";
    const struct xml_element *a, *b, *c;
    struct world w;

    (void)state;
    read_bytes(&w, text, strlen(text));
    a = w.root;
    assert_non_null(a);
    assert_string_equal(buf_text(&w.report.lines), "");
    assert_string_equal(a->name, "a");
    assert_string_equal(a->text, "one\n two\n\n");
    assert_int_equal(a->line, 4);
    assert_string_equal(xml_tree_attr(a, "x"), "1<");
    assert_string_equal(xml_tree_attr(a, "y"), "");
    assert_null(xml_tree_attr(a, "z"));
    b = a->first;
    c = b->next;
    assert_ptr_equal(xml_tree_child(a, "c"), c);
    assert_null(xml_tree_child(a, "d"));
    assert_null(xml_tree_child(b, "c"));
    assert_string_equal(b->text, "");
    assert_string_equal(c->text, "<i>&amp;&ả");
    assert_int_equal(b->line, 5);
    assert_int_equal(c->line, 6);
    assert_null(c->next);
    end(&w);
}

/* --- refusals ----------------------------------------------------------------------- */

#define BOMB                                           \
    "<?xml version=\"1.0\"?>\n<!DOCTYPE a [\n"         \
    "<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;&x;&x;\">\n" \
    "<!ENTITY z \"&y;&y;&y;&y;\">]>\n<a>&z;</a>"

static const struct refusal {
    const char *name, *text, *said;
} refusals[] = {
    { "nothing", "", "f:1: no XML, or damaged" },
    { "blanks", " \n ", "no XML, or damaged" },
    { "a letter", "a", "f:1: no XML, or damaged" },
    { "words", "Chợ họp sớm\n", "f:1: no XML, or damaged (no element in it" },
    { "GIFT", "::a-q1:: Câu {T}\n", "f:1: no XML, or damaged (no element in it" },
    { "a file cut off", "<a>\n<b>one", "f:2: no XML, or damaged (it ends too soon" },
    { "a tag cut off", "<a>\n<b", "f:2: no XML, or damaged (Couldn't find end" },
    { "CDATA cut off", "<a><![CDATA[b", "f:1: no XML, or damaged (it ends too soon)" },
    { "tags crossed", "<a>\n<b></a></b>",
      "f:2: no XML, or damaged (Opening and ending" },
    { "more after the end", "<a/>\n<b/>", "f:2: no XML, or damaged (Extra content" },
    { "an attribute twice", "<a x='' x=''/>", "f:1: no XML, or damaged (Attribute x" },
    { "a code of no sign", "<a>&#0;</a>", "f:1: no XML, or damaged" },
    { "an entity that is not there", "<a>\n&nbsp;</a>",
      "f:2: no XML, or damaged (Entity" },
    { "a document type", "<!DOCTYPE quiz><quiz/>", "f:1: a document type (<!DOCTYPE)" },
    { "a document type elsewhere",
      "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\"><a/>", "f:1: a document type" },
    { "a file by way of an entity",
      "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
      "f:1: a document type" },
    { "an entity of a parameter", "<!DOCTYPE a [<!ENTITY % x \"y\"> %x; ]><a/>",
      "f:1: a document type" },
    { "an entity bomb", BOMB, "a document type" },
};

static void check_refusal(void **state)
{
    const struct refusal *r = *state;
    struct world w;

    read_bytes(&w, r->text, strlen(r->text));
    assert_null(w.root);
    assert_int_equal(w.report.n_problems, 1);
    said(&w, r->said);
    end(&w);
}

/* --- floods ------------------------------------------------------------------------- */

/* `before`, then `unit` up to the size of a file (a number goes where it has %zu), then
 * `after`. What is `wanted` is said; NULL: it is read. */
static void flood(const char *before, const char *unit, const char *after,
                  const char *wanted)
{
    struct world w;
    struct buf b;

    buf_init(&b, 2 * FILE_BYTES_MAX);
    buf_str(&b, before);
    for (size_t i = 0; b.len < FILE_BYTES_MAX - 100; i++) {
        buf_str(&b, unit);
        if (unit[strlen(unit) - 1] == 'x')
            buf_printf(&b, "%zx=''", i);
    }
    buf_str(&b, after);
    read_bytes(&w, buf_text(&b), b.len);
    if (wanted) {
        assert_null(w.root);
        said(&w, wanted);
    } else {
        assert_non_null(w.root);
    }
    end(&w);
    buf_finish(&b);
}

static void test_floods_stay_within_bounds(void **state)
{
    (void)state;
    flood("", "<a>", "", "f:1: more than 16 elements in each other");
    flood("<a>", "<a/>", "</a>", NULL);
    flood("<a>", "a ", "</a>", NULL);
    flood("<a><![CDATA[", "]] >", "]]></a>", NULL);
    flood("<a>", "&amp;", "</a>", NULL);
    flood("<a", " x", "/>", "f:1: a tag or a remark longer than 64 KiB");
    flood("<a", " xmlns:x", "/>", "f:1: a tag or a remark longer than 64 KiB");
    flood("<a x='", "&lt;", "'/>", "f:1: a tag or a remark longer than 64 KiB");
    flood("<a><!-- ", "- ", "--></a>", "f:1: a tag or a remark longer than 64 KiB");
    flood("<", "a", "/>", "f:1: ");
    flood("<!DOCTYPE a [", "<!ENTITY a ''>", "]><a/>", "f:1: a document type");
    flood("<a>", "<", "</a>", "f:1: ");
    flood("<a>", "&x;", "</a>", "f:1: no XML, or damaged");
}

static void test_a_text_too_long_is_no_text_and_the_rest_is_read(void **state)
{
    static char text[XML_TEXT_MAX + 100];
    struct world w;

    (void)state;
    memset(text, 'a', sizeof(text));
    memcpy(text, "<r><b>", 6);
    memcpy(text + sizeof(text) - 18, "</b><c>d</c></r>  ", 18);
    read_bytes(&w, text, sizeof(text));
    assert_non_null(w.root);
    assert_null(w.root->first->text);
    assert_string_equal(w.root->first->next->text, "d");
    end(&w);
}

static void test_sixteen_elements_in_each_other_are_fine(void **state)
{
    struct world w;
    struct buf b;

    (void)state;
    buf_init(&b, 1000);
    for (int i = 0; i < XML_DEPTH_MAX; i++)
        buf_str(&b, "<a>");
    for (int i = 0; i < XML_DEPTH_MAX; i++)
        buf_str(&b, "</a>");
    read_bytes(&w, buf_text(&b), b.len);
    assert_non_null(w.root);
    end(&w);
    buf_finish(&b);
}

int main(void)
{
    const struct CMUnitTest whole[] = {
        cmocka_unit_test(test_elements_have_their_place_their_text_and_their_line),
        cmocka_unit_test(test_floods_stay_within_bounds),
        cmocka_unit_test(test_a_text_too_long_is_no_text_and_the_rest_is_read),
        cmocka_unit_test(test_sixteen_elements_in_each_other_are_fine),
    };
    struct CMUnitTest refused[COUNT(refusals)];

    for (size_t i = 0; i < COUNT(refusals); i++)
        refused[i] = (struct CMUnitTest){ .name = refusals[i].name,
                                          .test_func = check_refusal,
                                          .initial_state = (void *)&refusals[i] };
    return cmocka_run_group_tests(whole, NULL, NULL) +
           cmocka_run_group_tests(refused, NULL, NULL);
}
