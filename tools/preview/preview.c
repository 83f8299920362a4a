/* The pages of the kiosk without a journal; the session is put on one step after the
 * other. */
#include "preview.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/app.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "one_pack.h"
#include "platform/frame_png.h"
#include "screens/screens.h"
#include "steps.h"
#include "ui/ui_core.h"

struct preview {
    struct arena arena;
    struct pack *pack;
    struct platform_hooks hooks;
    struct frame_png *png;
    struct ui *ui;
    struct app app;
};

/* --- the pages -------------------------------------------------------------------------- */

static enum err object_hook(void *ctx, const char *sha256, struct buf *out)
{
    return pack_object(((const struct preview *)ctx)->pack, sha256, out);
}

static void draw(struct preview *p)
{
    do {
        app_turn(&p->app);
        ui_begin(p->ui);
        app_frame(&p->app, p->ui);
        ui_end(p->ui);
    } while (app_wants_turn(&p->app) || ui_again(p->ui));
}

static void show(struct preview *p, const struct step *step)
{
    struct learning *l = &p->app.learning;

    step_enter(l->lesson, step, &l->session);
    l->saved = step->phase == SESSION_RESULT ? SAVED_YES : SAVED_NOTHING;
    app_goto(&p->app, learning_page(step->phase), 0);
    draw(p);
}

static enum err save_steps(struct preview *p, const char *out)
{
    struct step step = { 0 };
    enum err err = ERR_OK;

    while (!err && step_next(p->app.learning.lesson, &step)) {
        const char *path = arena_printf(&p->arena, "%s/%s.png", out, step.name);

        show(p, &step);
        err = frame_png_save(p->png, p->ui, path);
        if (!err)
            puts(path);
    }
    return err;
}

static enum err open_pages(struct preview *p, const struct preview_options *o)
{
    const struct app_config config = { .clock = &clock_real,
                                       .screens = screens_table,
                                       .db_err = ERR_OFFLINE,
                                       .pack = p->pack,
                                       .still = true,
                                       .seed = 1 };
    struct ui_metrics metrics;
    enum err err;

    p->hooks = (struct platform_hooks){ p, object_hook, NULL };
    err = frame_png_create(NULL, &p->hooks, o->w, o->h, &p->png);
    if (err)
        return err;
    metrics = frame_png_metrics(p->png);
    p->ui = ui_create(&metrics, o->w, o->h, 0);
    ui_set_text_step(p->ui, o->text_step);
    app_create(&p->app, &config);
    draw(p);
    if (!app_launch(&p->app, pack_info(p->pack)->lessons[0].id) ||
        !p->app.learning.lesson)
        return ERR_CORRUPT;
    return ERR_OK;
}

static void finish(struct preview *p)
{
    if (p->ui)
        app_finish(&p->app);
    ui_destroy(p->ui);
    frame_png_destroy(p->png);
    pack_close(p->pack);
    arena_finish(&p->arena);
    free(p);
}

enum err preview_lesson(struct source *s, const struct preview_options *o,
                        struct report *report)
{
    struct preview *p = check_alloc(sizeof(*p));
    enum err err;

    *p = (struct preview){ 0 };
    err = one_pack(s, o->out, report, &p->pack);
    if (!err)
        err = open_pages(p, o);
    if (!err)
        err = save_steps(p, o->out);
    finish(p);
    return err;
}
