/* Walks a lesson as tools/pack/spoken.c does. */
#include "screens/record_lines.h"

#include <string.h>

#include "app/recordings.h"
#include "base/check.h"
#include "items/message.h"
#include "lesson/address.h"

struct walk {
    struct record_lines *out;
    struct arena *arena;
};

static bool has_letters(const char *text)
{
    for (; *text; text++)
        if ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') ||
            (*text >= '0' && *text <= '9') || (unsigned char)*text >= 0xC3)
            return true;
    return false;
}

static bool is_there(const struct record_lines *l, const char *text)
{
    for (size_t i = 0; i < l->n; i++)
        if (!strcmp(l->list[i].text, text))
            return true;
    return false;
}

/* Each sentence once; `label` T_COUNT: the sentence itself. What has values in it is whole
 * only on its page. */
static void add(struct walk *w, enum text_id label, size_t n, const char *text)
{
    struct record_lines *l = w->out;
    const char *number = arena_printf(w->arena, "%zu", n);

    if (!text || !has_letters(text) || l->n == RECORD_LINES_MAX)
        return;
    text = address_fill(w->arena, text);
    if (strchr(text, '{') || is_there(l, text))
        return;
    l->list[l->n++] =
        (struct record_line){ .label = label == T_COUNT
                                           ? text
                                           : text_fill(w->arena, text_of(label), "n",
                                                       number, "chu", text, NULL),
                              .text = text };
}

static void add_item(struct walk *w, const struct item *item, size_t n)
{
    add(w, T_vo_l_quiz, n, message_plain(w->arena, item->stem));
    add(w, T_vo_l_quiz, n, item->from);
    for (size_t i = 0; i < item->n_options; i++) {
        add(w, T_vo_l_quiz, n, item->options[i].text);
        add(w, T_vo_l_quiz, n, item->options[i].feedback);
    }
}

static void add_lesson(struct walk *w, const struct lesson *l)
{
    add(w, T_vo_l_title, 0, l->title);
    add(w, T_COUNT, 0, l->outcome);
    for (size_t i = 0; i < l->n_cards; i++) {
        add(w, T_vo_l_page, i + 1, l->cards[i].title);
        add(w, T_vo_l_page, i + 1, l->cards[i].text);
        add(w, T_vo_l_page, i + 1, l->cards[i].note);
    }
    for (size_t i = 0; i < l->n_items; i++)
        add_item(w, &l->items[i], i + 1);
    add(w, T_vo_l_remember, 0, l->remember);
}

/* Of the pages that have the tool "Nghe". */
static void add_words(struct walk *w)
{
    static const char *const pages[] = { "attract.", "who.",  "scan.", "code.", "home.",
                                         "lesson.",  "quiz.", "fb.",   "res.",  "lang.",
                                         "cert.",    "help.", "idle." };

    for (int i = 0; i < T_COUNT; i++)
        for (size_t k = 0; k < COUNT(pages); k++)
            if (!strncmp(text_key((enum text_id)i), pages[k], strlen(pages[k])))
                add(w, T_COUNT, 0, text_of((enum text_id)i));
}

void record_lines_read(const struct app *app, size_t lesson, struct arena *arena,
                       struct record_lines *out)
{
    struct walk w = { out, arena };
    const struct pack_info *info = pack_info(app->pack);
    struct lesson *l;

    *out = (struct record_lines){
        .title = lesson < info->n_lessons ? info->lessons[lesson].title
                                          : text_of(T_vo_words),
        .list = arena_alloc(arena, RECORD_LINES_MAX * sizeof(*out->list))
    };
    if (lesson >= info->n_lessons)
        add_words(&w);
    else if (!pack_lesson(app->pack, lesson, arena, &l))
        add_lesson(&w, l);
}

size_t record_lines_done(const struct app *app, const struct record_lines *lines,
                         const char *lang)
{
    size_t n = 0;

    for (size_t i = 0; i < lines->n; i++)
        n += recordings_find(app->recordings, lang, lines->list[i].text) != NULL;
    return n;
}
