/* sheet LESSON OUT.pdf: asks the running kiosk, which has its lessons open; when none runs,
 * opens the pack that --pack and --pack-key name. */
#pragma once

struct machine;
struct options;

/* `words`: "sheet", lesson, path. The exit code. */
int sheet_run(struct machine *m, const struct options *o, const char *const *words);
