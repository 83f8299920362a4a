/* A volunteer has seen somebody do a lesson's task on their own phone. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "screens/class_words.h"
#include "screens/screens.h"

struct sign_page {
    struct class_person list[CLASS_MAX];
    size_t n, first, who; /* who == n: not chosen */
    long lesson;          /* asked about; -1: none */
    const char *say;
    enum chip_tone tone;
};

static void sign_enter(struct app *app, void *state, size_t arg)
{
    struct sign_page *s = state;

    (void)arg;
    app_class_refresh(app);
    s->lesson = -1;
    if (!app->desk.klass.seq) {
        app_goto(app, "class_open", 0);
        return;
    }
    if (class_people(app, s->list, &s->n)) {
        s->say = text_of(T_list_unwritten);
        s->tone = CHIP_SON;
    }
    s->who = s->n;
}

struct sign {
    struct app *app;
    struct sign_page *s;
};

static const char *person_text(void *ctx, struct ui *ui, size_t i)
{
    const struct sign *x = ctx;

    return class_name(x->app, ui, x->s->list[i].token);
}

static const char *person_note(void *ctx, struct ui *ui, size_t i)
{
    const struct sign *x = ctx;

    return class_born(x->app, ui, x->s->list[i].token);
}

static const char *lesson_text(void *ctx, struct ui *ui, size_t i)
{
    const struct sign *x = ctx;

    (void)ui;
    return pack_info(x->app->pack)->lessons[i].title;
}

static void ask(struct app *app, struct sign_page *s, struct ui *ui)
{
    const struct pack_lesson *lesson = &pack_info(app->pack)->lessons[s->lesson];
    const unsigned char *token = s->list[s->who].token;
    const char *text =
        text_fill(ui_arena(ui), text_of(T_so_ask), "ten", class_name(app, ui, token),
                  "bai", lesson->title, NULL);
    int got = desk_ask(ui, "so.ask", text_of(T_so_title), text, text_of(T_so_no),
                       text_of(T_so_yes), UI_BUTTON_OK);
    enum err err;

    if (!got)
        return;
    s->lesson = -1;
    if (got < 0)
        return;
    err = sign_off(app->db, token, lesson->id, app_actor(app));
    s->say = err ? class_trouble(err) : text_of(T_list_done);
    s->tone = err ? CHIP_SON : CHIP_LUA;
    s->who = err ? s->who : s->n;
}

static void sign_frame(struct app *app, void *state, struct ui *ui)
{
    struct sign_page *s = state;
    struct sign x = { app, s };
    bool named = s->who < s->n, back;
    size_t n_lessons = app->pack ? pack_info(app->pack)->n_lessons : 0;
    struct pick p = { named ? "so.lesson" : "so.person",
                      named ? n_lessons : s->n,
                      SIZE_MAX,
                      named ? lesson_text : person_text,
                      named ? NULL : person_note,
                      &x,
                      0,
                      NULL };
    const char *title =
        named ? text_fill(ui_arena(ui), text_of(T_so_what), "ten",
                          class_name(app, ui, s->list[s->who].token), NULL)
              : text_of(T_so_who);
    struct rect body = desk_step(ui, T_list_back, "back", text_key(T_so_title), title,
                                 named ? 2 : 1, 2, &back);
    const char *say = s->say ? s->say : text_of(p.n ? T_so_note : T_list_empty);
    bool covered = s->lesson >= 0;
    long got;

    desk_say(ui, rect_cut_bottom(&body, ui_dim(ui, 64, 48, 84)), say,
             s->say ? s->tone : CHIP_SAND);
    got = pick_frame(ui, body, &p, &s->first);
    if (got >= 0 && !covered) {
        s->say = NULL;
        s->first = 0;
        if (named)
            s->lesson = got;
        else
            s->who = (size_t)got;
    }
    if (back && !covered && named) {
        s->who = s->n;
        s->first = 0;
    } else if (back && !covered) {
        app_goto(app, "class", 0);
    }
    if (s->lesson >= 0)
        ask(app, s, ui);
}

const struct screen screen_signoff = {
    .name = "signoff",
    .shows_names = true,
    .state_size = sizeof(struct sign_page),
    .enter = sign_enter,
    .frame = sign_frame,
};
