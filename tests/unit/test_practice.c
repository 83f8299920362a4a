/* A practice as data: names, and reading its JSON. */
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "lesson/lesson.h"
#include "lesson/practice.h"

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define DEPTH_MAX 8

enum { START, DIAL, END, CHEAT, LOOK }; /* the screens below */

static const char good[] =
    "{\"title\":\"Tập: gọi\",\"screens\":["
    "{\"id\":\"start\",\"kind\":\"home\",\"say\":\"Mở.\",\"hint\":\"Hình xanh.\","
    "\"top\":\"T\",\"sub\":\"S\",\"face\":\"nguoi-ba\",\"clock\":\"08:00\","
    "\"tone\":\"blue\",\"parts\":["
    "{\"part\":\"app\",\"text\":\"Gọi\",\"note\":\"N\",\"value\":\"V\","
    "\"icon\":\"call\",\"tone\":\"ok\",\"on\":true,\"act\":\"right\",\"to\":\"dial\"},"
    "{\"part\":\"row\",\"text\":\"Quà\",\"act\":\"wrong\",\"to\":\"cheat\"},"
    "{\"part\":\"swipe\",\"text\":\"Xem\",\"way\":\"up\",\"act\":\"go\",\"to\":"
    "\"look\"},"
    "{\"part\":\"photo\",\"text\":\"Hình\",\"picture\":{\"alt\":\"Ảnh\",\"objects\":["
    "\"" HEX "\",\"" HEX "\",\"" HEX "\",\"" HEX "\"]}}]},"
    "{\"id\":\"dial\",\"kind\":\"keypad\",\"say\":\"Bấm.\",\"hint\":\"Từng số.\","
    "\"parts\":[{\"part\":\"dial\",\"text\":\"0100 1\",\"act\":\"right\","
    "\"to\":\"end\"}]},"
    "{\"id\":\"end\",\"kind\":\"call\",\"say\":\"Xong.\",\"parts\":["
    "{\"part\":\"hold\",\"text\":\"Giữ\",\"act\":\"right\",\"to\":\"done\"}]},"
    "{\"id\":\"cheat\",\"kind\":\"store\",\"say\":\"Lừa.\",\"parts\":["
    "{\"part\":\"button\",\"text\":\"Về\",\"act\":\"go\",\"to\":\"back\"}]},"
    "{\"id\":\"look\",\"kind\":\"list\",\"say\":\"Xem.\",\"parts\":["
    "{\"part\":\"button\",\"text\":\"Lại\",\"act\":\"go\",\"to\":\"back\"}]}]}";

static enum err read_text(const char *text, struct arena *arena, struct practice **out,
                          char *why, size_t n_why)
{
    json_value *doc;
    enum err err;

    *out = NULL;
    err = json_parse(text, strlen(text), DEPTH_MAX, &doc, why, n_why);
    if (err)
        return err;
    err = practice_read(doc, arena, out, why, n_why);
    json_free(doc);
    return err;
}

static struct practice *read_good(struct arena *arena)
{
    struct practice *p;
    char why[200] = "";

    if (read_text(good, arena, &p, why, sizeof(why)))
        fail_msg("%s", why);
    return p;
}

/* --- names ------------------------------------------------------------------------------ */

static void test_every_kind_has_a_name_of_its_own_and_none_past_the_end(void **state)
{
    static const struct {
        const char *(*name)(size_t);
        size_t n;
    } tables[] = { { practice_kind_name, PHONE_KIND_COUNT },
                   { practice_part_name, PART_KIND_COUNT },
                   { practice_tone_name, TONE_COUNT },
                   { practice_way_name, WAY_COUNT } };

    (void)state;
    for (size_t t = 0; t < COUNT(tables); t++) {
        for (size_t i = 0; i < tables[t].n; i++) {
            assert_non_null(tables[t].name(i));
            for (size_t k = 0; k < i; k++)
                assert_string_not_equal(tables[t].name(i), tables[t].name(k));
        }
        assert_null(tables[t].name(tables[t].n));
        assert_null(tables[t].name(SIZE_MAX));
    }
    assert_string_equal(practice_kind_name(PHONE_VIDEO), "video");
    assert_string_equal(practice_part_name(PART_PLACE), "map");
    assert_string_equal(practice_tone_name(TONE_DANGER), "danger");
    assert_string_equal(practice_way_name(WAY_LEFT), "left");
}

/* --- reading ---------------------------------------------------------------------------- */

static void test_all_members_are_read(void **state)
{
    struct arena arena = { 0 };
    const struct practice *p = read_good(&arena);
    const struct practice_screen *s = &p->screens[START];

    (void)state;
    assert_string_equal(p->title, "Tập: gọi");
    assert_int_equal(p->n_screens, 5);
    assert_string_equal(s->id, "start");
    assert_int_equal(s->kind, PHONE_HOME);
    assert_int_equal(s->tone, TONE_BLUE);
    assert_string_equal(s->say, "Mở.");
    assert_string_equal(s->hint, "Hình xanh.");
    assert_string_equal(s->top, "T");
    assert_string_equal(s->sub, "S");
    assert_string_equal(s->face, "nguoi-ba");
    assert_string_equal(s->clock, "08:00");
    assert_int_equal(s->n_parts, 4);
    assert_int_equal(s->parts[0].kind, PART_APP);
    assert_string_equal(s->parts[0].note, "N");
    assert_string_equal(s->parts[0].value, "V");
    assert_string_equal(s->parts[0].icon, "call");
    assert_int_equal(s->parts[0].tone, TONE_OK);
    assert_true(s->parts[0].on);
    assert_int_equal(s->parts[0].act, ACT_RIGHT);
    assert_int_equal(s->parts[0].to, DIAL);
    assert_int_equal(s->parts[1].to, CHEAT);
    assert_false(s->parts[1].on);
    assert_null(s->parts[1].icon);
    assert_int_equal(s->parts[2].way, WAY_UP);
    assert_int_equal(s->parts[3].act, ACT_NONE);
    assert_non_null(s->parts[3].picture);
    assert_null(p->screens[END].hint);
    assert_int_equal(p->screens[END].parts[0].to, PRACTICE_TO_DONE);
    assert_int_equal(p->screens[LOOK].parts[0].to, PRACTICE_TO_BACK);
    arena_finish(&arena);
}

static const struct bad_json {
    const char *name;
    const char *from, *to; /* replaced in the good one */
    const char *why;
} bad_json[] = {
    { "an unknown kind of screen", "\"home\"", "\"fridge\"", "kind “fridge” is not" },
    { "a kind that is a number", "\"home\"", "7", "kind “(none)” is not" },
    { "a screen without kind", "\"kind\":\"home\",", "", "kind “(none)” is not" },
    { "an unknown part", "\"app\"", "\"knob\"", "part “knob” is not" },
    { "a part without kind", "\"part\":\"app\",", "", "part “(none)” is not" },
    { "an unknown tone of a screen", "\"blue\"", "\"pink\"", "tone “pink” is not" },
    { "an unknown tone of a part", "\"ok\"", "\"pink\"", "tone “pink” is not" },
    { "a tone that is null", "\"blue\"", "null", "tone “(none)” is not" },
    { "an unknown way", "\"up\"", "\"forth\"", "way “forth” is not" },
    { "an unknown act", "\"wrong\"", "\"maybe\"", "act “maybe” is not" },
    { "an act without target", ",\"to\":\"cheat\"", "", "to is no text" },
    { "a target that is a number", "\"to\":\"cheat\"", "\"to\":3", "to is no text" },
    { "a target that is not there", "\"to\":\"cheat\"", "\"to\":\"moon\"",
      "there is no screen moon" },
    { "no title", "\"title\":\"Tập: gọi\",", "", "title is no text" },
    { "an empty title", "Tập: gọi", "", "title is no text" },
    { "nothing said", "\"say\":\"Mở.\",", "", "say is no text" },
    { "a hint that is a list", "\"Hình xanh.\"", "[]", "hint is no text" },
    { "a top that is a number", "\"T\"", "1", "top is no text" },
    { "a sub that is a number", "\"S\"", "1", "sub is no text" },
    { "a face that is a number", "\"nguoi-ba\"", "1", "face is no text" },
    { "a clock that is a number", "\"08:00\"", "800", "clock is no text" },
    { "a part without words", "\"text\":\"Quà\",", "", "text is no text" },
    { "a note that is no text", "\"N\"", "true", "note is no text" },
    { "a value that is no text", "\"V\"", "{}", "value is no text" },
    { "an icon that is no text", "\"call\",\"tone\"", "1,\"tone\"", "icon is no text" },
    { "a screen without id", "\"id\":\"start\",", "", "id is no text" },
    { "a screen that is a number", "\"screens\":[", "\"screens\":[1,",
      "id is no text" },
    { "screens that are no list", "\"screens\":[", "\"screens\":1,\"x\":[",
      "screens are not 1 to 20" },
    { "no screens", "\"screens\":[", "\"screens\":[],\"x\":[",
      "screens are not 1 to 20" },
    { "parts that are no list", "\"parts\":[", "\"parts\":\"a\",\"x\":[",
      "parts are not at most 12" },
    { "a part that is a list", "\"parts\":[", "\"parts\":[[],", "part “(none)”" },
    { "a picture without words", "\"alt\":\"Ảnh\",", "", "picture needs alt" },
    { "a picture of three objects", "[\"" HEX "\",", "[", "picture needs alt" },
    { "a picture of a strange name", "[\"0123", "[\"zzzz", "picture needs alt" },
    { "what cannot be played", "\"act\":\"right\",\"to\":\"done\"",
      "\"act\":\"go\",\"to\":\"back\"", "the end is never reached" },
    { "an id that is a target", "\"id\":\"cheat\"", "\"id\":\"back\"",
      "there is no screen cheat" },
};

static const char *replaced(struct arena *arena, const char *from, const char *to)
{
    const char *at = strstr(good, from);

    assert_non_null(at);
    return arena_printf(arena, "%.*s%s%s", (int)(at - good), good, to,
                        at + strlen(from));
}

static void check_bad_json(void **state)
{
    const struct bad_json *bad = *state;
    struct arena arena = { 0 };
    struct practice *p;
    char why[200] = "";
    const char *text = replaced(&arena, bad->from, bad->to);

    assert_int_equal(read_text(text, &arena, &p, why, sizeof(why)), ERR_REJECTED);
    assert_null(p);
    if (!strstr(why, bad->why))
        fail_msg("wanted %s, got %s", bad->why, why);
    assert_int_equal(read_text(text, &arena, &p, NULL, 0), ERR_REJECTED);
    arena_finish(&arena);
}

/* `n` times `one` before `at`. */
static void check_too_many(const char *at, const char *one, size_t n, const char *want)
{
    struct arena arena = { 0 };
    struct practice *p;
    char why[200] = "";
    struct buf b;

    buf_init(&b, 1U << 20);
    for (size_t i = 0; i < n; i++)
        buf_str(&b, one);
    buf_str(&b, at);
    assert_int_equal(
        read_text(replaced(&arena, at, buf_text(&b)), &arena, &p, why, sizeof(why)),
        ERR_REJECTED);
    if (!strstr(why, want))
        fail_msg("wanted %s, got %s", want, why);
    buf_finish(&b);
    arena_finish(&arena);
}

static void test_lists_and_texts_have_their_bounds(void **state)
{
    (void)state;
    check_too_many("{\"id\":\"start\"", "{\"id\":\"a\"},", 16,
                   "screens are not 1 to 20");
    check_too_many("{\"part\":\"row\"", "{\"part\":\"text\",\"text\":\"a\"},", 9,
                   "parts are not at most 12");
    check_too_many("Mở.", "0123456789", 100, "say is no text");
}

static void test_any_value_is_read_or_refused(void **state)
{
    static const char *const values[] = { "1", "null", "true", "\"a\"", "[]", "{}" };
    struct arena arena = { 0 };
    struct practice *p;
    char why[80];

    (void)state;
    for (size_t i = 0; i < COUNT(values); i++)
        assert_int_equal(read_text(values[i], &arena, &p, why, sizeof(why)),
                         ERR_REJECTED);
    assert_int_equal(practice_read(NULL, &arena, &p, why, sizeof(why)), ERR_REJECTED);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest whole[] = {
        cmocka_unit_test(test_every_kind_has_a_name_of_its_own_and_none_past_the_end),
        cmocka_unit_test(test_all_members_are_read),
        cmocka_unit_test(test_lists_and_texts_have_their_bounds),
        cmocka_unit_test(test_any_value_is_read_or_refused),
    };
    struct CMUnitTest json[COUNT(bad_json)];

    for (size_t i = 0; i < COUNT(bad_json); i++)
        json[i] =
            (struct CMUnitTest){ .name = bad_json[i].name,
                                 .test_func = check_bad_json,
                                 .initial_state = (void *)(uintptr_t)&bad_json[i] };
    return cmocka_run_group_tests(whole, NULL, NULL) +
           cmocka_run_group_tests(json, NULL, NULL);
}
