/* The notices of the commune on the first page: one stands there at a time. Each time the
 * page comes anew it is the next one, so that nothing moves while nobody is there. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "store/notices.h"

struct app;

#define NOTICE_NODE "attract.notice" /* of its text, for who reads it aloud */

struct notices {
    struct arena arena;
    struct notice list[NOTICES_MAX];
    size_t n, at;
    char last[WIRE_NOTICE_ID_MAX + 1]; /* that stood there last; "": none yet */
    bool counted[NOTICES_MAX];         /* since the page came */
    unsigned taken;                    /* of which settings the list is … */
    int64_t clock;                     /* … by which clock */
    int64_t change_ms; /* monotonic: then it may be another list; -1: not by itself */
};

/* The first page comes. */
void notices_arrive(struct app *app);
/* The notice that stands there, or NULL; also after newer settings and a new day. */
const struct notice *notices_look(struct app *app);
/* Milliseconds until notices_look may say something else, -1: not by itself. */
int notices_wait_ms(const struct app *app);
/* Somebody asks for the next one. */
void notices_next(struct app *app);
/* Somebody is there and touches the page: the notice counts as seen, once while the page
 * stands. Written behind the next frame. */
void notices_count(struct app *app);
/* Whether its text can be heard: by a clip, or by a draft that is made when asked for. */
bool notices_can_speak(const struct app *app, const struct notice *n);
/* Reads it aloud; once more touched, it stops. */
void notices_listen(struct app *app, const struct notice *n);
void notices_finish(struct app *app);
