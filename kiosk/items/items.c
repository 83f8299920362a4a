/* The table: one line for each type of quiz item. */
#include "items/items.h"

#include "base/check.h"
#include "items/item_types.h"

/* type, heading of its page, foot of its page, faces of a group */
#define ITEM_TYPES(X)                                                   \
    X(item_single, T_quiz_n, ITEM_FOOT_BUTTON, ITEM_FACES_FOOT)         \
    X(item_true_false, T_quiz_n, ITEM_FOOT_DOTS, ITEM_FACES_BAR)        \
    X(item_scam_or_safe, T_quiz_which, ITEM_FOOT_COUNT, ITEM_FACES_BAR) \
    X(item_multiple, T_quiz_n, ITEM_FOOT_BUTTON, ITEM_FACES_FOOT)       \
    X(item_picture_choice, T_quiz_n, ITEM_FOOT_BUTTON, ITEM_FACES_FOOT) \
    X(item_order, T_quiz_n, ITEM_FOOT_BUTTON, ITEM_FACES_BAR)           \
    X(item_match, T_quiz_n, ITEM_FOOT_BUTTON, ITEM_FACES_BAR)           \
    X(item_numeric, T_quiz_n, ITEM_FOOT_DOTS, ITEM_FACES_BAR)           \
    X(item_hotspot, T_quiz_n, ITEM_FOOT_DOTS, ITEM_FACES_BAR)           \
    X(item_scenario, T_quiz_n, ITEM_FOOT_BUTTON, ITEM_FACES_BAR)

#define AS_TYPE(type, heading, foot, faces) &(type),
const struct item_type *const items_table[] = { ITEM_TYPES(AS_TYPE) NULL };

#define AS_LOOK(type, heading, foot, faces) { heading, foot, faces },
static const struct item_look looks[] = { ITEM_TYPES(AS_LOOK) };

const struct item_look *items_look(const struct item_type *type)
{
    size_t i = 0;

    while (items_table[i] != type)
        ASSERT(items_table[i++]);
    return &looks[i];
}
