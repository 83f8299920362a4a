/* The listening socket: from "ADDR:PORT" to a descriptor and back. */
#pragma once

#include <stdbool.h>

#include "base/err.h"

#define LISTEN_ADDRESS_CHARS 64

struct sockaddr;

/* Binds "ADDR:PORT" or "[ADDR]:PORT" with a numeric address, port 0 for any, and
 * listens; non-blocking. Errors: ERR_REJECTED (not an address), ERR_OFFLINE (cannot
 * bind). */
NODISCARD enum err listen_open(const char *text, int *fd_out);

/* Where it really listens, "127.0.0.1:41877", and whether only this machine reaches it. */
void listen_describe(int fd, char address[LISTEN_ADDRESS_CHARS], bool *loopback_out);

/* The numeric address of a peer without its port, "" when it has none. */
void listen_peer(const struct sockaddr *who, char address[LISTEN_ADDRESS_CHARS]);

/* Of an IPv6 address its network, which is what one asker has: the first 64 bits. Else the
 * address as it is. */
void listen_network(const char *address, char network[LISTEN_ADDRESS_CHARS]);
