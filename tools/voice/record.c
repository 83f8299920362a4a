/* Samples in, one clip out. */
#include "record.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/buf.h"
#include "base/filter.h"
#include "base/json.h"
#include "base/utf8.h"
#include "encode.h"
#include "speech.h"
#include "take.h"

#define INPUT_MAX (16U << 20)
#define CLIP_MAX (4U << 20)
#define TEXT_MAX 4000 /* bytes */
#define DEPTH_MAX 2
#define RATE_MIN 8000
#define RATE_MAX 48000

static int complain(const char *what, const char *fix, int code)
{
    fprintf(stderr, "bdhvs-voice: %s: %s\n", what, fix);
    return code;
}

static void add_samples(struct speech *s, const char *bytes, size_t n)
{
    for (size_t i = 0; i + 1 < n; i += 2) {
        unsigned low = (unsigned char)bytes[i], high = (unsigned char)bytes[i + 1];
        short sample = (short)(low | high << 8);

        speech_add(s, &sample, 1);
    }
}

static int encode(const json_value *head, const char *bytes, size_t n)
{
    const char *text = json_text(json_get(head, "text"));
    struct speech s = { 0 };
    struct buf clip;
    int64_t rate;
    int code = 0;

    if (json_int(json_get(head, "rate"), RATE_MIN, RATE_MAX, &rate) || !text ||
        strlen(text) > TEXT_MAX || !utf8_valid(text, strlen(text)))
        return complain("rate, text", "both are needed, before the samples",
                        EX_DATAERR);
    s.rate = (int)rate;
    add_samples(&s, bytes, n);
    buf_init(&clip, CLIP_MAX);
    if (!take_clean(&s))
        code = complain("the samples", "nobody speaks in them", EX_DATAERR);
    else if (encode_speech(&s, text, &clip))
        code = complain("the samples", "cannot be encoded", EX_SOFTWARE);
    else if (!filter_write(&clip))
        code = complain("stdout", "is closed", EX_IOERR);
    buf_finish(&clip);
    speech_finish(&s);
    return code;
}

int record_run(void)
{
    const char *end;
    json_value *head = NULL;
    struct buf in;
    char problem[128];
    int code;

    buf_init(&in, INPUT_MAX);
    if (!filter_read(&in)) {
        buf_finish(&in);
        return complain("stdin", "cannot be read, or is too long", EX_DATAERR);
    }
    end = in.len ? memchr(in.data, '\n', in.len) : NULL;
    if (!end || json_parse(in.data, (size_t)(end - in.data), DEPTH_MAX, &head, problem,
                           sizeof(problem)))
        code = complain("the first line", "is no JSON of ours", EX_DATAERR);
    else
        code = encode(head, end + 1, in.len - (size_t)(end + 1 - in.data));
    json_free(head);
    buf_finish(&in);
    return code;
}
