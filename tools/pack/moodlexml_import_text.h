/* Texts and answers of Moodle XML. Only for moodlexml_import*.c. */
#pragma once

#include "import.h"
#include "xml_tree.h"

/* The words of the <text> in `e`, by the format that `e` names. "" for NULL. */
const char *moodlexml_words(struct importing *im, const struct xml_element *e,
                            struct gift_picture *picture);
/* The same where Moodle itself has plain words: names, numbers, the right of a pair. */
const char *moodlexml_plain(struct importing *im, const struct xml_element *e);
/* The <feedback> or the like of that name in `e`, "" when there is none. */
const char *moodlexml_reason(struct importing *im, const struct xml_element *e,
                             const char *name);
/* What stands in the child of that name without a <text> of its own, and `otherwise` where
 * there is no such child. */
const char *moodlexml_value(struct importing *im, const struct xml_element *e,
                            const char *name, const char *otherwise);
/* "true" and "1". */
bool moodlexml_is_true(const char *value);
/* Whether anything is said in `e` or in what it holds. */
bool moodlexml_says(const struct xml_element *e);

/* The answers of a question of a type that ours can be, into the item. NULL: it is of none
 * of these types. */
typedef void moodlexml_read_fn(struct importing *im, const struct xml_element *question,
                               struct gift_item *item);
moodlexml_read_fn *moodlexml_read_of(const char *type);
