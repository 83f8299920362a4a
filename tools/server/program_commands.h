/* The subcommands about updates of the kiosks' program (programs.h). */
#pragma once

#include "control.h"
#include "server.h"

struct buf;

int program_add_command(struct server *, const struct control_question *,
                        struct buf *out, struct buf *complaint);
int program_stop_command(struct server *, const struct control_question *,
                         struct buf *out, struct buf *complaint);
int programs_command(struct server *, const struct control_question *, struct buf *out,
                     struct buf *complaint);
