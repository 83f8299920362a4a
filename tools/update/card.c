/* See card.h. */
#include "card.h"

#include <errno.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "base/check.h"
#include "base/file.h"

#define LOG_MODULE "update"
#include "base/log.h"

static const char *const lent[] = { "/dev", "/proc" }; /* to what runs on the card */

static bool same_folder(const char *a, const char *b)
{
    struct stat x;
    struct stat y;

    return !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool card_is_below(const struct place *p)
{
    char path[PLACE_PATH_BYTES];

    place_path(p, path, CARD "/usr");
    return file_exists(path);
}

/* Tests have a folder in the card's place, which nobody mounts. */
static bool is_mounted(const struct place *p)
{
    return !*p->root && card_is_below(p);
}

static enum err trouble(const char *what)
{
    LOG_ERR("the card: %s: %s", what, strerror(errno));
    return ERR_CORRUPT;
}

enum err card_show(const struct place *p)
{
    if (!is_mounted(p) || same_folder(CARD PLACE_OWN, PLACE_OWN))
        return ERR_OK;
    if ((mkdir(PLACE_OWN, 0755) && errno != EEXIST) ||
        (mkdir(CARD PLACE_OWN, 0755) && errno != EEXIST && errno != EROFS))
        return trouble("make " PLACE_OWN);
    if (!file_exists(CARD PLACE_OWN))
        return ERR_OK; /* there never was an update */
    return mount(CARD PLACE_OWN, PLACE_OWN, NULL, MS_BIND, NULL) ? trouble("show")
                                                                 : ERR_OK;
}

enum err card_open(const struct place *p)
{
    if (!is_mounted(p))
        return ERR_OK;
    if (mount(NULL, CARD, NULL, MS_REMOUNT, NULL))
        return trouble("write");
    for (size_t i = 0; i < COUNT(lent); i++) {
        char path[PLACE_PATH_BYTES];

        place_path(p, path, CARD "%s", lent[i]);
        /* a slave: what is taken away there stays in its own place */
        if (mount(lent[i], path, NULL, MS_BIND | MS_REC, NULL) ||
            mount(NULL, path, NULL, MS_SLAVE | MS_REC, NULL))
            return trouble("lend");
    }
    if (card_show(p))
        return ERR_CORRUPT;
    /* shown while the card was only read, it has that from then */
    return mount(NULL, PLACE_OWN, NULL, MS_REMOUNT | MS_BIND, NULL) ? trouble("write")
                                                                    : ERR_OK;
}

void card_close(const struct place *p)
{
    if (!is_mounted(p))
        return;
    for (size_t i = 0; i < COUNT(lent); i++) {
        char path[PLACE_PATH_BYTES];

        place_path(p, path, CARD "%s", lent[i]);
        if (umount2(path, MNT_DETACH))
            (void)trouble("take back");
    }
    if (mount(NULL, CARD, NULL, MS_REMOUNT | MS_RDONLY, NULL))
        (void)trouble("close");
}
