/* A file with names as an encrypted ZIP (AES-256), opened by 7-Zip and, with the same
 * passphrase, by the kiosk. The passphrase is the first line of stdin, never an argument. */
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "commands.h"
#include "package.h"

#define LINE_MAX_BYTES 256

static enum err refuse(struct refusal *no, const char *why)
{
    *no = (struct refusal){ .why = why };
    return ERR_REJECTED;
}

/* Takes the line at `*at` into `out`. False: empty, too long, or no line. */
static bool take_line(const struct buf *in, size_t *at, char out[LINE_MAX_BYTES])
{
    const char *from = buf_text(in) + *at;
    const char *end = memchr(from, '\n', in->len - *at);
    size_t n = end ? (size_t)(end - from) : 0;

    if (!end || n == 0 || n >= LINE_MAX_BYTES || !utf8_valid(from, n))
        return false;
    memcpy(out, from, n);
    out[n] = 0;
    *at += n + 1;
    return true;
}

enum err lock_write(const struct buf *in, struct buf *out, struct refusal *no)
{
    char passphrase[LINE_MAX_BYTES], name[LINE_MAX_BYTES];
    struct package *zip;
    size_t at = 0;
    enum err err;

    if (!take_line(in, &at, passphrase))
        return refuse(no, "passphrase");
    if (!take_line(in, &at, name) || strchr(name, '/') || name[0] == '.')
        return refuse(no, "name");
    package_create(&zip);
    err = package_add(zip, name, buf_text(in) + at, in->len - at, passphrase);
    if (!err)
        err = package_close(zip, out);
    else
        package_drop(zip);
    hash_wipe(passphrase, sizeof(passphrase));
    return err;
}

enum err lock_read(const struct buf *in, struct buf *out, struct refusal *no)
{
    char passphrase[LINE_MAX_BYTES];
    struct package *zip;
    size_t at = 0;
    enum err err;

    if (!take_line(in, &at, passphrase))
        return refuse(no, "passphrase");
    if (package_open(buf_text(in) + at, in->len - at, &zip))
        err = refuse(no, "damaged");
    else {
        err = package_get(zip, NULL, passphrase, out);
        if (err == ERR_FULL)
            err = refuse(no, "bomb");
        else if (err)
            err = refuse(no, "passphrase");
        package_drop(zip);
    }
    hash_wipe(passphrase, sizeof(passphrase));
    return err;
}
