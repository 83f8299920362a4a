/* Walks the text once: words, figures, signs. */
#include "spell.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/utf8.h"
#include "figures.h"
#include "letter.h"
#include "number.h"

#define SAY_MAX (64U * 1024U)
#define EN_DASH 0x2013U

struct walk {
    const char *text;
    size_t at; /* byte of `text` */
    struct buf say;
    struct arena *arena;
    struct spelling *out;
    const char *before; /* the last word as written, "" after a pause */
};

static const struct {
    const char *written, *words;
} names[] = {
#define W(written, words) { written, words },
#include "spell_words.def"
#undef W
};

static const char *const letters[26] = {
    "a",  "bê", "xê",   "đê", "e",       "ép",  "giê", "hát", "i",
    "gi", "ca", "e lờ", "em", "en",      "o",   "pê",  "quy", "e rờ",
    "ét", "tê", "u",    "vê", "đắp liu", "ích", "i",   "dét",
};

/* --- what is said --------------------------------------------------------------------- */

/* Words begin that stand for `length` bytes here. */
static void begin_piece(struct walk *w, size_t length)
{
    size_t from = utf8_length(buf_text(&w->say));

    from += w->say.len && w->say.data[w->say.len - 1] != ' ';
    w->out->pieces[w->out->n_pieces++] = (struct spell_piece){ from, w->at, length };
}

static void say(struct walk *w, const char *words, size_t length)
{
    begin_piece(w, length);
    number_word(&w->say, words);
    w->before = arena_strndup(w->arena, w->text + w->at, length);
    w->at += length;
}

/* One mark at a time, the stronger one, and none before the first word. */
static void pause(struct walk *w, char mark)
{
    char *last = w->say.len ? &w->say.data[w->say.len - 1] : NULL;

    w->before = "";
    if (last && *last == ',')
        *last = mark;
    else if (last && !strchr(".?!", *last))
        buf_char(&w->say, mark);
}

/* --- words ---------------------------------------------------------------------------- */

static size_t word_bytes(const char *s)
{
    size_t n = 0;

    while (letter_at(s + n)) {
        uint32_t cp;

        n += utf8_next(s + n, &cp);
    }
    return n;
}

static bool say_name(struct walk *w)
{
    const char *here = w->text + w->at;
    size_t best = COUNT(names), length = 0;

    for (size_t i = 0; i < COUNT(names); i++) {
        size_t n = strlen(names[i].written);

        if (n > length && strncmp(here, names[i].written, n) == 0 &&
            !letter_at(here + n) && !isdigit((unsigned char)here[n])) {
            best = i;
            length = n;
        }
    }
    if (best == COUNT(names))
        return false;
    say(w, names[best].words, length);
    return true;
}

/* Whether ASCII letters can be one syllable, as in a heading in capitals. */
static bool is_syllable(const char *s, size_t n)
{
    static const char *const ends[] = { "", "C", "CH", "M", "N", "NG", "NH", "P", "T" };
    static const char *const starts[] = {
        "",   "B",   "C",  "CH", "D",  "G",  "GH", "GI", "H", "K",  "KH", "L", "M", "N",
        "NG", "NGH", "NH", "P",  "PH", "QU", "R",  "S",  "T", "TH", "TR", "V", "X",
    };
    char word[8];
    size_t head, tail;
    bool good = false;

    if (n >= sizeof(word))
        return false;
    memcpy(word, s, n);
    word[n] = 0;
    head = strcspn(word, "AEIOUY");
    tail = head + strspn(word + head, "AEIOUY");
    if (tail == head)
        return false;
    for (size_t i = 0; i < COUNT(ends); i++)
        good |= strcmp(word + tail, ends[i]) == 0;
    for (size_t i = 0; good && i < COUNT(starts); i++) {
        if (strlen(starts[i]) == head && strncmp(word, starts[i], head) == 0)
            return true;
    }
    return good && strncmp(word, "QU", 2) == 0 && head == 1;
}

/* Capitals that are no syllable, and letters without any vowel, are named one by one. */
static bool is_spelled(const char *s, size_t n)
{
    bool capitals = true, vowel = false;

    if (n == 1)
        return isalpha((unsigned char)*s) && !strchr("AEIOUYaeiouy", *s);
    for (size_t i = 0; i < n; i++) {
        if (!isalpha((unsigned char)s[i]))
            return false;
        capitals = capitals && s[i] <= 'Z';
        vowel = vowel || strchr("AEIOUYaeiouy", s[i]);
    }
    return capitals ? !is_syllable(s, n) : !vowel;
}

static void say_word(struct walk *w)
{
    const char *here = w->text + w->at;
    size_t n = word_bytes(here);
    struct buf words;

    if (!is_spelled(here, n)) {
        say(w, arena_strndup(w->arena, here, n), n);
        return;
    }
    buf_init(&words, SAY_MAX);
    for (size_t i = 0; i < n; i++)
        number_word(&words, letters[tolower((unsigned char)here[i]) - 'a']);
    say(w, buf_text(&words), n);
    buf_finish(&words);
}

static void say_figure(struct walk *w)
{
    size_t length;
    struct buf words;

    buf_init(&words, SAY_MAX);
    length = figures_read(w->text + w->at, w->before, &words);
    say(w, buf_text(&words), length);
    buf_finish(&words);
}

/* --- signs ---------------------------------------------------------------------------- */

static bool word_at(const char *s)
{
    return isdigit((unsigned char)*s) || letter_at(s);
}

/* What joins two words without spaces: 14–17, gov.vn, ô-tê-pê. */
static bool say_joint(struct walk *w, uint32_t sign, size_t n)
{
    const char *here = w->text + w->at;
    bool figures =
        w->at && isdigit((unsigned char)here[-1]) && isdigit((unsigned char)here[n]);

    if ((sign == EN_DASH || sign == '-') && figures) {
        say(w, "đến", n);
    } else if (sign == '.' && word_at(here + n)) {
        say(w, "chấm", n);
    } else if ((sign == '-' || sign == '_' || sign == '\'' || sign == 0x2019) &&
               word_at(here + n)) {
        w->at += n;
    } else {
        return false;
    }
    return true;
}

static bool say_sign(struct walk *w, uint32_t sign, size_t n)
{
    static const struct {
        uint32_t sign;
        const char *words;
    } signs[] = {
        { '%', "phần trăm" }, { '&', "và" },      { '+', "cộng" }, { '=', "bằng" },
        { '@', "a còng" },    { '#', "thăng" },   { '*', "sao" },  { 0xb0, "độ" },
        { 0xd7, "nhân" },     { 0x20ab, "đồng" },
    };

    for (size_t i = 0; i < COUNT(signs); i++) {
        if (signs[i].sign == sign) {
            say(w, signs[i].words, n);
            return true;
        }
    }
    return false;
}

static void pass_sign(struct walk *w, uint32_t sign, size_t n)
{
    if (sign == '.' || sign == '?' || sign == '!')
        pause(w, (char)sign);
    else if (sign == 0x2026) /* … */
        pause(w, '.');
    else if (sign < 0x80 ? strchr(",;:()/|\n-", (int)sign) != NULL
                         : sign == EN_DASH || sign == 0x2014 || sign == 0xb7 ||
                               sign == 0x2022 || sign == 0x2192)
        pause(w, ',');
    w->at += n;
}

void spell_text(const char *text, struct arena *arena, struct spelling *out)
{
    struct walk w = { .text = text, .arena = arena, .out = out, .before = "" };
    uint32_t cp;
    size_t n;

    /* a piece stands for one byte at least */
    *out = (struct spelling){ .pieces = arena_alloc(arena, (strlen(text) + 1) *
                                                               sizeof(*out->pieces)) };
    buf_init(&w.say, SAY_MAX);
    while ((n = utf8_next(text + w.at, &cp)) != 0) {
        if (word_at(text + w.at) && say_name(&w))
            continue;
        if (isdigit((unsigned char)text[w.at]))
            say_figure(&w);
        else if (letter_at(text + w.at))
            say_word(&w);
        else if (!say_joint(&w, cp, n) && !say_sign(&w, cp, n))
            pass_sign(&w, cp, n);
    }
    out->say = arena_strdup(arena, out->n_pieces ? buf_text(&w.say) : "");
    buf_finish(&w.say);
}
