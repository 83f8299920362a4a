/* bdhvs-voice encode: what was said into a microphone becomes a clip. */
#pragma once

/* stdin: {"rate":48000,"text":"…"}, a line end, then 16-bit mono samples, least byte first.
 * stdout: Ogg Opus. Exit code: 0, 65 (not that, or nobody speaks in it), 70, 74. */
int record_run(void);
