/* Biểu 8: indicators of digital government, economy and society: what kiosks count by
 * themselves, and what the commune enters with its source. */
#include <string.h>

#include "base/check.h"
#include "bieu.h"
#include "indicator.h"

#define ENTERED_MAX 1000 /* lines of the table; more cannot be read by anyone */
#define GOVERNMENT "Chính quyền số"
#define ECONOMY "Kinh tế số"
#define SOCIETY "Xã hội số"

static const struct {
    const char *code, *pillar, *name, *stat, *dims, *unit;
} counted[] = {
    { "help_h3", GOVERNMENT, "Lượt hỗ trợ người dân dùng dịch vụ công trực tuyến",
      "help", "kind=h3", "lượt" },
    { "help_h2", GOVERNMENT, "Lượt hỗ trợ định danh điện tử VNeID", "help", "kind=h2",
      "lượt" },
    { "help_h4", ECONOMY, "Lượt hỗ trợ thanh toán không dùng tiền mặt, mã QR", "help",
      "kind=h4", "lượt" },
    { "active", SOCIETY, "Số người học kỹ năng số", "active", "-", "người" },
    { "finished", SOCIETY, "Số người xong ít nhất một bài", "finished_one", "-",
      "người" },
    { "vneid_v0", SOCIETY, "Người ghi danh chưa có tài khoản VNeID", "vneid_status",
      "s=v0", "người" },
    { "vneid_v1", SOCIETY, "Người ghi danh có tài khoản VNeID mức 1", "vneid_status",
      "s=v1", "người" },
    { "vneid_v2", SOCIETY, "Người ghi danh có tài khoản VNeID mức 2", "vneid_status",
      "s=v2", "người" },
    { "vneid_v3", SOCIETY, "Người ghi danh đã xác nhận phổ cập trên VNeID",
      "vneid_status", "s=v3", "người" },
};

static struct report_row *line(struct maker *m, struct report_table *t,
                               const char *code, const char *name, const char *pillar,
                               const char *unit, const char *source)
{
    struct report_row *row = bieu_plain_row(m, t, code, name);

    row->total = true; /* of the whole commune: its lines are no parts of one */
    *bieu_cell(t, row, "pillar") = VALUE_WORDS(pillar);
    *bieu_cell(t, row, "measured_in") = VALUE_WORDS(unit);
    *bieu_cell(t, row, "source") = VALUE_WORDS(source);
    return row;
}

static bool is_of_span(const struct indicator *i, const struct span *span)
{
    size_t k = 0;

    for (; span->name[k] && i->period[k]; k++)
        if ((span->name[k] | 0x20) != (i->period[k] | 0x20))
            return false;
    return span->name[k] == i->period[k];
}

/* The value that the commune entered for `code` in the span. */
static struct value entered(const struct maker *m, const char *code, bool past)
{
    const struct span *span = past ? &m->before : &m->span;

    for (size_t i = 0; i < m->n_settings && (!past || m->has_before); i++) {
        struct indicator in;
        const char *why;

        if (!strncmp(m->settings[i].code, INDICATOR_GROUP, strlen(INDICATOR_GROUP)) &&
            indicator_read(m->settings[i].code, m->settings[i].name, &in, &why) &&
            !strcmp(in.code, code) && is_of_span(&in, span) &&
            strcmp(in.value, "-") != 0)
            return VALUE_WORDS(arena_strdup(m->arena, in.value));
    }
    return (struct value){ .kind = VALUE_NONE };
}

static void entered_lines(struct maker *m, struct report_table *t, char letter,
                          const char *pillar)
{
    for (size_t i = 0; i < m->n_settings && t->n_rows < ENTERED_MAX; i++) {
        struct indicator in;
        struct report_row *row;
        const char *why;

        if (strncmp(m->settings[i].code, INDICATOR_GROUP, strlen(INDICATOR_GROUP)) !=
                0 ||
            !indicator_read(m->settings[i].code, m->settings[i].name, &in, &why) ||
            in.code[0] != letter || !is_of_span(&in, &m->span))
            continue;
        row =
            line(m, t, arena_strdup(m->arena, in.code), arena_strdup(m->arena, in.name),
                 pillar, arena_strdup(m->arena, in.unit),
                 arena_printf(m->arena, "%s, %.2s/%.2s/%.4s", in.source, in.day + 8,
                              in.day + 5, in.day));
        *bieu_cell(t, row, "value") = entered(m, in.code, false);
        *bieu_cell(t, row, "value_before") = entered(m, in.code, true);
    }
}

static void counted_lines(struct maker *m, struct report_table *t, const char *pillar)
{
    for (size_t i = 0; i < COUNT(counted); i++) {
        struct report_row *row;

        if (strcmp(counted[i].pillar, pillar) != 0)
            continue;
        row = line(m, t, counted[i].code, counted[i].name, pillar, counted[i].unit,
                   "tự động, số liệu điểm học");
        *bieu_cell(t, row, "value") =
            bieu_value(m, false, counted[i].stat, "-", counted[i].dims);
        *bieu_cell(t, row, "value_before") =
            bieu_value(m, true, counted[i].stat, "-", counted[i].dims);
    }
}

void bieu_index(struct maker *m, struct report_table *t)
{
    static const struct {
        char letter;
        const char *name;
    } pillars[] = { { 'g', GOVERNMENT }, { 'e', ECONOMY }, { 's', SOCIETY } };

    for (size_t i = 0; i < COUNT(pillars); i++) {
        counted_lines(m, t, pillars[i].name);
        entered_lines(m, t, pillars[i].letter, pillars[i].name);
    }
}
