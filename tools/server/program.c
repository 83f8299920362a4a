/* See program.h. */
#include "program.h"

#include <sysexits.h>

#include "base/buf.h"
#include "store.h"

int complain(int code, const char *what, const char *why, const char *fix)
{
    options_complain(&options, what, why, fix);
    return code;
}

int complain_of(int code, const char *uri, const char *why, const char *fix)
{
    struct buf shown;

    buf_init(&shown, 8192);
    store_uri_show(uri, &shown);
    options_complain(&options, buf_text(&shown), why, fix);
    buf_finish(&shown);
    return code;
}

int cannot_open(const char *uri, enum err err)
{
    bool shared = store_uri_is_shared(uri);

    switch (err) {
    case ERR_RETRY:
        return complain_of(EX_TEMPFAIL, uri,
                           shared ? "no answer from it" : "another process has it",
                           shared ? "start PostgreSQL, or wait"
                                  : "stop that process, or ask the running server");
    case ERR_REJECTED:
        return complain_of(EX_CONFIG, uri,
                           shared ? "not there, not ours to open, or not initialised"
                                  : "not initialised, or made by a newer program",
                           shared ? "look at the line above; see README.md, PostgreSQL"
                                  : "run bdhvs-server init, or upgrade");
    case ERR_FULL:
        return complain_of(1, uri, "the disk is full", "make room");
    default:
        return complain_of(1, uri, "cannot be opened or fails its check",
                           "check the path and the rights, or put back a backup");
    }
}
