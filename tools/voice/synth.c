/* espeak-ng, as a function. */
#include "synth.h"

#include <espeak-ng/speak_lib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "speech.h"
#include "spell.h"

/* Words a minute: slow, for people who hear the words of phones for the first time. */
#define RATE 140
#define PITCH 45 /* of 100: a calm voice carries better through small loudspeakers */

static const struct {
    const char *lang, *voice;
} voices[] = {
    { "vi", "vi" },
};

/* espeak-ng calls back without saying for whom; a process speaks one text at a time. */
static struct {
    const struct spelling *spelling;
    struct speech *speech;
    int rate;
    size_t piece; /* the next one to be marked */
} now;

/* A word begins: the pieces up to its character have begun. */
static void mark(const espeak_EVENT *event)
{
    const struct spelling *s = now.spelling;
    size_t at = event->text_position > 0 ? (size_t)event->text_position - 1 : 0;

    while (now.piece < s->n_pieces && s->pieces[now.piece].from <= at) {
        const struct spell_piece *p = &s->pieces[now.piece++];

        now.speech->marks[now.speech->n_marks++] =
            (struct speech_mark){ event->audio_position, p->offset, p->length };
    }
}

static int take(short *samples, int n, espeak_EVENT *events)
{
    if (samples && n > 0)
        speech_add(now.speech, samples, (size_t)n);
    for (; events->type != espeakEVENT_LIST_TERMINATED; events++) {
        if (events->type == espeakEVENT_WORD)
            mark(events);
    }
    return 0;
}

enum err synth_open(void)
{
    now.rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL,
                                 espeakINITIALIZE_DONT_EXIT);
    if (now.rate <= 0)
        return ERR_OFFLINE;
    espeak_SetSynthCallback(take);
    return ERR_OK;
}

void synth_close(void)
{
    espeak_Terminate();
}

static const char *voice_of(const char *lang)
{
    for (size_t i = 0; i < COUNT(voices); i++) {
        if (strcmp(voices[i].lang, lang) == 0)
            return voices[i].voice;
    }
    return NULL;
}

bool synth_knows(const char *lang)
{
    return voice_of(lang) != NULL;
}

enum err synth_speak(const char *lang, const char *text, struct arena *arena,
                     struct speech *out)
{
    const char *voice = voice_of(lang);
    struct spelling spelling;

    ASSERT(voice);
    spell_text(text, arena, &spelling);
    if (!spelling.n_pieces)
        return ERR_OK;
    out->rate = now.rate;
    out->marks = arena_alloc(arena, spelling.n_pieces * sizeof(*out->marks));
    now.spelling = &spelling;
    now.speech = out;
    now.piece = 0;
    /* the voice is set anew each time: espeak-ng carries pitch over otherwise, and the
     * same text must give the same clip whatever was spoken before */
    if (espeak_SetVoiceByName(voice) != EE_OK ||
        espeak_SetParameter(espeakRATE, RATE, 0) != EE_OK ||
        espeak_SetParameter(espeakPITCH, PITCH, 0) != EE_OK ||
        espeak_Synth(spelling.say, strlen(spelling.say) + 1, 0, POS_CHARACTER, 0,
                     espeakCHARS_UTF8, NULL, NULL) != EE_OK)
        return ERR_CORRUPT;
    return ERR_OK;
}
