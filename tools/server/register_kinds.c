/* THE TABLE of registers: a new one is one row at the foot, with its fields. Codes of kinds
 * and fields stand in the database: never change one, never use it anew. */
#include <string.h>

#include "base/check.h"
#include "register.h"

#define NAME_CHARS 80
#define TITLE_CHARS 160
#define WORDS_CHARS 800

static const struct register_choice ways_of_consent[] = {
    { "giay", "Giấy có chữ ký" },
    { "chung", "Nói trước người làm chứng" },
    { "ghi-am", "Ghi âm" },
    { NULL, NULL },
};

static const struct register_choice contributions[] = {
    { "cong-suc", "Công sức" },   { "tri-tue", "Trí tuệ" }, { "vat-chat", "Vật chất" },
    { "sang-kien", "Sáng kiến" }, { NULL, NULL },
};

/* Who it is about, and that they agreed: the same wherever somebody is named. */
#define CONSENT_FIELDS                                                               \
    { "dong-y", "Đã đồng ý công khai tên", .type = REGISTER_CONSENT,                 \
      .hint = "Hỏi riêng, không ép. Chưa đồng ý thì để trống." },                    \
        { "ngay-dong-y", "Ngày đồng ý", .type = REGISTER_DAY, .of_consent = true },  \
    {                                                                                \
        "cach", "Đồng ý bằng cách nào", REGISTER_CHOICE, .choices = ways_of_consent, \
                                                         .of_consent = true          \
    }

static const struct register_field unit_fields[] = {
    { "don-vi", "Đơn vị", .type = REGISTER_UNIT, .required = true },
    { "phu-trach", "Người đứng đầu hoặc phụ trách", .type = REGISTER_LINE,
      .max = NAME_CHARS, .hint = "Cán bộ của đơn vị, không ghi người học.",
      .required = true },
    { "lien-he", "Liên hệ của cơ quan", .type = REGISTER_LINE, .max = NAME_CHARS,
      .hint = "Số máy hoặc thư của cơ quan." },
    { "ke-hoach", "Kế hoạch của đơn vị số", .type = REGISTER_LINE, .max = NAME_CHARS },
    { "tieu-chi", "Tiêu chí thi đua", .type = REGISTER_LONG, .max = WORDS_CHARS },
    { "chuyen-de", "Nhận chuyên đề", .type = REGISTER_MODULES },
    { "thon", "Nhận thôn", .type = REGISTER_THONS },
    { "thang", "Nhận các tháng", .type = REGISTER_MONTHS, .required = true },
};

static const struct register_field initiative_fields[] = {
    { "ten", "Tên sáng kiến, giải pháp", .type = REGISTER_LINE, .max = TITLE_CHARS,
      .required = true },
    { "don-vi", "Đơn vị", .type = REGISTER_UNIT },
    { "ngay", "Ngày", .type = REGISTER_DAY, .required = true, .dates = true },
    { "mo-ta", "Cách làm", .type = REGISTER_LONG, .max = WORDS_CHARS,
      .hint = "Viết vài câu. Không ghi tên người học.", .required = true },
    { "ket-qua", "Kết quả", .type = REGISTER_LONG, .max = WORDS_CHARS },
};

static const struct register_field contribution_fields[] = {
    { "ngay", "Ngày", .type = REGISTER_DAY, .required = true, .dates = true },
    { "loai", "Đóng góp bằng gì", .type = REGISTER_CHOICE, .choices = contributions,
      .required = true },
    { "thon", "Thôn", .type = REGISTER_THON, .required = true },
    { "don-vi", "Đơn vị", .type = REGISTER_UNIT },
    { "noi-dung", "Đã làm gì", .type = REGISTER_LONG, .max = WORDS_CHARS,
      .hint = "Không ghi tên ở mục này.", .required = true },
    { "gio", "Số giờ", .type = REGISTER_NUMBER, .max = 10000 },
    { "nguoi", "Số người được giúp", .type = REGISTER_NUMBER, .max = 100000 },
    { "buoi", "Số buổi đã dạy", .type = REGISTER_NUMBER, .max = 10000 },
    CONSENT_FIELDS,
    { "ten", "Tên người hoặc nhóm", .type = REGISTER_LINE, .max = NAME_CHARS,
      .personal = true },
};

static const struct register_field highlight_fields[] = {
    { "thang", "Tháng", .type = REGISTER_MONTH, .required = true, .dates = true },
    { "thon", "Thôn", .type = REGISTER_THON, .required = true },
    { "don-vi", "Đơn vị", .type = REGISTER_UNIT },
    { "noi-dung", "Biểu dương việc gì", .type = REGISTER_LONG, .max = WORDS_CHARS,
      .hint = "Không ghi tên ở mục này.", .required = true },
    CONSENT_FIELDS,
    { "ten", "Tên được nêu", .type = REGISTER_LINE, .max = NAME_CHARS,
      .personal = true },
};

static const struct register_field story_fields[] = {
    { "tieu-de", "Tên chuyện", .type = REGISTER_LINE, .max = TITLE_CHARS,
      .required = true, .personal = true },
    { "ten", "Tên người trong chuyện", .type = REGISTER_LINE, .max = NAME_CHARS,
      .personal = true },
    { "thon", "Thôn", .type = REGISTER_THON, .required = true },
    { "chuyen", "Chuyện", .type = REGISTER_LONG, .max = REGISTER_CHARS_MAX,
      .required = true, .personal = true },
    CONSENT_FIELDS,
    { "het-han", "Kể đến hết ngày", .type = REGISTER_DAY,
      .hint = "Sau ngày này chuyện không hiện và không tải ra nữa.", .required = true,
      .expires = true },
};

#define OF(fields) fields, COUNT(fields)

const struct register_kind register_kinds[] = {
    { "don-vi", "/ho-so-don-vi", "Đơn vị đảm nhận",
      "Mỗi đơn vị nhận phần việc vừa sức. Bảng cho thấy đã làm đến đâu.",
      "Ghi phần việc đơn vị nhận", "don-vi.csv", OF(unit_fields),
      .writer = FOR_ADMINISTRATORS, .in_report = true, .has_done = true },
    { "sang-kien", "/sang-kien", "Sáng kiến, giải pháp",
      "Cách làm hay để nơi khác cùng dùng.", "Ghi sáng kiến mới", "sang-kien.csv",
      OF(initiative_fields), .writer = FOR_EDITORS, .in_report = true },
    { "dong-gop", "/dong-gop", "Đóng góp cho phong trào",
      "Công sức, trí tuệ, vật chất. Chỉ ghi tên khi người ấy đồng ý.",
      "Ghi đóng góp mới", "dong-gop.csv", OF(contribution_fields),
      .writer = FOR_EDITORS },
    { "bieu-duong-thang", "/bieu-duong-thang", "Biểu dương hằng tháng",
      "Khen kịp thời. Chưa đồng ý công khai thì ghi “một bà con ở thôn …”.",
      "Ghi việc đáng khen", "bieu-duong-thang.csv", OF(highlight_fields),
      .writer = FOR_EDITORS, .in_report = true },
    { "guong-tot", "/guong-tot", "Gương người tốt, việc tốt",
      "Chỉ kể khi người trong chuyện đồng ý, và chỉ đến ngày đã hẹn.", "Ghi chuyện mới",
      "guong-tot.csv", OF(story_fields), .writer = FOR_EDITORS,
      .only_with_consent = true },
};
const size_t register_n_kinds = COUNT(register_kinds);

const struct register_kind *register_kind_of(const char *code)
{
    for (size_t i = 0; i < register_n_kinds; i++)
        if (!strcmp(register_kinds[i].code, code))
            return &register_kinds[i];
    return NULL;
}

const struct register_kind *register_kind_at(const char *path)
{
    for (size_t i = 0; i < register_n_kinds; i++)
        if (!strcmp(register_kinds[i].path, path))
            return &register_kinds[i];
    return NULL;
}

size_t register_field_of(const struct register_kind *k, enum register_type type)
{
    size_t i = 0;

    while (i < k->n_fields && k->fields[i].type != type)
        i++;
    return i;
}

size_t register_field_at(const struct register_kind *k, const char *code)
{
    size_t i = 0;

    while (i < k->n_fields && strcmp(k->fields[i].code, code) != 0)
        i++;
    return i;
}
