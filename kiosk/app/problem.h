/* What is wrong with the machine, for staff: the worst first. No personal data. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct app;

enum problem {
    PROBLEM_RESTING, /* it ended too often */
    PROBLEM_NO_PACK,
    PROBLEM_PACK_REFUSED,
    PROBLEM_NO_PLACE, /* the data partition is missing */
    PROBLEM_DB_BROKEN,
    PROBLEM_DB_NEWER,
    PROBLEM_DISK_FULL,
    PROBLEM_DB_LOST,     /* set aside, and there was no backup */
    PROBLEM_DB_RESTORED, /* set aside, a backup is in its place */
    PROBLEM_UPDATE,      /* was rolled back */
    PROBLEM_LESSON_LEFT_OUT,
    PROBLEM_DISK_LOW,
    PROBLEM_ROWS_REJECTED,
    PROBLEM_OFFLINE,
    PROBLEM_COUNT
};

struct problem_list {
    enum problem list[PROBLEM_COUNT];
    size_t n;
    size_t n_left_out;    /* lessons */
    int64_t free_mb;      /* -1: not known */
    int64_t rows_waiting; /* not confirmed by the server */
    int64_t rows_rejected;
};

void problem_find(const struct app *app, struct problem_list *out);
/* Staff have seen that the database was set aside. */
void problem_seen(const struct app *app);
