/* The table of screens. */
#pragma once

#include "app/screen.h"

extern const struct screen *const screens_table[]; /* NULL-terminated */

/* One file each, learner_<name>.c or staff_<name>.c. */
extern const struct screen screen_attract, screen_signin, screen_names, screen_about,
    screen_scan, screen_pictures, screen_code, screen_home, screen_module,
    screen_lesson, screen_quiz, screen_feedback, screen_result, screen_certificate,
    screen_idle, screen_help, screen_problem, screen_staff_signin, screen_locked,
    screen_review, screen_placement, screen_language, screen_group, screen_practice;

/* Registration and people (staff_register_*.c …). */
extern const struct screen screen_register_name, screen_register_details,
    screen_register_groups, screen_register_duplicate, screen_register_consent,
    screen_guardian, screen_card, screen_search, screen_cards, screen_sheets,
    screen_person, screen_person_edit;

/* Of the administrator: admin_<name>.c. */
extern const struct screen screen_setup, screen_calibrate, screen_admin_staff,
    screen_admin_backup, screen_admin_staff_edit, screen_admin_passphrase,
    screen_admin_key_card, screen_admin_audit;

extern const struct screen screen_class, screen_class_open, screen_class_close,
    screen_waiting, screen_headcount, screen_help_log, screen_signoff, screen_guide,
    screen_admin_units, screen_admin_targets, screen_group_who;

/* A contest of teams (staff_contest_*.c). */
extern const struct screen screen_contest_setup, screen_contest_round,
    screen_contest_result;

/* The pop-over of the text sizes: part of its page, so it has no name. */
extern const struct screen screen_text_size;

/* Switching the machine off (staff_power.c); the argument of app_goto. */
enum power_from { POWER_FROM_SETTINGS, POWER_FROM_CLASS };
extern const struct screen screen_power;

/* The administration (admin_*.c). */
extern const struct screen screen_admin_stats, screen_admin_export, screen_admin_sync,
    screen_admin_packs, screen_admin_beside, screen_admin_update, screen_admin_settings,
    screen_admin_health, screen_admin_network, screen_admin_requests,
    screen_admin_import, screen_record;
