/* Fixture of the tests of app and screens. */
#include "app_stage.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "base/hash.h"
#include "items/items.h"
#include "screens/screens.h"

#define LETTER 0.55F /* width of a letter, of the font's size */
#define BOLD_LETTER 0.6F
#define STEPS_MAX 60

static int letter_width(void *ctx, bool bold, int size, const char *text, size_t n)
{
    size_t letters = 0;

    (void)ctx;
    for (size_t i = 0; i < n; i++)
        letters += ((unsigned char)text[i] & 0xC0U) != 0x80U;
    return (int)((float)letters * (float)size * (bold ? BOLD_LETTER : LETTER));
}

static int64_t mono(void *ctx)
{
    return ((struct app_stage *)ctx)->now_ms;
}

static int64_t wall(void *ctx)
{
    return 1795311600000 + ((struct app_stage *)ctx)->now_ms;
}

static void note_ack(void *ctx, const char *event, const char *lesson, int score_pct)
{
    struct app_stage *s = ctx;

    assert_non_null(strchr(event, '-'));
    assert_in_range(score_pct, 0, 100);
    s->n_acks++;
    snprintf(s->ack_lesson, sizeof(s->ack_lesson), "%s", lesson);
}

static void open_pack(struct app_stage *s)
{
    struct pack_key key;
    char why[200];

    assert_int_equal(pack_key_read(REPLAY_PACK_KEY, &key), ERR_OK);
    assert_int_equal(
        pack_open(REPLAY_PACK, &key, 1, 0, items_table, &s->pack, why, sizeof(why)),
        ERR_OK);
}

void stage_open(struct app_stage *s, const struct app_stage_options *o)
{
    const struct ui_metrics metrics = { letter_width, NULL };
    struct app_config config = {
        .screens = screens_table, .seed = 1, .ack = note_ack, .ctx = s
    };
    struct db_config db = { .program_version = "test" };

    memset(s, 0, sizeof(*s));
    hash_init();
    snprintf(s->dir, sizeof(s->dir), "/tmp/bdhvs-app-XXXXXX");
    assert_non_null(mkdtemp(s->dir));
    s->now_ms = 1000;
    s->clock = (struct clock){ mono, wall, s };
    db.dir = s->dir;
    db.vfs = o->vfs;
    db.clock = config.clock = &s->clock;
    if (!o->no_db)
        assert_int_equal(db_open(&db, &s->db), ERR_OK);
    if (!o->no_pack)
        open_pack(s);
    config.db = s->db;
    config.db_err = o->db_err;
    config.touchable = o->touchable;
    config.pack = s->pack;
    config.pack_err = o->no_pack ? ERR_OFFLINE : ERR_OK;
    s->ui = ui_create(&metrics, o->w ? o->w : 1280, o->w ? o->h : 800, o->dpi);
    app_create(&s->app, &config);
    stage_round(s);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

void stage_close(struct app_stage *s)
{
    app_finish(&s->app);
    ui_destroy(s->ui);
    pack_close(s->pack);
    db_close(s->db);
    nftw(s->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void draw(struct app_stage *s)
{
    do {
        app_turn(&s->app);
        ui_set_text_step(s->ui, s->app.visit.look.text_step);
        ui_begin(s->ui);
        app_frame(&s->app, s->ui);
        ui_end(s->ui);
    } while (app_wants_turn(&s->app) || ui_again(s->ui));
}

void stage_round(struct app_stage *s)
{
    app_tick(&s->app);
    draw(s);
    while (app_settle(&s->app))
        draw(s);
}

void stage_tap(struct app_stage *s, const char *id)
{
    struct ui_event tap = { .kind = UI_EVENT_TAP_ID, .text = id };

    stage_see(s, id);
    s->now_ms += 1000;
    ui_feed(s->ui, &tap);
    app_touched(&s->app);
    stage_round(s);
}

void stage_type(struct app_stage *s, const char *text)
{
    for (; *text; text++) {
        struct ui_event typed = { .kind = UI_EVENT_CHAR, .ch = (unsigned char)*text };

        ui_feed(s->ui, &typed);
        app_touched(&s->app);
        stage_round(s);
    }
}

void stage_wait(struct app_stage *s, int64_t ms)
{
    s->now_ms += ms;
    stage_round(s);
}

const char *stage_screen(const struct app_stage *s)
{
    return app_screen_name(&s->app);
}

const struct ui_node *stage_node(const struct app_stage *s, const char *id)
{
    size_t n;
    const struct ui_node *nodes = ui_nodes(s->ui, &n);

    for (size_t i = 0; i < n; i++)
        if (!strcmp(nodes[i].id, id))
            return &nodes[i];
    return NULL;
}

const struct ui_node *stage_see(const struct app_stage *s, const char *id)
{
    const struct ui_node *node = stage_node(s, id);

    if (!node)
        fail_msg("no node %s on %s", id, stage_screen(s));
    return node;
}

/* The lessons of tests/replay ask for the green picture. */
void stage_choose_right(struct app_stage *s)
{
    static const char *const ids[] = { "quiz.choice#1", "quiz.choice#2",
                                       "quiz.choice#3" };
    const char *right = NULL;

    for (size_t i = 0; i < COUNT(ids); i++)
        if (!strcmp(stage_see(s, ids[i])->text, "Hình xanh lá"))
            right = ids[i];
    assert_non_null(right);
    stage_tap(s, right);
    stage_tap(s, "quiz.choose");
}

void stage_play_lesson(struct app_stage *s)
{
    for (int i = 0; i < STEPS_MAX && strcmp(stage_screen(s), "result") != 0; i++) {
        if (stage_node(s, "lesson.next"))
            stage_tap(s, "lesson.next");
        else if (stage_node(s, "fb.next"))
            stage_tap(s, "fb.next");
        else if (stage_node(s, "quiz.true"))
            stage_tap(s, "quiz.true");
        else if (stage_node(s, "quiz.scam"))
            stage_tap(s, "quiz.scam");
        else
            stage_choose_right(s);
    }
    assert_string_equal(stage_screen(s), "result");
}
