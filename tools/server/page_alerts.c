/* "Việc cần xem": what an official should look at, and what to do. */
#include <inttypes.h>

#include "base/buf.h"
#include "figures.h"
#include "health.h"
#include "html.h"
#include "icons.h"
#include "pages.h"
#include "parent.h"

#define PARENT_DAYS 3 /* without its word: somebody should look */
#define SHOWN_MAX 6   /* of the machines; all of them stand on their own page */

static void open_alert(struct buf *out, const char *icon)
{
    html_raw(out, "<li>");
    page_icon(out, icon);
    html_raw(out, "<p><b>");
}

static void close_alert(struct buf *out, const char *what_to_do)
{
    html_raw(out, "</b><br>");
    html_text(out, what_to_do);
    html_raw(out, "</p></li>\n");
}

static void machine_alert(struct buf *out, const struct figures_machine *m,
                          int64_t now_ms, const struct health_word *word)
{
    bool silent = health_is_silent(m, now_ms);

    open_alert(out, silent ? ICON_OFFLINE : ICON_WARN);
    html_text(out, m->name);
    html_raw(out, ": ");
    if (silent)
        buf_printf(out, "%" PRId64 " ngày chưa gửi số liệu",
                   (int64_t)((now_ms - m->seen_ms) / HEALTH_DAY_MS));
    else
        html_text(out, word->what);
    close_alert(out, silent ? "Gọi tình nguyện viên, hoặc chép ra USB mang về"
                            : word->what_to_do);
}

/* The most urgent of each machine. How many there were. */
static int machine_alerts(struct server *s, struct buf *out, const struct figures *f)
{
    struct health_word words[HEALTH_MAX];
    int n = 0;

    offer_refresh(&s->offer);
    for (size_t i = 0; i < f->n_machines; i++) {
        const struct figures_machine *m = &f->machines[i];

        if (!health_words(m, f->now_ms, *s->offer.id ? s->offer.ver : 0, words))
            continue;
        if (n++ < SHOWN_MAX)
            machine_alert(out, m, f->now_ms, &words[0]);
    }
    if (n > SHOWN_MAX)
        buf_printf(out, "<li><p><a href=\"/cac-may\">Và %d máy nữa</a></p></li>\n",
                   n - SHOWN_MAX);
    return n;
}

static int waiting_alerts(struct buf *out, const struct figures *f)
{
    int n = 0;

    if (f->n_waiting) {
        open_alert(out, ICON_SCREEN);
        html_number(out, (int64_t)f->n_waiting);
        html_raw(out, " máy chờ được nhận");
        close_alert(out, "Quản trị so số ở trang Việc chờ duyệt với số trên máy");
        n++;
    }
    if (f->held_rows) {
        open_alert(out, ICON_WARN);
        html_number(out, f->held_rows);
        html_raw(out, " dòng có số lớn khác thường, đang giữ lại");
        close_alert(out, "Quản trị xem rồi cho vào, hoặc tìm nguyên nhân ở máy");
        n++;
    }
    return n;
}

static int parent_alerts(struct server *s, struct buf *out)
{
    int64_t silent_ms;

    if (parent_silence(s, &silent_ms) || silent_ms < PARENT_DAYS * HEALTH_DAY_MS)
        return 0;
    open_alert(out, ICON_OFFLINE);
    buf_printf(out, "%" PRId64 " ngày cấp trên chưa nhận số liệu của xã",
               (int64_t)(silent_ms / HEALTH_DAY_MS));
    close_alert(out, "Quản trị chạy bdhvs-server forward ở máy chủ, xem máy nói gì; số "
                     "không mất");
    return 1;
}

void page_alerts(struct server *s, struct buf *out, const struct figures *f)
{
    int n;

    page_box(out, "viec-can-xem", "", "Việc cần xem");
    html_raw(out, "<ul class=\"alerts\">\n");
    n = machine_alerts(s, out, f) + waiting_alerts(out, f) + parent_alerts(s, out);
    if (f->undated.known && f->undated.value) {
        open_alert(out, ICON_CLOCK);
        html_number(out, f->undated.value);
        html_raw(out, " lượt xong bài chưa rõ ngày");
        close_alert(out,
                    "Chỉ tính trong kỳ “Tất cả” cho đến khi máy biết giờ; số không "
                    "mất");
        n++;
    }
    for (size_t i = 0; i < f->n_thons; i++) {
        if (f->thons[i].name)
            continue;
        open_alert(out, ICON_PIN);
        html_raw(out, "Mã thôn ");
        html_text(out, f->thons[i].code);
        html_raw(out, " chưa có tên");
        close_alert(out, "Thêm vào danh mục thôn hoặc sửa ở máy");
        n++;
    }
    html_raw(out, "</ul>");
    if (!n)
        html_element(out, "p", "mute", "Không có việc gì cần xem.");
    page_box_end(out);
}
