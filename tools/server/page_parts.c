/* Small parts of the pages: boxes, cells, shares, times. */
#include <inttypes.h>

#include "base/buf.h"
#include "base/clock.h"
#include "figures.h"
#include "html.h"
#include "icons.h"
#include "page.h"

#define MINUTE_MS 60000
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

void page_box(struct buf *out, const char *id, const char *class_name,
              const char *title)
{
    html_raw(out, "<section class=\"box ");
    html_text(out, class_name);
    html_raw(out, "\" aria-labelledby=\"");
    html_text(out, id);
    html_raw(out, "\"><h2 id=\"");
    html_text(out, id);
    html_raw(out, "\">");
    html_text(out, title);
    html_raw(out, "</h2>\n");
}

void page_box_end(struct buf *out)
{
    html_raw(out, "</section>\n");
}

void page_table(struct buf *out, const char *label)
{
    html_raw(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    html_text(out, label);
    html_raw(out, "\"><table class=\"wide-table\"><thead>");
}

void page_table_end(struct buf *out)
{
    html_raw(out, "</tbody></table></div>\n");
}

void page_download(struct buf *out, const struct period *p)
{
    char name[PERIOD_NAME_CHARS];

    period_name(p, name);
    html_raw(out, "<a class=\"button plain\" href=\"/totals.csv?period=");
    html_text(out, name);
    html_raw(out, "\">");
    page_icon(out, ICON_DOWNLOAD);
    html_raw(out, "Tải bảng (CSV)</a>");
}

void page_none(struct buf *out)
{
    html_element(out, "p", "none", "chưa có số liệu");
}

void page_value(struct buf *out, const struct figure *v)
{
    html_number(out, v->value);
    if (v->most && v->most > v->value) { /* a number that shrank has none */
        html_raw(out, "–");
        html_number(out, v->most);
    }
}

void page_cell(struct buf *out, const struct figure *v)
{
    if (!v->known) {
        html_raw(out, "<td class=\"none\">chưa có</td>");
        return;
    }
    html_raw(out, "<td class=\"num\">");
    page_value(out, v);
    html_raw(out, "</td>");
}

void page_change(struct buf *out, const struct figure *now, const struct figure *before)
{
    int64_t change = now->value - before->value;

    if (!now->known || !before->known || now->most || before->most)
        return; /* from … to cannot be compared */
    if (!change) {
        html_raw(out, "<p class=\"change\">bằng kỳ trước</p>");
        return;
    }
    html_literal(out,
                 change > 0 ? "<p class=\"change up\">+" : "<p class=\"change\">−");
    html_number(out, change > 0 ? change : -change);
    html_raw(out, " so với kỳ trước</p>");
}

int page_percent(int64_t v, int64_t of)
{
    return (int)((200 * v + of) / (2 * of));
}

void page_share_cell(struct buf *out, const struct figure *v, const struct figure *of)
{
    if (!v->known || !of->known || of->value <= 0 || v->value > of->value)
        html_raw(out, "<td class=\"none\">–</td>");
    else
        buf_printf(out, "<td class=\"num\">%d%%</td>",
                   page_percent(v->value, of->value));
}

void page_ago(struct buf *out, int64_t ms)
{
    if (ms < MINUTE_MS)
        html_raw(out, "vừa xong");
    else if (ms < HOUR_MS)
        buf_printf(out, "%" PRId64 " phút trước", ms / MINUTE_MS);
    else if (ms < DAY_MS)
        buf_printf(out, "%" PRId64 " giờ trước", ms / HOUR_MS);
    else
        buf_printf(out, "%" PRId64 " ngày trước", ms / DAY_MS);
}

void page_moment(struct buf *out, int64_t wall_ms)
{
    int64_t day = clock_day(wall_ms);
    int64_t minutes = (wall_ms - clock_day_start(day)) / MINUTE_MS;
    int year;
    int month;
    int mday;

    clock_day_civil(day, &year, &month, &mday);
    buf_printf(out, "%02d/%02d/%d %02d:%02d", mday, month, year, (int)(minutes / 60),
               (int)(minutes % 60));
}

void page_thon_name(struct buf *out, const char *code, const char *name)
{
    if (name) {
        html_text(out, name);
    } else {
        html_raw(out, "xã chưa đặt tên cho mã thôn ");
        html_text(out, code);
    }
}

void page_day(struct buf *out, const char *day)
{
    buf_printf(out, "%.2s/%.2s/%.4s", day + 8, day + 5, day);
}
