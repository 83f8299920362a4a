/* The files of a report: every format has the same figures, hostile names do nothing, the
 * same question gives the same bytes, a file is whole or not there; frozen figures stay. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "cmocka_all.h"
#include "commands.h"
#include "package.h"
#include "report_cli.h"
#include "report_rig.h"
#include "settings.h"

#define FILE_MAX (16 << 20)
#define WORDS_MAX 8192

struct asked {
    int code;
    struct buf document, complaint, file;
};

static const char *path_in(struct rig *r, const char *name)
{
    return arena_printf(&r->arena, "%s/%s", r->dir, name);
}

/* As main.c does it: words, document, file. */
static struct asked ask(struct rig *r, struct report_wish wish)
{
    struct control_question q = { .kiosk = "" };
    struct asked a = { .code = EX_USAGE };

    buf_init(&a.document, FILE_MAX);
    buf_init(&a.complaint, FILE_MAX);
    buf_init(&a.file, FILE_MAX);
    q.n_words = (size_t)report_wish_words(&wish, q.words, &a.complaint);
    if (q.n_words)
        a.code = commands_run(&r->server, &q, &a.document, &a.complaint);
    if (q.n_words && !a.code && !wish.list) {
        a.code = report_wish_write(&wish, &a.document, &a.complaint);
        if (!a.code) {
            assert_int_equal(file_read(wish.out_path, &a.file), ERR_OK);
            assert_int_equal(unlink(wish.out_path), 0);
        }
    }
    return a;
}

static void forget(struct asked *a)
{
    buf_finish(&a->document);
    buf_finish(&a->complaint);
    buf_finish(&a->file);
}

static struct asked ask_format(struct rig *r, const char *format)
{
    return ask(r, (struct report_wish){ .period = REPORT_PERIOD,
                                        .format = format,
                                        .out_path = path_in(r, "report") });
}

static const char *words_of(struct rig *r, const struct report_column *c,
                            const struct value *v)
{
    struct buf words;
    const char *text;

    buf_init(&words, WORDS_MAX);
    report_cell_words(c, v, &words);
    text = arena_strdup(&r->arena, buf_text(&words));
    buf_finish(&words);
    return text;
}

/* --- reading the files back --------------------------------------------------------------------- */

static char *part_of(struct rig *r, const struct buf *file, const char *name)
{
    struct package *zip;
    struct buf part;
    char *text;

    buf_init(&part, FILE_MAX);
    assert_int_equal(package_open(buf_text(file), file->len, &zip), ERR_OK);
    assert_int_equal(package_get(zip, name, NULL, &part), ERR_OK);
    package_drop(zip);
    text = arena_strdup(&r->arena, buf_text(&part));
    buf_finish(&part);
    return text;
}

/* The text between the tags at *at, up to `end`, entities put back; moves behind it. */
static void take_text(const char **at, const char *end, char out[WORDS_MAX])
{
    static const struct {
        const char *entity;
        char is;
    } entities[] = {
        { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }
    };
    const char *stop = strstr(*at, end), *p = *at;
    size_t n = 0;

    assert_non_null(stop);
    while (p < stop) {
        size_t k = 0;

        if (*p == '<') {
            p = strchr(p, '>') + 1;
            continue;
        }
        while (k < COUNT(entities) &&
               strncmp(p, entities[k].entity, strlen(entities[k].entity)) != 0)
            k++;
        assert_true(n + 1 < WORDS_MAX);
        out[n++] = k < COUNT(entities) ? entities[k].is : *p;
        p += k < COUNT(entities) ? strlen(entities[k].entity) : 1;
    }
    out[n] = 0;
    *at = stop + strlen(end);
}

/* The next cell of a text document. */
static void next_docx_cell(const char **at, char out[WORDS_MAX])
{
    *at = strstr(*at, "<w:tc>");
    assert_non_null(*at);
    take_text(at, "</w:tc>", out);
}

static void next_xlsx_cell(const char **at, char out[WORDS_MAX])
{
    *at = strstr(*at, "<c r=");
    assert_non_null(*at);
    if (strstr(*at, "/>") == strchr(*at, '>') - 1) { /* an empty one */
        out[0] = 0;
        *at = strchr(*at, '>') + 1;
        return;
    }
    take_text(at, "</c>", out);
}

/* --- every format, the same figures -------------------------------------------------------------- */

static void same_docx(struct rig *r, const struct report *report, const char *xml)
{
    char got[WORDS_MAX];

    for (size_t i = 0; i < report->n_tables; i++) {
        const struct report_table *t = &report->tables[i];

        xml = strstr(xml, t->title);
        assert_non_null(xml);
        for (size_t c = 0; c < t->n_columns + 2; c++)
            next_docx_cell(&xml, got); /* header */
        for (size_t k = 0; k < t->n_rows; k++) {
            next_docx_cell(&xml, got);
            next_docx_cell(&xml, got);
            assert_string_equal(got, t->rows[k].name);
            for (size_t c = 0; c < t->n_columns; c++) {
                next_docx_cell(&xml, got);
                assert_string_equal(got,
                                    words_of(r, &t->columns[c], &t->rows[k].cells[c]));
            }
        }
    }
}

static void same_xlsx_cell(struct rig *r, const struct report_column *c,
                           const struct value *v, const char *got)
{
    if (v->kind != VALUE_NUMBER)
        assert_string_equal(got, words_of(r, c, v));
    else if (c->kind == COLUMN_RATE)
        assert_true(strtod(got, NULL) * 1000 - (double)v->least < 0.01 &&
                    strtod(got, NULL) * 1000 - (double)v->least > -0.01);
    else
        assert_int_equal(strtoll(got, NULL, 10),
                         v->least + (c->kind == COLUMN_DAY ? 25569 : 0));
}

static void same_xlsx(struct rig *r, const struct report *report,
                      const struct buf *file)
{
    char got[WORDS_MAX];

    for (size_t i = 0; i < report->n_tables; i++) {
        const struct report_table *t = &report->tables[i];
        const char *xml = part_of(
            r, file, arena_printf(&r->arena, "xl/worksheets/sheet%zu.xml", i + 2));

        assert_null(strstr(xml, "<f>"));
        next_xlsx_cell(&xml, got);
        assert_string_equal(got, t->title);
        for (size_t c = 0; c < t->n_columns + 3; c++)
            next_xlsx_cell(&xml, got);
        for (size_t k = 0; k < t->n_rows; k++) {
            next_xlsx_cell(&xml, got);
            next_xlsx_cell(&xml, got);
            assert_string_equal(got, t->rows[k].code);
            next_xlsx_cell(&xml, got);
            assert_string_equal(got, t->rows[k].name);
            for (size_t c = 0; c < t->n_columns; c++) {
                next_xlsx_cell(&xml, got);
                same_xlsx_cell(r, &t->columns[c], &t->rows[k].cells[c], got);
            }
        }
    }
}

/* A field of CSV, unquoted; moves behind it. */
static void next_field(const char **at, char out[WORDS_MAX])
{
    bool quoted = **at == '"';
    size_t n = 0;

    for (*at += quoted; **at; (*at)++) {
        if (quoted ? **at == '"' && (*at)[1] != '"' : **at == ',' || **at == '\r')
            break;
        *at += quoted && **at == '"';
        assert_true(n + 1 < WORDS_MAX);
        out[n++] = **at;
    }
    *at += quoted;
    *at += **at == ',';
    out[n] = 0;
}

static void same_csv_value(struct rig *r, const struct report_column *c,
                           const struct value *v, const char *got)
{
    if (v->kind == VALUE_RANGE)
        assert_int_equal(strtoll(got, NULL, 10), v->least);
    else if (v->kind == VALUE_NUMBER && c->kind == COLUMN_RATE)
        assert_string_equal(got, arena_printf(&r->arena, "%lld.%lld",
                                              (long long)v->least / 10,
                                              (long long)v->least % 10));
    else if (v->kind == VALUE_NUMBER && c->kind != COLUMN_DAY)
        assert_int_equal(strtoll(got, NULL, 10), v->least);
    else
        assert_string_equal(got + (got[0] == '\''), words_of(r, c, v));
}

static size_t same_csv(struct rig *r, const struct report *report, const char *csv)
{
    char fields[10][WORDS_MAX];
    size_t cells = 0;

    assert_memory_equal(csv, "\xEF\xBB\xBF\"Biểu\",", 10);
    for (const char *at = strstr(csv, "\r\n") + 2; *at; at += 2) {
        const struct report_table *t;
        size_t c, k = 0;

        for (size_t i = 0; i < 10; i++)
            next_field(&at, fields[i]);
        assert_memory_equal(at, "\r\n", 2); /* ten fields in every record */
        t = report_table_of(report, fields[0]);
        c = t ? report_column_of(t, fields[4]) : 0;
        if (!t || !fields[4][0])
            continue;
        while (strcmp(t->rows[k].code, fields[2]) != 0)
            assert_true(++k < t->n_rows);
        same_csv_value(r, &t->columns[c], &t->rows[k].cells[c], fields[7]);
        cells++;
    }
    return cells;
}

static size_t count_cells(const struct report *report)
{
    size_t n = 0;

    for (size_t i = 0; i < report->n_tables; i++)
        n += report->tables[i].n_rows * report->tables[i].n_columns;
    return n;
}

static void test_every_format_has_the_same_figures(void **state)
{
    struct rig *r = *state;
    struct report *report;
    struct asked a;

    report_rig_settings(r);
    report_rig_fill(r, 21);
    report = report_rig_make(r, REPORT_PERIOD);
    a = ask_format(r, "docx");
    assert_int_equal(a.code, 0);
    same_docx(r, report, part_of(r, &a.file, "word/document.xml"));
    forget(&a);
    a = ask(r, (struct report_wish){ .period = REPORT_PERIOD,
                                     .out_path = path_in(r, "r.docx"),
                                     .section = true });
    assert_int_equal(a.code, 0);
    same_docx(r, report, part_of(r, &a.file, "word/document.xml"));
    forget(&a);
    a = ask_format(r, "xlsx");
    assert_int_equal(a.code, 0);
    same_xlsx(r, report, &a.file);
    forget(&a);
    a = ask_format(r, "csv");
    assert_int_equal(a.code, 0);
    assert_int_equal(same_csv(r, report, buf_text(&a.file)), count_cells(report));
    forget(&a);
    a = ask_format(r, "json");
    assert_int_equal(a.code, 0);
    assert_string_equal(buf_text(&a.file), buf_text(&a.document));
    forget(&a);
}

static void test_a_section_has_no_frame_and_the_paper_has(void **state)
{
    static const char *const frame[] = { "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                                         "Độc lập - Tự do - Hạnh phúc",
                                         "Nơi nhận:",
                                         "TM. Ủy ban nhân dân",
                                         "/BC-UBND",
                                         "xã Đặng Thùy Trâm./." };
    struct rig *r = *state;

    report_rig_settings(r);
    for (int section = 0; section < 2; section++) {
        struct asked a = ask(r, (struct report_wish){ .period = REPORT_PERIOD,
                                                      .out_path = path_in(r, "r.docx"),
                                                      .section = section });
        const char *xml = part_of(r, &a.file, "word/document.xml");

        for (size_t i = 0; i < COUNT(frame); i++)
            assert_int_equal(strstr(xml, frame[i]) != NULL, !section);
        assert_non_null(strstr(xml, "Biểu 1 – Kết quả theo thôn"));
        forget(&a);
    }
}

static void test_the_same_question_gives_the_same_bytes(void **state)
{
    static const char *const formats[] = { "docx", "xlsx", "csv", "json", "dhis2" };
    struct rig *r = *state;

    report_rig_settings(r);
    report_rig_fill(r, 22);
    for (size_t i = 0; i < COUNT(formats); i++) {
        struct asked a = ask_format(r, formats[i]), b;

        rig_restart(r);
        b = ask_format(r, formats[i]);
        assert_int_equal(a.code, 0);
        assert_int_equal(a.file.len, b.file.len);
        assert_memory_equal(a.file.data, b.file.data, a.file.len);
        forget(&a);
        forget(&b);
    }
}

/* --- LibreOffice ---------------------------------------------------------------------------------- */

/* Another reader than ours: it opens the workbook, and finds the figures of the summary. */
static void test_libreoffice_reads_the_workbook(void **state)
{
    struct rig *r = *state;
    struct report *report;
    struct asked a;
    struct buf csv;

    if (system("command -v soffice >/dev/null"))
        skip();
    report_rig_fill(r, 23);
    report = report_rig_make(r, REPORT_PERIOD);
    a = ask_format(r, "xlsx");
    assert_int_equal(file_replace(path_in(r, "r.xlsx"), a.file.data, a.file.len, 0600),
                     ERR_OK);
    forget(&a);
    assert_int_equal(
        system(arena_printf(
            &r->arena,
            "cd %s && soffice -env:UserInstallation=file://%s/office --headless "
            "--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,"
            "false,false,false,-1' r.xlsx >/dev/null 2>&1",
            r->dir, r->dir)),
        0);
    for (size_t i = 0; i < report->n_tables; i++) {
        const struct report_table *t = &report->tables[i];

        buf_init(&csv, FILE_MAX);
        assert_int_equal(
            file_read(path_in(r, arena_printf(&r->arena, "r-%s.csv", t->sheet)), &csv),
            ERR_OK);
        assert_non_null(strstr(buf_text(&csv), t->title));
        for (size_t k = 0; !strcmp(t->id, "b0") && k < t->n_rows; k++)
            assert_non_null(strstr(
                buf_text(&csv),
                arena_printf(&r->arena, ",%s,%s,", t->rows[k].name,
                             words_of(r, &t->columns[0], &t->rows[k].cells[0]))));
        buf_finish(&csv);
    }
    assert_int_equal(
        system(arena_printf(&r->arena, "rm -rf %s/office %s/r*", r->dir, r->dir)), 0);
}

/* --- hostile names --------------------------------------------------------------------------------- */

static void test_hostile_names_are_only_words(void **state)
{
    static const char *const formats[] = { "docx", "xlsx", "csv" };
    struct rig *r = *state;
    struct report *report;
    char wide[401] = "", tall[401] = "";
    const char *why;

    while (strlen(wide) + 4 < sizeof(wide))
        memcpy(wide + strlen(wide), "\xF0\x9D\x95\x8F", 5); /* 100 of 4 bytes */
    while (strlen(tall) + 2 < sizeof(tall))
        memcpy(tall + strlen(tall), "Đ", 3); /* 200 letters */
    report_rig_set(r, "thon.t01", "=cmd|'/C calc'!A0");
    report_rig_set(r, "thon.t02", "<script>alert(1)</script>&amp;");
    report_rig_set(r, "thon.t03", "\"; DROP TABLE frozen; --");
    report_rig_set(r, "thon.t04", wide);
    report_rig_set(r, "thon.t05", tall);
    report_rig_set(r, "thon.t06", "@SUM(1+1)*cmd; x,y");
    report_rig_set(r, "unit.u01", "\tTAB _x0041_");
    report_rig_set(r, "commune.name", "</w:t><w:p>Xã");
    assert_int_equal(settings_set(&r->server, "thon.t07", "một\nhai", &why),
                     ERR_REJECTED);
    report_rig_fill(r, 24);
    report = report_rig_make(r, REPORT_PERIOD);
    for (size_t i = 0; i < COUNT(formats); i++) {
        struct asked a = ask_format(r, formats[i]);

        assert_int_equal(a.code, 0);
        if (i == 0) {
            same_docx(r, report, part_of(r, &a.file, "word/document.xml"));
            assert_null(strstr(part_of(r, &a.file, "word/document.xml"), "<script"));
        } else if (i == 2) {
            same_csv(r, report, buf_text(&a.file));
            assert_non_null(strstr(buf_text(&a.file), "\"'=cmd|'/C calc'!A0\""));
            assert_non_null(strstr(buf_text(&a.file), "\"'@SUM(1+1)*cmd; x,y\""));
            assert_null(strstr(buf_text(&a.file), ",\"=")); /* no formula anywhere */
        } else {
            assert_null(strstr(part_of(r, &a.file, "xl/worksheets/sheet3.xml"), "<f"));
        }
        forget(&a);
    }
}

/* --- what is refused ------------------------------------------------------------------------------- */

static void refused(struct rig *r, struct report_wish wish, int code, const char *word)
{
    struct asked a = ask(r, wish);

    assert_int_equal(a.code, code);
    if (!strstr(buf_text(&a.complaint), word))
        fail_msg("%s: no %s", buf_text(&a.complaint), word);
    forget(&a);
}

static void test_what_makes_no_sense_is_refused_in_words(void **state)
{
    struct rig *r = *state;
    const char *out = path_in(r, "x.csv");

    refused(r, (struct report_wish){ .out_path = out }, EX_USAGE, "--period");
    refused(r, (struct report_wish){ .period = "2026" }, EX_USAGE, "--format");
    refused(r, (struct report_wish){ .period = "2026", .format = "csv" }, EX_USAGE,
            "--out");
    refused(r,
            (struct report_wish){ .period = "2026", .format = "pdf", .out_path = out },
            EX_USAGE, "--format");
    refused(r, (struct report_wish){ .period = "2026-H3", .out_path = out }, EX_USAGE,
            "no such period");
    refused(r,
            (struct report_wish){
                .period = "2026", .out_path = out, .freeze = true, .live = true },
            EX_USAGE, "exclude");
    refused(r, (struct report_wish){ .period = "2026", .out_path = out, .frozen = "0" },
            EX_USAGE, "--frozen");
    refused(r, (struct report_wish){ .period = "2026", .out_path = out, .frozen = "3" },
            EX_DATAERR, "no such frozen version");
    refused(r,
            (struct report_wish){ .period = "2026", .out_path = out, .correct = true },
            EX_DATAERR, "not frozen yet");
    refused(r,
            (struct report_wish){ .period = "2026", .out_path = out, .section = true },
            EX_USAGE, "--section");
    assert_false(file_exists(out));
}

static size_t files_in(struct rig *r)
{
    FILE *list = popen(arena_printf(&r->arena, "ls -A %s | wc -l", r->dir), "r");
    size_t n = 0;
    char line[32];

    assert_non_null(list);
    if (fgets(line, sizeof(line), list))
        n = (size_t)strtoul(line, NULL, 10);
    pclose(list);
    return n;
}

static void test_a_file_that_cannot_be_written_is_said_and_freezes_nothing(void **state)
{
    struct rig *r = *state;
    struct report_wish wish = { .period = "2026", .format = "csv", .freeze = true };
    struct asked a;
    size_t before;

    wish.out_path = path_in(r, "nowhere/report.csv");
    refused(r, wish, EX_USAGE, "cannot be written");
    wish.out_path = r->dir; /* a folder */
    refused(r, wish, EX_USAGE, "cannot be written");
    a = ask(r, (struct report_wish){ .list = true });
    assert_string_equal(buf_text(&a.document), "");
    forget(&a);
    /* the folder goes between question and answer */
    before = files_in(r);
    a = ask(r, (struct report_wish){
                   .period = "2026", .format = "json", .out_path = path_in(r, "x") });
    buf_clear(&a.complaint);
    wish.out_path = path_in(r, "gone/x.csv");
    assert_int_equal(report_wish_write(&wish, &a.document, &a.complaint), EX_CANTCREAT);
    assert_non_null(strstr(buf_text(&a.complaint), "could not be written"));
    assert_int_equal(files_in(r), before);
    forget(&a);
}

/* --- frozen ---------------------------------------------------------------------------------------- */

static struct asked ask_json(struct rig *r, bool freeze, bool correct, bool live,
                             const char *frozen)
{
    return ask(r, (struct report_wish){ .period = REPORT_PERIOD,
                                        .format = "json",
                                        .out_path = path_in(r, "f.json"),
                                        .freeze = freeze,
                                        .correct = correct,
                                        .live = live,
                                        .frozen = frozen });
}

static void same_file(struct asked *a, const struct asked *want, const char *said)
{
    assert_int_equal(a->code, 0);
    assert_int_equal(a->file.len, want->file.len);
    assert_memory_equal(a->file.data, want->file.data, want->file.len);
    assert_non_null(strstr(buf_text(&a->complaint), said));
    forget(a);
}

static void test_frozen_figures_stay_and_a_correction_is_a_new_version(void **state)
{
    struct rig *r = *state;
    struct asked first, second, a;
    char sha256[HASH_SHA256_HEX];

    report_rig_settings(r);
    report_rig_fill(r, 25);
    first = ask_json(r, true, false, false, NULL);
    assert_int_equal(first.code, 0);
    assert_non_null(strstr(buf_text(&first.complaint), "frozen as version 1"));
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "-", 999);
    report_rig_set(r, "thon.t01", "Tên mới");
    r->wall_ms += 40 * 86400000LL;
    rig_restart(r);
    a = ask_json(r, false, false, false, NULL);
    same_file(&a, &first, "unchanged");
    a = ask_json(r, true, false, false, NULL); /* not twice */
    same_file(&a, &first, "unchanged");
    a = ask_json(r, false, false, true, NULL);
    assert_non_null(strstr(buf_text(&a.file), "999"));
    assert_non_null(strstr(buf_text(&a.complaint), "not those that are frozen"));
    forget(&a);
    second = ask_json(r, false, true, false, NULL);
    assert_int_equal(second.code, 0);
    assert_non_null(strstr(buf_text(&second.complaint), "frozen as version 2"));
    assert_non_null(strstr(buf_text(&second.file), "Tên mới"));
    a = ask_json(r, false, true, false, NULL); /* nothing to correct */
    same_file(&a, &second, "unchanged");
    a = ask_json(r, false, false, false, "1");
    same_file(&a, &first, "version 1");
    a = ask_json(r, false, false, false, NULL);
    same_file(&a, &second, "version 2");
    a = ask(r, (struct report_wish){ .list = true });
    hash_sha256_hex(first.file.data, first.file.len, sha256);
    assert_non_null(
        strstr(buf_text(&a.document),
               arena_printf(&r->arena, "2026-H2  1  2026-11-22  %s\n", sha256)));
    forget(&a);
    /* the paper bears it, and so does the workbook */
    a = ask(r, (struct report_wish){ .period = REPORT_PERIOD,
                                     .out_path = path_in(r, "f.docx"),
                                     .frozen = "1" });
    assert_non_null(strstr(part_of(r, &a.file, "word/document.xml"), sha256));
    forget(&a);
    forget(&first);
    forget(&second);
}

static void test_changed_frozen_figures_are_found_out(void **state)
{
    struct rig *r = *state;
    struct asked a = ask_json(r, true, false, false, NULL);
    sqlite3 *sq;

    forget(&a);
    server_close(&r->server);
    assert_int_equal(sqlite3_open(strchr(r->uri, ':') + 1, &sq), SQLITE_OK);
    assert_int_not_equal(
        sqlite3_exec(sq, "UPDATE frozen SET document = '{}'", NULL, NULL, NULL),
        SQLITE_OK);
    assert_int_not_equal(sqlite3_exec(sq, "DELETE FROM frozen", NULL, NULL, NULL),
                         SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(sq,
                     "DROP TRIGGER frozen_stays; UPDATE frozen SET document ="
                     " replace(document, '\"schema\":1', '\"schema\": 1')",
                     NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(sq);
    assert_int_equal(server_open(r->uri, &r->clock, &r->server), ERR_OK);
    a = ask_json(r, false, false, false, NULL);
    assert_int_equal(a.code, 1);
    assert_non_null(strstr(buf_text(&a.complaint), "frozen figures were changed"));
    forget(&a);
}

static void test_nothing_is_frozen_by_a_clock_far_off(void **state)
{
    struct rig *r = *state;
    struct asked a;

    r->wall_ms = 0;
    a = ask_json(r, true, false, false, NULL);
    assert_int_equal(a.code, EX_TEMPFAIL);
    assert_non_null(strstr(buf_text(&a.complaint), "clock"));
    forget(&a);
    a = ask_json(r, false, false, false, NULL); /* to read it is no harm */
    assert_int_equal(a.code, 0);
    assert_non_null(strstr(buf_text(&a.file), "\"made\":\"\""));
    forget(&a);
}

/* --- beyond the commune ------------------------------------------------------------------------------ */

/* What the total lacks must be neither one row's nor few people's. */
static void safe_group(const struct report_table *t, const struct report_table *full,
                       size_t c, int64_t group, bool total_stands)
{
    size_t merged = 0, others = 0;
    int64_t sum = 0;

    for (size_t k = 0; k < t->n_rows; k++) {
        const struct value *v = &t->rows[k].cells[c];

        if (t->rows[k].total || t->rows[k].group != group)
            continue;
        merged += v->kind == VALUE_MERGED;
        sum += v->kind == VALUE_MERGED ? full->rows[k].cells[c].least : 0;
        others += v->kind == VALUE_NUMBER;
    }
    if (merged && sum && total_stands && others && (merged < 2 || sum < REPORT_SMALL))
        fail_msg("%s %s: %zu merged rows, %lld in all, can be told", t->id,
                 t->columns[c].code, merged, (long long)sum);
}

static void safe_column(const struct report_table *t, size_t c,
                        const struct report *was)
{
    bool total_stands = false;

    for (size_t k = 0; k < t->n_rows; k++) {
        const struct value *v = &t->rows[k].cells[c];

        if (v->kind == VALUE_NUMBER)
            assert_true(v->least <= 0 || v->least >= REPORT_SMALL);
        total_stands |= t->rows[k].total && v->kind == VALUE_NUMBER;
    }
    for (int64_t group = 0; group <= 2; group++)
        safe_group(t, report_table_of(was, t->id), c, group, total_stands);
}

static void test_small_cells_do_not_leave_the_commune(void **state)
{
    struct rig *r = *state;

    for (uint32_t seed = 30; seed < 40; seed++) {
        struct report *full, *out;

        report_rig_fill(r, seed);
        full = report_rig_make(r, REPORT_PERIOD);
        out = report_rig_make(r, REPORT_PERIOD);
        assert_true(report_small_cells(full) > 0);
        report_outside(out);
        assert_int_equal(report_small_cells(out), 0);
        for (size_t i = 0; i < out->n_tables; i++)
            for (size_t c = 0; c < out->tables[i].n_columns; c++)
                if (out->tables[i].columns[c].kind == COLUMN_PEOPLE ||
                    out->tables[i].columns[c].kind == COLUMN_TIMES)
                    safe_column(&out->tables[i], c, full);
    }
}

static void test_merged_figures_are_quoted_by_no_proposal(void **state)
{
    struct rig *r = *state;
    struct report *out;
    const struct report_table *t;

    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "-", 40);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t01", 3);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t02", 7);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t03", 30);
    out = report_rig_make(r, REPORT_PERIOD);
    report_outside(out);
    t = report_table_of(out, "b7");
    for (size_t k = 0; k < t->n_rows; k++)
        if (!strcmp(t->rows[k].code, "b1.active.t02"))
            assert_int_equal(t->rows[k].cells[report_column_of(t, REPORT_QUOTE)].kind,
                             VALUE_MERGED);
        else
            assert_string_equal(t->rows[k].code, "b1.active.t03");
}

static void test_who_gets_small_cells_is_told(void **state)
{
    struct rig *r = *state;
    struct asked a;

    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t01", 3);
    a = ask_format(r, "json");
    assert_non_null(strstr(buf_text(&a.complaint), "--outside"));
    forget(&a);
    a = ask(r, (struct report_wish){ .period = REPORT_PERIOD,
                                     .out_path = path_in(r, "o.json"),
                                     .outside = true });
    assert_string_equal(buf_text(&a.complaint), "");
    assert_non_null(strstr(buf_text(&a.file), "\"outside\":true"));
    forget(&a);
}

/* --- DHIS2 ------------------------------------------------------------------------------------------ */

static struct asked ask_dhis2(struct rig *r, const char *period, const char *map)
{
    const char *path = path_in(r, "map.json");
    struct asked a;

    if (map)
        assert_int_equal(file_replace(path, map, strlen(map), 0600), ERR_OK);
    a = ask(r, (struct report_wish){ .period = period,
                                     .format = "dhis2",
                                     .out_path = path_in(r, "d"),
                                     .map_path = map ? path : NULL });
    if (map)
        unlink(path);
    return a;
}

static void test_dhis2_periods(void **state)
{
    static const struct {
        const char *period, *want;
    } rows[] = {
        { "2026-11", "\"period\":\"202611\"" },
        { "2026-Q4", "\"period\":\"2026Q4\"" },
        { "2026-H2", "\"period\":\"2026S2\"" },
        { "2026", "\"period\":\"2026\"" },
        { "2026-07-01..2026-12-31", "\"period\":\"2026S2\"" },
        { "P1", NULL },
        { "all", NULL },
        { "2026-02-03..2026-11-05", NULL },
    };
    struct rig *r = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct asked a = ask_dhis2(r, rows[i].period, NULL);

        assert_int_equal(a.code, rows[i].want ? 0 : EX_DATAERR);
        assert_non_null(strstr(buf_text(rows[i].want ? &a.file : &a.complaint),
                               rows[i].want ? rows[i].want : "DHIS2 has months"));
        forget(&a);
    }
}

static void test_dhis2_values_are_the_totals(void **state)
{
    static const char map[] =
        "{\"dataSet\":\"DS000000001\",\"orgUnit\":\"OU000000001\","
        "\"orgUnits\":{\"t01\":\"OU000000002\"},"
        "\"categoryOptionCombos\":{\"all\":\"CC000000001\",\"f\":\"CC000000002\"},"
        "\"dataElements\":{\"b1.active\":\"DE000000001\",\"b3.active\":\"DE000000002\","
        "\"b6.sum.h3\":\"DE000000003\"}}";
    struct rig *r = *state;
    struct asked a;

    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "-", 90);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t01", 50);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t02", 40);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "sex=f", 60);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "sex=m", 30);
    report_rig_count(r, "help", "2026-09-01", "-", "kind=h3", 12);
    a = ask_dhis2(r, REPORT_PERIOD, map);
    assert_int_equal(a.code, 0);
    assert_string_equal(buf_text(&a.file),
                        "{\"dataSet\":\"DS000000001\",\"orgUnit\":\"OU000000001\","
                        "\"period\":\"2026S2\","
                        "\"dataValues\":["
                        "{\"dataElement\":\"DE000000001\",\"orgUnit\":\"OU000000002\","
                        "\"categoryOptionCombo\":\"CC000000001\",\"value\":\"50\"},"
                        "{\"dataElement\":\"DE000000001\",\"orgUnit\":\"OU000000001\","
                        "\"categoryOptionCombo\":\"CC000000001\",\"value\":\"90\"},"
                        "{\"dataElement\":\"DE000000002\",\"orgUnit\":\"OU000000001\","
                        "\"categoryOptionCombo\":\"CC000000002\",\"value\":\"60\"},"
                        "{\"dataElement\":\"DE000000002\",\"orgUnit\":\"OU000000001\","
                        "\"categoryOptionCombo\":\"CC000000001\",\"value\":\"90\"},"
                        "{\"dataElement\":\"DE000000003\",\"orgUnit\":\"OU000000001\","
                        "\"categoryOptionCombo\":\"CC000000001\",\"value\":\"12\"}]}");
    forget(&a);
    a = ask_dhis2(r, REPORT_PERIOD, NULL);
    assert_non_null(strstr(buf_text(&a.file),
                           "{\"dataElement\":\"BDHVS_B1_ACTIVE\",\"orgUnit\":\"21520\","
                           "\"categoryOptionCombo\":\"BDHVS_T01\",\"value\":\"50\"}"));
    forget(&a);
    a = ask_dhis2(r, REPORT_PERIOD, "{\"dataSet\":1}");
    assert_int_equal(a.code, EX_DATAERR);
    forget(&a);
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_every_format_has_the_same_figures),
        T(test_a_section_has_no_frame_and_the_paper_has),
        T(test_the_same_question_gives_the_same_bytes),
        T(test_libreoffice_reads_the_workbook),
        T(test_hostile_names_are_only_words),
        T(test_what_makes_no_sense_is_refused_in_words),
        T(test_a_file_that_cannot_be_written_is_said_and_freezes_nothing),
        T(test_frozen_figures_stay_and_a_correction_is_a_new_version),
        T(test_changed_frozen_figures_are_found_out),
        T(test_nothing_is_frozen_by_a_clock_far_off),
        T(test_small_cells_do_not_leave_the_commune),
        T(test_merged_figures_are_quoted_by_no_proposal),
        T(test_who_gets_small_cells_is_told),
        T(test_dhis2_periods),
        T(test_dhis2_values_are_the_totals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
