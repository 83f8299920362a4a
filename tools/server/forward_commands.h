/* What the serving process does for `forward` and `parent-enrol`: rows of commands.c. Each
 * answers with JSON; who asks is forward_cli.c. */
#pragma once

#include "control.h"
#include "server.h"

int forward_next_command(struct server *s, const struct control_question *q,
                         struct buf *out, struct buf *complaint);
int forward_taken_command(struct server *s, const struct control_question *q,
                          struct buf *out, struct buf *complaint);
int parent_url_command(struct server *s, const struct control_question *q,
                       struct buf *out, struct buf *complaint);
int parent_request_command(struct server *s, const struct control_question *q,
                           struct buf *out, struct buf *complaint);
int parent_granted_command(struct server *s, const struct control_question *q,
                           struct buf *out, struct buf *complaint);
