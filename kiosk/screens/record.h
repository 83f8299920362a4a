/* The page `record` and its parts: who speaks, which lesson, one sentence after the other. */
#pragma once

#include "app/languages.h"
#include "screens/clock_set.h"
#include "screens/desk.h"
#include "screens/record_lines.h"
#include "screens/text_page.h"

#define RECORD_WORDS_MAX 80 /* bytes of a name, of a place */

enum record_step { RECORD_WHO, RECORD_LESSONS, RECORD_SENTENCES };

/* The speaker is known as long as the page stands, no longer. */
struct record_speaker {
    char name[RECORD_WORDS_MAX], place[RECORD_WORDS_MAX];
    bool agreed;
    struct text_page text;
    char *typed;            /* name or place; NULL: nothing is typed */
    struct clock_set clock; /* a recording has its day */
    bool sets_clock;
};

#define RECORD_LESSONS_MAX 513 /* of a pack, and the program's own words */

struct record_count {
    short done, n;
};

struct record_page {
    enum record_step step;
    struct record_speaker speaker;
    char lang[VOICE_LANG_CHARS];
    size_t lesson, first_lesson;
    struct record_count counts[RECORD_LESSONS_MAX];
    size_t n_counted; /* the first so many lessons, in this language */
    struct record_lines lines;
    size_t at, first;  /* of `lines` */
    enum text_id said; /* T_COUNT: nothing */
    bool asking;       /* whether to take a clip away */
};

/* RECORD_WHO, the whole page. True: there is somebody who agreed. */
bool record_who_frame(struct app *app, struct ui *ui, struct record_speaker *s);
/* RECORD_SENTENCES: what is said of the sentence, microphone, buttons. */
void record_sentence_frame(struct app *app, struct ui *ui, struct record_page *s,
                           struct rect r);
