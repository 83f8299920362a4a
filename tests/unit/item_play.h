/* One quiz item on a page without a window, answered by touches. Everything asserts. */
#pragma once

#include "base/arena.h"
#include "items/items.h"
#include "ui/ui_core.h"

struct play {
    struct arena arena;
    struct ui *ui;
    struct item item;
    unsigned char order[ITEM_OPTIONS_MAX]; /* turned round */
    unsigned char answer[ITEM_STATE_MAX];
};

const struct item_type *play_type(const char *name);
/* Opens the page of `item`. play_close ends it. */
void play_open(struct play *p, const struct item *item, int w, int h);
/* The item of a lesson whose only one is this JSON. */
void play_open_json(struct play *p, const char *json, int w, int h);
void play_close(struct play *p);
/* One frame, or a touch and then frames until the page rests; true: it was answered. */
bool play_frame(struct play *p);
bool play_tap(struct play *p, const char *id);
const struct ui_node *play_node(struct play *p, const char *id); /* NULL: none */
unsigned play_state(struct play *p, const char *id);
int play_grade(struct play *p);
const char *play_feedback(struct play *p);

/* Reads a lesson with this item: ERR_OK, or ERR_REJECTED and `why`. */
enum err play_read(struct arena *arena, const char *json, struct item *out, char *why,
                   size_t n_why);
/* Members of a picture, for such JSON. */
#define PLAY_HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define PLAY_PICTURE                                                          \
    "\"picture\":{\"alt\":\"Hình\",\"objects\":[\"" PLAY_HEX "\",\"" PLAY_HEX \
    "\",\"" PLAY_HEX "\",\"" PLAY_HEX "\"]}"
