/* Codes that are the same everywhere, and what is printed under more than one Biểu. */
#include "base/check.h"
#include "bieu.h"

const struct code_name bieu_groups[] = { { "g1", "Học sinh, sinh viên" },
                                         { "g2", "Người dân" },
                                         { "g3", "Cán bộ, công chức, viên chức" },
                                         { "g4", "Người lao động" } };
const size_t bieu_n_groups = COUNT(bieu_groups);

const struct code_name bieu_sexes[] = { { "f", "Nữ" }, { "m", "Nam" } };
const size_t bieu_n_sexes = COUNT(bieu_sexes);

const struct code_name bieu_bands[] = { { "b0", "Dưới 14 tuổi" },
                                        { "b1", "Từ 14 đến 17 tuổi" },
                                        { "b2", "Từ 18 đến 34 tuổi" },
                                        { "b3", "Từ 35 đến 59 tuổi" },
                                        { "b4", "Từ 60 tuổi trở lên" } };
const size_t bieu_n_bands = COUNT(bieu_bands);

const struct code_name bieu_helps[] = {
    { "h1", "Kỹ năng số" },        { "h2", "VNeID" },
    { "h3", "Dịch vụ công" },      { "h4", "Thanh toán, mã QR" },
    { "h5", "An toàn trên mạng" }, { "h6", "Việc khác" }
};
const size_t bieu_n_helps = COUNT(bieu_helps);

const struct code_name bieu_vneids[] = { { "v0", "Chưa có tài khoản VNeID" },
                                         { "v1", "Có tài khoản VNeID mức 1" },
                                         { "v2", "Có tài khoản VNeID mức 2" },
                                         { "v3", "Đã xác nhận phổ cập trên VNeID" } };
const size_t bieu_n_vneids = COUNT(bieu_vneids);

const char bieu_says_times[] = "Lượt: mỗi lần dự học, mỗi lần học xong một bài hoặc "
                               "mỗi lần được hỗ trợ tính là một "
                               "lượt.";
const char bieu_says_people[] = "Người học: số người khác nhau có học trong kỳ; mỗi "
                                "người chỉ tính một lần trong kỳ, "
                                "tại thôn đang ở khi kết thúc kỳ.";
const char bieu_says_done[] =
    "Hoàn thành: đạt tất cả các bài bắt buộc của lộ trình hoặc chuyên đề.";
const char bieu_says_heads[] = "Người không ghi danh (đếm đầu người tại buổi học) chỉ "
                               "tính vào lượt, không tính vào "
                               "số người.";
const char bieu_says_none[] = "“Chưa có số liệu”: thôn, đơn vị hoặc máy chưa gửi, hoặc "
                              "chưa đo; không phải bằng 0.";
const char bieu_says_range[] =
    "“… đến …”: khoảng ngày tự chọn không trùng kỳ báo cáo nên số người chỉ biết trong "
    "khoảng (từ tháng nhiều nhất đến tổng các tháng).";
const char bieu_says_total[] = "Dòng “Toàn xã” gồm cả người chưa ghi thôn, đơn vị và "
                               "khách học không ghi danh (tính "
                               "lượt), nên có thể lớn hơn tổng các dòng trên.";
