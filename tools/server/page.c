/* See page.h. */
#include "page.h"

#include <string.h>

#include "base/buf.h"
#include "html.h"

static enum err add_row(void *ctx, const struct cell *cells)
{
    struct buf *out = ctx;

    html_raw(out, "<tr>");
    for (size_t i = 0; i < 4; i++)
        html_element(out, "td", NULL, cells[i].text);
    html_raw(out, "<td>");
    html_number(out, cells[4].number);
    html_raw(out, "</td></tr>\n");
    return ERR_OK;
}

enum err page_write(struct server *s, const char *period, struct buf *out)
{
    enum err err;

    (void)period;
    html_raw(out, "<!doctype html>\n<html lang=\"vi\"><meta charset=\"utf-8\">"
                  "<title>Bình dân học vụ số</title>"
                  "<link rel=\"stylesheet\" href=\"/style.css\">\n<table>\n");
    err = store_run(s->store, Q_TOTALS, add_row, out, PARAM_TEXT(""));
    html_raw(out, "</table></html>\n");
    return server_note(s, err);
}

enum err page_csv(struct server *s, const char *period, struct buf *out)
{
    (void)period;
    (void)s;
    buf_str(out, "\xEF\xBB\xBF");
    return ERR_OK;
}

void page_style(struct buf *out)
{
    buf_str(out, "td { padding: 2px 8px }\n");
}
