/* Charts of the statistics page. */
#pragma once

#include "app/board.h"
#include "ui/ui.h"

/* Bars of người, the longest for the most; at most so many rows. */
void stats_people(struct ui *ui, struct rect r, enum text_id title,
                  const struct board_bars *list, size_t most_rows);
/* Two lines: age bands, women and men. Nothing while nobody was counted by them. */
void stats_ages(struct ui *ui, struct rect r, const struct board *b);
/* The first view: the five figures, and what fits of the charts. */
void stats_overview(struct ui *ui, struct rect r, const struct board *b);
