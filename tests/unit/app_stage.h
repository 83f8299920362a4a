/* The whole program without a window: real database in a folder of its own, the lessons
 * of tests/replay, a clock that the test moves, letters of one fixed width. */
#pragma once

#include <stdbool.h>

#include "app/app.h"
#include "ui/ui_core.h"

struct app_stage {
    char dir[64];
    int64_t now_ms;
    struct clock clock;
    struct db *db;
    struct pack *pack;
    struct ui *ui;
    struct app app;
    unsigned n_acks;
    char ack_lesson[EVENT_UNIT_MAX + 1];
};

struct app_stage_options {
    int w, h, dpi;   /* px; 0: 1280×800 */
    bool no_db;      /* as if it could not be opened … */
    enum err db_err; /* … for this reason */
    bool no_pack;
    bool (*touchable)(void *ctx); /* of the stage; NULL: as ever */
    const char *vfs;              /* of the database; NULL: the machine's own */
};

void stage_open(struct app_stage *s, const struct app_stage_options *o);
void stage_close(struct app_stage *s);

/* One round of the loop: tick, frames, settle. */
void stage_round(struct app_stage *s);
/* Taps the node, which must be there, and plays rounds. */
void stage_tap(struct app_stage *s, const char *id);
void stage_type(struct app_stage *s, const char *text);
void stage_wait(struct app_stage *s, int64_t ms);

const char *stage_screen(const struct app_stage *s);
/* The node on screen, or NULL. */
const struct ui_node *stage_node(const struct app_stage *s, const char *id);
/* The same, and it must be there. */
const struct ui_node *stage_see(const struct app_stage *s, const char *id);
/* The right one of the choices on the page, and that it is meant. */
void stage_choose_right(struct app_stage *s);
/* From the open lesson to its result, every answer right. */
void stage_play_lesson(struct app_stage *s);
