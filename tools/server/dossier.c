/* See dossier.h: the document, made by the serving process. */
#include "dossier.h"

#include <string.h>
#include <sysexits.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "nominations.h"
#include "report_make.h"

#define WORDS_MAX 256

static struct report_column text_column(const char *code, const char *name, int width,
                                        const char *meaning)
{
    return (struct report_column){ .code = code,
                                   .name = name,
                                   .kind = COLUMN_TEXT,
                                   .width = width,
                                   .meaning = meaning };
}

static struct report_row *add_row(struct report_table *t, struct arena *arena,
                                  const char *code, const char *name)
{
    struct report_row *row = &t->rows[t->n_rows++];

    *row = (struct report_row){ .code = code, .name = name };
    row->cells = arena_alloc(arena, (t->n_columns + 1) * sizeof(*row->cells));
    return row;
}

/* A figure in words, so that người, lượt and shares stand in one column; what is not known
 * or merged stays that. */
static struct value in_words(const struct report_column *c, const struct value *cell,
                             struct arena *arena)
{
    struct value v = *cell;
    struct buf words;

    if (cell->kind != VALUE_NUMBER && cell->kind != VALUE_RANGE)
        return v;
    buf_init(&words, WORDS_MAX);
    nomination_words(c, cell, &words);
    v = VALUE_WORDS(arena_strdup(arena, buf_text(&words)));
    buf_finish(&words);
    return v;
}

/* d0: who it is. */
static void subject(struct report_table *t, const struct nomination *n,
                    struct arena *arena)
{
    struct report_row *row;

    *t = (struct report_table){ .id = "d0",
                                .title = "Tập thể được đề nghị",
                                .sheet = "Tập thể",
                                .row_head = "Tập thể",
                                .n_columns = 2,
                                .rows = arena_alloc(arena, sizeof(*t->rows)) };
    t->columns[0] = text_column("kind", "Loại", 24, "Thôn, hoặc đơn vị, tổ chức");
    t->columns[1] = text_column("code", "Mã", 12, "Mã dùng trong số liệu của xã");
    row = add_row(t, arena, n->row->code, n->row->name);
    row->cells[0] = VALUE_WORDS(n->kind);
    row->cells[1] = VALUE_WORDS(n->row->code);
}

/* d1: in what Biểu 7 names it. */
static void reasons(struct report_table *t, const struct report *r,
                    const struct nomination *n, struct arena *arena)
{
    const struct report_table *praise = report_table_of(r, "b7");
    size_t reason = report_column_of(praise, "reason");
    size_t figure = report_column_of(praise, REPORT_QUOTE);

    *t = (struct report_table){
        .id = "d1",
        .title = "Chỉ số mà tập thể ở trong nhóm cao nhất xã (Biểu 7)",
        .sheet = "Căn cứ",
        .row_head = "Căn cứ",
        .n_columns = 1,
        .rows = arena_alloc(arena, (praise->n_rows + 1) * sizeof(*t->rows))
    };
    t->columns[0] = text_column("figure", "Số liệu", 18, "Giá trị của chỉ số trong kỳ");
    for (size_t i = 0; i < praise->n_rows; i++)
        if (nomination_is_in(n, &praise->rows[i]))
            add_row(t, arena, praise->rows[i].code, praise->rows[i].cells[reason].text)
                ->cells[0] = praise->rows[i].cells[figure];
    t->notes[t->n_notes++] =
        "Xếp theo số liệu để tham khảo; không phải kết quả xét. Không nêu tập thể có "
        "dưới 5 người hoặc 5 lượt ở chỉ số ấy.";
}

/* d2: all its figures, those of the period before beside. */
static void figures(struct report_table *t, const struct nomination *n,
                    struct arena *arena)
{
    const struct report_table *from = n->from;
    struct report_row *row;

    *t = (struct report_table){ .id = "d2",
                                .title = "Số liệu thành tích",
                                .sheet = "Số liệu",
                                .row_head = "Chỉ số",
                                .n_columns = 3,
                                .rows = arena_alloc(arena, (from->n_columns + 1) *
                                                               sizeof(*t->rows)) };
    t->columns[0] = text_column("now", "Kỳ này", 18, "Giá trị trong kỳ");
    t->columns[1] = text_column("past", "Kỳ trước", 18, "Cùng chỉ số của kỳ trước");
    t->columns[2] = text_column("means", "Cách tính", 48, "Chỉ số nói gì");
    for (size_t c = 0; c < from->n_columns; c++) {
        size_t before = nomination_before(from, c);

        if (!nomination_is_figure(&from->columns[c]))
            continue;
        row = add_row(t, arena, from->columns[c].code, from->columns[c].name);
        row->cells[0] = in_words(&from->columns[c], &n->row->cells[c], arena);
        row->cells[1] =
            before < from->n_columns
                ? in_words(&from->columns[before], &n->row->cells[before], arena)
                : (struct value){ .kind = VALUE_BLANK };
        row->cells[2] = VALUE_WORDS(from->columns[c].meaning);
    }
}

/* Figures of few people in its own row. */
static size_t small_cells(const struct report *all, const struct nomination *n)
{
    struct report only = *all;
    struct report_row row = *n->row;

    only.n_tables = 1;
    only.tables[0] = *n->from;
    only.tables[0].rows = &row;
    only.tables[0].n_rows = 1;
    return report_small_cells(&only);
}

enum err dossier_make(struct server *s, const struct dossier_wish *wish,
                      struct arena *arena, struct report *out, bool *known,
                      size_t *n_small)
{
    struct report *all = arena_alloc(arena, sizeof(*all));
    struct nomination n = { .kind = NULL };
    enum err err = report_make(s, wish->period, 0, arena, all);

    *n_small = 0;
    *known = !err && nomination_of(all, wish->kind_code, wish->code, &n);
    if (!*known)
        return err;
    if (wish->outside)
        report_outside(all);
    else
        *n_small = small_cells(all, &n);
    *out = *all;
    if (*n_small && out->n_lines < REPORT_LINES_MAX)
        out->lines[out->n_lines++] = "Bản dùng trong xã: có số dưới 5 người hoặc lượt. "
                                     "Trước khi gửi ra ngoài xã "
                                     "phải lập bản gộp số nhỏ.";
    out->n_tables = 3;
    subject(&out->tables[0], &n, arena);
    reasons(&out->tables[1], all, &n, arena);
    figures(&out->tables[2], &n, arena);
    return ERR_OK;
}

static int say(struct buf *complaint, int code, const char *what, const char *why)
{
    buf_printf(complaint, "%s: %s", what, why);
    return code;
}

int dossier_command(struct server *s, const struct control_question *q, struct buf *out,
                    struct buf *complaint)
{
    const struct dossier_wish wish = { q->words[1], q->words[2], q->words[3],
                                       q->n_words > 4 };
    struct arena arena = { 0 };
    struct report *r = arena_alloc(&arena, sizeof(*r));
    size_t n_small;
    bool known;
    enum err err = dossier_make(s, &wish, &arena, r, &known, &n_small);
    int code = 0;

    if (err == ERR_REJECTED)
        code = say(complaint, EX_USAGE, wish.period,
                   "no such period: use 2026, P1, P2, 2026-H2 or "
                   "2026-07-01..2026-11-15");
    else if (!err && !known)
        code = say(complaint, EX_DATAERR, wish.code,
                   "no such thôn or unit: bdhvs-server settings lists them");
    else if (err || (err = report_write(r, out)))
        code = say(complaint, err == ERR_RETRY ? EX_TEMPFAIL : 1, err_name(err),
                   "no dossier: try again, or look at the log");
    else if (n_small)
        (void)say(complaint, 0, wish.code,
                  "figures of fewer than 5: for use inside the commune: --outside "
                  "merges them");
    arena_finish(&arena);
    return code;
}
