/* Old packs go, so that the card does not fill up with them. */
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "app/packs_state.h"

#define LOG_MODULE "packs"
#include "base/log.h"

static bool is_kept(const struct packs *p, const char *name)
{
    return !strcmp(name, p->current) || !strcmp(name, p->previous) ||
           packs_stands_beside(p, name);
}

/* The files of a folder, not its folders. */
static void empty(int at, const char *name)
{
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    struct dirent *e;

    if (fd >= 0 && !dir)
        close(fd);
    while (dir && (e = readdir(dir)))
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            unlinkat(fd, e->d_name, 0);
    if (dir)
        closedir(dir);
}

/* A pack has one level of folders. Its list goes first: what is left after a power cut is no
 * pack any more. */
static void remove_pack(int root, const char *name)
{
    int fd = openat(root, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0)
        return;
    empty(root, name);
    empty(fd, "objects");
    unlinkat(fd, "objects", AT_REMOVEDIR);
    close(fd);
    if (unlinkat(root, name, AT_REMOVEDIR) == 0)
        LOG_INFO("%s is removed: a newer one was shown", name);
}

void packs_sweep(const struct packs *p)
{
    DIR *dir = opendir(p->root);
    struct dirent *e;

    if (p->trial && dir) { /* not while one may have to come back */
        closedir(dir);
        return;
    }
    while (dir && (e = readdir(dir)))
        if (packs_name_ok(e->d_name) && !is_kept(p, e->d_name))
            remove_pack(dirfd(dir), e->d_name);
    if (dir)
        closedir(dir);
}
