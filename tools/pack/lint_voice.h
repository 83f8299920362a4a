/* Rules for recordings: the list of them, and the clips. Drafts have none. */
#pragma once

struct report;
struct source;

/* Problems, and stale recordings as warnings, go to `report`. Silent when the content has
 * no voice/manifest.csv. */
void lint_voice(const struct source *s, struct report *report);
