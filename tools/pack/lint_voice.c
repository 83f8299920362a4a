/* Every recording speaks a text that is there, and can be heard. */
#include "lint_voice.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/utf8.h"
#include "clip.h"
#include "report.h"
#include "source.h"
#include "spoken.h"
#include "voice.h"
#include "voice_list.h"

struct checking {
    const struct source *source;
    struct report *report;
    const char *file; /* the list */
    struct arena arena;
    struct spoken spoken;
    struct voice_list list;
};

static void check_clip(struct checking *c, const struct voice_row *row,
                       const char *path, const struct buf *bytes)
{
    size_t characters = utf8_length(row->text);
    struct clip clip;
    double dbfs;

    if (clip_read(bytes->data, bytes->len, &c->arena, &clip) ||
        clip_loudness(bytes->data, bytes->len, &dbfs))
        report_problem(c->report, path, 0, "not mono Ogg Opus: save it so");
    else if (dbfs < CLIP_QUIET_DBFS)
        report_problem(c->report, path, 0, "too quiet (%.0f dBFS): record it closer",
                       dbfs);
    else if ((size_t)clip.ms < characters * CLIP_MS_PER_CHARACTER)
        report_problem(c->report, path, 0,
                       "%d ms for %zu characters: something is cut off", clip.ms,
                       characters);
}

/* True when there is a file for it in its language, or in some. */
static bool check_files(struct checking *c, const struct voice_row *row)
{
    const struct yaml_list *languages = &c->source->front.languages;
    bool found = false;

    for (size_t i = 0; i < languages->n; i++) {
        const char *path =
            voice_recording(c->source->root, languages->item[i], row->key, &c->arena);
        struct buf bytes;

        if (*row->lang && strcmp(row->lang, languages->item[i]) != 0)
            continue;
        buf_init(&bytes, CLIP_BYTES_MAX);
        if (!file_read(path, &bytes)) {
            check_clip(c, row, path, &bytes);
            found = true;
        }
        buf_finish(&bytes);
    }
    return found;
}

static void check_row(struct checking *c, const struct voice_row *row)
{
    char key[VOICE_KEY_CHARS];

    voice_key(row->text, key);
    if (strcmp(key, row->key) != 0) {
        report_problem(c->report, c->file, row->line,
                       "clip %.16s is stale: its key is not that of its text (%s): "
                       "record the text anew",
                       row->key, key);
        return;
    }
    if (!spoken_find(&c->spoken, row->key))
        report_warning(c->report, c->file, row->line,
                       "clip %s is stale: “%.200s” is spoken nowhere any more: take "
                       "the line and its clip out",
                       row->key, row->text);
    if (!*row->speaker || !*row->consent || clock_day_parse(row->date) < 0)
        report_problem(c->report, c->file, row->line,
                       "a recording without speaker, date (YYYY-MM-DD) or consent: "
                       "write them");
    if (!check_files(c, row))
        report_problem(c->report, c->file, row->line,
                       "no voice/%s/%s.opus in languages of pack.yaml: put it there, "
                       "or write draft",
                       *row->lang ? row->lang : "LANGUAGE", row->key);
}

void lint_voice(const struct source *s, struct report *report)
{
    struct checking c = { .source = s, .report = report };

    if (s->front.beside && s->overlay.root)
        return; /* an alert: the list is that of the lessons it borrows from */
    c.file = voice_list_path(s->root, &c.arena);
    if (file_exists(c.file) && !voice_list_read(s->root, &c.arena, report, &c.list)) {
        spoken_collect(s, &c.spoken);
        for (size_t i = 0; i < c.list.n; i++) {
            if (c.list.rows[i].recorded)
                check_row(&c, &c.list.rows[i]);
        }
        spoken_finish(&c.spoken);
    }
    arena_finish(&c.arena);
}
