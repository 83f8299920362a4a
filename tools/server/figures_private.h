/* Between the files of the reader (figures.h) alone. */
#pragma once

#include "figures.h"

#define FIGURES_ROWS_MAX 2000 /* of one list; more cannot be read by anyone */

struct reading {
    struct server *server;
    struct arena *arena;
    struct figures *f;
};

/* Rows by key, made when there is none; NULL: the list is full. */
struct figures_lesson *figures_lesson_row(struct reading *r, const char *id);
struct figures_thon *figures_thon_row(struct reading *r, const char *code);
void figures_add(struct figure *figure, int64_t v);
/* A statistic that has no place of its own. */
void figures_add_other(struct reading *r, const char *stat, bool people, int64_t v);

/* The gauges: người (figures_people.c). */
NODISCARD enum err figures_read_people(struct reading *r);

/* Settings and machines (figures_names.c): what names the thôn before anything is
 * counted, then what names the rest and puts it in order. */
NODISCARD enum err figures_read_places(struct reading *r);
NODISCARD enum err figures_read_machines(struct reading *r);
NODISCARD enum err figures_read_names(struct reading *r);
