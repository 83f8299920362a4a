/* opusfile over a piece of memory. */
#include "clip.h"

#include <math.h>
#include <opusfile.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"

#define RATE CLIP_RATE /* what Opus decodes to */
#define CHUNK 5760     /* samples: the longest packet */
#define MARKS_DEPTH 2

static OggOpusFile *open_clip(const void *bytes, size_t n)
{
    OggOpusFile *f = op_open_memory(bytes, n, NULL);

    if (f && (op_channel_count(f, -1) != 1 || op_link_count(f) != 1)) {
        op_free(f);
        f = NULL;
    }
    return f;
}

static const char *marks_of(const OpusTags *tags, struct arena *arena)
{
    const char *marks = opus_tags_query(tags, "MARKS", 0);
    json_value *list = NULL;

    if (!marks || json_parse(marks, strlen(marks), MARKS_DEPTH, &list, NULL, 0) ||
        json_kind_of(list) != JSON_IS_ARRAY)
        marks = "[]";
    json_free(list);
    return arena_strdup(arena, marks);
}

enum err clip_read(const void *bytes, size_t n, struct arena *arena, struct clip *out)
{
    OggOpusFile *f = open_clip(bytes, n);
    const OpusTags *tags = f ? op_tags(f, 0) : NULL;
    ogg_int64_t samples = f ? op_pcm_total(f, 0) : -1;

    *out = (struct clip){ 0 };
    if (tags && samples > 0 && samples < (ogg_int64_t)RATE * 600) {
        const char *text = opus_tags_query(tags, "TEXT", 0);

        out->ms = (int)(samples * 1000 / RATE);
        out->text = text ? arena_strdup(arena, text) : NULL;
        out->marks = marks_of(tags, arena);
    }
    if (f)
        op_free(f);
    return out->ms > 0 ? ERR_OK : ERR_REJECTED;
}

enum err clip_loudness(const void *bytes, size_t n, double *dbfs_out)
{
    OggOpusFile *f = open_clip(bytes, n);
    float pcm[CHUNK];
    double sum = 0, total = 0;
    int got = f ? 1 : -1;

    while (got > 0 && (got = op_read_float(f, pcm, CHUNK, NULL)) > 0) {
        for (int i = 0; i < got; i++)
            sum += (double)pcm[i] * (double)pcm[i];
        total += got;
    }
    if (f)
        op_free(f);
    if (got < 0 || total <= 0)
        return ERR_REJECTED;
    *dbfs_out = sum > 0 ? 10.0 * log10(sum / total) : -200.0;
    return ERR_OK;
}

enum err clip_decode(const void *bytes, size_t n, struct buf *pcm)
{
    OggOpusFile *f = open_clip(bytes, n);
    opus_int16 samples[CHUNK];
    int got = f ? 1 : -1;

    while (got > 0 && (got = op_read(f, samples, CHUNK, NULL)) > 0) {
        for (int i = 0; i < got; i++) {
            buf_char(pcm, (char)(samples[i] & 0xFF));
            buf_char(pcm, (char)(samples[i] >> 8 & 0xFF));
        }
    }
    if (f)
        op_free(f);
    if (got < 0)
        return ERR_REJECTED;
    return pcm->overflow ? ERR_FULL : ERR_OK;
}
