/* Rules over the source tree: ids, words, pictures, facts, paths. Rules of form were
 * checked while it was read. */
#include "lint.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "language.h"
#include "lesson/placement.h"
#include "lint_item.h"
#include "lint_practice.h"
#include "lint_taught.h"
#include "lint_voice.h"
#include "pictures.h"
#include "report.h"
#include "shared_text.h"

#define CARDS_MIN 3
#define MINUTES_MAX 15
#define TITLE_BYTES_MAX 120

/* --- shared with lint_item.c ------------------------------------------------------- */

void lint_words(const struct lint *c, int line, const char *what, const char *text)
{
    const char *instead;
    const char *word = language_unwanted(text, &instead);

    if (word)
        report_problem(c->report, c->file, line, "%s says “%s”: say %s", what, word,
                       instead);
    if (strlen(text) > LESSON_TEXT_MAX)
        report_problem(c->report, c->file, line, "%s is longer than 1000 bytes: cut it",
                       what);
}

/* Braces that are no form of address would stay on the screen. */
static void lint_braces(const struct lint *c, int line, const char *what,
                        const char *text)
{
    for (const char *at = text; (at = strchr(at, '{')); at++) {
        if (strncmp(at, "{xh}", 4) != 0 && strncmp(at, "{Xh}", 4) != 0) {
            report_problem(c->report, c->file, line,
                           "%s has a { that is not {xh} or {Xh}: write it so", what);
            return;
        }
    }
}

/* Titles stand in lists, where nobody is spoken to. */
static void lint_title(const struct lint *c, int line, const char *what,
                       const char *text)
{
    lint_words(c, line, what, text);
    if (strchr(text, '{'))
        report_problem(c->report, c->file, line,
                       "%s has a {: leave the form of address out", what);
}

void lint_sentences(const struct lint *c, int line, const char *what, const char *text,
                    size_t max)
{
    size_t longest = language_longest_sentence(text);
    size_t n = language_sentences(text);

    lint_words(c, line, what, text);
    lint_braces(c, line, what, text);
    if (longest > LANGUAGE_SENTENCE_MAX)
        report_problem(c->report, c->file, line,
                       "%s has a sentence of %zu syllables: at most 12, cut it in two",
                       what, longest);
    if (n > max)
        report_problem(c->report, c->file, line, "%s has %zu sentences: at most %zu",
                       what, n, max);
}

void lint_picture(const struct lint *c, const char *folder,
                  const struct gift_picture *p, bool needs_alt)
{
    const char *path = source_find_picture(c->source, folder, p->file);
    char why[200];

    if (!path)
        report_problem(c->report, c->file, p->line,
                       "picture %.64s is not there: put an .svg or .png beside the "
                       "text or into art/",
                       p->file);
    else if (picture_check(path, why, sizeof(why)))
        report_problem(c->report, c->file, p->line, "picture %.64s: %s", p->file, why);
    if (needs_alt && (!p->alt || !*p->alt))
        report_problem(c->report, c->file, p->line,
                       "picture %.64s has no words for who cannot see it: write "
                       "![what it shows](%.64s)",
                       p->file, p->file);
    else if (p->alt)
        lint_words(c, p->line, "the words of a picture", p->alt);
}

/* --- cards ------------------------------------------------------------------------- */

/* What the page of a word has room for, and what it cannot do without. */
static void lint_word(const struct lint *c, const struct source_card *card)
{
    const char *say = card->say.text;

    if (!*card->title.text || strlen(card->title.text) > LESSON_WORD_MAX)
        report_problem(c->report, c->file, card->title.line,
                       "a word of %zu letters: write # Từ: and one short word",
                       strlen(card->title.text));
    if (!say || !*say)
        report_problem(c->report, c->file, card->title.line,
                       "a word without how it is said: write > Đọc là: and that");
    else if (strlen(say) > LESSON_SAY_MAX || strchr(say, '{'))
        report_problem(c->report, c->file, card->say.line,
                       "how the word is said is too long or has a {: shorten it");
}

static void lint_card(const struct lint *c, const struct source_lesson *l,
                      const struct source_card *card)
{
    if (card->is_word)
        lint_word(c, card);
    lint_title(c, card->title.line, "the heading", card->title.text);
    if (language_syllables(card->title.text) > LANGUAGE_TITLE_MAX)
        report_problem(c->report, c->file, card->title.line,
                       "the heading has %zu syllables: at most 6",
                       language_syllables(card->title.text));
    if (!card->picture.file)
        report_problem(c->report, c->file, card->title.line,
                       "a card without a picture: add ![what it shows](file.svg)");
    else
        lint_picture(c, l->folder, &card->picture, true);
    if (!card->text.text)
        report_problem(c->report, c->file, card->title.line,
                       "a card without text: write one or two short sentences");
    else
        lint_sentences(c, card->text.line, "the card", card->text.text, 2);
    if (card->note.text)
        lint_sentences(c, card->note.line, "the note", card->note.text, 1);
}

/* An outcome says what one can do afterwards; a person reads it in peace, on a list. */
static void lint_outcome(const struct lint *c, int line, const char *outcome)
{
    size_t n = language_syllables(outcome);

    lint_words(c, line, "the outcome", outcome);
    lint_braces(c, line, "the outcome", outcome);
    if (n > LANGUAGE_OUTCOME_MAX || language_sentences(outcome) > 1)
        report_problem(
            c->report, c->file, line,
            "the outcome is %zu syllables in %zu sentences: at most %d in one", n,
            language_sentences(outcome), LANGUAGE_OUTCOME_MAX);
}

/* --- the front matter -------------------------------------------------------------- */

static bool is_path(const char *name)
{
    for (size_t i = 0; i < YAML_PATHS; i++) {
        if (strcmp(yaml_path_name(i), name) == 0)
            return true;
    }
    return false;
}

static void lint_front(const struct lint *c, const struct source_module *m,
                       const struct source_lesson *l)
{
    const struct lesson_yaml *front = &l->front;
    int id_line = yaml_line_of(&l->front_text, "id");
    size_t n = strlen(m->front.id);

    if (!lesson_id_valid(front->id))
        report_problem(c->report, c->file, id_line,
                       "id “%.40s”: use 1 to 32 of a-z 0-9 . _ -", front->id);
    else if (strncmp(front->id, m->front.id, n) != 0 || front->id[n] != '-')
        report_problem(c->report, c->file, id_line,
                       "id %s is not of module %s: start it with %s-", front->id,
                       m->front.id, m->front.id);
    lint_title(c, yaml_line_of(&l->front_text, "title"), "the title", front->title);
    lint_outcome(c, yaml_line_of(&l->front_text, "outcome"), front->outcome);
    if (front->minutes < 1 || front->minutes > MINUTES_MAX)
        report_problem(c->report, c->file, yaml_line_of(&l->front_text, "minutes"),
                       "minutes is %d: a lesson takes 1 to 15", front->minutes);
    for (size_t i = 0; i < front->facts.n; i++) {
        if (!facts_find(&c->source->facts, front->facts.item[i]))
            report_problem(c->report, c->file, yaml_line_of(&l->front_text, "facts"),
                           "fact “%.40s” is not in facts.csv: add it there",
                           front->facts.item[i]);
    }
    for (size_t i = 0; i < front->path.n; i++) {
        const char *path = front->path.item[i];

        if (!is_path(path))
            report_problem(c->report, c->file, yaml_line_of(&l->front_text, "path"),
                           "path “%.40s” is not known: use short, citizen, full or "
                           "worker",
                           path);
    }
}

static void lint_lesson(struct lint *c, const struct source_module *m,
                        const struct source_lesson *l)
{
    c->file = l->file;
    lint_front(c, m, l);
    if (l->n_cards < (m->front.until ? 1 : CARDS_MIN))
        report_problem(c->report, c->file, 1, "%zu cards: a lesson has 4 to 6",
                       l->n_cards);
    for (size_t i = 0; i < l->n_cards; i++)
        lint_card(c, l, &l->cards[i]);
    if (l->n_items == 0)
        report_problem(c->report, c->file, 1,
                       "no question that can be read: write 3 to 5 under # Hỏi");
    for (size_t i = 0; i < l->n_items; i++)
        lint_item(c, l, &l->items[i]);
    if (l->show.text) {
        lint_sentences(c, l->show.line, "what is shown", l->show.text, 2);
        if (!l->n_practices)
            report_problem(c->report, c->file, l->show.line,
                           "# Làm theo without # Tập: the machine shows a practice");
    }
    lint_practices(c, l);
    if (!l->remember.text)
        report_problem(c->report, c->file, 1,
                       "nothing to remember: end with # Nhớ and one sentence or two");
    else
        lint_sentences(c, l->remember.line, "what to remember", l->remember.text, 2);
}

/* --- the pack ---------------------------------------------------------------------- */

static const struct source_lesson *find_lesson(const struct source *s, const char *id,
                                               const struct source_lesson *before)
{
    for (size_t i = 0; i < s->n_modules; i++) {
        for (size_t k = 0; k < s->modules[i].n_lessons; k++) {
            const struct source_lesson *l = &s->modules[i].lessons[k];

            if (l == before)
                return NULL;
            if (strcmp(l->front.id, id) == 0)
                return l;
        }
    }
    return NULL;
}

static bool has(const struct yaml_list *list, const char *text)
{
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->item[i], text) == 0)
            return true;
    }
    return false;
}

/* Where pack.yaml lists a path, the lessons and the list must agree. */
static void lint_path_members(struct lint *c, const char *name,
                              const struct yaml_list *ids)
{
    for (size_t i = 0; ids->n && i < c->source->n_modules; i++) {
        for (size_t k = 0; k < c->source->modules[i].n_lessons; k++) {
            const struct source_lesson *l = &c->source->modules[i].lessons[k];

            if (has(ids, l->front.id) != has(&l->front.path, name))
                report_problem(
                    c->report, l->file, yaml_line_of(&l->front_text, "path"),
                    "path %s: this line and pack.yaml do not agree: write %s "
                    "in both or in neither",
                    name, name);
        }
    }
}

static void lint_path(struct lint *c, const char *name, const struct yaml_list *ids)
{
    lint_path_members(c, name, ids);
    for (size_t i = 0; i < ids->n; i++) {
        if (!find_lesson(c->source, ids->item[i], NULL))
            report_problem(
                c->report, c->source->file,
                yaml_line_of(&c->source->front_text, "paths"),
                "path %s names lesson “%.40s”, which is not there: write the "
                "lesson or take it out",
                name, ids->item[i]);
    }
}

static void lint_module(struct lint *c, const struct source_module *m)
{
    const struct gift_picture picture = { m->front.picture, m->front.title,
                                          yaml_line_of(&m->front_text, "picture") };

    c->file = m->file;
    if (!lesson_id_valid(m->front.id))
        report_problem(c->report, c->file, yaml_line_of(&m->front_text, "id"),
                       "id “%.40s”: use 1 to 32 of a-z 0-9 . _ -", m->front.id);
    for (const struct source_module *o = c->source->modules; o < m; o++) {
        if (strcmp(o->front.id, m->front.id) == 0)
            report_problem(c->report, c->file, yaml_line_of(&m->front_text, "id"),
                           "module %s is there twice: give it another id", m->front.id);
    }
    lint_title(c, yaml_line_of(&m->front_text, "title"), "the title", m->front.title);
    lint_outcome(c, yaml_line_of(&m->front_text, "outcome"), m->front.outcome);
    if (m->front.until && clock_day_parse(m->front.until) < 0)
        report_problem(c->report, c->file, yaml_line_of(&m->front_text, "until"),
                       "until “%.20s” is not a date: write YYYY-MM-DD", m->front.until);
    if (m->front.question)
        lint_sentences(c, yaml_line_of(&m->front_text, "question"), "the question",
                       m->front.question, 1);
    lint_picture(c, m->folder, &picture, false);
    for (size_t i = 0; i < m->n_lessons; i++) {
        const struct source_lesson *l = &m->lessons[i];

        lint_lesson(c, m, l);
        if (find_lesson(c->source, l->front.id, l))
            report_problem(c->report, l->file, yaml_line_of(&l->front_text, "id"),
                           "lesson %s is there twice: give it another id", l->front.id);
    }
}

/* What a new learner may be asked takes three minutes at most. */
static void lint_placement(const struct lint *c)
{
    size_t n = 0;

    for (size_t i = 0; i < c->source->n_modules; i++) {
        const struct source_module *m = &c->source->modules[i];

        if (m->front.question && ++n > PLACEMENT_QUESTIONS_MAX)
            report_problem(c->report, m->file, yaml_line_of(&m->front_text, "question"),
                           "a question more than %d in all: nobody would be asked it, "
                           "take one out",
                           PLACEMENT_QUESTIONS_MAX);
    }
}

static void lint_shared(const struct lint *c)
{
    struct shared_text shared;

    shared_text_measure(c->source, &shared);
    for (size_t i = 0; i < shared.n; i++) {
        const struct shared_row *row = &shared.rows[i];

        if (row->percent > SHARED_TEXT_MAX_PERCENT)
            report_warning(
                c->report, row->lesson->file, 0,
                "%d %% of the text is also in %s: tell another story, or make "
                "one lesson of the two",
                row->percent, row->with->front.id);
    }
    shared_text_finish(&shared);
}

void lint_source(struct source *s, item_types types, struct report *report)
{
    struct lint c = { .source = s, .types = types, .report = report, .file = s->file };
    const struct pack_yaml *front = &s->front;

    if (!lesson_id_valid(front->id))
        report_problem(report, s->file, yaml_line_of(&s->front_text, "id"),
                       "id “%.40s”: use 1 to 32 of a-z 0-9 . _ -", front->id);
    if (front->version < 1)
        report_problem(report, s->file, yaml_line_of(&s->front_text, "version"),
                       "version is %d: count up from 1", front->version);
    for (size_t i = 0; i < s->n_modules; i++)
        lint_module(&c, &s->modules[i]);
    for (size_t i = 0; i < YAML_PATHS; i++)
        lint_path(&c, yaml_path_name(i), &front->paths[i]);
    if (front->beside &&
        (!lesson_id_valid(front->beside) || strcmp(front->beside, front->id) == 0))
        report_problem(report, s->file, yaml_line_of(&s->front_text, "beside"),
                       "beside “%.40s”: write the id of the pack it stands beside",
                       front->beside);
    lint_placement(&c);
    lint_shared(&c);
    lint_taught(s, report);
    lint_voice(s, report);
}
