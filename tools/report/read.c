/* What kind of file it is, by its first bytes: names of files say little. */
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"
#include "commands.h"
#include "rows.h"

#define FILE_MAX (16u << 20)

static const struct magic {
    const char *bytes;
    size_t n;
    enum err (*read)(const char *bytes, size_t n, struct buf *out, struct refusal *no);
    const char *why; /* when it is refused */
} magics[] = {
    { "PK\x03\x04", 4, read_xlsx, NULL },
    { "PK\x05\x06", 4, NULL, "not_a_sheet" },
    /* Excel 97–2003, or a workbook with a password: the same container */
    { "\xD0\xCF\x11\xE0", 4, NULL, "old_xls" },
    { "%PDF", 4, NULL, "not_a_sheet" },
    { "{\\rtf", 5, NULL, "not_a_sheet" },
};

enum err sheet_read(const struct buf *file, struct buf *out, struct refusal *no)
{
    const char *bytes = buf_text(file);
    enum err err = ERR_OK;
    size_t i = 0;

    *no = (struct refusal){ .why = file->len ? "size" : "empty" };
    if (file->len == 0 || file->len > FILE_MAX)
        return ERR_REJECTED;
    while (i < COUNT(magics) &&
           (file->len < magics[i].n || memcmp(bytes, magics[i].bytes, magics[i].n)))
        i++;
    if (i < COUNT(magics) && magics[i].why) {
        no->why = magics[i].why;
        return ERR_REJECTED;
    }
    json_open(out, NULL, '{');
    err = i < COUNT(magics) ? magics[i].read(bytes, file->len, out, no)
                            : read_csv(bytes, file->len, out, no);
    json_close(out, '}');
    if (err == ERR_FULL) {
        no->why = "size";
        err = ERR_REJECTED;
    }
    return err;
}
