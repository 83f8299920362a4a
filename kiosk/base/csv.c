/* One field after the other. */
#include "base/csv.h"

#include <string.h>

#include "base/buf.h"

char *csv_field(char **at, bool *last_out, int *line)
{
    char *from = *at, *field = from, *to = from;
    bool quoted = *from == '"';

    if (quoted)
        from++;
    for (; *from; from++) {
        if (quoted && from[0] == '"' && from[1] == '"') {
            from++;
        } else if (quoted && *from == '"') {
            from++;
            quoted = false;
            break;
        } else if (!quoted && (*from == ',' || *from == '\n')) {
            break;
        } else if (!quoted && *from == '"') {
            *at = from;
            return NULL;
        }
        if (*from == '\n')
            ++*line;
        *to++ = *from;
    }
    *at = from;
    if (quoted || (*from && *from != ',' && *from != '\n'))
        return NULL;
    *last_out = *from != ',';
    if (*from)
        ++*at;
    *to = 0;
    return field;
}

static void put_field(struct buf *b, const char *field)
{
    if (!strpbrk(field, ",\"\n")) {
        buf_str(b, field);
        return;
    }
    buf_char(b, '"');
    for (; *field; field++) {
        if (*field == '"')
            buf_char(b, '"');
        buf_char(b, *field);
    }
    buf_char(b, '"');
}

void csv_write(struct buf *b, const char *const *fields, size_t n_fields)
{
    for (size_t i = 0; i < n_fields; i++) {
        if (i)
            buf_char(b, ',');
        put_field(b, fields[i]);
    }
    buf_char(b, '\n');
}
