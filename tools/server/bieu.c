/* THE TABLE of Biểu: what each column means and where its figure is found. */
#include "bieu.h"

#include <string.h>

#include "base/check.h"

#define PEOPLE COLUMN_PEOPLE
#define TIMES COLUMN_TIMES
#define THINGS COLUMN_COUNT

#define SAYS_HEADS "Lượt người ghi danh được điểm danh cộng lượt người không ghi danh"
#define SAYS_ACTIVE "Số người khác nhau có học trong kỳ, mỗi người tính một lần"
#define SAYS_FIRST_ONE "Số người xong ít nhất một bài trong kỳ"
#define SAYS_DONE "Số người đạt đủ các bài của lộ trình lần đầu trong kỳ"
#define SAYS_BEFORE "Cùng chỉ số của kỳ trước"
#define SAYS_VNEID                                                                                             \
    "Số người ghi danh được ghi là đã xác nhận trên VNeID, tính đến hết kỳ; nguồn: " \
    "tình "                                                                                                   \
    "nguyện viên ghi tại điểm học"

static const struct measure thon_measures[] = {
    { "households", "Số hộ", THINGS, 8,
      .meaning = "Số hộ của thôn theo nguồn ghi ở cột cuối" },
    { "adults", "Số người trưởng thành", THINGS, 9,
      .meaning = "Số người từ 18 tuổi theo nguồn ghi ở cột cuối" },
    { "classes", "Số buổi học", THINGS, 8, "classes", .meaning = "Số buổi học đã mở" },
    { "attendance", "Lượt tham gia", TIMES, 9, "attendance", .and_stat = "head_count",
      .meaning = SAYS_HEADS },
    { "attendance_before", "Lượt tham gia kỳ trước", TIMES, 9, "attendance",
      .and_stat = "head_count", .before = true, .meaning = SAYS_BEFORE },
    { "active", "Số người học", PEOPLE, 9, "active", .meaning = SAYS_ACTIVE },
    { "women", "Trong đó nữ", PEOPLE, 8, "active", .with = "sex=f", .part_of = "active",
      .meaning = "Người học là nữ" },
    { "old", "Từ 60 tuổi", PEOPLE, 8, "active", .with = "band=b4", .part_of = "active",
      .meaning = "Người học từ 60 tuổi trở lên" },
    { "active_before", "Số người học kỳ trước", PEOPLE, 9, "active", .before = true,
      .meaning = SAYS_BEFORE },
    { "finished", "Xong ít nhất 1 bài", PEOPLE, 9, "finished_one", .part_of = "active",
      .meaning = SAYS_FIRST_ONE },
    { "done", "Số người hoàn thành", PEOPLE, 10, "path_finished", bieu_the_path,
      .meaning = SAYS_DONE },
    { "done_before", "Hoàn thành kỳ trước", PEOPLE, 10, "path_finished", bieu_the_path,
      .before = true, .meaning = SAYS_BEFORE },
    { "done_of_active", "Tỷ lệ hoàn thành/ người học", COLUMN_RATE, 10,
      .part_of = "done", .over = "active",
      .meaning = "Số người hoàn thành chia cho số người học" },
    { "done_of_adults", "Tỷ lệ hoàn thành/ người trưởng thành", COLUMN_RATE, 10,
      .part_of = "done", .over = "adults",
      .meaning = "Số người hoàn thành chia cho số người trưởng thành" },
    { "vneid", "Đã xác nhận VNeID", PEOPLE, 9, "vneid_status", .with = "s=v3",
      .meaning = SAYS_VNEID },
    { "source", "Nguồn số hộ, số dân", COLUMN_TEXT, 18,
      .meaning = "Nơi và ngày cung cấp số hộ, số người trưởng thành" },
};
static const char *const thon_notes[] = { bieu_says_times, bieu_says_people,
                                          bieu_says_done,  bieu_says_heads,
                                          bieu_says_total, bieu_says_none,
                                          bieu_says_range, NULL };

static const struct measure target_measures[] = {
    { "registered", "Người ghi danh", PEOPLE, 10, "registered",
      .meaning = "Số người ghi danh tính đến hết kỳ" },
    { "finished", "Thực hiện", PEOPLE, 10, "finished_one", .meaning = SAYS_FIRST_ONE },
    { "finished_before", "Thực hiện kỳ trước", PEOPLE, 10, "finished_one",
      .before = true, .meaning = SAYS_BEFORE },
    { "target", "Chỉ tiêu", THINGS, 10,
      .meaning = "Số người phải đạt trong kỳ theo văn bản giao" },
    { "rate", "Tỷ lệ thực hiện", COLUMN_RATE, 10, .part_of = "finished",
      .over = "target", .meaning = "Thực hiện chia cho chỉ tiêu" },
    { "document", "Văn bản giao", COLUMN_TEXT, 24,
      .meaning = "Số, ký hiệu văn bản giao chỉ tiêu" },
    { "due", "Hạn", COLUMN_DAY, 13, .meaning = "Ngày phải đạt chỉ tiêu" },
    { "reached", "Ngày về đích", COLUMN_DAY, 13,
      .meaning = "Ngày máy chủ của xã lần đầu ghi nhận đạt chỉ tiêu" },
    { "vneid", "Đã xác nhận VNeID", PEOPLE, 10, "vneid_status", .with = "s=v3",
      .meaning = SAYS_VNEID },
};
static const char *const target_notes[] = {
    "Nhóm đối tượng theo Quyết định số 757/QĐ-BKHCN. Thực hiện: số người xong ít nhất "
    "một "
    "bài trong kỳ.",
    "Chỉ tiêu do xã nhập kèm văn bản giao; kỳ nào chưa nhập thì ghi “chưa có số liệu”.",
    bieu_says_people,
    bieu_says_none,
    bieu_says_range,
    NULL
};

static const struct measure people_measures[] = {
    { "registered", "Người ghi danh", PEOPLE, 11, "registered",
      .meaning = "Số người ghi danh tính đến hết kỳ" },
    { "active", "Số người học", PEOPLE, 11, "active", .meaning = SAYS_ACTIVE },
    { "active_before", "Số người học kỳ trước", PEOPLE, 11, "active", .before = true,
      .meaning = SAYS_BEFORE },
    { "finished", "Xong ít nhất 1 bài", PEOPLE, 11, "finished_one", .part_of = "active",
      .meaning = SAYS_FIRST_ONE },
    { "done", "Số người hoàn thành", PEOPLE, 11, "path_finished", bieu_the_path,
      .meaning = SAYS_DONE },
    { "done_before", "Hoàn thành kỳ trước", PEOPLE, 11, "path_finished", bieu_the_path,
      .before = true, .meaning = SAYS_BEFORE },
    { "attendance", "Lượt dự của người ghi danh", TIMES, 11, "attendance",
      .meaning = "Lượt người ghi danh được điểm danh tại buổi học" },
    { "completions", "Lượt xong bài", TIMES, 11, "completions", TALLY_ALL_UNITS,
      .meaning = "Mỗi lần học xong một bài là một lượt" },
};
static const char *const people_notes[] = {
    "Độ tuổi tính tại ngày 01 tháng 01 của năm. Người chưa ghi giới tính hoặc độ tuổi "
    "chỉ "
    "có trong dòng “Toàn xã”.",
    bieu_says_people,
    bieu_says_done,
    bieu_says_none,
    bieu_says_range,
    NULL
};

static const struct measure module_measures[] = {
    { "starts", "Lượt bắt đầu bài", TIMES, 11,
      .meaning = "Mỗi lần mở một bài của chuyên đề" },
    { "completions", "Lượt xong bài", TIMES, 11,
      .meaning = "Mỗi lần học xong một bài của chuyên đề" },
    { "completions_before", "Lượt xong bài kỳ trước", TIMES, 11, .before = true,
      .meaning = SAYS_BEFORE },
    { "passes", "Lượt đạt", TIMES, 11, .part_of = "completions",
      .meaning = "Lượt xong bài có ít nhất 2/3 câu đúng và hiểu mọi câu về an toàn" },
    { "learners", "Số người có bài đạt lần đầu", PEOPLE, 13,
      .meaning = "Người đạt lần đầu ít nhất một bài của chuyên đề trong kỳ; không cộng "
                 "được theo bài nên ghi từ bài nhiều nhất đến tổng các bài" },
    { "done", "Số người hoàn thành chuyên đề", PEOPLE, 13,
      .meaning = "Người đạt đủ các bài của chuyên đề lần đầu trong kỳ" },
    { "done_before", "Hoàn thành kỳ trước", PEOPLE, 11, .before = true,
      .meaning = SAYS_BEFORE },
    { "sign_offs", "Lượt tự làm được", TIMES, 11,
      .meaning =
          "Lượt tự làm được trên điện thoại của mình, tình nguyện viên xác nhận" },
    { "hardest", "Câu hay sai", COLUMN_TEXT, 24,
      .meaning =
          "Câu hỏi có tỷ lệ đúng ngay lần đầu thấp nhất trong kỳ (từ 5 lượt hỏi)" },
};
static const char *const module_notes[] = {
    "Chuyên đề: phần của chương trình học tại kiosk. Kết quả ở đây không thay thế xác "
    "nhận "
    "phổ cập kỹ năng số trên VNeID.",
    bieu_says_times, bieu_says_done, bieu_says_none, NULL
};

static const struct measure unit_measures[] = {
    { "classes", "Số buổi tổ chức", THINGS, 10, "classes",
      .meaning = "Số buổi học do đơn vị tổ chức" },
    { "classes_before", "Số buổi kỳ trước", THINGS, 10, "classes", .before = true,
      .meaning = SAYS_BEFORE },
    { "active", "Số người của đơn vị tham gia học", PEOPLE, 11, "active",
      .meaning = "Cán bộ, người lao động của đơn vị có học trong kỳ" },
    { "finished", "Xong ít nhất 1 bài", PEOPLE, 10, "finished_one", .part_of = "active",
      .meaning = SAYS_FIRST_ONE },
    { "done", "Số người hoàn thành", PEOPLE, 10, "path_finished", bieu_the_path,
      .meaning = SAYS_DONE },
    { "attendance", "Lượt dự học của đơn vị", TIMES, 10, "attendance",
      .meaning = "Lượt điểm danh của người thuộc đơn vị" },
    { "mobilised", "Số người vận động", COLUMN_TEXT, 12,
      .meaning = "Đơn vị tự ghi: hệ thống không đếm" },
    { "tasks", "Nội dung đảm nhận", COLUMN_TEXT, 20, .meaning = "Đơn vị tự ghi" },
    { "ideas", "Sáng kiến", COLUMN_TEXT, 18, .meaning = "Đơn vị tự ghi" },
    { "hardships", "Khó khăn, kiến nghị", COLUMN_TEXT, 20, .meaning = "Đơn vị tự ghi" },
};
static const char *const unit_notes[] = {
    "Cột để trống do đơn vị tự ghi. Hệ thống không thu thập thông tin về đảng viên.",
    bieu_says_people,
    bieu_says_total,
    bieu_says_none,
    bieu_says_range,
    NULL
};

static const struct measure help_measures[] = {
    { REPORT_SUM, "Cộng kỳ này", TIMES, 12, "help",
      .meaning = "Tổng số lượt hỗ trợ trong kỳ" },
    { "sum_before", "Kỳ trước", TIMES, 12, "help", .before = true,
      .meaning = SAYS_BEFORE },
};
static const char *const help_notes[] = {
    "Lượt hỗ trợ: mỗi lần Tổ công nghệ số cộng đồng hoặc tình nguyện viên giúp một "
    "người, "
    "một việc; người được giúp có thể không ghi danh.",
    "Lượt chưa rõ ngày không nằm trong các cột tháng.", bieu_says_none, NULL
};

static const struct measure praise_measures[] = {
    { "subject", "Đối tượng", COLUMN_TEXT, 24,
      .meaning = "Tập thể có số liệu cao nhất theo chỉ số nêu ở cột căn cứ" },
    { "reason", "Căn cứ (chỉ số)", COLUMN_TEXT, 34, .meaning = "Chỉ số dùng để xếp" },
    { "figure", "Số liệu", COLUMN_TEXT, 14, .meaning = "Giá trị của chỉ số trong kỳ" },
    { "form", "Hình thức đề nghị", COLUMN_TEXT, 20, .meaning = "Để trống: xã tự ghi" },
    { "opinion", "Ý kiến của Hội đồng", COLUMN_TEXT, 20,
      .meaning = "Để trống: Hội đồng Thi đua - Khen thưởng xã ghi" },
};
static const char *const praise_notes[] = {
    "Danh mục này do phần mềm xếp theo số liệu để tham khảo, không phải kết quả xét. "
    "Việc "
    "xét, đề nghị biểu dương, khen thưởng do Hội đồng Thi đua - Khen thưởng xã quyết "
    "định.",
    "Mỗi chỉ số nêu tối đa ba tập thể có giá trị cao nhất; bằng nhau thì cùng được "
    "nêu.",
    "Máy chủ không lưu tên người: đề nghị cá nhân do đơn vị lập từ hồ sơ tại điểm học.",
    "Hình thức (theo Kế hoạch): Giấy khen; Bằng khen của Chủ tịch UBND tỉnh; Cờ Thi "
    "đua của "
    "UBND tỉnh; Bằng khen của Thủ tướng Chính phủ; Cờ Thi đua của Chính phủ; Huân "
    "chương "
    "Lao động.",
    NULL
};

static const struct measure index_measures[] = {
    { "pillar", "Trụ cột", COLUMN_TEXT, 18,
      .meaning = "Chính quyền số, kinh tế số, xã hội số" },
    { "value", "Kỳ này", COLUMN_MIXED, 14,
      .meaning = "Giá trị trong kỳ hoặc đến hết kỳ" },
    { "value_before", "Kỳ trước", COLUMN_MIXED, 14, .before = true,
      .meaning = SAYS_BEFORE },
    { "measured_in", "Đơn vị tính", COLUMN_TEXT, 12,
      .meaning = "Đơn vị tính của chỉ số" },
    { "source", "Nguồn, ngày", COLUMN_TEXT, 28, .meaning = "Nơi cung cấp số liệu" },
};
static const char *const index_notes[] = {
    "Chưa có bộ chỉ số thống nhất cho cấp xã: xã tự đặt chỉ số và nhập giá trị kèm "
    "nguồn; "
    "chỉ số “tự động” lấy từ số liệu của hệ thống.",
    bieu_says_none, bieu_says_range, NULL
};

static const struct measure assignment_measures[] = {
    { "plan", "Kế hoạch số", COLUMN_TEXT, 14, .meaning = "Số kế hoạch của đơn vị" },
    { "modules", "Chuyên đề", COLUMN_TEXT, 24, .meaning = "Chuyên đề đơn vị nhận" },
    { "thons", "Thôn", COLUMN_TEXT, 20, .meaning = "Thôn đơn vị nhận" },
    { "months", "Các tháng", COLUMN_TEXT, 20, .meaning = "Thời gian đơn vị nhận" },
    { "done", "Đã làm / đã nhận", COLUMN_TEXT, 28,
      .meaning = "Số tháng có buổi học do đơn vị tổ chức trên số tháng đã nhận" },
    { "criteria", "Tiêu chí", COLUMN_TEXT, 30,
      .meaning = "Tiêu chí thi đua do đơn vị đặt" },
};
static const char *const assignment_notes[] = {
    "Gồm phần việc có tháng nằm trong kỳ. Số đã làm tính trên cả thời gian đơn vị "
    "nhận.",
    bieu_says_none, NULL
};

static const struct measure initiative_measures[] = {
    { "day", "Ngày", COLUMN_DAY, 10, .meaning = "Ngày của sáng kiến" },
    { "unit", "Đơn vị", COLUMN_TEXT, 20, .meaning = "Đơn vị có sáng kiến" },
    { "how", "Cách làm", COLUMN_TEXT, 36, .meaning = "Mô tả ngắn" },
    { "result", "Kết quả", COLUMN_TEXT, 28, .meaning = "Kết quả đã thấy" },
};
static const char *const initiative_notes[] = { "Xã ghi trong sổ sáng kiến, giải pháp.",
                                                NULL };

static const struct measure highlight_measures[] = {
    { "month", "Tháng", COLUMN_TEXT, 14, .meaning = "Tháng biểu dương" },
    { "what", "Việc được biểu dương", COLUMN_TEXT, 48,
      .meaning = "Việc đáng khen, không nêu tên" },
};
static const char *const highlight_notes[] = {
    "Biểu này không nêu tên: báo cáo đã gửi thì không xóa được, còn người được nêu tên "
    "có "
    "quyền rút đồng ý.",
    NULL
};

static const struct measure summary_measures[] = {
    { "kind", "Loại số", COLUMN_TEXT, 10,
      .meaning = "Lượt (mỗi lần) và người (không trùng) không cộng với nhau" },
    { "now", "Kỳ này", COLUMN_MIXED, 14, .meaning = "Giá trị trong kỳ báo cáo" },
    { "past", "Kỳ trước", COLUMN_MIXED, 14, .before = true, .meaning = SAYS_BEFORE },
};
static const char *const summary_notes[] = { bieu_says_times,
                                             bieu_says_people,
                                             bieu_says_done,
                                             bieu_says_heads,
                                             bieu_says_none,
                                             bieu_says_range,
                                             NULL };

#define OF(measures) measures, COUNT(measures)

const struct bieu bieus[] = {
    { "b0", "Tổng hợp", "Biểu tổng hợp", "Chỉ số", OF(summary_measures), bieu_summary,
      summary_notes },
    { "b1", "Biểu 1 Thôn", "Biểu 1 – Kết quả theo thôn", "Thôn", OF(thon_measures),
      bieu_thons, thon_notes },
    { "b2", "Biểu 2 Nhóm đối tượng",
      "Biểu 2 – Kết quả theo nhóm đối tượng (Quyết định số 757/QĐ-BKHCN)",
      "Nhóm đối tượng", OF(target_measures), bieu_targets, target_notes },
    { "b3", "Biểu 3 Giới, độ tuổi", "Biểu 3 – Kết quả theo giới và độ tuổi",
      "Giới, độ tuổi", OF(people_measures), bieu_people, people_notes },
    { "b4", "Biểu 4 Chuyên đề", "Biểu 4 – Kết quả theo chuyên đề", "Chuyên đề",
      OF(module_measures), bieu_modules, module_notes },
    { "b5", "Biểu 5 Đơn vị", "Biểu 5 – Kết quả của đơn vị, tổ chức", "Đơn vị, tổ chức",
      OF(unit_measures), bieu_units, unit_notes },
    { "b6", "Biểu 6 Lượt hỗ trợ", "Biểu 6 – Lượt hỗ trợ của Tổ công nghệ số cộng đồng",
      "Loại hỗ trợ", OF(help_measures), bieu_help, help_notes },
    { "b7", "Biểu 7 Biểu dương", "Biểu 7 – Danh mục đề nghị biểu dương, khen thưởng",
      "Loại tập thể", OF(praise_measures), bieu_praise, praise_notes },
    { "b8", "Biểu 8 Chỉ số", "Biểu 8 – Chỉ số chính quyền số, kinh tế số, xã hội số",
      "Chỉ số", OF(index_measures), bieu_index, index_notes },
    { "b9", "Biểu 9 Đơn vị nhận", "Biểu 9 – Phần việc đơn vị đảm nhận và đã làm",
      "Đơn vị, tổ chức", OF(assignment_measures), bieu_assignments, assignment_notes },
    { "b10", "Biểu 10 Sáng kiến", "Biểu 10 – Sáng kiến, giải pháp", "Tên sáng kiến",
      OF(initiative_measures), bieu_initiatives, initiative_notes },
    { "b11", "Biểu 11 Biểu dương tháng", "Biểu 11 – Biểu dương hằng tháng", "Nơi",
      OF(highlight_measures), bieu_highlights, highlight_notes },
};
const size_t n_bieus = COUNT(bieus);
