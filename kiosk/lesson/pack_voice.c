/* What an open pack says: known by name at once, read when it is first wanted. */
#include <string.h>

#include "base/buf.h"
#include "lesson/pack_inside.h"

#define LOG_MODULE "pack"
#include "base/log.h"

#define INDEX_MAX (4U << 20)

/* The word in "voice vi hre". */
static bool has_word(const char *name, const char *word)
{
    size_t n = strlen(word);

    for (const char *at = name; (at = strchr(at, ' ')) != NULL;) {
        at++;
        if (strncmp(at, word, n) == 0 && (at[n] == ' ' || !at[n]))
            return true;
    }
    return false;
}

static bool is_heard(const struct voice_index *index, const char *lang)
{
    size_t n;
    const struct voice_clip *clips = voice_index_clips(index, &n);

    for (size_t i = 0; i < n; i++) {
        if (strcmp(clips[i].lang, lang) == 0)
            return true;
    }
    return false;
}

static bool speaks_itself(const struct pack *p, const char *lang)
{
    const struct manifest_file *file = manifest_only(&p->manifest, "voice_index");

    if (!file || !lang)
        return file != NULL;
    if (strncmp(file->name, PACK_VOICE_NAME " ", strlen(PACK_VOICE_NAME " ")) == 0)
        return has_word(file->name, lang);
    return is_heard(pack_voice(p), lang);
}

bool pack_speaks(const struct pack *p, const char *lang)
{
    bool speaks = speaks_itself(p, lang);

    for (size_t i = 0; !speaks && i < p->info.n_beside; i++)
        speaks = speaks_itself(p->beside[i], lang);
    return speaks;
}

/* A pack without a voice, or with one that cannot be read, is silent and good. */
static void read_index(const struct pack *p, struct voice_index **out)
{
    const struct manifest_file *file = manifest_only(&p->manifest, "voice_index");
    char why[200];
    struct buf json;
    enum err err;

    if (!file)
        return;
    buf_init(&json, INDEX_MAX);
    err = pack_object(p, file->sha256, &json);
    if (err)
        LOG_WARN("the list of clips: %s", err_name(err));
    else if (voice_index_read(buf_text(&json), json.len, &p->voices->arena, out, why,
                              sizeof(why)))
        LOG_WARN("%s", why);
    buf_finish(&json);
}

const struct voice_index *pack_voice(const struct pack *p)
{
    struct pack_voices *v = p->voices;

    if (v->read)
        return v->index;
    v->read = true;
    read_index(p, &v->index);
    for (size_t i = 0; i < p->info.n_beside; i++) {
        struct voice_index *other = NULL;

        read_index(p->beside[i], &other);
        if (v->index && other)
            voice_index_join(v->index, other, &v->arena);
        else if (other)
            v->index = other;
    }
    return v->index;
}
