/* bdhvs-voice: one JSON request a line on stdin, one clip each on stdout. Started by
 * bdhvs-pack; it reads no file but espeak-ng's data and writes none. With the word "encode",
 * started by the kiosk, it speaks nothing but takes samples (record.h). See README.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/filter.h"
#include "base/json.h"
#include "base/utf8.h"
#include "encode.h"
#include "record.h"
#include "speech.h"
#include "synth.h"

#define CLIP_MAX (8U << 20)
#define TEXT_MAX 4000 /* bytes */
#define DEPTH_MAX 2
#define MEMORY_MB 512
#define SECONDS 1200

static int complain(const char *what, const char *fix, int code)
{
    fprintf(stderr, "bdhvs-voice: %s: %s\n", what, fix);
    return code;
}

static enum err speak(const char *lang, const char *text, struct buf *clip)
{
    struct arena arena = { 0 };
    struct speech speech = { 0 };
    enum err err = synth_speak(lang, text, &arena, &speech);

    if (!err && speech.n) {
        speech_trim(&speech);
        speech_level(&speech);
        err = encode_speech(&speech, text, clip);
    }
    speech_finish(&speech);
    arena_finish(&arena);
    return err;
}

/* The number of its bytes, then they. */
static bool reply(const struct buf *clip)
{
    printf("%zu\n", clip->len);
    return fwrite(buf_text(clip), 1, clip->len, stdout) == clip->len &&
           fflush(stdout) == 0;
}

static int answer(const char *line, size_t n)
{
    json_value *request;
    const char *lang, *text;
    struct buf clip;
    char problem[128];
    enum err err;
    int code = 0;

    if (json_parse(line, n, DEPTH_MAX, &request, problem, sizeof(problem)))
        return complain("a line", "is no JSON of ours", EX_DATAERR);
    lang = json_text(json_get(request, "lang"));
    text = json_text(json_get(request, "text"));
    buf_init(&clip, CLIP_MAX);
    if (!lang || !text || strlen(text) > TEXT_MAX || !utf8_valid(text, strlen(text)))
        code =
            complain("lang, text", "both are needed, at most 4000 bytes", EX_DATAERR);
    else if (synth_knows(lang) && (err = speak(lang, text, &clip)))
        code = complain("a text", "cannot be spoken", EX_SOFTWARE);
    else if (!reply(&clip))
        code = complain("stdout", "is closed", EX_IOERR);
    buf_finish(&clip);
    json_free(request);
    return code;
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    int code = 0;

    if (argc > 2 || (argc == 2 && strcmp(argv[1], "encode") != 0))
        return complain("arguments", "none, or encode: requests come on stdin",
                        EX_USAGE);
    filter_begin(MEMORY_MB, SECONDS);
    if (argc == 2)
        return record_run();
    if (synth_open())
        return complain("espeak-ng", "has no data here: install espeak-ng-data",
                        EX_UNAVAILABLE);
    while (code == 0 && (n = getline(&line, &cap, stdin)) > 0)
        code = answer(line, (size_t)n);
    free(line);
    synth_close();
    return code;
}
