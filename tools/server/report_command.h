/* `report` on the serving side: the document of a period, frozen or as of now. The asking
 * process makes a file of it (report_cli.h), so that no rendering keeps kiosks waiting. */
#pragma once

#include "control.h"
#include "server.h"

struct buf;

/* Words after the name: none (lists what is frozen), or PERIOD and one of
 *   given       the newest frozen version, else as of now
 *   live        as of now, though a version is frozen
 *   freeze      keeps it as version 1; a frozen period stays as it is
 *   correct     keeps it as the next version, if any figure differs
 *   N           frozen version N
 * A complaint with exit 0 is news for the asker. What is kept stands in the log, as done by
 * `by`, an official. */
int report_answer(struct server *s, const char *by, const struct control_question *q,
                  struct buf *out, struct buf *complaint);
/* The same by somebody at the server's own machine. */
int report_command(struct server *s, const struct control_question *q, struct buf *out,
                   struct buf *complaint);
