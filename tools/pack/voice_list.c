/* Rows of the manifest. */
#include "voice_list.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/utf8.h"
#include "csv.h"
#include "report.h"
#include "spoken.h"

#define N_FIELDS 8
#define N_OLD 7 /* without the language */
static const char *const head[N_FIELDS] = { "key",     "text",    "speaker", "date",
                                            "dialect", "consent", "state",   "lang" };

const char *voice_list_path(const char *root, struct arena *arena)
{
    return arena_printf(arena, "%s/voice/manifest.csv", root);
}

static bool read_row(char *const fields[], size_t n, struct arena *arena,
                     struct voice_row *out)
{
    const char *copy[N_FIELDS] = { [N_OLD] = "" };

    for (size_t i = 0; i < n; i++)
        copy[i] = arena_strdup(arena, fields[i]);
    *out = (struct voice_row){ copy[0],     copy[1],
                               copy[2],     copy[3],
                               copy[4],     copy[5],
                               copy[N_OLD], strcmp(copy[6], "recorded") == 0,
                               out->line };
    return out->recorded || strcmp(copy[6], "draft") == 0;
}

static void read_rows(struct csv *c, struct arena *arena, struct voice_list *out)
{
    char *fields[CSV_FIELDS_MAX];

    while (*c->at && out->n < VOICE_LIST_MAX) {
        struct voice_row row = { .line = c->line };

        if (!csv_read(c, fields))
            continue;
        if (read_row(fields, c->n_fields, arena, &row))
            out->rows[out->n++] = row;
        else
            report_problem(c->report, c->file, row.line,
                           "state “%.40s”: write draft or recorded", fields[6]);
    }
}

static size_t fields_of(const char *text)
{
    size_t n = strcspn(text, "\r\n");

    return n > 5 && strncmp(text + n - 5, ",lang", 5) == 0 ? N_FIELDS : N_OLD;
}

enum err voice_list_read(const char *root, struct arena *arena, struct report *report,
                         struct voice_list *out)
{
    const char *path = voice_list_path(root, arena);
    struct buf text;
    enum err err;

    *out = (struct voice_list){ .rows = arena_alloc(arena, VOICE_LIST_MAX *
                                                               sizeof(*out->rows)) };
    buf_init(&text, VOICE_LIST_BYTES_MAX);
    err = file_read(path, &text);
    if (!err && text.len && utf8_valid(text.data, text.len)) {
        struct csv c = { text.data, 1, path, head, fields_of(text.data), report };

        if (csv_read_head(&c))
            read_rows(&c, arena, out);
        else
            err = ERR_REJECTED;
    } else if (err != ERR_OFFLINE) {
        report_problem(report, path, 0, "not valid UTF-8, or too large: save it anew");
        err = ERR_REJECTED;
    }
    buf_finish(&text);
    return err == ERR_OFFLINE ? ERR_OK : err;
}

static void put_row(struct buf *b, const struct voice_row *r, size_t n_fields)
{
    const char *const fields[N_FIELDS] = { r->key,
                                           r->text,
                                           r->speaker,
                                           r->date,
                                           r->dialect,
                                           r->consent,
                                           r->recorded ? "recorded" : "draft",
                                           r->lang };

    csv_write(b, fields, n_fields);
}

/* The recordings of a text, one a language; without any, its draft. */
static void put_text(struct buf *b, const struct voice_list *l,
                     const struct spoken_text *t, size_t n_fields)
{
    const struct voice_row draft = { t->key, t->text, "", "", "", "", "", false, 0 };
    size_t n = 0;

    for (size_t i = 0; i < l->n; i++) {
        if (!l->rows[i].recorded || strcmp(l->rows[i].key, t->key) != 0)
            continue;
        put_row(b, &l->rows[i], n_fields);
        n++;
    }
    if (!n)
        put_row(b, &draft, n_fields);
}

/* The column of languages is there once a row has one. */
static size_t fields_needed(const struct voice_list *l)
{
    for (size_t i = 0; i < l->n; i++) {
        if (l->rows[i].recorded && *l->rows[i].lang)
            return N_FIELDS;
    }
    return N_OLD;
}

enum err voice_list_write(const char *root, const struct voice_list *l,
                          const struct spoken *spoken)
{
    struct arena arena = { 0 };
    const char *path = voice_list_path(root, &arena);
    size_t n_fields = fields_needed(l);
    struct buf csv;
    enum err err;

    buf_init(&csv, VOICE_LIST_BYTES_MAX);
    csv_write(&csv, head, n_fields);
    for (size_t i = 0; i < spoken->n; i++)
        put_text(&csv, l, &spoken->list[i], n_fields);
    for (size_t i = 0; i < l->n; i++) {
        if (l->rows[i].recorded && !spoken_find(spoken, l->rows[i].key))
            put_row(&csv, &l->rows[i], n_fields);
    }
    err = file_make_folder(arena_printf(&arena, "%s/voice", root));
    if (!err)
        err = csv.overflow ? ERR_FULL : file_replace(path, csv.data, csv.len, 0644);
    buf_finish(&csv);
    arena_finish(&arena);
    return err;
}
