/* What a field of a register may hold. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/utf8.h"
#include "period.h"
#include "register.h"

#define CODES_BYTES_MAX 600
#define DIGITS_MAX 9
#define DAY_CHARS 10

static bool is_text(const struct register_field *f, const char *v)
{
    return utf8_valid(v, strlen(v)) && utf8_length(v) <= (size_t)f->max;
}

static bool is_line(const struct register_field *f, const char *v)
{
    return is_text(f, v) && !v[strcspn(v, "\n\t")];
}

static bool is_day(const struct register_field *f, const char *v)
{
    (void)f;
    return strlen(v) == DAY_CHARS && clock_day_parse(v) >= 0;
}

static bool is_month(const struct register_field *f, const char *v)
{
    struct period p;

    (void)f;
    return period_parse(v, &p) && p.kind == PERIOD_MONTH;
}

bool register_months(const char *value, int64_t *first_day, int64_t *end_day)
{
    char from[PERIOD_NAME_CHARS] = "";
    const char *dots = strstr(value, "..");
    size_t n = dots ? (size_t)(dots - value) : 0;
    struct period first;
    struct period last;

    if (!n || n >= sizeof(from))
        return false;
    memcpy(from, value, n);
    if (!is_month(NULL, from) || !is_month(NULL, dots + 2) ||
        !period_parse(from, &first) || !period_parse(dots + 2, &last))
        return false;
    *first_day = first.first_day;
    *end_day = last.end_day;
    return first.first_day <= last.first_day &&
           last.end_day - first.first_day <= PERIOD_RANGE_DAYS_MAX;
}

static bool is_months(const struct register_field *f, const char *v)
{
    int64_t first;
    int64_t end;

    (void)f;
    return register_months(v, &first, &end);
}

static bool is_code(const struct register_field *f, const char *v)
{
    return bundle_id_ok(v) &&
           (f->type == REGISTER_THON || strcmp(v, REGISTER_EVERYWHERE) != 0);
}

static bool is_codes(const struct register_field *f, const char *v)
{
    char code[BUNDLE_ID_MAX + 1];

    if (strlen(v) > CODES_BYTES_MAX)
        return false;
    while (*v) {
        size_t n = strcspn(v, " ");

        if (!n || n >= sizeof(code))
            return false;
        memcpy(code, v, n);
        code[n] = 0;
        if (!is_code(f, code))
            return false;
        v += n + (v[n] == ' ');
    }
    return true;
}

static bool is_number(const struct register_field *f, const char *v)
{
    size_t n = strlen(v);

    return n <= DIGITS_MAX && strspn(v, "0123456789") == n &&
           strtoll(v, NULL, 10) <= f->max;
}

static bool is_choice(const struct register_field *f, const char *v)
{
    const struct register_choice *c = f->choices;

    while (c->code && strcmp(c->code, v) != 0)
        c++;
    return c->code != NULL;
}

static bool is_yes(const struct register_field *f, const char *v)
{
    (void)f;
    return !strcmp(v, REGISTER_YES);
}

static const struct type {
    bool (*fits)(const struct register_field *, const char *);
    const char *why;
} types[REGISTER_TYPES] = {
    [REGISTER_LINE] = { is_line, "dài quá, hoặc có ký tự lạ" },
    [REGISTER_LONG] = { is_text, "dài quá, hoặc có ký tự lạ" },
    [REGISTER_DAY] = { is_day, "chưa phải một ngày, ví dụ 2026-11-22" },
    [REGISTER_MONTH] = { is_month, "chưa phải một tháng, ví dụ 2026-11" },
    [REGISTER_MONTHS] = { is_months, "cần tháng đầu rồi tháng cuối, ví dụ 2026-07 và "
                                     "2026-12" },
    [REGISTER_UNIT] = { is_code, "chưa có trong danh sách" },
    [REGISTER_THON] = { is_code, "chưa có trong danh sách" },
    [REGISTER_THONS] = { is_codes, "chưa có trong danh sách" },
    [REGISTER_MODULES] = { is_codes, "chưa có trong danh sách" },
    [REGISTER_NUMBER] = { is_number, "chưa phải một số, hoặc lớn quá" },
    [REGISTER_CHOICE] = { is_choice, "chưa có trong danh sách" },
    [REGISTER_CONSENT] = { is_yes, "chỉ đánh dấu khi đã đồng ý" },
};

/* NULL: it may stand so. */
static const char *days_fault(const struct register_field *f, const char *v,
                              int64_t today)
{
    if (f->type != REGISTER_DAY || !*v)
        return NULL;
    if (f->of_consent && clock_day_parse(v) > today)
        return "ngày này chưa đến";
    if (f->expires && clock_day_parse(v) < today)
        return "ngày này đã qua";
    return NULL;
}

static const char *fault_of(const struct register_kind *k,
                            const struct register_field *f, const char *v, bool agreed,
                            int64_t today)
{
    bool needed = f->required || (f->of_consent && agreed) ||
                  (f->type == REGISTER_CONSENT && k->only_with_consent);

    if (!*v)
        return !needed                       ? NULL
               : f->type == REGISTER_CONSENT ? "chưa đồng ý thì chưa ghi được"
                                             : "cần ghi mục này";
    if (!types[f->type].fits(f, v))
        return types[f->type].why;
    if ((f->personal || f->of_consent) && !agreed)
        return "chỉ ghi khi đã đánh dấu “Đã đồng ý công khai tên”";
    return days_fault(f, v, today);
}

enum err register_check(const struct server *s, const struct register_kind *k,
                        const char *const *values, struct register_fault *fault)
{
    int64_t today = clock_day(clock_wall_ms(s->clock));
    size_t consent = register_field_of(k, REGISTER_CONSENT);
    bool agreed = consent < k->n_fields && !strcmp(values[consent], REGISTER_YES);

    for (size_t i = 0; i < k->n_fields; i++) {
        const char *why = fault_of(k, &k->fields[i], values[i], agreed, today);

        if (why) {
            *fault = (struct register_fault){ &k->fields[i], why };
            return ERR_REJECTED;
        }
    }
    return ERR_OK;
}
