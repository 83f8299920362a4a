/* /mo-ta-du-lieu: what the program does with personal data, for the commune's own file on it
 * (Luật 91/2025/QH15, NĐ 356/2025/NĐ-CP). Each sentence is about this program as it is; what
 * the commune decides is left to be filled in. Change a sentence together with the program. */
#include <stddef.h>

#include "base/buf.h"
#include "base/check.h"
#include "html.h"
#include "pages.h"
#include "settings.h"

struct section {
    const char *title;
    const char *const *lines; /* NULL at the end */
};

#define BLANK "\1" /* first letter of a line that ends with room to write */

static const char *const who[] = {
    BLANK "Bên kiểm soát dữ liệu (cơ quan, địa chỉ, điện thoại): ",
    BLANK "Người chịu trách nhiệm, người trả lời người dân: ",
    BLANK "Căn cứ, số văn bản: ",
    NULL,
};
static const char *const what[] = {
    "Của người học ghi danh (lưu tại máy ở điểm học): tên gọi, năm sinh, giới "
    "(có thể để trống), thôn, nhóm đối tượng, nhóm nghề, đơn vị (với cán bộ), "
    "lời đồng ý (bản, lúc, cách, người làm chứng); dưới 16 tuổi: người của gia "
    "đình đồng ý.",
    "Của việc học (lưu tại máy, theo mã thẻ): bài đã bắt đầu, đã xong, đạt hay "
    "chưa, câu trả lời, buổi học có mặt, tự làm được, giấy ghi nhận, trạng "
    "thái VNeID do tình nguyện viên ghi.",
    "Khách học không ghi danh: chỉ đếm lượt, không có gì về người.",
    "Của người thu giọng đọc (nếu xã thu; lưu tại máy): bản thu, cách gọi và "
    "lời đồng ý nói tại máy.",
    "Của cán bộ, tình nguyện viên (lưu tại máy): tên gọi tắt, hình, vai trò, "
    "mã PIN dạng băm, nhật ký việc đã làm.",
    "Của cán bộ (lưu tại máy chủ): tên đăng nhập, vai trò, mật khẩu dạng băm "
    "Argon2id, nhật ký việc đã làm; lời cán bộ tự ghi ở trang Khó khăn.",
    "Không thu: số căn cước, điện thoại, ảnh, dân tộc, tôn giáo, đảng viên, "
    "vân tay, mật khẩu hoặc mã của người dân.",
    NULL,
};
static const char *const purpose[] = {
    "Để người học tiếp tục bài của mình, được cấp giấy ghi nhận, được gọi đúng "
    "tên trong buổi học.",
    "Để xã đếm lượt, đếm người theo thôn và nhóm, làm báo cáo. Không xếp hạng "
    "từng người, không quảng cáo.",
    BLANK "Mục đích khác do xã quyết định (nếu có, phải hỏi lại người học): ",
    NULL,
};
static const char *const where[] = {
    "Tên, năm sinh, người của gia đình: chỉ ở máy tại điểm học, mã hóa "
    "XChaCha20-Poly1305. Khóa chỉ mở bằng cụm mật khẩu của quản trị, mã khôi "
    "phục, hoặc thẻ cán bộ; mất điện là khóa lại.",
    "Mã thẻ, thôn, giới, nhóm tuổi, nhóm đối tượng, nhóm nghề và kết quả học ở "
    "máy không mã hóa: ai lấy thẻ nhớ thì thấy những mã ấy, không thấy tên.",
    "Máy chủ xã: chỉ tổng số theo kỳ, bài, thôn, giới, tuổi, nhóm. Không có ô "
    "nào cho tên người học.",
    "Bản sao lưu: trên máy tại điểm học giữ ba bản, tên vẫn mã hóa; trên máy "
    "chủ (SQLite) giữ ba bản mới nhất.",
    BLANK "Nơi đặt máy chủ, ai giữ máy: ",
    NULL,
};
static const char *const leaves[] = {
    "Không bao giờ tự rời máy tại điểm học: tên, năm sinh, người của gia đình, "
    "mã thẻ, kết quả của từng người, bản thu giọng.",
    "Máy gửi máy chủ xã, qua mạng hoặc USB, có chữ ký: tổng số, và tình trạng "
    "máy (dung lượng, nhiệt độ, nguồn điện, loại máy, phiên bản).",
    "Chỉ khi người làm: quản trị xuất danh sách có tên ra USB (hỏi lại mã PIN, "
    "tệp khóa bằng mật khẩu); giấy ghi nhận in có tên, đưa người học. Khi "
    "người học xin: mã QR có mã thẻ và bài đã đạt, không có tên.",
    "Máy chủ xã không tự gửi đi đâu. Báo cáo và hồ sơ đề nghị mang ra ngoài xã "
    "lập với --outside: ô dưới 5 người được gộp; tệp DHIS2 luôn gộp.",
    NULL,
};
static const char *const how_long[] = {
    "Tên và kết quả của người học: đến khi xóa. Chương trình không tự xóa theo "
    "hạn; xã đặt hạn và quản trị xóa tại máy.",
    BLANK "Hạn lưu của xã (gợi ý 24 tháng, không phải quy định của luật): ",
    "Khi xóa: tên và mã thẻ mất, bản sao lưu tại máy được làm lại, phục hồi "
    "bản cũ thì vẫn xóa lại; tổng số không có tên được giữ.",
    "Tổng số, báo cáo đã chốt và nhật ký ở máy chủ: không tự xóa; báo cáo đã "
    "chốt và nhật ký không sửa được.",
    "Phiên đăng nhập: hết sau 30 phút nghỉ, nhiều nhất 12 giờ.",
    NULL,
};
static const char *const access[] = {
    "Tại máy – tình nguyện viên: buổi học, ghi danh, tìm người học.",
    "Tại máy – quản trị: như trên, và số liệu, cài đặt, xuất, xóa.",
    "Tại máy – kiểm tra: xem người học, số liệu, nhật ký; không sửa.",
    "Tại máy – biên tập: thông báo, bản thu; không xem người học, không xem số liệu.",
    "Tại máy, tên chỉ đọc được khi đã mở khóa và có cán bộ đăng nhập hoặc đang "
    "mở buổi học.",
    "Máy chủ – quản trị: xem hết, nhận máy, ghi năm thi đua, giữ danh sách cán bộ.",
    "Máy chủ – kiểm tra: xem hết, rút mẫu kiểm tra; không sửa số liệu.",
    "Máy chủ – biên tập: xem số liệu.",
    BLANK "Danh sách cán bộ được giao (kèm quyết định): ",
    NULL,
};
static const char *const rights[] = {
    "Đồng ý được hỏi bằng lời và chữ; không đồng ý thì vẫn học, như khách.",
    "Người học được yêu cầu xem, sửa, xóa dữ liệu của mình, dừng gửi số liệu. "
    "Rút đồng ý là xóa; sau đó vẫn học như khách.",
    "Máy ghi từng yêu cầu theo số thẻ và đếm hạn: trả lời trong 2 ngày làm "
    "việc, làm xong trong 15 ngày.",
    "Hai ngày làm việc tính thứ hai đến thứ sáu; máy chưa biết ngày lễ.",
    BLANK "Nơi nhận yêu cầu, giờ làm việc: ",
    BLANK "Khi lộ dữ liệu, báo ai, trong bao lâu: ",
    NULL,
};
static const char *const impact[] = {
    "Rủi ro còn lại: mất thẻ nhớ lộ mã, thôn, giới, nhóm tuổi và kết quả; "
    "trong thôn ít người, số nhỏ có thể đoán ra người. Vì thế số dưới 5 không "
    "mang ra ngoài xã.",
    BLANK "Biện pháp của xã (khóa tủ, người giữ, huấn luyện): ",
    BLANK "Ý kiến của người phụ trách bảo vệ dữ liệu: ",
    NULL,
};

static const struct section sections[] = {
    { "1. Bên kiểm soát dữ liệu", who },
    { "2. Xử lý dữ liệu gì", what },
    { "3. Mục đích", purpose },
    { "4. Lưu ở đâu", where },
    { "5. Cái gì rời máy, cái gì không", leaves },
    { "6. Lưu bao lâu", how_long },
    { "7. Ai được xem", access },
    { "8. Quyền của người học và hạn trả lời", rights },
    { "9. Đánh giá tác động", impact },
};

static void line(struct buf *out, const char *text)
{
    bool blank = *text == *BLANK;

    html_literal(out, blank ? "<li class=\"fill\">" : "<li>");
    html_text(out, text + blank);
    html_literal(out, blank ? "<span></span></li>\n" : "</li>\n");
}

static void paper(struct buf *out, const char *commune)
{
    html_raw(out, "<article class=\"paper\" aria-label=\"Bản in\">"
                  "<div class=\"letterhead\"><p>Ủy ban nhân dân<br><b>");
    html_text(out, commune);
    html_raw(out,
             "</b></p><p><b>Cộng hòa xã hội chủ nghĩa Việt Nam</b><br>"
             "<span>Độc lập – Tự do – Hạnh phúc</span></p></div>\n"
             "<h2>BẢN MÔ TẢ XỬ LÝ DỮ LIỆU CÁ NHÂN<br>Phần mềm “Bình dân học vụ "
             "số”</h2>\n<p>Dùng cho hồ sơ của xã theo Luật Bảo vệ dữ liệu cá nhân số "
             "91/2025/QH15 và Nghị định số 356/2025/NĐ-CP. Phần in sẵn nói về chương "
             "trình; chỗ chấm do xã ghi.</p>\n");
    for (size_t i = 0; i < COUNT(sections); i++) {
        html_element(out, "h3", NULL, sections[i].title);
        html_raw(out, "<ul>");
        for (const char *const *l = sections[i].lines; *l; l++)
            line(out, *l);
        html_raw(out, "</ul>\n");
    }
    html_raw(out,
             "<p class=\"end\">Ngày ……/……/…………</p><div class=\"signs\">"
             "<p><b>Người lập</b><br>(ký, ghi rõ họ tên)</p>"
             "<p><b>Thủ trưởng cơ quan</b><br>(ký, đóng dấu)</p></div></article>\n");
}

enum err page_data_use(const struct visit *v, struct http_response *r)
{
    struct buf commune;
    enum err err = page_begin(v, &r->body, "Mô tả xử lý dữ liệu");

    buf_init(&commune, SETTING_VALUE_MAX + 1);
    if (!err)
        err = settings_get(v->server, "commune.name", v->server->commune, &commune);
    page_top(&r->body, "Mô tả xử lý dữ liệu",
             "Mẫu điền sẵn cho hồ sơ của xã. In bằng trình duyệt (Ctrl+P), khổ A4.");
    page_top_end(&r->body);
    page_emulation_places(v, &r->body);
    paper(&r->body, buf_text(&commune));
    page_end(&r->body);
    buf_finish(&commune);
    return server_note(v->server, err);
}
