/* See report_cli.h. */
#include "report_cli.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "report.h"
#include "report_helper.h"

#define FILE_MAX (64u << 20)
#define MAP_MAX (1u << 20)
#define PATH_BYTES 4096
#define FILE_MODE 0640 /* cells of few people may be in it */

static int complain(struct buf *complaint, int code, const char *what, const char *why,
                    const char *fix)
{
    if (complaint->len) /* news before it: each on its line */
        buf_str(complaint, "\nbdhvs-server: ");
    buf_printf(complaint, "%s: %s: %s", what, why, fix);
    return code;
}

/* --- formats ------------------------------------------------------------------------------ */

struct job {
    const struct report_wish *wish;
    const struct buf *document;
    struct report *report;
    char sha256[HASH_SHA256_HEX]; /* of the frozen document, or "" */
    struct buf *out, *complaint;
};

static enum err write_csv(struct job *j)
{
    return report_csv(j->report, j->out);
}

/* The very bytes that were frozen, so that sha256sum tells what the paper bears. */
static enum err write_json(struct job *j)
{
    if (j->report->outside)
        return report_write(j->report, j->out);
    buf_add(j->out, buf_text(j->document), j->document->len);
    return j->out->overflow ? ERR_FULL : ERR_OK;
}

static enum err by_helper(struct job *j, const char *job, const struct buf *tables)
{
    enum err err = report_helper_run(job, tables, j->out);

    if (err)
        complain(j->complaint, 1, "bdhvs-report", err_name(err),
                 "see that it is installed beside this program");
    return err;
}

static enum err write_xlsx(struct job *j)
{
    struct buf tables;
    enum err err;

    buf_init(&tables, FILE_MAX);
    err = report_sheets(j->report, j->sha256, &tables);
    if (!err)
        err = by_helper(j, "xlsx", &tables);
    buf_finish(&tables);
    return err;
}

static enum err write_docx(struct job *j)
{
    struct buf tables;
    enum err err;

    buf_init(&tables, FILE_MAX);
    err = report_document(j->report, j->sha256,
                          j->wish->dossier   ? REPORT_DOSSIER
                          : j->wish->section ? REPORT_SECTION
                                             : REPORT_WHOLE,
                          &tables);
    if (!err)
        err = by_helper(j, "docx", &tables);
    buf_finish(&tables);
    return err;
}

static enum err write_dhis2(struct job *j)
{
    const char *why = "cannot be read";
    struct buf map;
    enum err err = ERR_OK;

    buf_init(&map, MAP_MAX);
    if (j->wish->map_path)
        err = file_read(j->wish->map_path, &map) ? ERR_REJECTED : ERR_OK;
    if (!err)
        err = report_dhis2(j->report, buf_text(&map), map.len, j->out, &why);
    if (err == ERR_REJECTED)
        complain(j->complaint, EX_DATAERR,
                 j->wish->map_path ? j->wish->map_path : "dhis2", why,
                 "see README.md, DHIS2");
    buf_finish(&map);
    return err;
}

static const struct format {
    const char *name;
    enum err (*write)(struct job *);
    bool helped;  /* by bdhvs-report */
    bool outside; /* goes beyond the commune by its nature */
} formats[] = {
    { "csv", write_csv, false, false },  { "dhis2", write_dhis2, false, true },
    { "docx", write_docx, true, false }, { "json", write_json, false, false },
    { "xlsx", write_xlsx, true, false },
};

/* As --format says, else as the file's name ends. */
static const struct format *format_of(const struct report_wish *w)
{
    const char *dot = w->out_path ? strrchr(w->out_path, '.') : NULL;
    const char *name = w->format ? w->format : dot ? dot + 1 : "";

    for (size_t i = 0; i < COUNT(formats); i++)
        if (!strcmp(formats[i].name, name))
            return &formats[i];
    return NULL;
}

/* --- before anything is asked --------------------------------------------------------------- */

/* Whether the file can be made there; nothing may be frozen for a paper that cannot. */
static bool can_write(const char *path)
{
    char folder[PATH_BYTES];
    const char *slash = strrchr(path, '/');
    struct stat st;

    if (!*path || (slash && !slash[1]) || strlen(path) >= sizeof(folder))
        return false;
    if (!stat(path, &st) && !S_ISREG(st.st_mode))
        return false;
    snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - path) + 1 : 1,
             slash ? path : ".");
    return !access(folder, W_OK | X_OK);
}

static bool is_version(const char *text)
{
    return *text >= '1' && *text <= '9' && strlen(text) < 10 &&
           strspn(text, "0123456789") == strlen(text);
}

/* A dossier is a paper of the moment, about one thôn or unit. */
static int dossier_fault(const struct report_wish *w, const struct format *f,
                         struct buf *complaint)
{
    if (!w->thon == !w->unit)
        return complain(complaint, EX_USAGE, "dossier", "it is about one of them",
                        "give --thon CODE or --unit CODE");
    if (f && strcmp(f->name, "docx") != 0 && strcmp(f->name, "json") != 0)
        return complain(complaint, EX_USAGE, "dossier", "is a docx, or json",
                        "use --out FILE.docx");
    if (w->freeze || w->correct || w->live || w->frozen || w->section || w->list)
        return complain(complaint, EX_USAGE, "dossier",
                        "--freeze, --section and their like are for reports",
                        "leave them out");
    return 0;
}

static int wish_fault(const struct report_wish *w, struct buf *complaint)
{
    const struct format *f = format_of(w);
    int code = w->dossier ? dossier_fault(w, f, complaint) : 0;

    if (code)
        return code;
    if (!w->dossier && (w->thon || w->unit))
        return complain(complaint, EX_USAGE, "report",
                        "--thon and --unit are for dossier", "leave them out");
    if (!w->period)
        return complain(complaint, EX_USAGE, "--period", "is missing",
                        "use 2026-H2, 2026, 2026-11, P1 or 2026-07-01..2026-11-15");
    if (!f)
        return complain(complaint, EX_USAGE, "--format", "is none of ours",
                        "use csv, dhis2, docx, json or xlsx");
    if (!w->out_path)
        return complain(complaint, EX_USAGE, "--out", "is missing",
                        "say which file to write");
    if (w->freeze + w->correct + w->live + (w->frozen != NULL) > 1)
        return complain(complaint, EX_USAGE, "report",
                        "--freeze, --correct, --frozen and --live exclude each other",
                        "use one");
    if (w->frozen && !is_version(w->frozen))
        return complain(complaint, EX_USAGE, "--frozen", "is no number of a version",
                        "report --list shows them");
    if (w->section && strcmp(f->name, "docx") != 0)
        return complain(complaint, EX_USAGE, "--section", "is for docx alone",
                        "leave it out");
    if (w->map_path && strcmp(f->name, "dhis2") != 0)
        return complain(complaint, EX_USAGE, "--map", "is for dhis2 alone",
                        "leave it out");
    if (f->helped && !report_helper_there())
        return complain(complaint, EX_UNAVAILABLE, "bdhvs-report", "is not installed",
                        "install it, or ask for csv or json");
    if (!can_write(w->out_path))
        return complain(complaint, EX_CANTCREAT, w->out_path, "cannot be written",
                        "check the folder and its rights; nothing was done");
    return 0;
}

int report_wish_words(const struct report_wish *w, const char *words[REPORT_WORDS_MAX],
                      size_t *n_out, struct buf *complaint)
{
    bool list = w->list && !w->dossier;
    int code = list ? 0 : wish_fault(w, complaint);

    *n_out = code ? 0 : list ? 1 : !w->dossier ? 3 : w->outside ? 5 : 4;
    if (code)
        return code;
    words[0] = w->dossier ? "dossier" : "report";
    words[1] = w->period;
    words[3] = w->thon ? w->thon : w->unit;
    words[4] = "outside";
    words[2] = w->dossier   ? (w->thon ? "thon" : "unit")
               : w->freeze  ? "freeze"
               : w->correct ? "correct"
               : w->live    ? "live"
               : w->frozen  ? w->frozen
                            : "given";
    return 0;
}

/* --- afterwards --------------------------------------------------------------------------- */

/* What whoever holds the file must know before it is sent on. */
static void warn_of_small(struct job *j)
{
    size_t n = j->report->outside ? 0 : report_small_cells(j->report);
    char what[32];

    if (!n)
        return;
    snprintf(what, sizeof(what), "%zu cells", n);
    complain(j->complaint, 0, what, "of fewer than 5: for use inside the commune",
             "--outside merges them");
}

static int make_file(struct job *j)
{
    const struct format *f = format_of(j->wish);
    size_t said = j->complaint->len;
    enum err err;

    ASSERT(f); /* report_wish_words looked */
    if (j->wish->outside || f->outside)
        report_outside(j->report);
    err = f->write(j);
    if (err && j->complaint->len == said)
        complain(j->complaint, 1, f->name, err_name(err), "ask for a shorter period");
    if (err)
        return err == ERR_REJECTED ? EX_DATAERR : 1;
    err = file_replace(j->wish->out_path, buf_text(j->out), j->out->len, FILE_MODE);
    if (err)
        return complain(j->complaint, EX_CANTCREAT, j->wish->out_path,
                        "could not be written",
                        "check the disk and the folder's rights");
    warn_of_small(j);
    return 0;
}

int report_wish_write(const struct report_wish *w, const struct buf *document,
                      struct buf *complaint)
{
    struct arena arena = { 0 };
    struct job j = { .wish = w, .document = document, .complaint = complaint };
    struct buf out;
    int code;

    buf_init(&out, FILE_MAX);
    j.out = &out;
    j.report = arena_alloc(&arena, sizeof(*j.report));
    if (report_read(buf_text(document), document->len, &arena, j.report)) {
        code = complain(complaint, 1, "report", "the server's answer is no report",
                        "use the same version of both");
    } else {
        if (j.report->version)
            hash_sha256_hex(buf_text(document), document->len, j.sha256);
        code = make_file(&j);
    }
    buf_finish(&out);
    arena_finish(&arena);
    return code;
}
