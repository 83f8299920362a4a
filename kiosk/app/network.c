/* Reads /sys/class/net, and addresses from the kernel. */
#include "app/network.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define PATH_BYTES 512

static bool is_up(const char *sys, const char *name)
{
    char path[PATH_BYTES], word[16] = "";
    FILE *f;

    if (snprintf(path, sizeof(path), "%s/%s/operstate", sys, name) >= (int)sizeof(path))
        return false;
    f = fopen(path, "r");
    if (!f)
        return false;
    if (!fgets(word, sizeof(word), f))
        word[0] = 0;
    (void)fclose(f);
    return !strncmp(word, "up", 2);
}

static bool has(const char *sys, const char *name, const char *what)
{
    char path[PATH_BYTES];

    return snprintf(path, sizeof(path), "%s/%s/%s", sys, name, what) <
               (int)sizeof(path) &&
           file_exists(path);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct network_port *)a)->name,
                  ((const struct network_port *)b)->name);
}

static void add_addresses(struct network_port *ports, size_t n)
{
    struct ifaddrs *list = NULL;

    if (getifaddrs(&list))
        return;
    for (const struct ifaddrs *a = list; a; a = a->ifa_next)
        for (size_t i = 0; i < n; i++)
            if (a->ifa_addr && a->ifa_addr->sa_family == AF_INET &&
                !strcmp(a->ifa_name, ports[i].name))
                (void)inet_ntop(
                    AF_INET,
                    &((const struct sockaddr_in *)(const void *)a->ifa_addr)->sin_addr,
                    ports[i].address, sizeof(ports[i].address));
    freeifaddrs(list);
}

size_t network_read(const char *sys, struct network_port out[NETWORK_PORTS_MAX])
{
    DIR *dir = opendir(sys);
    size_t n = 0, kept = 0;

    if (!dir)
        return 0;
    for (const struct dirent *e; n < NETWORK_PORTS_MAX && (e = readdir(dir));) {
        size_t len = strlen(e->d_name);

        if (e->d_name[0] == '.' || !strcmp(e->d_name, "lo") ||
            len >= NETWORK_NAME_BYTES)
            continue;
        out[n] = (struct network_port){ .air = has(sys, e->d_name, "wireless"),
                                        .up = is_up(sys, e->d_name) };
        memcpy(out[n].name, e->d_name, len);
        n++;
    }
    (void)closedir(dir);
    qsort(out, n, sizeof(*out), by_name);
    add_addresses(out, n);
    for (size_t i = 0; i < n;
         i++) /* of the kernel's own, only those that carry something */
        if (has(sys, out[i].name, "device") || *out[i].address)
            out[kept++] = out[i];
    return kept;
}
