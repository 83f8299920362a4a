#include "printed.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "app/child.h"
#include "app/helper.h"
#include "base/file.h"

static enum err without_limits(const char *in, const char *out, struct buf *pdf)
{
    char program[PATH_MAX], command[2 * PATH_MAX];
    int status;

    if (!child_find("bdhvs-print", program))
        return ERR_OFFLINE;
    (void)snprintf(command, sizeof(command), "%s <%s >%s", program, in, out);
    status = system(command);
    if (WIFEXITED(status) && WEXITSTATUS(status) == EX_DATAERR)
        return ERR_REJECTED;
    return status ? ERR_CORRUPT : file_read(out, pdf);
}

enum err printed(const struct buf *document, struct buf *pdf)
{
    char in[] = "/tmp/bdhvs-printed-XXXXXX", out[sizeof(in) + 4];
    enum err err;
    int fd;

    if (!getenv("BDHVS_EMULATED"))
        return helper_run(HELPER_PRINT, document->data, document->len, pdf);
    fd = mkstemp(in);
    if (fd < 0)
        return ERR_FULL;
    close(fd);
    (void)snprintf(out, sizeof(out), "%s.pdf", in);
    err = file_replace(in, document->data, document->len, 0600);
    if (!err)
        err = without_limits(in, out, pdf);
    unlink(in);
    unlink(out);
    return err;
}
