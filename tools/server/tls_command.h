/* The subcommands pin, certificate and renew-cert. */
#pragma once

#include "control.h"
#include "server.h"

struct buf;

/* As struct command's `run`. */
int tls_command_pin(struct server *s, const struct control_question *q, struct buf *out,
                    struct buf *complaint);
int tls_command_certificate(struct server *s, const struct control_question *q,
                            struct buf *out, struct buf *complaint);
int tls_command_renew(struct server *s, const struct control_question *q,
                      struct buf *out, struct buf *complaint);
