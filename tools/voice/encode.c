/* libopusenc into a buf. */
#include "encode.h"

#include <opusenc.h>

#include "base/buf.h"
#include "base/json.h"
#include "speech.h"

#define MARKS_MAX (256U * 1024U)
#define COMPLEXITY \
    3 /* of 10: beyond it only the build gets slower, this voice sounds the same */
#define SERIAL 1 /* one stream a file; by itself it would be random */

static int write_bytes(void *to, const unsigned char *bytes, opus_int32 n)
{
    struct buf *out = to;

    buf_add(out, bytes, (size_t)n);
    return out->overflow;
}

static int close_nothing(void *to)
{
    (void)to;
    return 0;
}

void encode_marks(const struct speech *s, struct buf *out, const char *key)
{
    json_open(out, key, '[');
    for (size_t i = 0; i < s->n_marks; i++) {
        json_open(out, NULL, '[');
        json_put_int(out, NULL, s->marks[i].ms);
        json_put_int(out, NULL, (int64_t)s->marks[i].offset);
        json_put_int(out, NULL, (int64_t)s->marks[i].length);
        json_close(out, ']');
    }
    json_close(out, ']');
}

static OggOpusComments *tags(const struct speech *s, const char *text)
{
    OggOpusComments *tags = ope_comments_create();
    struct buf marks;

    buf_init(&marks, MARKS_MAX);
    encode_marks(s, &marks, NULL);
    if (tags && text &&
        (ope_comments_add(tags, "TEXT", text) != OPE_OK ||
         ope_comments_add(tags, "MARKS", buf_text(&marks)) != OPE_OK)) {
        ope_comments_destroy(tags);
        tags = NULL;
    }
    buf_finish(&marks);
    return tags;
}

static int configure(OggOpusEnc *enc)
{
    int rc = ope_encoder_ctl(enc, OPUS_SET_BITRATE(ENCODE_BIT_RATE));

    if (rc == OPE_OK)
        rc = ope_encoder_ctl(enc, OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
    if (rc == OPE_OK)
        rc = ope_encoder_ctl(enc, OPUS_SET_COMPLEXITY(COMPLEXITY));
    if (rc == OPE_OK)
        rc = ope_encoder_ctl(enc, OPE_SET_COMMENT_PADDING(0));
    return rc == OPE_OK ? ope_encoder_ctl(enc, OPE_SET_SERIALNO(SERIAL)) : rc;
}

enum err encode_speech(const struct speech *s, const char *text, struct buf *out)
{
    static const OpusEncCallbacks into_buf = { write_bytes, close_nothing };
    OggOpusComments *comments = tags(s, text);
    OggOpusEnc *enc = NULL;
    int rc = OPE_ALLOC_FAIL;

    if (comments)
        enc =
            ope_encoder_create_callbacks(&into_buf, out, comments, s->rate, 1, 0, &rc);
    if (enc && rc == OPE_OK)
        rc = configure(enc);
    if (enc && rc == OPE_OK)
        rc = ope_encoder_write_float(enc, s->pcm, (int)s->n);
    if (enc && rc == OPE_OK)
        rc = ope_encoder_drain(enc);
    if (enc)
        ope_encoder_destroy(enc);
    if (comments)
        ope_comments_destroy(comments);
    return rc == OPE_OK && !out->overflow ? ERR_OK : ERR_CORRUPT;
}
