#include "text_tidy.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "markdown.h"
#include "report.h"
#include "vietnamese/nfc.h"

static bool line_is_nfc(char *line, size_t n)
{
    char after = line[n];
    bool is_nfc;

    line[n] = 0;
    is_nfc = nfc_is(line);
    line[n] = after;
    return is_nfc;
}

bool text_tidy(struct buf *b, const char *file, struct report *report)
{
    size_t from = 0, to = 0;
    int line = 1;

    if (b->len >= 3 && memcmp(b->data, "\xEF\xBB\xBF", 3) == 0)
        from = 3; /* a BOM of Notepad */
    for (size_t i = from; i < b->len; i++) {
        if (b->data[i] != '\r' || b->data[i + 1] != '\n')
            b->data[to++] = b->data[i];
    }
    b->len = to;
    b->data[to] = 0;
    for (size_t i = 0; i < b->len; line++) {
        const char *end = memchr(b->data + i, '\n', b->len - i);
        size_t n = (end ? (size_t)(end - b->data) : b->len) - i;

        if (n > MARKDOWN_LINE_MAX) {
            report_problem(report, file, line,
                           "longer than 4000 bytes: break the line");
            return false;
        }
        if (!utf8_valid(b->data + i, n)) {
            report_problem(report, file, line,
                           "not valid UTF-8 text: save the file as UTF-8");
            return false;
        }
        if (!line_is_nfc(b->data + i, n)) {
            report_problem(report, file, line,
                           "letters and marks are apart (not NFC): type the line again "
                           "with a Vietnamese keyboard");
            return false;
        }
        i += n + 1;
    }
    return true;
}
