/* The export of people: a sheet's table and CSV. */
#include <string.h>

#include "app/people_columns.h"
#include "app/people_file.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "store/people_index.h"

#define PAGE 64 /* entries at once */

struct writer {
    struct buf *out;
    void (*row)(struct buf *out, const char *const cells[COL_COUNT]);
};

/* Everybody, one row after the other. */
static enum err each_person(struct db *db, struct vault *vault, const struct writer *w)
{
    const struct people_entry *page[PAGE];
    struct people_index *index;
    struct people_lists lists;
    struct arena arena = { 0 };
    struct person_record who;
    enum err err = people_index_open(db, vault, &index);
    size_t n = 0;

    if (err)
        return err;
    err = people_lists_read(db, &lists);
    for (size_t at = 0; !err && (n = people_all(index, at, page, PAGE)) > 0; at += n) {
        for (size_t i = 0; !err && i < n; i++) {
            const char *cells[COL_COUNT];

            err = people_read(db, vault, page[i]->token, &who);
            if (err)
                break;
            people_cells(&lists, &who, &arena, cells);
            w->row(w->out, cells);
            arena_reset(&arena);
        }
    }
    if (!err && people_index_unreadable(index))
        err = ERR_CORRUPT; /* an export that leaves people out says so */
    hash_wipe(&who, sizeof(who));
    arena_finish(&arena);
    people_lists_finish(&lists);
    people_index_close(index);
    return !err && w->out->overflow ? ERR_FULL : err;
}

/* --- the sheet -------------------------------------------------------------------------- */

static void table_row(struct buf *out, const char *const cells[COL_COUNT])
{
    json_open(out, NULL, '[');
    for (int c = 0; c < COL_COUNT; c++)
        json_put_text(out, NULL, cells[c]);
    json_close(out, ']');
}

enum err people_file_tables(struct db *db, struct vault *vault, struct buf *out)
{
    const struct writer w = { out, table_row };
    enum err err;

    json_open(out, NULL, '{');
    json_open(out, "sheets", '[');
    json_open(out, NULL, '{');
    json_put_text(out, "name", text_of(T_pf_sheet));
    json_open(out, "columns", '[');
    for (int c = 0; c < COL_COUNT; c++) {
        json_open(out, NULL, '{');
        json_put_text(out, "name", text_of(people_columns[c].head));
        json_put_int(out, "width", people_columns[c].width);
        json_close(out, '}');
    }
    json_close(out, ']');
    json_open(out, "rows", '[');
    err = each_person(db, vault, &w);
    json_close(out, ']');
    json_close(out, '}');
    json_close(out, ']');
    json_close(out, '}');
    return err;
}

/* --- CSV --------------------------------------------------------------------------------- */

/* RFC 4180; what a spreadsheet would take for a formula gets an apostrophe. */
static void csv_cell(struct buf *out, const char *text)
{
    buf_char(out, '"');
    if (*text && strchr("=+-@\t\r", *text))
        buf_char(out, '\'');
    for (; *text; text++) {
        if (*text == '"')
            buf_char(out, '"');
        buf_char(out, *text);
    }
    buf_char(out, '"');
}

static void csv_row(struct buf *out, const char *const cells[COL_COUNT])
{
    for (int c = 0; c < COL_COUNT; c++) {
        if (c)
            buf_char(out, ',');
        csv_cell(out, cells[c]);
    }
    buf_str(out, "\r\n");
}

enum err people_file_csv(struct db *db, struct vault *vault, struct buf *out)
{
    const struct writer w = { out, csv_row };
    const char *heads[COL_COUNT];

    for (int c = 0; c < COL_COUNT; c++)
        heads[c] = text_of(people_columns[c].head);
    buf_str(out, "\xEF\xBB\xBF");
    csv_row(out, heads);
    return each_person(db, vault, &w);
}
