/* /nhat-ky: what officials did here, newest first. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "deeds.h"
#include "html.h"
#include "pages.h"

#define LINES_MAX 300

static const char *const words[DEED_WHATS] = {
    [DEED_LOGIN] = "Đăng nhập",
    [DEED_LOGOUT] = "Đăng xuất",
    [DEED_LOCKED] = "Nhập mật khẩu chưa khớp 5 lần, khóa 5 phút",
    [DEED_STAFF_ADD] = "Thêm cán bộ",
    [DEED_STAFF_PASSWORD] = "Đổi mật khẩu của",
    [DEED_STAFF_REMOVE] = "Xóa cán bộ",
    [DEED_ENROL_CODE] = "Lấy mã ghi danh máy",
    [DEED_KIOSK_CONFIRM] = "Nhận máy",
    [DEED_KIOSK_REVOKE] = "Ngừng nhận số liệu từ máy",
    [DEED_ADMIT] = "Cho số đang giữ vào, máy và ngày",
    [DEED_DIFFICULTY] = "Ghi khó khăn, loại",
    [DEED_CAMPAIGN] = "Ghi năm thi đua",
    [DEED_SPOT_CHECK] = "Rút mẫu kiểm tra: kỳ, số dòng, mã rút",
    [DEED_FORGET] = "Bỏ số của máy chủ xã cũ",
    [DEED_PARENT_JOIN] = "Bắt đầu gửi số liệu lên cấp trên, với mã",
    [DEED_NOTICE] = "Viết thông báo",
    [DEED_NOTICE_END] = "Gỡ thông báo",
    [DEED_SETTING] = "Ghi hoặc bỏ cài đặt",
    [DEED_FREEZE] = "Chốt số liệu của kỳ",
    [DEED_REGISTER_ADD] = "Ghi vào sổ phong trào, dòng",
    [DEED_REGISTER_CORRECT] = "Sửa sổ phong trào, dòng",
    [DEED_REGISTER_WITHDRAW] = "Rút khỏi sổ phong trào, dòng",
    [DEED_REGISTER_FORGET] = "Xóa tên vì rút đồng ý, dòng",
    [DEED_PROGRAM] = "Giao bản máy mới cho",
    [DEED_PROGRAM_STOP] = "Ngừng giao bản máy mới cho",
};

struct lines {
    struct buf rows[LINES_MAX]; /* oldest first */
    size_t n;
    bool broken;
};

static enum err add_line(void *ctx, const struct deed *line)
{
    struct lines *l = ctx;
    struct buf *out = &l->rows[l->n];

    if (l->n == LINES_MAX)
        return ERR_OK;
    l->n++;
    l->broken = l->broken || !line->fits;
    buf_init(out, 4096);
    html_raw(out, "<tr><td>");
    page_moment(out, line->at_ms);
    html_raw(out, "</td><th scope=\"row\">");
    html_text(out,
              strcmp(line->by, DEEDS_BY_COMMAND) ? line->by : "(lệnh trên máy chủ)");
    html_raw(out, "</th><td>");
    html_text(out, line->what < DEED_WHATS ? words[line->what] : "Việc khác");
    html_raw(out, " <b>");
    html_text(out, line->object);
    html_raw(out, "</b></td></tr>\n");
    return ERR_OK;
}

static void write(struct buf *out, const struct lines *l)
{
    page_top(
        out, "Nhật ký",
        "Cán bộ đã làm gì ở đây. Chỉ thêm, không sửa, không xóa; không có tên người "
        "học.");
    page_top_end(out);
    if (l->broken)
        html_element(out, "p", "said",
                     "Nhật ký đã bị sửa từ bên ngoài: các dòng không nối nhau nữa. Giữ "
                     "nguyên máy chủ và báo người quản trị hệ thống.");
    html_raw(out, "<div class=\"box records\">");
    page_table(out, "Bảng nhật ký");
    html_raw(out, "<tr>"
                  "<th scope=\"col\">Lúc</th><th scope=\"col\">Ai</th>"
                  "<th scope=\"col\">Việc</th></tr></thead><tbody>\n");
    for (size_t i = l->n; i-- > 0;)
        buf_add(out, buf_text(&l->rows[i]), l->rows[i].len);
    page_table_end(out);
    html_literal(out, l->n ? "" : "<p class=\"none\">Chưa có việc nào.</p>");
    if (l->n == LINES_MAX)
        html_element(out, "p", "mute", "Đây là 300 dòng mới nhất.");
    html_raw(out, "</div>\n");
}

enum err page_audit(const struct visit *v, struct http_response *r)
{
    struct lines *l = check_alloc(sizeof(*l));
    enum err err = page_begin(v, &r->body, "Nhật ký");

    if (!err)
        err = deeds_each(v->server, LINES_MAX, add_line, l);
    if (!err) {
        write(&r->body, l);
        page_end(&r->body);
    }
    for (size_t i = 0; i < l->n; i++)
        buf_finish(&l->rows[i]);
    free(l);
    return err;
}
