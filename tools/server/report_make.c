/* See report_make.h: settings, names, what is known of the data as a whole; the tables
 * are bieu.c's. */
#include "report_make.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "bieu.h"
#include "titles.h"

#define SETTINGS_MAX 4000
#define NAMES_MAX 2000
#define PATH_DEFAULT "short" /* of content/pack.yaml */

/* --- settings --------------------------------------------------------------------------- */

static enum err take_setting(void *ctx, const struct cell *c)
{
    struct maker *m = ctx;

    if (m->n_settings < SETTINGS_MAX)
        m->settings[m->n_settings++] =
            (struct code_name){ arena_strdup(m->arena, c[0].text),
                                arena_strdup(m->arena, c[1].text) };
    return ERR_OK;
}

static const char *setting_or(const struct maker *m, const char *key,
                              const char *fallback)
{
    const char *value = bieu_setting(m, key);

    return value ? value : fallback;
}

/* --- names ------------------------------------------------------------------------------ */

static int by_code(const void *a, const void *b)
{
    const struct code_name *x = a, *y = b;

    return strcmp(x->code, y->code);
}

static void add_name(struct names *names, const char *code, const char *name)
{
    for (size_t i = 0; i < names->n; i++)
        if (!strcmp(names->rows[i].code, code))
            return;
    if (names->n < NAMES_MAX)
        names->rows[names->n++] = (struct code_name){ code, name };
}

static void add_settings(struct maker *m, struct names *names, const char *group)
{
    size_t n = strlen(group);

    names->rows = arena_alloc(m->arena, NAMES_MAX * sizeof(*names->rows));
    for (size_t i = 0; i < m->n_settings; i++)
        if (!strncmp(m->settings[i].code, group, n) && m->settings[i].code[n] == '.')
            add_name(names, m->settings[i].code + n + 1, m->settings[i].name);
}

/* Codes of which the data speak but the commune does not are shown raw. */
static void add_codes(struct maker *m, struct names *names, const char *dimension,
                      const char *unnamed)
{
    const char **codes;
    size_t n = tally_codes(&m->now, dimension, m->arena, &codes);

    for (size_t i = 0; i < n; i++)
        add_name(names, codes[i],
                 arena_printf(m->arena, "(xã chưa đặt tên cho mã %s %s)", unnamed,
                              codes[i]));
    qsort(names->rows, names->n, sizeof(*names->rows), by_code);
}

/* Modules are known from the settings, the pack, and the lessons that were opened. */
static void add_modules(struct maker *m)
{
    const struct titles *titles = m->server->titles;
    struct names *names = &m->modules;

    add_settings(m, names, "module");
    for (size_t i = 0; titles && i < titles->n_rows; i++)
        if (!strchr(titles->rows[i].id, '-'))
            add_name(names, titles->rows[i].id, titles->rows[i].text);
    for (size_t i = 0; i < m->now.n_entries; i++) {
        const char *unit = m->now.entries[i].unit, *dash = strchr(unit, '-');
        const char *id =
            dash ? arena_strndup(m->arena, unit, (size_t)(dash - unit)) : "";

        if (*id && !strcmp(m->now.entries[i].stat, "starts"))
            add_name(names, id, id);
    }
    if (names->n)
        qsort(names->rows, names->n, sizeof(*names->rows), by_code);
}

/* --- what is said of the whole ------------------------------------------------------------ */

static void add_line(struct report *r, const char *text)
{
    ASSERT(r->n_lines < REPORT_LINES_MAX);
    r->lines[r->n_lines++] = text;
}

struct machines {
    struct maker *m;
    int n, n_silent;
};

/* Cells of Q_KIOSKS. Silent: nothing came since the span ended, or for a week. */
static enum err take_machine(void *ctx, const struct cell *c)
{
    struct machines *machines = ctx;
    const struct span *span = &machines->m->span;
    int64_t today = clock_day(clock_wall_ms(machines->m->server->clock));
    int64_t until = span->end_day < today - 7 ? span->end_day : today - 7;

    if (!c[0].text || strcmp(c[1].text, "active") != 0)
        return ERR_OK;
    machines->n++;
    machines->n_silent += !c[2].number || clock_day(c[2].number) < until;
    return ERR_OK;
}

static void say_of_machines(struct maker *m)
{
    struct machines machines = { .m = m };

    if (!m->err)
        m->err = store_run_plain(m->server->store, Q_KIOSKS, take_machine, &machines);
    if (!machines.n)
        add_line(m->report, "Chưa có máy nào của xã gửi số liệu.");
    else if (machines.n_silent)
        add_line(
            m->report,
            arena_printf(m->arena,
                         "Số liệu có thể còn thiếu: %d trong %d máy chưa gửi đến hết "
                         "kỳ (hoặc quá 7 ngày chưa gửi).",
                         machines.n_silent, machines.n));
}

static enum err take_held(void *ctx, const struct cell *c)
{
    *(int64_t *)ctx = c[3].number;
    return ERR_OK;
}

static void say_of_the_rest(struct maker *m)
{
    int64_t held = 0;

    if (!m->err)
        m->err = store_run_plain(m->server->store, Q_COUNT_ROWS, take_held, &held);
    if (m->now.undated > 0 && !m->span.is_all)
        add_line(m->report, arena_printf(m->arena,
                                         "%lld lượt xong bài chưa rõ ngày, không nằm "
                                         "trong kỳ này.",
                                         (long long)m->now.undated));
    if (held > 0)
        add_line(m->report, arena_printf(m->arena,
                                         "%lld dòng số liệu bất thường đang chờ người "
                                         "quản trị xem, chưa tính vào báo cáo.",
                                         (long long)held));
}

static void say_of_the_day(struct maker *m)
{
    int64_t today = clock_day(clock_wall_ms(m->server->clock));
    int year, month, mday;
    char day[11];

    if (!server_clock_is_sane(m->server)) {
        m->report->made = "";
        add_line(m->report,
                 "Đồng hồ máy chủ chưa đúng: báo cáo không ghi được ngày lập "
                 "số liệu.");
        return;
    }
    clock_day_text(today, day);
    m->report->made = arena_strdup(m->arena, day);
    clock_day_civil(today, &year, &month, &mday);
    if (today < m->span.end_day)
        add_line(m->report,
                 arena_printf(m->arena,
                              "Kỳ báo cáo chưa kết thúc: số liệu tính đến ngày "
                              "%02d/%02d/%d.",
                              mday, month, year));
}

/* --- the frame ---------------------------------------------------------------------------- */

/* "a; b; c" into lines. */
static size_t lines_of(struct maker *m, const char *text, const char **out, size_t max)
{
    size_t n = 0;

    while (*text && n < max) {
        size_t part = strcspn(text, ";"), used = part;
        const char *from = text;

        text += part + (text[part] == ';');
        while (used && *from == ' ') {
            from++;
            used--;
        }
        while (used && from[used - 1] == ' ')
            used--;
        if (used)
            out[n++] = arena_strndup(m->arena, from, used);
    }
    return n;
}

/* "Xã Đặng Thùy Trâm" behind other words: "xã Đặng Thùy Trâm". */
static const char *in_sentence(struct maker *m, const char *name)
{
    char *copy = arena_strdup(m->arena, name);

    if (*copy >= 'A' && *copy <= 'Z')
        *copy = (char)(*copy + 'a' - 'A');
    return copy;
}

static void make_paper(struct maker *m)
{
    struct report_paper *p = &m->report->paper;

    p->parent = setting_or(m, "report.parent", "");
    p->agency = setting_or(m, "report.agency", "Ủy ban nhân dân");
    p->agency_place =
        setting_or(m, "report.agency-place",
                   in_sentence(m, setting_or(m, "commune.name", "xã ……………………")));
    p->place = setting_or(m, "report.place", setting_or(m, "commune.name", "…………"));
    p->symbol = setting_or(m, "report.symbol", "BC-UBND");
    p->n_signer =
        lines_of(m, setting_or(m, "report.signer", "TM. Ủy ban nhân dân; Chủ tịch"),
                 p->signer, COUNT(p->signer));
    p->n_recipients = lines_of(
        m,
        setting_or(
            m, "report.recipients",
            "Chủ tịch UBND tỉnh (để báo cáo); Sở Nội vụ; Sở Khoa học và Công nghệ; "
            "Ban Thi đua - Khen thưởng tỉnh; Thường trực Đảng ủy, HĐND xã; Chủ "
            "tịch, các Phó Chủ tịch UBND xã; UBMTTQ Việt Nam và các hội, đoàn thể "
            "xã; Các cơ quan tham mưu của Đảng ủy; Các cơ quan, đơn vị, doanh "
            "nghiệp trên địa bàn; Văn phòng HĐND và UBND; Lưu: VT, VHXH"),
        p->recipients, COUNT(p->recipients));
}

static void describe(struct maker *m, int64_t version)
{
    struct report *r = m->report;
    char day[11];

    r->commune_code = arena_strdup(m->arena, m->server->commune);
    r->commune_name = setting_or(m, "commune.name", r->commune_code);
    r->period = arena_strdup(m->arena, m->span.name);
    r->period_label = arena_strdup(m->arena, m->span.label);
    r->before = m->has_before ? arena_strdup(m->arena, m->before.name) : "";
    r->before_label = m->has_before ? arena_strdup(m->arena, m->before.label) : "";
    r->from = r->to = "";
    if (!m->span.is_all) {
        clock_day_text(m->span.first_day, day);
        r->from = arena_strdup(m->arena, day);
        clock_day_text(m->span.end_day - 1, day);
        r->to = arena_strdup(m->arena, day);
    }
    r->version = version;
}

/* --- the whole ---------------------------------------------------------------------------- */

/* The span and the one before it. False: no such period. */
static bool choose_span(struct maker *m, const char *period)
{
    int64_t phase1_last =
        clock_day_parse(setting_or(m, "report.phase1-end", SPAN_PHASE1_LAST));

    if (phase1_last < 0)
        phase1_last = clock_day_parse(SPAN_PHASE1_LAST);
    if (!span_parse(period, phase1_last, &m->span))
        return false;
    m->has_before = span_before(&m->span, phase1_last, &m->before);
    m->path = setting_or(m, "report.path", PATH_DEFAULT);
    return true;
}

static enum err begin(struct maker *m, const char *period)
{
    m->settings = arena_alloc(m->arena, SETTINGS_MAX * sizeof(*m->settings));
    m->err = server_note(
        m->server, store_run_plain(m->server->store, Q_SETTINGS, take_setting, m));
    if (!m->err && !choose_span(m, period))
        m->err = ERR_REJECTED;
    return m->err;
}

enum err report_period(struct server *s, const char *text, struct arena *arena,
                       const char **out)
{
    struct maker m = { .server = s, .arena = arena };
    enum err err = begin(&m, text);

    *out = arena_strdup(arena, m.span.name);
    return err;
}

enum err report_make(struct server *s, const char *period, int64_t version,
                     struct arena *arena, struct report *out)
{
    struct maker m = { .server = s, .arena = arena, .report = out };

    *out = (struct report){ 0 };
    if (begin(&m, period))
        return m.err;
    m.err = tally_read(s, &m.span, arena, NULL, &m.now);
    if (!m.err && m.has_before)
        m.err = tally_read(s, &m.before, arena, &m.now, &m.past);
    if (m.err)
        return m.err;
    add_settings(&m, &m.thons, "thon");
    add_codes(&m, &m.thons, "thon", "thôn");
    add_settings(&m, &m.units, "unit");
    add_codes(&m, &m.units, "unit", "đơn vị");
    add_modules(&m);
    describe(&m, version);
    make_paper(&m);
    say_of_the_day(&m);
    say_of_machines(&m);
    say_of_the_rest(&m);
    bieu_make(&m);
    return server_note(s, m.err);
}
