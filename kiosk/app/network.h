/* The network ports of this machine, as the kernel tells. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define NETWORK_SYS "/sys/class/net"
#define NETWORK_PORTS_MAX 5
#define NETWORK_NAME_BYTES 16
#define NETWORK_ADDRESS_BYTES 46

struct network_port {
    char name[NETWORK_NAME_BYTES];
    char address[NETWORK_ADDRESS_BYTES]; /* "192.168.1.20"; "": none */
    bool air;                            /* Wi-Fi */
    bool up; /* a cable with somebody at its end, or a joined Wi-Fi */
};
/* Without loopback; sorted by name. How many. */
size_t network_read(const char *sys, struct network_port out[NETWORK_PORTS_MAX]);
