/* Commands that take several turns: the kiosk answers each at once and goes on, so the
 * waiting is done here. */
#pragma once

struct machine;

/* enrol URL CODE [--confirm NUMBER]: asks for the number that both screens show; with
 * it, agrees and waits for the administrator. Prints what it learns; returns an exit
 * code. */
int talk_enrol(struct machine *m, int argc, const char *const *argv);

/* sync: sends until nothing is left, or says why not. */
int talk_sync(struct machine *m);
