/* What an author writes of a practice: all of it read, and every slip named by its line. */
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/utf8.h"
#include "practice_source.h"
#include "report.h"

#define FIRST_LINE 40 /* of the block in its file */

struct read {
    struct arena arena;
    struct report report;
    struct source_practice p;
};

static void read_block(struct read *r, const char *text)
{
    *r = (struct read){ .arena = { 0 } };
    report_init(&r->report);
    practice_source_read(text, "f", FIRST_LINE, &r->arena, &r->report, &r->p);
}

static void read_finish(struct read *r)
{
    report_finish(&r->report);
    arena_finish(&r->arena);
}

static const char good[] =
    "title: Tập: gọi\n"                                        /* 40 */
    "\n"                                                       /* 41 */
    "[start] home\n"                                           /* 42 */
    "say: Mở: gọi.\n"                                          /* 43 */
    "hint: Hình xanh.\n"                                       /* 44 */
    "top: T\n"                                                 /* 45 */
    "sub: S\n"                                                 /* 46 */
    "face: nguoi-ba.svg\n"                                     /* 47 */
    "clock: 08:00\n"                                           /* 48 */
    "tone: blue\n"                                             /* 49 */
    "- app: Gọi | note N | value 5 | icon call | on => dial\n" /* 50 */
    "- row:  Quà: to -> nhỏ |  tone red  ~> cheat\n"           /* 51 */
    "- switch: Mở | off | green\n"                             /* 52 */
    "- swipe: Vuốt | up -> dial\n"                             /* 53 */
    "- photo: Ảnh | picture anh.svg | alt Ảnh bà\n"            /* 54 */
    "- photo: Ảnh | alt Ảnh ông | picture ong.svg\n"           /* 55 */
    "\t [dial]  keypad \r\n"                                   /* 56 */
    "say: Bấm.\n"                                              /* 57 */
    "- dial: 0100 1 => done\n"                                 /* 58 */
    "[cheat] store\n"                                          /* 59 */
    "say: Lừa.\n"                                              /* 60 */
    "- button: Lại -> back";                                   /* 61 */

static void test_all_of_it_is_read(void **state)
{
    const struct practice_screen *s;
    struct read r;

    (void)state;
    read_block(&r, good);
    assert_string_equal(buf_text(&r.report.lines), "");
    assert_true(r.p.whole);
    assert_int_equal(r.p.line, FIRST_LINE);
    assert_string_equal(r.p.practice.title, "Tập: gọi");
    assert_int_equal(r.p.practice.n_screens, 3);
    s = r.p.practice.screens;
    assert_string_equal(s->id, "start");
    assert_int_equal(s->kind, PHONE_HOME);
    assert_string_equal(s->say, "Mở: gọi.");
    assert_string_equal(s->hint, "Hình xanh.");
    assert_string_equal(s->top, "T");
    assert_string_equal(s->sub, "S");
    assert_string_equal(s->face, "nguoi-ba"); /* a picture of the kiosk, by name */
    assert_string_equal(s->clock, "08:00");
    assert_int_equal(s->tone, TONE_BLUE);
    assert_int_equal(s->n_parts, 6);
    assert_int_equal(r.p.screen_line[0], 42);
    assert_int_equal(r.p.part_line[0][0], 50);
    assert_int_equal(r.p.screen_line[1], 56);
    assert_int_equal(s[1].kind, PHONE_KEYPAD);
    assert_int_equal(r.p.part_line[2][0], 61);
    read_finish(&r);
}

static void test_options_arrows_and_pictures(void **state)
{
    const struct practice_part *part;
    struct read r;

    (void)state;
    read_block(&r, good);
    part = r.p.practice.screens[0].parts;
    assert_int_equal(part[0].kind, PART_APP);
    assert_string_equal(part[0].text, "Gọi");
    assert_string_equal(part[0].note, "N");
    assert_string_equal(part[0].value, "5");
    assert_string_equal(part[0].icon, "call");
    assert_true(part[0].on);
    assert_int_equal(part[0].act, ACT_RIGHT);
    assert_int_equal(part[0].to, 1);
    assert_string_equal(part[1].text, "Quà: to -> nhỏ"); /* the last arrow counts */
    assert_int_equal(part[1].tone, TONE_RED);
    assert_int_equal(part[1].act, ACT_WRONG);
    assert_int_equal(part[1].to, 2);
    assert_false(part[2].on);
    assert_int_equal(part[2].tone, TONE_GREEN);
    assert_int_equal(part[2].act, ACT_NONE);
    assert_int_equal(part[3].way, WAY_UP);
    assert_int_equal(part[3].act, ACT_GO);
    for (size_t i = 0; i < 2; i++) {
        const struct gift_picture *picture = &r.p.pictures[0][4 + i];

        assert_string_equal(picture->file, i ? "ong.svg" : "anh.svg");
        assert_string_equal(picture->alt, i ? "Ảnh ông" : "Ảnh bà");
        assert_int_equal(picture->line, 54 + (int)i);
    }
    assert_null(r.p.pictures[0][0].file);
    assert_int_equal(r.p.practice.screens[1].parts[0].to, PRACTICE_TO_DONE);
    assert_int_equal(r.p.practice.screens[2].parts[0].to, PRACTICE_TO_BACK);
    read_finish(&r);
}

static void test_what_was_read_can_be_played(void **state)
{
    struct read r;
    char why[200] = "";
    size_t at;

    (void)state;
    read_block(&r, good);
    r.p.practice.screens[0].parts[0].to = 1;
    if (practice_check(&r.p.practice, &at, why, sizeof(why)))
        fail_msg("%s", why);
    read_finish(&r);
}

static const struct slip {
    const char *name;
    const char *from, *to; /* replaced in the good one */
    const char *want;      /* lines of the report, whole or their beginning */
} slips[] = {
    { "no title", "title: Tập: gọi\n", "\n",
      "f:40: a practice without title: write title: Tập: …" },
    { "a title below a screen", "say: Mở: gọi.", "title: Hai",
      "f:43: “title”: not known for a screen" },
    { "an empty key", "hint: Hình xanh.",
      "hint:  ", "f:44: hint: is empty: write something or leave the line out" },
    { "an unknown key",
      "hint:", "hind:", "f:44: “hind”: not known for a screen, see content/README.md" },
    { "an unknown tone of a screen", "tone: blue", "tone: pink",
      "f:49: “tone”: not known for a screen" },
    { "a key before the first screen", "\n\n[start]", "\nsay: a\n[start]",
      "f:41: “say” before the first screen: begin with title: and [id] kind" },
    { "a part before the first screen", "\n\n[start]", "\n- text: a\n[start]",
      "f:41: “text: a”: write - part: text below a screen" },
    { "a line that is nothing", "sub: S", "sub S",
      "f:46: “sub S”: write [id] kind, key: value, or - part: text" },
    { "a screen without its bracket", "[dial]  keypad", "[dial  keypad",
      "f:56: a screen without its ]: write [id] kind" },
    { "a screen of no kind", "[dial]  keypad", "[dial]",
      "f:56: screen of kind “”: not known, see content/README.md" },
    { "a screen of an unknown kind", "keypad", "fridge",
      "f:56: screen of kind “fridge”: not known" },
    { "a screen without id", "[cheat]", "[ ]",
      "f:59: screen “”: use 1 to 16 of a-z 0-9 -" },
    { "an id with capitals", "[cheat]", "[Cheat]",
      "f:59: screen “Cheat”: use 1 to 16" },
    { "an id of 17 letters", "[cheat]", "[abcdefghijklmnopq]",
      "f:59: screen “abcdefghijklmnopq”: use 1 to 16" },
    { "a screen named as the end", "[cheat]", "[done]",
      "f:59: screen done: this word is a target: use another" },
    { "a screen named as the way back", "[cheat]", "[back]",
      "f:59: screen back: this word is a target: use another" },
    { "nothing said", "say: Lừa.\n", "",
      "f:59: screen cheat: nothing is said: write say: and the tutor's words" },
    { "a part without colon", "- button: Lại", "- button Lại",
      "f:61: “button Lại -> back”: write - part: text below a screen" },
    { "an unknown part",
      "- button:", "- knob:", "f:61: part “knob”: not known, see content/README.md" },
    { "a part without words", "- button: Lại",
      "- button:", "f:61: a button without words: write some" },
    { "a part of options alone", "- button: Lại", "- button:  | on",
      "f:61: a button without words: write some" },
    { "an unknown option", "| off", "| half",
      "f:52: option “half”: not known, see content/README.md" },
    { "an unknown option with a value", "| note N", "| size N",
      "f:50: option “size”: not known, see content/README.md" },
    { "an unknown tone", "tone red", "tone pink", "f:51: option “tone”: not known" },
    { "an empty option", "| off", "|  | off", "f:52: option “”: not known" },
    { "a target that is no id", "=> dial", "=> Dial 2",
      "f:50: “Dial 2” is no target: write a screen's id, done or back" },
    { "two arrows", "=> dial", "~> cheat => dial", "f:50: option “on”: not known" },
    { "two arrows the other way", "=> dial", "=> dial ~> cheat",
      "f:50: “dial ~> cheat” is no target" },
    { "an arrow without a target", "=> done", "=>",
      "f:58: an arrow without a target: write a screen's id, done or back" },
    { "an arrow without a target and spaces", "-> dial", "->  ",
      "f:53: an arrow without a target" },
    { "a target that is not there", "~> cheat", "~> moon",
      "f:51: there is no screen “moon”: write its id as in [id]" },
};

static void check_slip(void **state)
{
    const struct slip *slip = *state;
    const char *at = strstr(good, slip->from);
    struct arena arena = { 0 };
    struct read r;

    assert_non_null(at);
    read_block(&r, arena_printf(&arena, "%.*s%s%s", (int)(at - good), good, slip->to,
                                at + strlen(slip->from)));
    if (!strstr(buf_text(&r.report.lines), slip->want))
        fail_msg("wanted %s in:\n%s", slip->want, buf_text(&r.report.lines));
    assert_false(r.p.whole);
    read_finish(&r);
    arena_finish(&arena);
}

static void test_an_empty_block_wants_words_and_screens(void **state)
{
    struct read r;

    (void)state;
    read_block(&r, "");
    assert_string_equal(buf_text(&r.report.lines),
                        "f:40: a practice without title: write title: Tập: …\n"
                        "f:40: a practice without screens: write [id] kind\n");
    assert_false(r.p.whole);
    read_finish(&r);
}

/* --- too much, and what is no text ------------------------------------------------------- */

static void repeat(struct read *r, const char *head, const char *one, size_t times,
                   const char *tail)
{
    struct buf b;

    buf_init(&b, 4U << 20);
    buf_str(&b, head);
    for (size_t i = 0; i < times; i++)
        buf_str(&b, one);
    buf_str(&b, tail);
    read_block(r, buf_text(&b));
    buf_finish(&b);
}

static const struct flood {
    const char *name;
    const char *head, *one;
    size_t times;
    const char *tail;
    const char *want; /* NULL: no problem but those of check_bounds */
} floods[] = {
    { "20 screens", "title: a\n", "[a] list\nsay: a\n", 20, "", "" },
    { "21 screens", "title: a\n", "[a] list\nsay: a\n", 21, "",
      "f:81: more than 20 screens: make two practices" },
    { "12 parts", "title: a\n[a] list\nsay: a\n", "- text: a\n", 12, "", "" },
    { "13 parts", "title: a\n[a] list\nsay: a\n", "- text: a\n", 13, "",
      "f:55: more than 12 parts on a screen: make two screens" },
    { "parts of a 21st screen", "title: a\n", "[a] list\nsay: a\n- text: a\n", 500, "",
      "more than 20 screens" },
    { "a line of 10 000 characters", "title: ", "ậ", 10000, "\n",
      "a practice without screens" },
    { "a kind of 10 000 characters", "title: a\n[a] ", "ậ", 10000, "\n",
      "f:41: screen of kind “" },
    { "an id of 10 000 characters", "title: a\n[", "a", 10000, "] list\nsay: a",
      "f:41: screen “" },
    { "a bracket that never closes", "title: a\n[", "a", 10000, "", "without its ]" },
    { "10 000 options", "title: a\n[a] list\nsay: a\n- text: a", " | on", 10000, "",
      "" },
    { "10 000 bars", "title: a\n[a] list\nsay: a\n- text: a", " |", 10000, "", NULL },
    { "10 000 arrows", "title: a\n[a] list\nsay: a\n- text: a", " =>", 10000, "",
      "f:43: “=>” is no target" },
    { "10 000 targets", "title: a\n[a] list\nsay: a\n- text: a", " => a", 10000, "",
      "" },
    { "100 000 empty lines", "title: a\n", "\n", 100000, "x",
      "f:100041: “x”: write [id] kind" },
    { "dashes", "title: a\n[a] list\nsay: a\n", "-", 10000, "", "f:43: “---" },
    { "carriage returns alone", "title: a\r[a] list\r", "\r", 10000, "",
      "a practice without screens" },
    { "control characters", "title: a\n[a] list\nsay: a\n- text: ", "\x01\x7f\x1b[2J",
      1000, "", "" },
    { "bytes that are no text", "title: a\n[a] list\nsay: a\n- \xff\xfe: ",
      "\xc3\x28\x80\xed\xa0\x80", 1000, " => a", "f:43: part “" },
};

static void check_bounds(const struct read *r)
{
    const struct practice *p = &r->p.practice;

    assert_true(p->n_screens <= PRACTICE_SCREENS_MAX);
    assert_int_equal(r->p.whole, !r->report.n_problems);
    for (size_t i = 0; i < p->n_screens; i++) {
        assert_non_null(p->screens[i].id);
        assert_true(p->screens[i].n_parts <= PRACTICE_PARTS_MAX);
        for (size_t k = 0; k < p->screens[i].n_parts; k++) {
            const struct practice_part *part = &p->screens[i].parts[k];

            assert_non_null(part->text);
            assert_true(part->to >= PRACTICE_TO_BACK && part->to < (int)p->n_screens);
        }
    }
}

static void check_flood(void **state)
{
    const struct flood *f = *state;
    struct read r;

    repeat(&r, f->head, f->one, f->times, f->tail);
    check_bounds(&r);
    if (utf8_valid(f->one, strlen(f->one))) /* no half letter of it is quoted */
        assert_true(utf8_valid(buf_text(&r.report.lines), r.report.lines.len));
    if (f->want && !*f->want)
        assert_string_equal(buf_text(&r.report.lines), "");
    else if (f->want && !strstr(buf_text(&r.report.lines), f->want))
        fail_msg("wanted %s in:\n%s", f->want, buf_text(&r.report.lines));
    read_finish(&r);
}

/* Small and the same on every machine (xorshift32). */
static uint32_t random_next(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static void test_any_bytes_end_within_bounds(void **state)
{
    static const char *const pieces[] = {
        "[",    "]",       "\n",   ": ",    " | ",  " => ", " ~> ",  " -> ", "- ",
        "a",    "done",    "back", "list",  "home", "text", "title", "say",  "on",
        "tone", "picture", "alt",  "swipe", "\r",   "\t",   "ậ",     "\x01", "\xff"
    };
    uint32_t seed = 20261126;

    (void)state;
    for (int i = 0; i < 3000; i++) {
        struct read r;
        struct buf b;

        buf_init(&b, 1U << 16);
        for (uint32_t n = random_next(&seed) % 200; n > 0; n--)
            buf_str(&b, pieces[random_next(&seed) % COUNT(pieces)]);
        read_block(&r, buf_text(&b));
        check_bounds(&r);
        read_finish(&r);
        buf_finish(&b);
    }
}

int main(void)
{
    const struct CMUnitTest whole[] = {
        cmocka_unit_test(test_all_of_it_is_read),
        cmocka_unit_test(test_options_arrows_and_pictures),
        cmocka_unit_test(test_what_was_read_can_be_played),
        cmocka_unit_test(test_an_empty_block_wants_words_and_screens),
        cmocka_unit_test(test_any_bytes_end_within_bounds),
    };
    struct CMUnitTest slip[COUNT(slips)], flood[COUNT(floods)];

    for (size_t i = 0; i < COUNT(slips); i++)
        slip[i] = (struct CMUnitTest){ .name = slips[i].name,
                                       .test_func = check_slip,
                                       .initial_state = (void *)(uintptr_t)&slips[i] };
    for (size_t i = 0; i < COUNT(floods); i++)
        flood[i] =
            (struct CMUnitTest){ .name = floods[i].name,
                                 .test_func = check_flood,
                                 .initial_state = (void *)(uintptr_t)&floods[i] };
    return cmocka_run_group_tests(whole, NULL, NULL) +
           cmocka_run_group_tests(slip, NULL, NULL) +
           cmocka_run_group_tests(flood, NULL, NULL);
}
