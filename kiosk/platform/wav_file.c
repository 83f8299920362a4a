/* The two chunks of a WAV file that matter. */
#include "platform/wav_file.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"

#define RATE 48000
#define FILE_MAX (32U << 20)
#define HEAD 12 /* "RIFF", size, "WAVE" */
#define CHUNK 8 /* name, size */
#define FORMAT 16

struct wav_file {
    char *path;
    const struct clock *clock;
    struct buf bytes;
    const unsigned char *pcm; /* into `bytes` */
    size_t n, at;             /* samples; of silence, too */
    int64_t from_ms;
};

struct wav_file *wav_file_create(const char *path, const struct clock *clock)
{
    struct wav_file *w = check_alloc(sizeof(*w));

    *w = (struct wav_file){ .path = check_strdup(path), .clock = clock };
    buf_init(&w->bytes, FILE_MAX);
    return w;
}

void wav_file_destroy(struct wav_file *w)
{
    if (!w)
        return;
    buf_finish(&w->bytes);
    free(w->path);
    free(w);
}

static uint32_t little(const unsigned char *p, int n)
{
    uint32_t v = 0;

    while (n--)
        v = v << 8 | p[n];
    return v;
}

static bool is_ours(const unsigned char *format)
{
    return little(format, 2) == 1 && little(format + 2, 2) == 1 &&
           little(format + 4, 4) == RATE && little(format + 14, 2) == 16;
}

static bool find_samples(struct wav_file *w)
{
    const unsigned char *at = (const unsigned char *)w->bytes.data;
    size_t left = w->bytes.len;
    bool ours = false;

    if (left < HEAD || memcmp(at, "RIFF", 4) || memcmp(at + 8, "WAVE", 4))
        return false;
    at += HEAD;
    left -= HEAD;
    while (left >= CHUNK) {
        size_t n = little(at + 4, 4);

        n = n < left - CHUNK ? n : left - CHUNK;
        if (!memcmp(at, "fmt ", 4) && n >= FORMAT)
            ours = is_ours(at + CHUNK);
        if (!memcmp(at, "data", 4)) {
            w->pcm = at + CHUNK;
            w->n = n / 2;
            return ours;
        }
        n += n & 1 && n < left - CHUNK;
        at += CHUNK + n;
        left -= CHUNK + n;
    }
    return false;
}

enum err wav_file_start(struct wav_file *w)
{
    buf_clear(&w->bytes);
    w->at = 0;
    if (file_read(w->path, &w->bytes) || !find_samples(w))
        return ERR_OFFLINE;
    w->from_ms = clock_mono_ms(w->clock);
    return ERR_OK;
}

size_t wav_file_read(struct wav_file *w, int16_t *out, size_t max)
{
    int64_t passed_ms = clock_mono_ms(w->clock) - w->from_ms;
    size_t came = (size_t)passed_ms * (RATE / 1000) - w->at,
           n = came < max ? came : max;

    for (size_t i = 0; i < n; i++, w->at++)
        out[i] = w->at < w->n ? (int16_t)little(w->pcm + 2 * w->at, 2) : 0;
    return n;
}

void wav_file_stop(struct wav_file *w)
{
    buf_clear(&w->bytes);
    w->pcm = NULL;
    w->n = 0;
}
