/* Makes the files in memory, logs, writes them to the stick, reads them back. */
#include "app/export.h"

#include <stdio.h>
#include <string.h>

#define LOG_MODULE "export"
#include "app/app.h"
#include "app/helper.h"
#include "app/people_file.h"
#include "app/stick.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/log.h"
#include "store/audit.h"
#include "store/requests.h"

#define FILE_BYTES_MAX (64U << 20)
#define INNER_NAME "nguoi-hoc.xlsx"
#define FOLDER "out/"
#define GROUPS 4

static const char *const suffixes[][EXPORT_FILES_MAX] = {
    [EXPORT_REPORT] = { "docx", "xlsx", "csv" },
    [EXPORT_TABLES] = { "xlsx", "csv", NULL },
    [EXPORT_PEOPLE] = { "zip", NULL, NULL },
};

size_t export_names(struct app *app, enum export_kind kind,
                    const struct figure_range *range,
                    char names[EXPORT_FILES_MAX][REPORT_NAME_BYTES])
{
    char day[11];
    size_t n = 0;

    for (; n < EXPORT_FILES_MAX && suffixes[kind][n]; n++)
        report_file_name(range, suffixes[kind][n], names[n]);
    if (kind == EXPORT_PEOPLE) {
        int64_t today = requests_today(app->db);

        clock_day_text(today < 0 ? 0 : today, day);
        (void)snprintf(names[0], REPORT_NAME_BYTES, "nguoi-hoc-%s.zip", day);
    }
    return n;
}

void export_secret(char out[EXPORT_SECRET_CHARS])
{
    size_t at = 0;

    for (int i = 0; i < GROUPS; i++)
        at += (size_t)snprintf(out + at, EXPORT_SECRET_CHARS - at, "%s%04u",
                               i ? "-" : "", (unsigned)hash_random_below(10000));
}

static void finish_wiped(struct buf *b)
{
    if (b->data)
        hash_wipe(b->data, b->cap);
    buf_finish(b);
}

static enum err make_people(struct app *app, const char *secret, struct buf *zip)
{
    struct buf tables, sheet, in;
    enum err err;

    buf_init(&tables, FILE_BYTES_MAX);
    buf_init(&sheet, FILE_BYTES_MAX);
    buf_init(&in, FILE_BYTES_MAX);
    err = people_file_tables(app->db, app->desk.vault, &tables);
    if (!err)
        err = helper_run(HELPER_SHEET_XLSX, tables.data, tables.len, &sheet);
    if (!err) {
        buf_printf(&in, "%s\n%s\n", secret, INNER_NAME);
        buf_add(&in, buf_text(&sheet), sheet.len);
        err = in.overflow ? ERR_FULL
                          : helper_run(HELPER_SHEET_LOCK, in.data, in.len, zip);
    }
    finish_wiped(&tables);
    finish_wiped(&sheet);
    finish_wiped(&in);
    return err;
}

static enum err make_file(const char *suffix, const struct buf *tables, struct buf *out)
{
    if (!strcmp(suffix, "csv"))
        return report_file_csv(tables, out);
    return helper_run(!strcmp(suffix, "docx") ? HELPER_SHEET_DOCX : HELPER_SHEET_XLSX,
                      tables->data, tables->len, out);
}

static enum err make_all(struct app *app, enum export_kind kind,
                         const struct figure_range *range, const char *secret,
                         struct buf files[EXPORT_FILES_MAX])
{
    struct buf tables;
    enum err err;

    if (kind == EXPORT_PEOPLE)
        return make_people(app, secret, &files[0]);
    buf_init(&tables, FILE_BYTES_MAX);
    err = report_file_tables(app->db, app->pack, range, &tables);
    for (size_t i = 0; !err && i < EXPORT_FILES_MAX && suffixes[kind][i]; i++)
        err = make_file(suffixes[kind][i], &tables, &files[i]);
    buf_finish(&tables);
    return err;
}

static enum text_id failed(enum export_kind kind, enum err err)
{
    LOG_ERR("an export was not made: %s", err_name(err));
    if (err == ERR_OFFLINE)
        return kind == EXPORT_PEOPLE ? T_ex_locked : T_ex_nohelper;
    return T_ex_failed;
}

enum text_id export_run(struct app *app, enum export_kind kind,
                        const struct figure_range *range, const char *secret,
                        size_t *n_out, const char **stick_words_out)
{
    char names[EXPORT_FILES_MAX][REPORT_NAME_BYTES];
    char path[REPORT_NAME_BYTES + sizeof(FOLDER)];
    size_t n = export_names(app, kind, range, names);
    struct buf files[EXPORT_FILES_MAX];
    enum usb_verdict verdict = USB_DONE;
    enum err err;

    *n_out = 0;
    *stick_words_out = NULL;
    for (size_t i = 0; i < EXPORT_FILES_MAX; i++)
        buf_init(&files[i], FILE_BYTES_MAX);
    err = make_all(app, kind, range, secret, files);
    /* what cannot be logged does not leave */
    if (!err)
        err = audit_add(app->db, AUDIT_EXPORT, app_actor(app),
                        kind == EXPORT_PEOPLE ? "au.e.people_export"
                                              : "au.e.report_export",
                        kind == EXPORT_PEOPLE ? NULL : range->period);
    for (size_t i = 0; !err && verdict == USB_DONE && i < n; i++) {
        (void)snprintf(path, sizeof(path), FOLDER "%s", names[i]);
        verdict = stick_write(app, path, files[i].data, files[i].len);
        *n_out += verdict == USB_DONE;
    }
    for (size_t i = 0; i < EXPORT_FILES_MAX; i++)
        buf_finish(&files[i]);
    if (verdict != USB_DONE)
        *stick_words_out = usb_words(verdict);
    return err ? failed(kind, err) : verdict == USB_DONE ? T_COUNT : T_ex_failed;
}
