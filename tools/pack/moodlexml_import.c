/* Walks a Moodle XML file from elsewhere: categories, questions, what stands around their
 * answers. */
#include "moodlexml_import.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "import_tidy.h"
#include "moodlexml_import_text.h"
#include "report.h"

/* --- around the answers ------------------------------------------------------------- */

/* What is read here, and settings that mean nothing to our lessons. */
static const char *const quiet[] = {
    "answer",          "answernumbering", "defaultgrade",
    "generalfeedback", "hidden",          "name",
    "penalty",         "questiontext",    "showunits",
    "shownumcorrect",  "single",          "showstandardinstruction",
    "subquestion",     "unitgradingtype", "unitpenalty",
    "units",           "unitsleft",       "usecase",
};

/* What is named if it says something. */
static const struct {
    const char *name;
    unsigned once;
    const char *what;
} named[] = {
    { "correctfeedback", SAID_WHOLE,
      "reasons for right, half right and wrong as a whole: left out" },
    { "hint", SAID_HINTS, "hints: left out" },
    { "idnumber", 0, "an idnumber: left out" },
    { "incorrectfeedback", SAID_WHOLE,
      "reasons for right, half right and wrong as a whole: left out" },
    { "partiallycorrectfeedback", SAID_WHOLE,
      "reasons for right, half right and wrong as a whole: left out" },
    { "tags", 0, "tags: left out" },
};

static bool is_quiet(const char *name)
{
    for (size_t i = 0; i < COUNT(quiet); i++) {
        if (strcmp(quiet[i], name) == 0)
            return true;
    }
    return false;
}

static void name_element(struct importing *im, const struct xml_element *e)
{
    for (size_t i = 0; i < COUNT(named); i++) {
        if (strcmp(named[i].name, e->name) == 0) {
            import_note(im, named[i].once, e->line, named[i].what);
            return;
        }
    }
    import_note(im, 0, e->line,
                arena_printf(im->g.arena,
                             "<%.40s>: left out, nothing of ours is like it", e->name));
}

static void name_rest(struct importing *im, const struct xml_element *question)
{
    for (const struct xml_element *e = question->first; e; e = e->next) {
        if (strcmp(e->name, "shuffleanswers") != 0) {
            if (!is_quiet(e->name) && moodlexml_says(e))
                name_element(im, e);
        } else if (!moodlexml_is_true(
                       moodlexml_value(im, question, "shuffleanswers", "true"))) {
            import_note(im, 0, e->line, "answers in their order: lessons mix them");
        }
    }
}

static void read_stem(struct importing *im, const struct xml_element *question,
                      struct gift_item *item)
{
    const struct xml_element *text = xml_tree_child(question, "questiontext");
    struct gift_picture picture = { 0 };

    item->stem = moodlexml_words(im, text, &picture);
    import_stem_picture(im, item, picture.line, &picture);
}

/* --- questions ---------------------------------------------------------------------- */

static void name_lost(struct importing *im, const struct xml_element *question,
                      const char *type)
{
    static const struct {
        const char *type, *what;
    } lost[] = {
        { "cloze", "gaps in a text: left out, write each again as a choice" },
        { "description", "a description without a question: left out" },
        { "essay", "an essay: left out, no machine can mark it" },
    };

    for (size_t i = 0; i < COUNT(lost); i++) {
        if (strcmp(lost[i].type, type) == 0) {
            import_note(im, 0, question->line, lost[i].what);
            return;
        }
    }
    report_problem(
        im->g.report, im->g.file, question->line,
        "a question of type “%.40s”: left out, write it again as a choice of "
        "two or three",
        type);
}

static void read_question(struct importing *im, const struct xml_element *question,
                          const char *type)
{
    struct gift_item item = { .line = question->line };
    moodlexml_read_fn *read = moodlexml_read_of(type);
    const char *title, *why;

    if (!read) {
        name_lost(im, question, type);
        return;
    }
    title = moodlexml_plain(im, xml_tree_child(question, "name"));
    item.id = title;
    read_stem(im, question, &item);
    why = moodlexml_reason(im, question, "generalfeedback");
    item.why = *why ? why : NULL;
    read(im, question, &item);
    name_rest(im, question);
    import_item(im, &item, *title ? title : NULL);
}

static void read_category(struct importing *im, const struct xml_element *question)
{
    const struct xml_element *info = xml_tree_child(question, "info");

    import_category(im, moodlexml_plain(im, xml_tree_child(question, "category")));
    if (info && moodlexml_says(info))
        import_note(im, 0, info->line, "the words about a category: left out");
}

/* False: no more of them. */
static bool read_element(struct importing *im, const struct xml_element *e)
{
    const char *type = xml_tree_attr(e, "type");

    im->said = 0;
    im->g.failed = false;
    if (strcmp(e->name, "question") != 0) {
        report_problem(im->g.report, im->g.file, e->line,
                       "<%.40s> instead of a <question>: left out", e->name);
    } else if (type && strcmp(type, "category") == 0) {
        read_category(im, e);
    } else if (++im->n_questions > IMPORT_ITEMS_MAX) {
        report_problem(im->g.report, im->g.file, e->line,
                       "more than 5000 questions: the rest was left out");
        return false;
    } else {
        read_question(im, e, type ? type : "");
    }
    return true;
}

size_t moodlexml_import(const char *text, const char *file, const char *lesson,
                        struct arena *arena, struct report *report, struct buf *out)
{
    struct importing im = {
        .g = { .at = "", .line = 1, .file = file, .arena = arena, .report = report },
        .lesson = lesson,
        .out = out,
    };
    const struct xml_element *quiz =
        xml_tree_read(text, strlen(text), file, arena, report);
    const struct xml_element *e = quiz ? quiz->first : NULL;

    if (quiz && strcmp(quiz->name, "quiz") != 0) {
        report_problem(
            report, file, quiz->line,
            "<%.40s> instead of <quiz>: the file was refused, let Moodle write "
            "Moodle XML",
            quiz->name);
        return 0;
    }
    while (e && read_element(&im, e))
        e = e->next;
    import_close(&im);
    return im.n_items;
}
