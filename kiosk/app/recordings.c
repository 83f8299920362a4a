/* A list in memory; the folder is written with every change. */
#include "app/recordings.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/utf8.h"
#include "lesson/opus_file.h"

#define LOG_MODULE "recordings"
#include "base/log.h"

#define N_FIELDS 8
#define PATH_BYTES 4096

enum { KEY, TEXT, SPEAKER, DATE, DIALECT, CONSENT, STATE, LANG };

static const char *const head[N_FIELDS] = { "key",     "text",    "speaker", "date",
                                            "dialect", "consent", "state",   "lang" };

/* --- the manifest --------------------------------------------------------------------- */

static bool read_record(char **at, char *fields[N_FIELDS])
{
    bool last = false;
    size_t n = 0;
    int line = 0;

    while (!last) {
        char *field = csv_field(at, &last, &line);

        if (!field || n == N_FIELDS)
            return false;
        fields[n++] = field;
    }
    return n == N_FIELDS;
}

static bool is_head(char *const fields[N_FIELDS])
{
    for (size_t i = 0; i < N_FIELDS; i++)
        if (strcmp(fields[i], head[i]) != 0)
            return false;
    return true;
}

/* A row says of what text it is; the key must agree. */
static bool read_row(char *const f[N_FIELDS], struct arena *arena,
                     struct recording *out)
{
    char key[VOICE_KEY_CHARS];

    voice_key(f[TEXT], key);
    if (strcmp(key, f[KEY]) != 0 || strcmp(f[STATE], "recorded") != 0 ||
        !voice_lang_valid(f[LANG]))
        return false;
    *out = (struct recording){ .text = arena_strdup(arena, f[TEXT]),
                               .speaker = arena_strdup(arena, f[SPEAKER]),
                               .date = arena_strdup(arena, f[DATE]),
                               .dialect = arena_strdup(arena, f[DIALECT]),
                               .consent = arena_strdup(arena, f[CONSENT]) };
    (void)snprintf(out->lang, sizeof(out->lang), "%s", f[LANG]);
    memcpy(out->key, key, sizeof(key));
    return true;
}

bool recordings_read(char *text, struct arena *arena, struct recording *rows,
                     size_t *n_inout)
{
    char *fields[N_FIELDS];
    size_t n = *n_inout;

    if (!utf8_valid(text, strlen(text)) || !read_record(&text, fields) ||
        !is_head(fields))
        return false;
    while (*text) {
        if (n == RECORDINGS_MAX || !read_record(&text, fields) ||
            !read_row(fields, arena, &rows[n]))
            return false;
        n++;
    }
    *n_inout = n;
    return true;
}

void recordings_write(const struct recording *rows, size_t n, struct buf *out)
{
    csv_write(out, head, N_FIELDS);
    for (size_t i = 0; i < n; i++) {
        const struct recording *r = &rows[i];
        const char *const fields[N_FIELDS] = { r->key,     r->text,    r->speaker,
                                               r->date,    r->dialect, r->consent,
                                               "recorded", r->lang };

        csv_write(out, fields, N_FIELDS);
    }
}

void recording_name(const struct recording *row, char out[32])
{
    (void)snprintf(out, 32, "%s/%s.opus", row->lang, row->key);
}

static const char *path_of(const struct recordings *r, const char *name,
                           struct arena *arena)
{
    return arena_printf(arena, "%s/%s", r->dir, name);
}

static enum err write_list(struct recordings *r)
{
    struct arena arena = { 0 };
    struct buf csv;
    enum err err;

    buf_init(&csv, RECORDINGS_LIST_BYTES);
    recordings_write(r->rows, r->n, &csv);
    err = csv.overflow ? ERR_FULL
                       : file_replace(path_of(r, "manifest.csv", &arena), csv.data,
                                      csv.len, 0600);
    buf_finish(&csv);
    arena_finish(&arena);
    return err;
}

/* --- opening -------------------------------------------------------------------------- */

static void read_list(struct recordings *r)
{
    struct arena arena = { 0 };
    const char *path = path_of(r, "manifest.csv", &arena);
    struct buf text;
    enum err err;

    buf_init(&text, RECORDINGS_LIST_BYTES);
    err = file_read_nofollow(path, &text);
    if (!err && !text.len)
        err = ERR_CORRUPT;
    if (!err && !recordings_read(text.data, &r->arena, r->rows, &r->n))
        err = ERR_CORRUPT;
    if (err && err != ERR_OFFLINE) {
        LOG_ERR("the list of recordings cannot be read: it is set aside");
        r->set_aside = rename(path, path_of(r, "manifest.csv.bad", &arena)) == 0;
    }
    buf_finish(&text);
    arena_finish(&arena);
}

static void add_lang(struct recordings *r, const char *lang)
{
    for (size_t i = 0; i < r->n_langs; i++)
        if (!strcmp(r->langs[i], lang))
            return;
    if (r->n_langs < VOICE_LANGS_MAX)
        (void)snprintf(r->langs[r->n_langs++], VOICE_LANG_CHARS, "%s", lang);
}

/* A folder is enough to be able to record in a further language. */
static void read_folders(struct recordings *r)
{
    DIR *dir = opendir(r->dir);
    struct dirent *entry;

    while (dir && (entry = readdir(dir)))
        if (voice_lang_valid(entry->d_name))
            add_lang(r, entry->d_name);
    if (dir)
        closedir(dir);
}

void recordings_open(const char *dir, struct recordings **out)
{
    struct recordings *r = check_alloc(sizeof(*r));

    *r = (struct recordings){ 0 };
    r->dir = arena_printf(&r->arena, "%s/voice", dir);
    r->rows = check_alloc(RECORDINGS_MAX * sizeof(*r->rows));
    read_list(r);
    read_folders(r);
    *out = r;
}

void recordings_close(struct recordings *r)
{
    if (!r)
        return;
    arena_finish(&r->arena);
    free(r->rows);
    free(r);
}

/* --- finding -------------------------------------------------------------------------- */

static struct recording *row_of(const struct recordings *r, const char *lang,
                                const char *key)
{
    for (size_t i = 0; i < r->n; i++)
        if (!strcmp(r->rows[i].key, key) && !strcmp(r->rows[i].lang, lang))
            return &r->rows[i];
    return NULL;
}

static struct recording *row_of_text(const struct recordings *r, const char *lang,
                                     const char *text)
{
    char key[VOICE_KEY_CHARS];

    if (!r || !r->n)
        return NULL;
    voice_key(text, key);
    return row_of(r, lang, key);
}

const struct recording *recordings_find(const struct recordings *r, const char *lang,
                                        const char *text)
{
    const struct recording *row = row_of_text(r, lang, text);

    return row && !row->spoilt ? row : NULL;
}

const struct recording *recordings_first(const struct recordings *r, const char *lang)
{
    for (size_t i = 0; r && i < r->n; i++)
        if (!r->rows[i].spoilt && !strcmp(r->rows[i].lang, lang))
            return &r->rows[i];
    return NULL;
}

const struct recording *recordings_row(const struct recordings *r, const char *lang,
                                       const char *text)
{
    return row_of_text(r, lang, text);
}

/* Reads and looks through the clip of `row`, and remembers when it is spoilt. */
static enum err read_clip(struct recordings *r, struct recording *row, struct buf *out,
                          int *ms_out)
{
    struct arena arena = { 0 };
    size_t before = out->len;
    char name[32];
    enum err err;

    recording_name(row, name);
    err = file_read_nofollow(path_of(r, name, &arena), out);
    if (!err)
        err = opus_file_check(out->data + before, out->len - before, ms_out);
    if (err && !row->spoilt)
        LOG_WARN("the recording %s is missing or spoilt: %s", name, err_name(err));
    row->spoilt = err != ERR_OK;
    arena_finish(&arena);
    return err ? ERR_CORRUPT : ERR_OK;
}

enum err recordings_clip(struct recordings *r, const char *lang, const char *text,
                         struct buf *out, int *ms_out)
{
    struct recording *row = row_of_text(r, lang, text);

    return row ? read_clip(r, row, out, ms_out) : ERR_OFFLINE;
}

size_t recordings_count(const struct recordings *r, const char *lang)
{
    size_t n = 0;

    for (size_t i = 0; r && i < r->n; i++)
        n += !lang || !strcmp(r->rows[i].lang, lang);
    return n;
}

size_t recordings_check(struct recordings *r)
{
    size_t n_spoilt = 0;

    for (size_t i = 0; r && i < r->n; i++) {
        struct buf clip;
        int ms;

        buf_init(&clip, RECORDING_BYTES);
        n_spoilt += read_clip(r, &r->rows[i], &clip, &ms) != ERR_OK;
        buf_finish(&clip);
    }
    return n_spoilt;
}

/* --- changing ------------------------------------------------------------------------- */

static enum err write_clip(const struct recordings *r, const struct recording *row,
                           const void *clip, size_t n)
{
    struct arena arena = { 0 };
    char name[32];
    enum err err = file_make_folder(path_of(r, row->lang, &arena));

    recording_name(row, name);
    if (!err)
        err = file_replace(path_of(r, name, &arena), clip, n, 0600);
    if (!err)
        err = file_sync_folder(r->dir); /* the folder of a new language */
    arena_finish(&arena);
    return err;
}

enum err recordings_keep(struct recordings *r, const struct recording *row,
                         const void *clip, size_t n)
{
    struct recording *old = row_of(r, row->lang, row->key), before;
    bool is_new = !old;
    enum err err;

    if (is_new && r->n == RECORDINGS_MAX)
        return ERR_FULL;
    err = write_clip(r, row, clip, n);
    if (err)
        return err;
    if (is_new)
        old = &r->rows[r->n++];
    before = *old;
    *old = *row;
    old->spoilt = false;
    old->text = arena_strdup(&r->arena, row->text);
    old->speaker = arena_strdup(&r->arena, row->speaker);
    old->date = arena_strdup(&r->arena, row->date);
    old->dialect = arena_strdup(&r->arena, row->dialect);
    old->consent = arena_strdup(&r->arena, row->consent);
    err = write_list(r);
    if (err && is_new)
        r->n--;
    else if (err)
        *old = before;
    else
        add_lang(r, row->lang);
    return err;
}

enum err recordings_drop(struct recordings *r, const char *lang, const char *text)
{
    struct recording *row = row_of_text(r, lang, text), gone;
    struct arena arena = { 0 };
    char name[32];
    enum err err;

    if (!row)
        return ERR_OK;
    gone = *row;
    *row = r->rows[--r->n];
    err = write_list(r);
    if (err) {
        r->n++;
        *row = gone;
        return err;
    }
    recording_name(&gone, name);
    if (unlink(path_of(r, name, &arena)))
        LOG_WARN("the recording %s could not be removed", name);
    arena_finish(&arena);
    return ERR_OK;
}
