/* Drawings: what is drawn, and what never reaches the renderer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/check.h"
#include "svg.h"
#include "svg_check.h"

#define SVG(inside)                                                                  \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 400\">" inside "</" \
    "svg>"

static void test_the_same_drawing_gives_the_same_bytes(void **state)
{
    static const char svg[] =
        SVG("<circle cx=\"240\" cy=\"200\" r=\"90\" fill=\"#123\"/>");
    struct buf a, b;
    char why[200];

    (void)state;
    buf_init(&a, PNG_BYTES_MAX);
    buf_init(&b, PNG_BYTES_MAX);
    assert_int_equal(svg_draw(svg, strlen(svg), 96, &a, why, sizeof(why)), ERR_OK);
    assert_int_equal(svg_draw(svg, strlen(svg), 96, &b, why, sizeof(why)), ERR_OK);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    assert_int_equal((unsigned char)a.data[19], 96);
    assert_int_equal((unsigned char)a.data[23], 80); /* 400 / 480 of it */
    buf_finish(&a);
    buf_finish(&b);
}

static void test_a_png_is_made_smaller_but_never_larger(void **state)
{
    static const char svg[] = SVG("<rect width=\"480\" height=\"400\" fill=\"#abc\"/>");
    struct buf from, to;
    char why[200];

    (void)state;
    buf_init(&from, PNG_BYTES_MAX);
    buf_init(&to, PNG_BYTES_MAX);
    assert_int_equal(svg_draw(svg, strlen(svg), 120, &from, why, sizeof(why)), ERR_OK);
    assert_int_equal(svg_scale_png(from.data, from.len, 60, &to, why, sizeof(why)),
                     ERR_OK);
    assert_int_equal((unsigned char)to.data[19], 60);
    buf_clear(&to);
    assert_int_equal(svg_scale_png(from.data, from.len, 200, &to, why, sizeof(why)),
                     ERR_OK);
    assert_int_equal((unsigned char)to.data[19], 120);
    from.data[16] = 0x7F; /* a width of two thousand million in the header */
    assert_int_equal(svg_scale_png(from.data, from.len, 60, &to, why, sizeof(why)),
                     ERR_REJECTED);
    assert_string_equal(why, "larger than 4096 px: make it smaller");
    from.data[16] = 0;
    assert_int_equal(svg_scale_png(from.data, 50, 60, &to, why, sizeof(why)),
                     ERR_REJECTED);
    assert_string_equal(why, "a damaged PNG: save it again");
    buf_finish(&from);
    buf_finish(&to);
}

static const struct bad {
    const char *name;
    const char *svg;
    int line;
    const char *what;
} bads[] = {
    { "a DOCTYPE", "<!DOCTYPE svg>" SVG(""), 1, "a DOCTYPE" },
    { "a script", SVG("\n<script>x</script>"), 2, "<script> is not a flat shape" },
    { "a style sheet", SVG("\n\n<style>*{}</style>"), 3, "<style> is not" },
    { "foreign content", SVG("<foreignObject/>"), 1, "<foreignObject> is not" },
    { "a use", SVG("<use href=\"#a\"/>"), 1, "<use> is not" },
    { "an image", SVG("<image href=\"a.png\"/>"), 1, "<image> is not" },
    { "a reference on a shape", SVG("<g xlink:href=\"a\"/>"), 1, "a reference" },
    { "a paint server", SVG("<path fill=\"url(#a)\"/>"), 1, "a paint" },
    { "a style attribute", SVG("<path style=\"fill:red\"/>"), 1, "a style attribute" },
    { "an event", SVG("<path onload=\"x\"/>"), 1, "an event attribute" },
    { "an event after a line end", SVG("<path\nOnLoad=\"x\"/>"), 2, "an event" },
    { "an entity in a tag", SVG("<path fill=\"&#117;rl(x)\"/>"), 1, "an entity" },
    { "a filter", SVG("<path filter=\"x\"/>"), 1, "a filter" },
    { "a processing instruction", SVG("<?xml-stylesheet href=\"a\"?>"), 1,
      "a processing instruction" },
    { "CDATA", SVG("<![CDATA[x]]>"), 1, "a DOCTYPE, entity or CDATA" },
    { "a tag without an end", SVG("<path d=\"M0 0"), 1, "a '<' inside a tag" },
    { "a closing tag with more in it", SVG("<g></g <!DOCTYPE x>"), 1, "a closing tag" },
    { "another encoding", "<?xml version=\"1.0\" encoding=\"UTF-7\"?>" SVG(""), 1,
      "another encoding" },
    { "an upper-case element", SVG("<SCRIPT/>"), 1, "<SCRIPT> is not" },
    { "an element of a namespace", SVG("<svg:script/>"), 1, "<svg:script> is not" },
    { "no viewBox", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", 1, "no viewBox" },
    { "no drawing", "xin chào", 1, "no <svg>" },
    { "an empty file", "", 1, "no <svg>" },
};

static void check_bad(void **state)
{
    const struct bad *bad = *state;
    struct svg_problem problem = { 0 };
    struct buf png;
    char why[200];

    assert_int_equal(svg_check(bad->svg, strlen(bad->svg), &problem), ERR_REJECTED);
    assert_int_equal(problem.line, bad->line);
    if (strncmp(problem.what, bad->what, strlen(bad->what)) != 0)
        fail_msg("wanted “%s”, got “%s”", bad->what, problem.what);
    assert_non_null(strstr(problem.what, ": ")); /* what: what to do */
    buf_init(&png, PNG_BYTES_MAX);
    assert_int_equal(svg_draw(bad->svg, strlen(bad->svg), 96, &png, why, sizeof(why)),
                     ERR_REJECTED);
    assert_int_equal(png.len, 0);
    buf_finish(&png);
}

static void test_sizes_that_cannot_be_drawn_are_refused(void **state)
{
    static const char *const boxes[] = { "0 0 0 0", "0 0 -1 5",  "0 0 1 100000",
                                         "x",       "0 0 nan 1", "0 0 1e308 1e-308" };
    struct buf png;
    char svg[200], why[200];

    (void)state;
    buf_init(&png, PNG_BYTES_MAX);
    for (size_t i = 0; i < COUNT(boxes); i++) {
        snprintf(svg, sizeof(svg),
                 "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%s\"/>",
                 boxes[i]);
        assert_int_equal(svg_draw(svg, strlen(svg), 96, &png, why, sizeof(why)),
                         ERR_REJECTED);
    }
    assert_int_equal(svg_draw(svg, strlen(svg), 4097, &png, why, sizeof(why)),
                     ERR_REJECTED);
    buf_finish(&png);
}

int main(void)
{
    const struct CMUnitTest whole[] = {
        cmocka_unit_test(test_the_same_drawing_gives_the_same_bytes),
        cmocka_unit_test(test_a_png_is_made_smaller_but_never_larger),
        cmocka_unit_test(test_sizes_that_cannot_be_drawn_are_refused),
    };
    struct CMUnitTest bad[COUNT(bads)];

    for (size_t i = 0; i < COUNT(bads); i++)
        bad[i] = (struct CMUnitTest){ .name = bads[i].name,
                                      .test_func = check_bad,
                                      .initial_state = (void *)&bads[i] };
    return cmocka_run_group_tests(whole, NULL, NULL) +
           cmocka_run_group_tests(bad, NULL, NULL);
}
