/* See listen.h. */
#include "listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOG_MODULE "http"
#include "base/log.h"

/* Splits "ADDR:PORT" or "[ADDR]:PORT". */
static bool split_address(const char *text, char addr[LISTEN_ADDRESS_CHARS],
                          char port[8])
{
    const char *colon = strrchr(text, ':');
    size_t n = colon ? (size_t)(colon - text) : 0;

    if (!n || n >= LISTEN_ADDRESS_CHARS || !colon[1] || strlen(colon + 1) > 5 ||
        colon[1 + strspn(colon + 1, "0123456789")])
        return false;
    if (text[0] == '[' && text[n - 1] == ']') {
        text++;
        n -= 2;
    }
    memcpy(addr, text, n);
    addr[n] = 0;
    snprintf(port, 8, "%s", colon + 1);
    return true;
}

void listen_describe(int fd, char address[LISTEN_ADDRESS_CHARS], bool *loopback_out)
{
    struct sockaddr_storage where = { 0 };
    socklen_t n = sizeof(where);
    char host[INET6_ADDRSTRLEN] = "";

    if (getsockname(fd, (struct sockaddr *)&where, &n))
        return;
    if (where.ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&where;

        inet_ntop(AF_INET6, &six->sin6_addr, host, sizeof(host));
        *loopback_out = IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
        snprintf(address, LISTEN_ADDRESS_CHARS, "[%s]:%u", host, ntohs(six->sin6_port));
    } else {
        const struct sockaddr_in *four = (const struct sockaddr_in *)&where;

        inet_ntop(AF_INET, &four->sin_addr, host, sizeof(host));
        *loopback_out = ntohl(four->sin_addr.s_addr) >> 24 == 127;
        snprintf(address, LISTEN_ADDRESS_CHARS, "%s:%u", host, ntohs(four->sin_port));
    }
}

void listen_peer(const struct sockaddr *who, char address[LISTEN_ADDRESS_CHARS])
{
    char host[INET6_ADDRSTRLEN] = "";

    if (who->sa_family == AF_INET6)
        inet_ntop(AF_INET6,
                  &((const struct sockaddr_in6 *)(const void *)who)->sin6_addr, host,
                  sizeof(host));
    else if (who->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)who)->sin_addr,
                  host, sizeof(host));
    snprintf(address, LISTEN_ADDRESS_CHARS, "%s", host);
}

void listen_network(const char *address, char network[LISTEN_ADDRESS_CHARS])
{
    static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
    struct in6_addr six;

    snprintf(network, LISTEN_ADDRESS_CHARS, "%s", address);
    if (inet_pton(AF_INET6, address, &six) != 1 ||
        !memcmp(six.s6_addr, mapped, sizeof(mapped))) /* IPv4 in it */
        return;
    memset(six.s6_addr + 8, 0, 8);
    inet_ntop(AF_INET6, &six, network, LISTEN_ADDRESS_CHARS);
}

enum err listen_open(const char *text, int *fd_out)
{
    struct addrinfo hints = { .ai_family = AF_UNSPEC,
                              .ai_socktype = SOCK_STREAM,
                              .ai_flags =
                                  AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV };
    struct addrinfo *found = NULL;
    char addr[LISTEN_ADDRESS_CHARS];
    char port[8];
    int one = 1;
    int fd;

    if (!split_address(text, addr, port) || getaddrinfo(addr, port, &hints, &found)) {
        LOG_ERR("%s: not ADDR:PORT", text);
        return ERR_REJECTED;
    }
    fd = socket(found->ai_family, SOCK_STREAM, 0);
    if (fd >= 0) {
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        fcntl(fd, F_SETFL, O_NONBLOCK);
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    }
    if (fd < 0 || bind(fd, found->ai_addr, found->ai_addrlen) ||
        listen(fd, SOMAXCONN)) {
        LOG_ERR("%s: %s", text, strerror(errno));
        if (fd >= 0)
            close(fd);
        fd = -1;
    }
    freeaddrinfo(found);
    *fd_out = fd;
    return fd < 0 ? ERR_OFFLINE : ERR_OK;
}
