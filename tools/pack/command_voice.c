/* voice: which texts are spoken, and by whom. Also where build finds its clips. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/options.h"
#include "clip.h"
#include "commands.h"
#include "report.h"
#include "source.h"
#include "spoken.h"
#include "voice.h"
#include "voice_list.h"

struct coverage {
    size_t n_recorded, n_draft, n_missing;
};

const char *command_beside(const char *name, struct arena *arena)
{
    char own[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", own, sizeof(own) - 1);
    const char *path;

    while (n > 0 && own[n - 1] != '/')
        n--;
    path = arena_printf(arena, "%.*s%s", (int)(n > 0 ? n : 0), own, name);
    return n > 0 && access(path, X_OK) == 0 ? path : NULL;
}

struct voice command_voice_source(const struct options *o, const char *root, bool makes,
                                  struct arena *arena)
{
    const char *named = options_get(o, "drafts");
    struct voice v = { .root = root, .drafts = named };

    if (!named)
        v.drafts = arena_printf(arena, "%s/voice/.drafts", root);
    if (makes || named)
        v.program = command_beside("bdhvs-voice", arena);
    return v;
}

static enum err cover(struct voice *v, const char *lang, const struct spoken_text *t,
                      struct coverage *c)
{
    struct buf clip;
    bool draft;
    enum err err;

    buf_init(&clip, CLIP_BYTES_MAX);
    err = voice_clip(v, lang, t, &clip, &draft);
    buf_finish(&clip);
    if (err == ERR_OFFLINE) {
        printf("missing\t%s\t%s\t%s\n", lang, t->key, t->where);
        c->n_missing++;
        return ERR_OK;
    }
    if (draft)
        c->n_draft++;
    else
        c->n_recorded++;
    return err;
}

/* One line a language; missing texts stand before it. */
static enum err cover_languages(const struct source *s, const struct spoken *spoken,
                                struct voice *v)
{
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < s->front.languages.n; i++) {
        const char *lang = s->front.languages.item[i];
        struct coverage c = { 0 };

        for (size_t k = 0; !err && k < spoken->n; k++)
            err = cover(v, lang, &spoken->list[k], &c);
        printf("%s\ttotal %zu\trecorded %zu\tdraft %zu\tmissing %zu\n", lang, spoken->n,
               c.n_recorded, c.n_draft, c.n_missing);
    }
    return err;
}

static enum err keep_list(const struct source *s, const struct spoken *spoken,
                          struct report *report)
{
    struct arena arena = { 0 };
    struct voice_list list;
    enum err err = voice_list_read(s->root, &arena, report, &list);

    if (!err)
        err = voice_list_write(s->root, &list, spoken);
    arena_finish(&arena);
    return err;
}

int command_voice(const struct options *o, char **words)
{
    struct spoken spoken = { 0 };
    struct arena arena = { 0 };
    struct report report;
    struct source s;
    struct voice v = command_voice_source(o, words[0], true, &arena);
    enum err err;

    report_init(&report);
    err =
        command_source(o, words[0], clock_day(clock_wall_ms(&clock_real)), &report, &s);
    if (!err) {
        spoken_collect(&s, &spoken);
        err = cover_languages(&s, &spoken, &v);
        for (size_t i = 0; i < spoken.n_dynamic; i++)
            printf("dynamic\t%s\t%s\n", spoken.dynamic[i].where,
                   spoken.dynamic[i].text);
    }
    if (!err)
        err = keep_list(&s, &spoken, &report);
    voice_close(&v);
    fputs(buf_text(&report.lines), stderr);
    if (err == ERR_REJECTED)
        options_complain(o, words[0], "not listed", "mend the lines above");
    else if (err)
        options_complain(o, words[0], "clips cannot be made or written",
                         "check the disk, and bdhvs-voice beside bdhvs-pack");
    spoken_finish(&spoken);
    report_finish(&report);
    source_finish(&s);
    arena_finish(&arena);
    return err ? EXIT_FAILURE : EXIT_SUCCESS;
}
