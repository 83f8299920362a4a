/* Files from a terminal: the period report, people out and in. A file with names is
 * encrypted always; its passphrase and the kiosk's come on stdin of bdhvs-ctl, which puts
 * them behind --secrets: they are in no command line, environment or log. */
#include <stdio.h>
#include <string.h>

#include "app/control_private.h"
#include "app/helper.h"
#include "app/people_file.h"
#include "app/report_file.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "store/audit.h"
#include "store/vault.h"

#define FILE_BYTES_MAX (64u << 20)
#define SHEET_BYTES_MAX (16u << 20)
#define PATH_BYTES 4096
#define INNER_NAME "nguoi-hoc.xlsx"
#define SECRET_MIN 10 /* characters of the file's passphrase */
#define APPLY_ROWS 1000

static void finish_wiped(struct buf *b)
{
    if (b->data)
        hash_wipe(b->data, b->cap);
    buf_finish(b);
}

/* --- the report --------------------------------------------------------------------------- */

static bool range_asked(struct control *c, int argc, const char *const *argv,
                        struct figure_range *out)
{
    static const char *const names[] = {
        [FIGURE_MONTH] = "month", [FIGURE_QUARTER] = "quarter", [FIGURE_HALF] = "half",
        [FIGURE_YEAR] = "year",   [FIGURE_PHASE] = "phase",     [FIGURE_ALL] = "all",
    };
    const char *now = control_value(argc, argv, "--now");
    const char *from = control_value(argc, argv, "--from");
    const char *to = control_value(argc, argv, "--to");
    int64_t first = from ? clock_day_parse(from) : -1;
    int64_t last = to ? clock_day_parse(to) : -1;

    if (from || to) {
        if (first < 0 || last < first)
            return false;
        *out = figure_range_of(c->db, first, last);
        return true;
    }
    for (size_t i = 0; i < COUNT(names); i++)
        if (!strcmp(now ? now : "half", names[i])) {
            *out = figure_range_now(c->db, (enum figure_now)i);
            return true;
        }
    return false;
}

static enum err write_report(const char *dir, const struct figure_range *range,
                             const char *suffix, const struct buf *bytes,
                             struct buf *out)
{
    char name[REPORT_NAME_BYTES], path[PATH_BYTES];
    enum err err;

    report_file_name(range, suffix, name);
    if ((size_t)snprintf(path, sizeof(path), "%s/%s", dir, name) >= sizeof(path))
        return ERR_REJECTED;
    err = file_replace(path, bytes->data, bytes->len, 0644);
    if (!err)
        buf_printf(out, "%s\n", path);
    return err;
}

static enum err export_report(struct control *c, const char *dir,
                              const struct figure_range *range, struct buf *out)
{
    struct buf tables, file;
    enum err err;

    buf_init(&tables, FILE_BYTES_MAX);
    buf_init(&file, FILE_BYTES_MAX);
    err = report_file_tables(c->db, c->pack, range, &tables);
    if (!err)
        err = report_file_csv(&tables, &file);
    if (!err)
        err = write_report(dir, range, "csv", &file, out);
    buf_clear(&file);
    if (!err)
        err = helper_run(HELPER_SHEET_XLSX, tables.data, tables.len, &file);
    if (!err)
        err = write_report(dir, range, "xlsx", &file, out);
    buf_clear(&file);
    if (!err)
        err = helper_run(HELPER_SHEET_DOCX, tables.data, tables.len, &file);
    if (!err)
        err = write_report(dir, range, "docx", &file, out);
    if (!err)
        err = audit_add(c->db, AUDIT_EXPORT, CONTROL_ACTOR, "au.e.report_export",
                        range->period);
    buf_finish(&tables);
    buf_finish(&file);
    return err;
}

/* --- people -------------------------------------------------------------------------------- */

/* A vault of this command's own, unlocked by the passphrase and wiped at its end. */
static int unlock(struct control *c, const char *passphrase, struct vault **out,
                  struct buf *says)
{
    enum err err = vault_open(c->db, out);

    if (!err && !vault_exists(*out))
        return control_fail(says, "names", ERR_OFFLINE, "no passphrase was ever set");
    if (!err)
        err = vault_unlock(*out, VAULT_PASSPHRASE, passphrase ? passphrase : "");
    if (!err)
        return 0;
    return control_fail(says, "names", err,
                        err == ERR_RETRY ? "too many wrong passphrases: wait"
                                         : "the first line of stdin is the passphrase");
}

static enum err lock_people(const struct buf *sheet, const char *secret,
                            struct buf *zip)
{
    struct buf in;
    enum err err;

    buf_init(&in, FILE_BYTES_MAX);
    buf_printf(&in, "%s\n%s\n", secret, INNER_NAME);
    buf_add(&in, buf_text(sheet), sheet->len);
    err = in.overflow ? ERR_FULL : helper_run(HELPER_SHEET_LOCK, in.data, in.len, zip);
    finish_wiped(&in);
    return err;
}

static int export_people(struct control *c, const char *path, const char *passphrase,
                         const char *secret, struct buf *out)
{
    struct vault *vault = NULL;
    struct buf tables, sheet, zip;
    enum err err;
    int code;

    if (!secret || strlen(secret) < SECRET_MIN)
        return control_fail(
            out, "export --people", ERR_REJECTED,
            "the second line of stdin is the file's passphrase, at least "
            "10 characters");
    code = unlock(c, passphrase, &vault, out);
    buf_init(&tables, FILE_BYTES_MAX);
    buf_init(&sheet, FILE_BYTES_MAX);
    buf_init(&zip, FILE_BYTES_MAX);
    err = code ? ERR_REJECTED : people_file_tables(c->db, vault, &tables);
    if (!err)
        err = helper_run(HELPER_SHEET_XLSX, tables.data, tables.len, &sheet);
    if (!err)
        err = lock_people(&sheet, secret, &zip);
    /* What cannot be logged does not leave. */
    if (!err)
        err = audit_add(c->db, AUDIT_EXPORT, CONTROL_ACTOR, "au.e.people_export", NULL);
    if (!err)
        err = file_replace(path, zip.data, zip.len, 0600);
    vault_close(vault);
    finish_wiped(&tables);
    finish_wiped(&sheet);
    buf_finish(&zip);
    if (code)
        return code;
    if (err)
        return control_fail(out, "export --people", err, "no file was written");
    buf_printf(out, "%s\n", path);
    return 0;
}

int control_export(struct control *c, int argc, const char *const *argv,
                   struct buf *out)
{
    const char *people = control_value(argc, argv, "--people");
    const char *dir = control_value(argc, argv, "--report");
    const char *passphrase = control_value(argc, argv, "--secrets");
    struct figure_range range;
    enum err err;

    if (people && !dir)
        return export_people(c, people, passphrase, passphrase ? argv[argc - 1] : NULL,
                             out);
    if (!dir || people || !range_asked(c, argc, argv, &range))
        return control_usage(out, "export --report DIR [--now month|quarter|half|year|"
                                  "phase|all | --from DAY --to DAY] | export --people "
                                  "FILE.zip");
    err = export_report(c, dir, &range, out);
    return err ? control_fail(out, "export --report", err,
                              "see the lines above and the folder")
               : 0;
}

/* --- import -------------------------------------------------------------------------------- */

/* The file, out of its ZIP when it is one of ours that is locked. */
static enum err read_people_file(const char *path, const char *secret, struct buf *rows)
{
    struct buf file, in, plain;
    size_t n = strlen(path);
    enum err err;

    buf_init(&file, SHEET_BYTES_MAX);
    buf_init(&in, FILE_BYTES_MAX);
    buf_init(&plain, FILE_BYTES_MAX);
    err = file_read(path, &file);
    if (!err && n > 4 && !strcmp(path + n - 4, ".zip")) {
        buf_printf(&in, "%s\n", secret ? secret : "");
        buf_add(&in, buf_text(&file), file.len);
        err = helper_run(HELPER_SHEET_UNLOCK, in.data, in.len, &plain);
        if (err == ERR_REJECTED)
            buf_add(rows, buf_text(&plain), plain.len);
    } else if (!err) {
        buf_add(&plain, buf_text(&file), file.len);
    }
    if (!err)
        err = helper_run(HELPER_SHEET_READ, buf_text(&plain), plain.len, rows);
    finish_wiped(&file);
    finish_wiped(&in);
    finish_wiped(&plain);
    return err;
}

static void say_plan(const struct people_plan *plan, bool applied, struct buf *out)
{
    const struct people_problem *problems;
    struct people_counts n;
    size_t n_problems;

    people_plan_counts(plan, &n);
    problems = people_plan_problems(plan, &n_problems);
    json_open(out, NULL, '{');
    json_put_bool(out, "applied", applied);
    json_put_int(out, "new", (int64_t)n.n_new);
    json_put_int(out, "changed", (int64_t)n.n_changed);
    json_put_int(out, "same", (int64_t)n.n_same);
    json_put_int(out, "refused", (int64_t)n.n_refused);
    json_open(out, "problems", '[');
    for (size_t i = 0; i < n_problems; i++) {
        json_open(out, NULL, '{');
        json_put_int(out, "row", problems[i].row);
        json_put_text(out, "why", text_of(problems[i].why));
        json_close(out, '}');
    }
    json_close(out, ']');
    json_close(out, '}');
    buf_char(out, '\n');
}

static int import_rows(struct control *c, struct vault *vault, const struct buf *rows,
                       bool apply, struct buf *out)
{
    struct people_plan *plan;
    int year, month, day;
    enum text_id why;
    size_t left = 1;
    enum err err;

    clock_day_civil(clock_day(clock_wall_ms(&clock_real)), &year, &month, &day);
    err = people_file_plan(c->db, vault, rows, year, &plan, &why);
    if (err)
        return control_fail(out, "import", err, text_of(why));
    while (!err && apply && left)
        err = people_plan_apply(plan, CONTROL_ACTOR, APPLY_ROWS, &left);
    if (!err)
        say_plan(plan, apply, out);
    people_plan_free(plan);
    return err ? control_fail(out, "import", err,
                              "stopped; what was taken stays: run it again")
               : 0;
}

int control_import(struct control *c, int argc, const char *const *argv,
                   struct buf *out)
{
    const char *passphrase = control_value(argc, argv, "--secrets");
    bool apply = control_has(argc, argv, "--apply");
    struct vault *vault = NULL;
    struct buf rows;
    enum err err;
    long row;
    int code;

    if (argc < 2 || argv[1][0] == '-' ||
        (apply && control_has(argc, argv, "--dry-run")))
        return control_usage(out, "import FILE [--dry-run | --apply]");
    buf_init(&rows, FILE_BYTES_MAX);
    err = read_people_file(argv[1], passphrase ? argv[argc - 1] : NULL, &rows);
    if (err && rows.len)
        code =
            control_fail(out, "import", err, text_of(people_file_refusal(&rows, &row)));
    else if (err)
        code = control_fail(out, "import", err, "the file cannot be read");
    else
        code = unlock(c, passphrase, &vault, out);
    if (!code)
        code = import_rows(c, vault, &rows, apply, out);
    vault_close(vault);
    finish_wiped(&rows);
    return code;
}
