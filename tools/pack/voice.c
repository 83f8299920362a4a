/* Finds a clip, or has it made. */
#include "voice.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "spoken.h"
#include "voice_helper.h"

/* Raise it when bdhvs-voice speaks the same text differently. */
#define DRAFT_VERSION 3

void voice_close(struct voice *v)
{
    voice_helper_close(v->helper);
    v->helper = NULL;
}

const char *voice_recording(const char *root, const char *lang, const char *key,
                            struct arena *arena)
{
    return arena_printf(arena, "%s/voice/%s/%s.opus", root, lang, key);
}

/* Nothing is appended when there is no voice for the language. */
static enum err make_draft(struct voice *v, const char *lang,
                           const struct spoken_text *text, const char *folder,
                           const char *path, struct buf *clip)
{
    enum err err = ERR_OK;

    if (!v->helper)
        err = voice_helper_open(v->program, &v->helper);
    if (!err)
        err = voice_helper_speak(v->helper, lang, text->text, clip);
    if (!err && clip->len)
        err = file_make_folder(folder);
    if (!err && clip->len) {
        v->n_made++;
        err = file_replace(path, clip->data, clip->len, 0644);
    }
    return err;
}

static enum err find_draft(struct voice *v, const char *lang,
                           const struct spoken_text *text, struct arena *arena,
                           struct buf *clip)
{
    const char *folder =
        arena_printf(arena, "%s/%s-%d", v->drafts, lang, DRAFT_VERSION);
    const char *path = arena_printf(arena, "%s/%s.opus", folder, text->key);
    enum err err = file_read(path, clip);

    if (err == ERR_OFFLINE && v->program)
        err = make_draft(v, lang, text, folder, path, clip);
    return !err && !clip->len ? ERR_OFFLINE : err;
}

enum err voice_clip(struct voice *v, const char *lang, const struct spoken_text *text,
                    struct buf *clip, bool *draft_out)
{
    struct arena arena = { 0 };
    enum err err = file_read(voice_recording(v->root, lang, text->key, &arena), clip);

    *draft_out = err == ERR_OFFLINE;
    if (err == ERR_OFFLINE && v->drafts)
        err = find_draft(v, lang, text, &arena, clip);
    arena_finish(&arena);
    return err;
}
