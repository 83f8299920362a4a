/* Biểu 1 to 3 and the summary: people by thôn, by group, by sex and age. */
#include <string.h>

#include "base/check.h"
#include "bieu.h"
#include "notice.h"
#include "record.h"

/* --- summary ---------------------------------------------------------------------------- */

void bieu_summary(struct maker *m, struct report_table *t)
{
    static const struct {
        const char *name, *stat, *unit, *and_stat, *kind;
    } rows[] = {
        { "Người ghi danh (đến hết kỳ)", "registered", "-", NULL, "người" },
        { "Người học", "active", "-", NULL, "người" },
        { "Người xong ít nhất 1 bài", "finished_one", "-", NULL, "người" },
        { "Người hoàn thành lộ trình", "path_finished", NULL, NULL, "người" },
        { "Buổi học", "classes", "-", NULL, "buổi" },
        { "Lượt tham gia buổi học", "attendance", "-", "head_count", "lượt" },
        { "Lượt bắt đầu bài", "starts", TALLY_ALL_UNITS, NULL, "lượt" },
        { "Lượt xong bài", "completions", TALLY_ALL_UNITS, NULL, "lượt" },
        { "Lượt đạt", "passes", TALLY_ALL_UNITS, NULL, "lượt" },
        { "Lượt hỗ trợ", "help", "-", NULL, "lượt" },
        { "Lượt tự làm được trên điện thoại của mình", "sign_offs", TALLY_ALL_UNITS,
          NULL, "lượt" },
        { "Giấy ghi nhận đã cấp", "certificates", TALLY_ALL_UNITS, NULL, "giấy" },
        { "Lượt phát bài trên loa truyền thanh", "notice_plays", TALLY_ALL_UNITS, NULL,
          "lượt" },
        { "Lượt xem hoặc nghe thông báo trên máy", NOTICE_STAT, TALLY_ALL_UNITS, NULL,
          "lượt" },
        { "Thời gian tình nguyện viên", "volunteer_minutes", "-", NULL, "phút" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct report_row *row = bieu_plain_row(m, t, rows[i].stat, rows[i].name);
        const char *unit = rows[i].unit ? rows[i].unit : m->path;

        row->total = true;
        *bieu_cell(t, row, "kind") = VALUE_WORDS(rows[i].kind);
        for (int past = 0; past < 2; past++) {
            struct value v = bieu_value(m, past, rows[i].stat, unit, "-");

            if (rows[i].and_stat)
                v = bieu_sum(v, bieu_value(m, past, rows[i].and_stat, "-", "-"));
            *bieu_cell(t, row, past ? "past" : "now") = v;
        }
    }
}

/* --- Biểu 1 ----------------------------------------------------------------------------- */

/* The newest denominators of a thôn that are not later than the span's year. */
static bool base_of(const struct maker *m, const char *thon, struct record *out)
{
    int64_t last = m->span.is_all ? clock_day(clock_wall_ms(m->server->clock))
                                  : m->span.end_day - 1;
    bool found = false;
    int year, month, mday;

    clock_day_civil(last, &year, &month, &mday);
    for (size_t i = 0; i < m->n_settings; i++) {
        struct record r;
        const char *why;

        if (strncmp(m->settings[i].code, "base.", 5) != 0 ||
            !record_read(m->settings[i].code, m->settings[i].name, &r, &why) ||
            strcmp(r.code, thon) != 0 ||
            strcmp(r.period, arena_printf(m->arena, "%04d", year)) > 0 ||
            (found && strcmp(r.period, out->period) < 0))
            continue;
        *out = r;
        found = true;
    }
    return found;
}

static const char *day_words(struct maker *m, const char *day)
{
    return arena_printf(m->arena, "%.2s/%.2s/%.4s", day + 8, day + 5, day);
}

static void put_base(struct maker *m, struct report_table *t, struct report_row *row)
{
    struct record base;

    if (!base_of(m, row->code, &base))
        return;
    if (base.numbers[0] >= 0)
        *bieu_cell(t, row, "households") = VALUE_OF(base.numbers[0]);
    if (base.numbers[2] >= 0)
        *bieu_cell(t, row, "adults") = VALUE_OF(base.numbers[2]);
    *bieu_cell(t, row, "source") = VALUE_WORDS(
        arena_printf(m->arena, "%s, %s", base.text, day_words(m, base.day)));
}

/* Of the whole commune only when it is known of every thôn. */
static struct value sum_of(const struct report_table *t, const char *code)
{
    struct value sum = VALUE_OF(0);

    for (size_t i = 0; i < t->n_rows; i++) {
        const struct value *cell = bieu_cell(t, &t->rows[i], code);

        if (cell->kind != VALUE_NUMBER)
            return (struct value){ .kind = VALUE_NONE };
        sum = bieu_sum(sum, *cell);
    }
    return t->n_rows ? sum : (struct value){ .kind = VALUE_NONE };
}

void bieu_thons(struct maker *m, struct report_table *t)
{
    struct value households, adults;
    struct report_row *total;

    for (size_t i = 0; i < m->thons.n; i++)
        put_base(m, t,
                 bieu_row(m, t, "thon", m->thons.rows[i].code, m->thons.rows[i].name));
    households = sum_of(t, "households");
    adults = sum_of(t, "adults");
    total = bieu_total(m, t);
    *bieu_cell(t, total, "households") = households;
    *bieu_cell(t, total, "adults") = adults;
    *bieu_cell(t, total, "source") = (struct value){ .kind = VALUE_BLANK };
    bieu_rates(t);
}

/* --- Biểu 2 ----------------------------------------------------------------------------- */

/* The target of `group` ("all": the whole commune) in this very period. */
static const char *target_key(struct maker *m, const char *group)
{
    char *key = arena_printf(m->arena, "target.%s.%s", group, m->span.name);

    for (char *c = strrchr(key, '.'); *c; c++) /* keys are small letters */
        if (*c == 'H' || *c == 'Q' || *c == 'P')
            *c = (char)(*c - 'A' + 'a');
    return key;
}

static enum err take_day(void *ctx, const struct cell *c)
{
    *(int64_t *)ctx = clock_day_parse(c[0].text);
    return ERR_OK;
}

static void put_target(struct maker *m, struct report_table *t, struct report_row *row)
{
    const char *key = target_key(m, row->code), *text = bieu_setting(m, key), *why;
    int64_t reached = -1;
    struct record r;

    if (!text || !record_read(key, text, &r, &why))
        return;
    *bieu_cell(t, row, "target") = VALUE_OF(r.numbers[0]);
    *bieu_cell(t, row, "document") = VALUE_WORDS(arena_strdup(m->arena, r.text));
    *bieu_cell(t, row, "due") = VALUE_OF(clock_day_parse(r.day));
    if (!m->err)
        m->err = store_run(m->server->store, Q_REACHED_GET, take_day, &reached,
                           PARAM_TEXT(key));
    *bieu_cell(t, row, "reached") =
        reached >= 0 ? VALUE_OF(reached) : VALUE_WORDS("chưa đạt");
}

void bieu_targets(struct maker *m, struct report_table *t)
{
    for (size_t i = 0; i < bieu_n_groups; i++)
        put_target(m, t,
                   bieu_row(m, t, "group", bieu_groups[i].code, bieu_groups[i].name));
    put_target(m, t, bieu_total(m, t));
    bieu_rates(t);
}

/* --- Biểu 3 ----------------------------------------------------------------------------- */

void bieu_people(struct maker *m, struct report_table *t)
{
    for (size_t i = 0; i < bieu_n_sexes; i++)
        bieu_row(m, t, "sex", bieu_sexes[i].code, bieu_sexes[i].name)->group = 1;
    for (size_t i = 0; i < bieu_n_bands; i++)
        bieu_row(m, t, "band", bieu_bands[i].code, bieu_bands[i].name)->group = 2;
    bieu_total(m, t);
}
