/* Contests through the whole program without a window: set up, played, told, decided, kept. Every
 * page stays inside the window on every panel and in every letter size. */
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

#include "app/contest_run.h"
#include "app_stage.h"
#include "base/buf.h"
#include "base/check.h"
#include "items/items.h"
#include "store/journal.h"

static const struct size_row {
    const char *name;
    int w, h;
} sizes[] = {
    { "1280x800", 1280, 800 },
    { "800x480", 800, 480 },
    { "1920x1080", 1920, 1080 },
    { "720x1280", 720, 1280 },
};

static void begin(struct app_stage *s, const struct size_row *size)
{
    struct staff hanh = { .alias = "Lê Thị Hạnh", .role = STAFF_VOLUNTEER };
    char code[] = "t01", name[32];

    stage_open(s, &(struct app_stage_options){ .w = size->w, .h = size->h });
    assert_int_equal(staff_add(s->db, &hanh, "482915"), ERR_OK);
    for (int i = 1; i <= 9; i++) {
        struct commune_entry thon = { .code = "", .name = "" };

        code[2] = (char)('0' + i);
        (void)snprintf(name, sizeof(name), "Nước Giáp %d", i);
        (void)snprintf(thon.code, sizeof(thon.code), "%s", code);
        (void)snprintf(thon.name, sizeof(thon.name), "%s", name);
        assert_int_equal(commune_set(s->db, COMMUNE_THON, &thon), ERR_OK);
    }
    assert_int_equal(app_staff_enter(&s->app, hanh.id, "482915"), PIN_RIGHT);
    app_goto(&s->app, "class_open", 0);
    stage_round(s);
}

static void check_page(const struct app_stage *s)
{
    int w, h;
    size_t n;
    const struct ui_node *nodes = ui_nodes(s->ui, &n);

    ui_size(s->ui, &w, &h);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++) {
        const struct ui_node *a = &nodes[i];

        if (a->box.x < 0 || a->box.y < 0 || a->box.x + a->box.w > w + 1 ||
            a->box.y + a->box.h > h + 1)
            fail_msg("%s %d: %s lies outside: %d,%d %dx%d", stage_screen(s), w, a->id,
                     a->box.x, a->box.y, a->box.w, a->box.h);
        for (size_t k = 0; a->active && k < i; k++) {
            const struct box *b = &nodes[k].box;

            if (nodes[k].active && a->box.x < b->x + b->w &&
                b->x < a->box.x + a->box.w && a->box.y < b->y + b->h &&
                b->y < a->box.y + a->box.h)
                fail_msg("%s %d: %s and %s overlap", stage_screen(s), w, a->id,
                         nodes[k].id);
        }
    }
}

static void tap(struct app_stage *s, const char *id)
{
    stage_tap(s, id);
    check_page(s);
}

/* As far as the teams: all parts, five questions. */
static void to_teams(struct app_stage *s)
{
    tap(s, "ct.title");
    assert_string_equal(stage_screen(s), "contest_setup");
    tap(s, "ct.new");
    tap(s, "ct.name#2");
    tap(s, "list.next"); /* too early: says why */
    assert_string_equal(stage_see(s, "desk.say")->text, "Mời chọn ít nhất một phần.");
    tap(s, "ct.parts#2");
    tap(s, "list.next");
    assert_string_equal(stage_see(s, "desk.say")->text,
                        "Chưa đủ câu. Mời chọn thêm phần, hoặc bớt số câu.");
    tap(s, "ct.parts#1");
    tap(s, "list.next");
}

static void play_with(struct app_stage *s, const char *const *teams, size_t n)
{
    to_teams(s);
    for (size_t i = 0; i < n; i++)
        tap(s, teams[i]);
    tap(s, "list.next");
    tap(s, "ct.begin");
    assert_string_equal(stage_screen(s), "contest_round");
}

static const char *const two[] = { "ct.teams#1", "ct.teams#2" };
static const char *const three[] = { "ct.teams#1", "ct.teams#2", "ct.teams#3" };

/* Whether the option of a question with two of them is meant. */
static void touch(struct app_stage *s, bool right)
{
    const struct contest_run *run = &s->app.contest;
    const struct item *item = &run->lesson->items[run->item];
    unsigned char order[ITEM_OPTIONS_MAX];
    char id[32];

    if (!strcmp(item->type->name, "true-false")) {
        tap(s, item->options[0].right == right ? "quiz.true" : "quiz.false");
        return;
    }
    if (!strcmp(item->type->name, "scam-or-safe")) {
        tap(s, item->options[0].right == right ? "quiz.scam" : "quiz.safe");
        return;
    }
    app_contest_order(&s->app, order);
    for (size_t i = 0; i < item->n_options; i++)
        if (item->options[order[i]].right == right) {
            (void)snprintf(id, sizeof(id), "quiz.choice#%zu", i + 1);
            tap(s, id);
            break;
        }
    tap(s, "quiz.choose");
}

static void turn(struct app_stage *s, bool right, int64_t ms)
{
    tap(s, "ct.ready");
    stage_wait(s, ms);
    check_page(s);
    touch(s, right);
}

static const struct contest *game(const struct app_stage *s)
{
    return &s->app.contest.record.game;
}

/* A question for all of `n` teams; `right[team]`. */
static void question(struct app_stage *s, size_t n, const bool *right)
{
    for (size_t i = 0; i < n; i++) {
        struct contest_turn t;

        assert_true(contest_turn(game(s), &t));
        turn(s, right[t.team], 2000);
        if (i + 1 < n)
            stage_see(s, "ct.ready"); /* nothing is told before */
    }
    stage_see(s, "ct.told");
    tap(s, "ct.next");
}

static void check_every_page(void **state)
{
    static const char *const letters[] = { "text.2", "text.3", "text.1" };
    static const bool all[] = { true, true, true };
    const struct size_row *size = *state;
    struct app_stage s;

    begin(&s, size);
    check_page(&s);
    play_with(&s, three, 3);
    for (size_t q = 0; q < 5; q++) {
        tap(&s, "bar.text");
        tap(&s, letters[q % COUNT(letters)]);
        tap(&s, "text.close");
        question(&s, 3, all);
    }
    assert_string_equal(stage_screen(&s), "contest_result");
    tap(&s, "ct.equal");
    stage_see(&s, "ct.print");
    tap(&s, "ct.done");
    tap(&s, "ct.see");
    tap(&s, "bar.exit");
    stage_close(&s);
}

static void test_eight_fit_on_every_page(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT(sizes); k++) {
        struct app_stage s;

        begin(&s, &sizes[k]);
        to_teams(&s);
        tap(&s, "ct.by.one");
        for (int i = 2; i < 10; i++)
            tap(&s, "ct.count.more");
        tap(&s, "list.next");
        tap(&s, "ct.begin");
        assert_int_equal(game(&s)->n_teams, 8);
        for (size_t q = 0; q < 5; q++)
            question(&s, 8, (bool[8]){ true });
        assert_string_equal(stage_screen(&s), "contest_result");
        assert_string_equal(stage_see(&s, "ct.place#1")->text, "Thí sinh số 1");
        assert_string_equal(stage_see(&s, "ct.row#1")->text, "5 câu đúng, 17 giây");
        assert_string_equal(stage_see(&s, "ct.row#8")->text,
                            "0 câu đúng, 17 giây · đồng hạng");
        stage_close(&s);
    }
}

static void test_who_shares_a_place_is_asked_once_more_and_it_is_kept(void **state)
{
    static const bool first_two[] = { true, true, false };
    struct app_stage s;
    struct contest_turn t;

    (void)state;
    begin(&s, &sizes[0]);
    play_with(&s, three, 3);
    for (size_t q = 0; q < 5; q++)
        question(&s, 3, first_two);
    assert_string_equal(stage_see(&s, "ct.row#2")->text,
                        "5 câu đúng, 17 giây · đồng hạng");
    assert_string_equal(stage_see(&s, "ct.row#3")->text, "0 câu đúng, 17 giây");
    assert_string_equal(stage_see(&s, "ct.place#2")->value, "1");
    assert_string_equal(stage_see(&s, "ct.place#3")->value, "3");
    tap(&s, "ct.extra");
    assert_string_equal(stage_see(&s, "quiz.n")->text, "Câu hỏi phụ 1");
    for (int i = 0; i < 2; i++) { /* the third one is not asked */
        assert_true(contest_turn(game(&s), &t));
        assert_true(t.team < 2);
        turn(&s, t.team == 1, 1000);
    }
    tap(&s, "ct.next");
    assert_string_equal(stage_screen(&s), "contest_result");
    assert_string_equal(stage_see(&s, "ct.place#1")->text, "Đội thôn Nước Giáp 2");
    assert_string_equal(stage_see(&s, "ct.row#1")->text,
                        "5 câu đúng, 17 giây, 1 câu phụ");
    assert_string_equal(stage_see(&s, "desk.say")->text,
                        "Đã lưu kết quả. Chúc mừng tất cả!");
    assert_int_equal(s.app.contest.record.state, CONTEST_DONE);
    stage_close(&s);
}

static void test_the_time_ends_calmly(void **state)
{
    struct app_stage s;

    (void)state;
    begin(&s, &sizes[0]);
    play_with(&s, two, 2);
    tap(&s, "ct.ready");
    assert_string_equal(stage_see(&s, "ct.left")->text, "Còn 30 giây");
    stage_wait(&s, 29500);
    assert_string_equal(stage_see(&s, "ct.left")->text, "Còn 1 giây");
    stage_wait(&s, 600);
    assert_string_equal(stage_see(&s, "desk.say")->text,
                        "Hết giờ rồi. Không sao ạ, còn câu sau.");
    assert_int_equal(game(&s)->answers[0][0].verdict, CONTEST_LATE);
    assert_int_equal(game(&s)->answers[0][0].ms, 30000);
    turn(&s, false, 1000);
    assert_string_equal(stage_see(&s, "ct.told")->text, "Câu này khó. Đáp án là đây.");
    stage_close(&s);
}

static void test_staff_stay_while_a_hall_is_seated_and_it_goes_on_after(void **state)
{
    struct app_stage s;

    (void)state;
    begin(&s, &sizes[0]);
    play_with(&s, two, 2);
    turn(&s, true, 1000);
    stage_wait(&s, 20 * 60 * 1000);
    assert_string_equal(stage_screen(&s), "contest_round");
    tap(&s, "bar.exit");
    assert_string_equal(stage_screen(&s), "contest_setup");
    assert_string_equal(stage_see(&s, "ct.open")->value,
                        "Đến câu 1 trên 5. Các câu đã trả lời còn nguyên.");
    tap(&s, "ct.new"); /* one at a time: says so */
    assert_string_equal(stage_see(&s, "desk.say")->text,
                        "Hội thi trước đang dở. Mời thi tiếp, hoặc bỏ dở trước.");
    tap(&s, "ct.go.on");
    assert_string_equal(stage_see(&s, "ct.team")->text, "Đội thôn Nước Giáp 2");
    tap(&s, "bar.exit");
    tap(&s, "ct.off");
    tap(&s, "ct.off.q.no");
    tap(&s, "ct.off");
    tap(&s, "ct.off.q.yes");
    stage_see(&s, "ct.none");
    stage_close(&s);
}

static void test_nothing_of_it_is_learnt(void **state)
{
    static const bool all[] = { true, true };
    struct buf before, after;
    struct app_stage s;

    (void)state;
    begin(&s, &sizes[0]);
    buf_init(&before, 1U << 16);
    buf_init(&after, 1U << 16);
    assert_int_equal(journal_totals_json(s.db, &before), ERR_OK);
    play_with(&s, two, 2);
    question(&s, 2, all);
    assert_int_equal(journal_totals_json(s.db, &after), ERR_OK);
    assert_string_equal(buf_text(&after), buf_text(&before));
    assert_null(s.app.learning.lesson);
    buf_finish(&before);
    buf_finish(&after);
    stage_close(&s);
}

static void test_the_same_team_is_not_typed_twice(void **state)
{
    struct app_stage s;

    (void)state;
    begin(&s, &sizes[0]);
    to_teams(&s);
    for (int i = 0; i < 2; i++) {
        tap(&s, "ct.own");
        stage_type(&s, "to 1");
        tap(&s, "list.save");
    }
    assert_string_equal(stage_see(&s, "desk.say")->text, "Đã có đội tên này.");
    tap(&s, "ct.own");
    tap(&s, "list.save"); /* nothing typed: stays */
    tap(&s, "list.back");
    tap(&s, "list.next"); /* one is too few */
    stage_see(&s, "ct.teams");
    stage_close(&s);
}

static void test_a_guest_finds_no_door(void **state)
{
    static const char *const pages[] = { "contest_setup", "contest_round",
                                         "contest_result" };

    (void)state;
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct app_stage s;

        stage_open(&s, &(struct app_stage_options){ .w = 0 });
        app_goto(&s.app, pages[i], 0);
        stage_round(&s);
        assert_string_equal(stage_screen(&s), "attract");
        stage_close(&s);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(sizes) + 7];
    const struct CMUnitTest others[] = {
        cmocka_unit_test(test_eight_fit_on_every_page),
        cmocka_unit_test(test_who_shares_a_place_is_asked_once_more_and_it_is_kept),
        cmocka_unit_test(test_the_time_ends_calmly),
        cmocka_unit_test(test_staff_stay_while_a_hall_is_seated_and_it_goes_on_after),
        cmocka_unit_test(test_nothing_of_it_is_learnt),
        cmocka_unit_test(test_the_same_team_is_not_typed_twice),
        cmocka_unit_test(test_a_guest_finds_no_door),
    };

    for (size_t i = 0; i < COUNT(sizes); i++)
        tests[i] = (struct CMUnitTest){ .name = sizes[i].name,
                                        .test_func = check_every_page,
                                        .initial_state = (void *)&sizes[i] };
    memcpy(tests + COUNT(sizes), others, sizeof(others));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
