/* /them: the pages that do not fit along the bottom edge of a phone. */
#include "base/buf.h"
#include "html.h"
#include "icons.h"
#include "pages.h"

enum err page_more(const struct visit *v, struct http_response *r)
{
    struct buf *out = &r->body;
    enum err err = page_begin(v, out, "Các trang");

    page_top(out, "Các trang", "");
    page_top_end(out);
    html_raw(out, "<nav class=\"box list\" aria-label=\"Tất cả các trang\">\n");
    page_places(v, out, false);
    html_raw(out, "</nav>\n");
    page_me_links(v, out);
    page_end(out);
    return err;
}
