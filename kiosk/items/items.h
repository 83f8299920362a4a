/* The table of quiz item types, and how the quiz page frames each of them. */
#pragma once

#include "lesson/item.h"
#include "lesson/lesson.h"
#include "ui/strings.h"

/* What the page around a question looks like. */
enum item_foot {
    ITEM_FOOT_BUTTON, /* the type puts a button there */
    ITEM_FOOT_DOTS,   /* the dots alone */
    ITEM_FOOT_COUNT,  /* the dots, and the count, because the heading is a question */
};

/* Where the faces of those stand who learn together. */
enum item_faces {
    ITEM_FACES_FOOT, /* beside the button, or above it */
    ITEM_FACES_BAR,  /* the type fills its page: one face in the bar */
};

struct item_look {
    enum text_id heading; /* T_quiz_n: the count */
    enum item_foot foot;
    enum item_faces faces;
};

/* NULL-terminated: for pack_open and lesson_read. */
extern const struct item_type *const items_table[];

const struct item_look *items_look(const struct item_type *type);
