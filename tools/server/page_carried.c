/* Files that the program carries with it for its pages. */
#include "base/buf.h"
#include "pages.h"
#include "picture_svg.h"
#include "style_css.h"

void page_style(struct buf *out)
{
    buf_add(out, style_css, sizeof(style_css));
}

void page_picture(struct buf *out)
{
    buf_add(out, picture_svg, sizeof(picture_svg));
}
