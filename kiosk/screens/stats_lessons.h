/* The view by lesson of the statistics page. */
#pragma once

#include "app/board.h"
#include "ui/ui.h"

struct app;

struct stats_lessons {
    struct board_lesson *rows;
    size_t n, first;
    const char *hardest; /* NULL: none */
    int right_pct;
};

void stats_lessons_read(struct app *app, const struct figure_range *range,
                        struct arena *arena, struct stats_lessons *out);
void stats_lessons_frame(struct ui *ui, struct rect r, struct stats_lessons *s);
