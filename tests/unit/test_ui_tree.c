/* The semantic tree and its log. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka_all.h"

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/json.h"
#include "ui/semantic.h"
#include "ui/ui_core.h"

static int width_10(void *ctx, bool bold, int size, const char *text, size_t n)
{
    (void)ctx;
    (void)bold;
    (void)size;
    (void)text;
    return (int)n * 10;
}

struct fixture {
    struct ui *ui;
    struct semantic *log;
    char path[64];
    char *text; /* what the log holds */
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    struct ui_metrics m = { width_10, NULL };
    int fd;

    assert_non_null(f);
    snprintf(f->path, sizeof(f->path), "/tmp/test_ui_tree.XXXXXX");
    fd = mkstemp(f->path);
    assert_true(fd >= 0);
    close(fd);
    f->ui = ui_create(&m, 1280, 800, 160);
    assert_int_equal(semantic_open(f->path, &f->log), ERR_OK);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    semantic_close(f->log);
    ui_destroy(f->ui);
    unlink(f->path);
    free(f->text);
    free(f);
    return 0;
}

static void page(struct fixture *f, const char *label, const char *screen, double t_ms)
{
    ui_begin(f->ui);
    ui_button(f->ui, "home.continue", label, (struct rect){ 968, 126, 249, 98 },
              &(struct ui_button_style){ .state = UI_DISABLED });
    ui_node_value(f->ui, UI_ROLE_PROGRESS, "bar.steps", "Trang 2 trên 6", "2/6",
                  (struct rect){ 10, 20, 30, 40 }, 0);
    ui_end(f->ui);
    semantic_frame(f->log, f->ui, screen, t_ms);
}

static const char *read_log(struct fixture *f)
{
    struct buf b;

    buf_init(&b, 1 << 20);
    assert_int_equal(file_read(f->path, &b), ERR_OK);
    free(f->text);
    f->text = check_strdup(buf_text(&b));
    buf_finish(&b);
    return f->text;
}

static void test_a_frame_is_one_line_as_documented(void **state)
{
    struct fixture *f = *state;

    page(f, "Học tiếp", "home", 1234.5);
    assert_string_equal(
        read_log(f),
        "{\"t_ms\":1234.5,\"frame\":1,\"screen\":\"home\",\"w\":1280,\"h\":800,"
        "\"nodes\":[{\"id\":\"home.continue\",\"role\":\"button\","
        "\"text\":\"Học tiếp\",\"x\":968,\"y\":126,\"w\":249,\"h\":98,"
        "\"state\":[\"disabled\"],\"value\":null},"
        "{\"id\":\"bar.steps\",\"role\":\"progress\",\"text\":\"Trang 2 trên 6\","
        "\"x\":10,\"y\":20,\"w\":30,\"h\":40,\"state\":[],\"value\":\"2/6\"}]}\n");
}

static int count_lines(const char *text)
{
    int n = 0;

    for (; *text; text++)
        n += *text == '\n';
    return n;
}

static void test_the_same_page_twice_is_one_line(void **state)
{
    struct fixture *f = *state;

    page(f, "Học tiếp", "home", 1);
    page(f, "Học tiếp", "home", 2);
    assert_int_equal(count_lines(read_log(f)), 1);
    page(f, "Học lại", "home", 3);
    page(f, "Học lại", "module", 4); /* another screen that looks alike */
    assert_int_equal(count_lines(read_log(f)), 3);
}

static void test_quotes_and_line_breaks_stay_json(void **state)
{
    struct fixture *f = *state;
    json_value *doc;
    const char *line;

    page(f, "\"Tắt\\máy\"\nngay", "home", 1);
    line = read_log(f);
    assert_int_equal(json_parse(line, strlen(line) - 1, 8, &doc, NULL, 0),
                     ERR_REJECTED);
    /* The parser takes whole numbers only; without the time it must accept the rest. */
    line = strchr(line, ',') + 1;
    {
        struct buf b;

        buf_init(&b, 1 << 16);
        buf_char(&b, '{');
        buf_str(&b, line);
        assert_int_equal(json_parse(buf_text(&b), b.len - 1, 8, &doc, NULL, 0), ERR_OK);
        assert_string_equal(
            json_text(json_get(json_at(json_get(doc, "nodes"), 0), "text")),
            "\"Tắt\\máy\"\nngay");
        json_free(doc);
        buf_finish(&b);
    }
}

static void test_an_ack_names_the_event(void **state)
{
    struct fixture *f = *state;

    semantic_ack(f->log, 9.25, "7f3a-12", "m09-b03", 100);
    assert_string_equal(read_log(f), "{\"t_ms\":9.2,\"ack\":{\"event\":\"7f3a-12\","
                                     "\"lesson\":\"m09-b03\",\"score_pct\":100}}\n");
}

static void test_a_clip_is_told_with_its_node(void **state)
{
    struct fixture *f = *state;

    semantic_speak(f->log, 3, "Mời bác", "home.continue", "vi", "draft");
    semantic_speak(f->log, 4, "Mời bác", NULL, "hre", "none");
    assert_string_equal(
        read_log(f), "{\"t_ms\":3.0,\"speak\":\"Mời bác\",\"node\":\"home.continue\","
                     "\"lang\":\"vi\",\"clip\":\"draft\"}\n"
                     "{\"t_ms\":4.0,\"speak\":\"Mời bác\",\"node\":null,"
                     "\"lang\":\"hre\",\"clip\":\"none\"}\n");
}

static void test_no_log_costs_nothing(void **state)
{
    struct fixture *f = *state;

    semantic_frame(NULL, f->ui, "home", 1);
    semantic_ack(NULL, 1, "a-1", "m01", 50);
    semantic_speak(NULL, 1, "a", NULL, "vi", "none");
    semantic_close(NULL);
    assert_string_equal(read_log(f), "");
}

static void test_a_log_that_cannot_be_opened_is_said_so(void **state)
{
    struct semantic *log;

    (void)state;
    assert_int_equal(semantic_open("/nowhere/at/all.jsonl", &log), ERR_FULL);
    assert_null(log);
}

#define WITH_LOG(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_LOG(test_a_frame_is_one_line_as_documented),
        WITH_LOG(test_the_same_page_twice_is_one_line),
        WITH_LOG(test_quotes_and_line_breaks_stay_json),
        WITH_LOG(test_an_ack_names_the_event),
        WITH_LOG(test_a_clip_is_told_with_its_node),
        WITH_LOG(test_no_log_costs_nothing),
        cmocka_unit_test(test_a_log_that_cannot_be_opened_is_said_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
