/* The table: one line for each screen. */
#include "screens/screens.h"

#include <stddef.h>

const struct screen *const screens_table[] = {
    &screen_attract,
    &screen_signin,
    &screen_code,
    &screen_home,
    &screen_module,
    &screen_lesson,
    &screen_quiz,
    &screen_feedback,
    &screen_result,
    &screen_idle,
    &screen_help,
    &screen_problem,
    &screen_staff_signin,
    &screen_locked,
    &screen_register_name,
    &screen_register_details,
    &screen_register_groups,
    &screen_register_duplicate,
    &screen_register_consent,
    &screen_guardian,
    &screen_card,
    NULL,
};
