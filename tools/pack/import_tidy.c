#include "import_tidy.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "report.h"

/* Ends of lines as LF, a byte order mark taken off. */
static void plain_ends(struct buf *b)
{
    size_t from = 0, to = 0;

    if (b->len >= 3 && memcmp(b->data, "\xEF\xBB\xBF", 3) == 0)
        from = 3;
    for (; from < b->len; from++) {
        if (b->data[from] != '\r')
            b->data[to++] = b->data[from];
        else if (b->data[from + 1] != '\n')
            b->data[to++] = '\n'; /* of old Macs */
    }
    b->len = to;
    b->data[to] = 0;
}

bool import_tidy(struct buf *text, const char *file, struct report *report)
{
    int line = 1;

    if (!text->len) {
        report_problem(report, file, 1, "is empty: nothing was done");
        return false;
    }
    plain_ends(text);
    for (size_t i = 0; i < text->len; line++) {
        const char *end = memchr(text->data + i, '\n', text->len - i);
        size_t n = (end ? (size_t)(end - text->data) : text->len) - i;

        if (!utf8_valid(text->data + i, n)) {
            report_problem(report, file, line,
                           "not valid UTF-8 text: the file was refused, save it as "
                           "UTF-8");
            return false;
        }
        i += n + 1;
    }
    return true;
}
