/* See database.h. */
#include "database.h"

#include <unistd.h>

#include "base/check.h"
#include "base/file.h"

static const char *const database[] = { "kiosk.db", "kiosk.db-wal" };

enum err database_keep(const struct place *p)
{
    char folder[PLACE_PATH_BYTES], from[PLACE_PATH_BYTES], to[PLACE_PATH_BYTES];
    enum err err;

    place_path(p, folder, PLACE_DATABASE);
    err = place_empty(folder);
    for (size_t i = 0; !err && i < COUNT(database); i++) {
        place_path(p, from, PLACE_DATA "/%s", database[i]);
        place_path(p, to, PLACE_DATABASE "/%s", database[i]);
        err = place_copy_file(from, to);
        if (err == ERR_OFFLINE)
            err = ERR_OK; /* a new machine; nothing waits in the log */
    }
    return err ? err : file_sync_folder(folder);
}

enum err database_put_back(const struct place *p)
{
    static const char *const logs[] = { "kiosk.db-wal", "kiosk.db-shm" };
    char folder[PLACE_PATH_BYTES], from[PLACE_PATH_BYTES], to[PLACE_PATH_BYTES];
    enum err err = ERR_OK;

    place_path(p, from, PLACE_DATABASE "/%s", database[0]);
    if (!file_exists(from))
        return ERR_OK;
    for (size_t i = 0; i < COUNT(logs); i++) {
        place_path(p, to, PLACE_DATA "/%s", logs[i]);
        unlink(to);
    }
    for (size_t i = 0; !err && i < COUNT(database); i++) {
        place_path(p, from, PLACE_DATABASE "/%s", database[i]);
        place_path(p, to, PLACE_DATA "/%s", database[i]);
        err = place_copy_file(from, to);
        if (err == ERR_OFFLINE)
            err = ERR_OK;
    }
    place_path(p, folder, PLACE_DATA);
    return err ? err : file_sync_folder(folder);
}
