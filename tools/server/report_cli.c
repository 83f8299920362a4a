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
#include "report_file.h"
#include "report_helper.h"

#define FILE_MAX (64u << 20)
#define MAP_MAX (1u << 20)
#define PATH_BYTES 4096
#define HELPER_SECONDS 120
#define FILE_MODE 0640 /* cells of few people may be in it */

static int complain(struct buf *complaint, int code, const char *what, const char *why,
                    const char *fix)
{
    if (complaint->len) /* news before it: each on its line */
        buf_str(complaint, "\nbdhvs-server: ");
    buf_printf(complaint, "%s: %s: %s", what, why, fix);
    return code;
}

/* As --format says, else as the file's name ends. */
static const struct report_format *format_of(const struct report_wish *w)
{
    const char *dot = w->out_path ? strrchr(w->out_path, '.') : NULL;

    return report_format_of(w->format ? w->format : dot ? dot + 1 : "");
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
static int dossier_fault(const struct report_wish *w, const struct report_format *f,
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
    const struct report_format *f = format_of(w);
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
static void warn_of_small(size_t n, struct buf *complaint)
{
    char what[32];

    if (!n)
        return;
    snprintf(what, sizeof(what), "%zu cells", n);
    complain(complaint, 0, what, "of fewer than 5: for use inside the commune",
             "--outside merges them");
}

/* 0, or an exit code. */
static int write_file(const struct report_wish *w, const struct report_file *f,
                      struct buf *complaint)
{
    const char *why = "";
    size_t n_small;
    struct buf out;
    enum err err;
    int code = 0;

    buf_init(&out, FILE_MAX);
    err = report_file_write(f, &out, &n_small, &why);
    if (err)
        code =
            complain(complaint, err == ERR_REJECTED ? EX_DATAERR : 1,
                     w->map_path ? w->map_path : f->format->name, err_name(err), why);
    else if (file_replace(w->out_path, buf_text(&out), out.len, FILE_MODE))
        code = complain(complaint, EX_CANTCREAT, w->out_path, "could not be written",
                        "check the disk and the folder's rights");
    else
        warn_of_small(n_small, complaint);
    buf_finish(&out);
    return code;
}

int report_wish_write(const struct report_wish *w, const struct buf *document,
                      struct buf *complaint)
{
    struct report_file f = { .format = format_of(w),
                             .document = document,
                             .shape = w->dossier   ? REPORT_DOSSIER
                                      : w->section ? REPORT_SECTION
                                                   : REPORT_WHOLE,
                             .outside = w->outside,
                             .seconds = HELPER_SECONDS };
    struct buf map;
    int code;

    ASSERT(f.format); /* report_wish_words looked */
    buf_init(&map, MAP_MAX);
    if (w->map_path && file_read(w->map_path, &map)) {
        code = complain(complaint, EX_DATAERR, w->map_path, "cannot be read",
                        "see README.md, DHIS2");
    } else {
        f.map = buf_text(&map);
        f.n_map = map.len;
        code = write_file(w, &f, complaint);
    }
    buf_finish(&map);
    return code;
}
