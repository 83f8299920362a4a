/* Blocks into a lesson. A level-1 heading opens a section; four names have a meaning,
 * every other one is a card. */
#include "source_lesson.h"

#include <string.h>

#include "base/check.h"
#include "markdown.h"
#include "practice_source.h"
#include "report.h"

/* The headings of the format (content/README.md), in their order. */
enum section { SECTION_CARD, SECTION_SHOW, SECTION_TRY, SECTION_ASK, SECTION_REMEMBER };
static const char *const section_names[] = {
    [SECTION_SHOW] = "Làm theo",
    [SECTION_TRY] = "Tập",
    [SECTION_ASK] = "Hỏi",
    [SECTION_REMEMBER] = "Nhớ",
};

/* A card that teaches a word of the phone, and the note of it. */
#define WORD_HEADING "Từ: "
#define WORD_SAY "Đọc là: "

struct reading {
    struct source_lesson *l;
    struct arena *arena;
    struct report *report;
    enum section section;
    struct source_card *card; /* the open card, or NULL */
    bool seen_heading;
};

static enum section section_of(const char *title)
{
    for (size_t i = SECTION_SHOW; i < COUNT(section_names); i++) {
        if (strcmp(section_names[i], title) == 0)
            return (enum section)i;
    }
    return SECTION_CARD;
}

static void problem(struct reading *r, int line, const char *what)
{
    report_problem(r->report, r->l->file, line, "%s", what);
}

static void open_section(struct reading *r, const struct block *b)
{
    enum section section = section_of(b->text);

    r->card = NULL;
    r->seen_heading = true;
    if (b->level != 1)
        problem(r, b->line, "a small heading (##): use # for each card");
    if (section < r->section)
        problem(r, b->line,
                "out of order: cards come first, then # Làm theo, # Tập, "
                "# Hỏi, # Nhớ");
    else if (section == r->section && section != SECTION_CARD)
        problem(r, b->line, "this heading is there twice: keep one");
    r->section = section > r->section ? section : r->section;
    if (section != SECTION_CARD)
        return;
    if (r->l->n_cards == LESSON_CARDS_MAX) {
        problem(r, b->line, "more than 12 cards: keep 4 to 6");
        return;
    }
    r->card = &r->l->cards[r->l->n_cards++];
    r->card->title = (struct source_text){ b->text, b->line };
    r->card->is_word = strncmp(b->text, WORD_HEADING, strlen(WORD_HEADING)) == 0;
    if (r->card->is_word)
        r->card->title.text += strlen(WORD_HEADING);
}

static void once(struct reading *r, struct source_text *part, const struct block *b,
                 const char *what)
{
    if (part->text)
        problem(r, b->line, what);
    else
        *part = (struct source_text){ b->text, b->line };
}

static void fill_say(struct reading *r, const struct block *b)
{
    if (strncmp(b->text, WORD_SAY, strlen(WORD_SAY)) != 0) {
        problem(r, b->line, "the note of a word: write > Đọc là: and how it is said");
        return;
    }
    once(r, &r->card->say, b, "a second note (>): keep one");
    if (r->card->say.text == b->text)
        r->card->say.text += strlen(WORD_SAY);
}

/* "> ! …" warns of a danger; any other note is a tip. */
static void fill_note(struct reading *r, const struct block *b)
{
    struct source_card *card = r->card;
    bool first = !card->note.text;

    once(r, &card->note, b, "a second note (>): keep one");
    if (!first || strncmp(card->note.text, "! ", 2) != 0)
        return;
    card->warns = true;
    card->note.text += 2;
}

static void fill_card(struct reading *r, const struct block *b)
{
    if (!r->card)
        return; /* one too many: reported with its heading */
    switch (b->kind) {
    case BLOCK_PARAGRAPH:
        once(r, &r->card->text, b, "a second paragraph: make it a card of its own");
        break;
    case BLOCK_NOTE:
        if (r->card->is_word)
            fill_say(r, b);
        else
            fill_note(r, b);
        break;
    case BLOCK_PICTURE:
        if (r->card->picture.file)
            problem(r, b->line, "a second picture: make it a card of its own");
        r->card->picture = (struct gift_picture){ b->file, b->text, b->line };
        break;
    default:
        problem(r, b->line,
                "a card holds one picture, one paragraph and one > note: "
                "write lists and tables as cards");
        break;
    }
}

static void fill_quiz(struct reading *r, const struct block *b)
{
    if (b->kind != BLOCK_FENCE || strcmp(b->info, "gift") != 0) {
        problem(r, b->line, "only a ```gift block stands under # Hỏi: move this away");
        return;
    }
    r->l->n_items +=
        gift_read(b->text, r->l->file, b->line + 1, r->arena, r->report,
                  r->l->items + r->l->n_items, LESSON_ITEMS_MAX - r->l->n_items);
}

static void fill_practice(struct reading *r, const struct block *b)
{
    struct source_practice *p;

    if (b->kind != BLOCK_FENCE || strcmp(b->info, "practice") != 0) {
        problem(r, b->line,
                "only ```practice blocks stand under # Tập: move this away");
        return;
    }
    if (r->l->n_practices == LESSON_PRACTICES_MAX) {
        problem(r, b->line, "more than 2 practices: keep one or two");
        return;
    }
    p = arena_alloc(r->arena, sizeof(*p));
    practice_source_read(b->text, r->l->file, b->line + 1, r->arena, r->report, p);
    r->l->practices[r->l->n_practices++] = p;
}

/* Said before the machine plays the practice itself. */
static void fill_show(struct reading *r, const struct block *b)
{
    if (b->kind != BLOCK_PARAGRAPH)
        problem(r, b->line,
                "only one paragraph stands under # Làm theo: move this away");
    else
        once(r, &r->l->show, b, "a second paragraph under # Làm theo: keep one");
}

static void fill_remember(struct reading *r, const struct block *b)
{
    if (b->kind != BLOCK_PARAGRAPH)
        problem(r, b->line, "only one paragraph stands under # Nhớ: move this away");
    else
        once(r, &r->l->remember, b, "a second paragraph under # Nhớ: keep one");
}

static void read_block(struct reading *r, const struct block *b)
{
    if (b->odd)
        report_problem(r->report, r->l->file, b->line, "%s: write plain words", b->odd);
    if (b->kind == BLOCK_HEADING) {
        open_section(r, b);
        return;
    }
    if (!r->seen_heading) {
        problem(r, b->line, "text before the first heading: start with # and a title");
        return;
    }
    switch (r->section) {
    case SECTION_CARD:
        fill_card(r, b);
        break;
    case SECTION_SHOW:
        fill_show(r, b);
        break;
    case SECTION_TRY:
        fill_practice(r, b);
        break;
    case SECTION_ASK:
        fill_quiz(r, b);
        break;
    case SECTION_REMEMBER:
        fill_remember(r, b);
        break;
    }
}

/* "---\n" front matter "---\n": cuts it off and returns what follows. */
static const char *cut_front(struct source_lesson *l, const char *text)
{
    const char *start = text + strlen("---\n");
    const char *end;

    if (strncmp(text, "---\n", strlen("---\n")) != 0)
        return NULL;
    end = strstr(text + 3, "\n---\n");
    if (!end)
        return NULL;
    end++;
    l->front_text = (struct yaml_text){ l->file, 2, start, (size_t)(end - start) };
    return end + strlen("---\n");
}

enum err source_lesson_read(struct source_lesson *l, const char *text,
                            struct arena *arena, struct report *report)
{
    struct reading r = { .l = l, .arena = arena, .report = report };
    const char *body = cut_front(l, text);
    struct block *blocks;
    size_t n_blocks;
    int line = 1;
    enum err err;

    if (!body) {
        report_problem(report, l->file, 1,
                       "no front matter: start with a line ---, "
                       "then id: and so on, then a line ---");
        return ERR_REJECTED;
    }
    err = yaml_lesson(&l->front_text, arena, report, &l->front);
    if (err)
        return err;
    for (const char *p = text; p < body; p++)
        line += *p == '\n';
    blocks = markdown_read(body, strlen(body), line, arena, &n_blocks);
    for (size_t i = 0; i < n_blocks; i++)
        read_block(&r, &blocks[i]);
    return ERR_OK;
}
