/* bulletin: a lesson as one file for the commune's loudspeakers, out of its recordings and
 * drafts. Says on stdout what is spoken. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/options.h"
#include "bulletin.h"
#include "clip.h"
#include "commands.h"
#include "report.h"
#include "source.h"
#include "spoken.h"
#include "vietnamese/nfc.h"
#include "voice.h"
#include "voice_helper.h"

#define BYTES_OF_MS (CLIP_RATE / 1000 * 2)
#define PCM_MAX (BULLETIN_MS_MAX * BYTES_OF_MS)
#define WAV_HEAD 44
#define TEXT_MAX 4000 /* bytes, as bdhvs-voice takes them */

/* The clips of a bulletin, by line. */
struct tape {
    struct buf pcm[BULLETIN_LINES_MAX];
    size_t n, n_recorded;
};

/* --- the clips ------------------------------------------------------------------------ */

static enum err play(struct voice *v, const char *lang, struct bulletin_line *line,
                     struct tape *tape)
{
    struct spoken_text text = { .text = line->text };
    struct buf clip, *pcm = &tape->pcm[tape->n++];
    bool draft;
    enum err err;

    voice_key(text.text, text.key);
    buf_init(&clip, CLIP_BYTES_MAX);
    buf_init(pcm, PCM_MAX);
    err = voice_clip(v, lang, &text, &clip, &draft);
    if (!err)
        err = clip_decode(clip.data, clip.len, pcm);
    buf_finish(&clip);
    if (err == ERR_REJECTED)
        err = ERR_CORRUPT; /* no clip; rejected is a bulletin that is too long */
    line->ms = (int)(pcm->len / BYTES_OF_MS);
    if (pcm->overflow) { /* longer than a minute by itself */
        line->ms = BULLETIN_MS_MAX + 1;
        err = ERR_OK;
    }
    if (!err && !draft)
        tape->n_recorded++;
    return err;
}

static void rest(struct buf *pcm, int ms)
{
    for (int i = 0; i < ms * BYTES_OF_MS; i++)
        buf_char(pcm, 0);
}

/* What is left of the bulletin, one after the other. A line is found on the tape by its
 * text: those that were left out are passed over. */
static void join(const struct bulletin *all, const struct tape *tape,
                 const struct bulletin *left, struct buf *pcm)
{
    for (size_t i = 0, at = 0; i < left->n; i++, at++) {
        while (all->lines[at].text != left->lines[i].text)
            at++;
        if (i)
            rest(pcm, BULLETIN_PAUSE_MS);
        buf_add(pcm, buf_text(&tape->pcm[at]), tape->pcm[at].len);
    }
}

/* --- the file ------------------------------------------------------------------------- */

static void put_little(struct buf *b, unsigned long v, int n)
{
    for (; n--; v >>= 8)
        buf_char(b, (char)(v & 0xFF));
}

static void put_wav(const struct buf *pcm, struct buf *out)
{
    buf_str(out, "RIFF");
    put_little(out, WAV_HEAD - 8 + pcm->len, 4);
    buf_str(out, "WAVEfmt ");
    put_little(out, 16, 4);
    put_little(out, 1, 2); /* PCM */
    put_little(out, 1, 2); /* mono */
    put_little(out, CLIP_RATE, 4);
    put_little(out, CLIP_RATE * 2, 4);
    put_little(out, 2, 2);
    put_little(out, 16, 2);
    buf_str(out, "data");
    put_little(out, pcm->len, 4);
    buf_add(out, pcm->data, pcm->len);
}

static bool ends_in(const char *path, const char *suffix)
{
    size_t n = strlen(path), k = strlen(suffix);

    return n > k && !strcmp(path + n - k, suffix);
}

static enum err write_file(const struct voice *v, const char *path,
                           const struct bulletin *b, const struct buf *pcm)
{
    struct buf words, file;
    enum err err = ERR_OK;

    buf_init(&words, TEXT_MAX);
    buf_init(&file, WAV_HEAD + PCM_MAX);
    for (size_t i = 0; i < b->n; i++)
        buf_printf(&words, "%s%s", i ? " " : "", b->lines[i].text);
    if (ends_in(path, ".wav"))
        put_wav(pcm, &file);
    else
        err = v->program ? voice_helper_encode(v->program, CLIP_RATE, buf_text(&words),
                                               pcm, &file)
                         : ERR_OFFLINE;
    if (!err)
        err = file.overflow || words.overflow
                  ? ERR_FULL
                  : file_replace(path, file.data, file.len, 0644);
    buf_finish(&words);
    buf_finish(&file);
    return err;
}

/* --- the command ---------------------------------------------------------------------- */

static void say(const struct bulletin *left, size_t n_all, const struct tape *tape,
                const char *path)
{
    for (size_t i = 0; i < left->n; i++)
        puts(left->lines[i].text);
    printf("%s: %.1f s, %zu texts, %zu left out; %zu of %zu recorded by people\n", path,
           bulletin_ms(left) / 1000.0, left->n, n_all - left->n, tape->n_recorded,
           n_all);
}

/* ERR_REJECTED: too long. */
static enum err make(const struct source *s, const struct source_lesson *lesson,
                     const char *when, struct voice *v, const char *path)
{
    struct arena arena = { 0 };
    struct tape tape = { 0 };
    struct bulletin all, left;
    struct buf pcm;
    enum err err = ERR_OK;

    buf_init(&pcm, PCM_MAX);
    bulletin_choose(lesson, when, &arena, &all);
    for (size_t i = 0; !err && i < all.n; i++)
        err = play(v, s->front.languages.item[0], &all.lines[i], &tape);
    left = all;
    if (!err)
        err = bulletin_fit(&left);
    if (!err)
        join(&all, &tape, &left, &pcm);
    if (!err)
        err = pcm.overflow ? ERR_FULL : write_file(v, path, &left, &pcm);
    if (!err)
        say(&left, all.n, &tape, path);
    for (size_t i = 0; i < tape.n; i++)
        buf_finish(&tape.pcm[i]);
    buf_finish(&pcm);
    arena_finish(&arena);
    return err;
}

static int failed(const struct options *o, const char *path, enum err err)
{
    if (err == ERR_REJECTED)
        options_complain(o, path, "longer than a minute even without its cards",
                         "shorten the title, what is to remember, or --when");
    else if (err == ERR_OFFLINE)
        options_complain(o, path, "a clip is missing and none can be made",
                         "record it, or install bdhvs-voice beside bdhvs-pack");
    else if (err)
        options_complain(o, path, "not written",
                         "check the folder, the disk and the clips");
    return err ? EXIT_FAILURE : EXIT_SUCCESS;
}

int command_bulletin(const struct options *o, char **words)
{
    const char *when = options_get(o, "when"), *path = words[2];
    char sentence[LESSON_TEXT_MAX];
    const struct source_lesson *lesson;
    struct arena arena = { 0 };
    struct report report;
    struct source s;
    struct voice v;
    int code = EXIT_FAILURE;

    if (!ends_in(path, ".opus") && !ends_in(path, ".wav")) {
        options_complain(o, path, "neither .opus nor .wav", "name the file so");
        return EX_USAGE;
    }
    if (when && nfc_write(when, sentence, sizeof(sentence))) {
        options_complain(o, "--when", "too long, or not valid UTF-8",
                         "write a sentence");
        return EX_USAGE;
    }
    v = command_voice_source(o, words[0], true, &arena);
    report_init(&report);
    if (command_source(o, words[0], clock_day(clock_wall_ms(&clock_real)), &report,
                       &s)) {
        fputs(buf_text(&report.lines), stderr);
        options_complain(o, words[0], "cannot be read", "mend the lines above");
    } else if (!(lesson = source_find_lesson(&s, words[1])) || !lesson->remember.text) {
        options_complain(o, words[1], "no lesson has that id, or it is not whole",
                         "see bdhvs-pack lint");
    } else {
        code = failed(o, path, make(&s, lesson, when ? sentence : NULL, &v, path));
    }
    voice_close(&v);
    report_finish(&report);
    source_finish(&s);
    arena_finish(&arena);
    return code;
}
