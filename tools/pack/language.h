/* How we write for learners, as far as a machine can see it: short sentences, words of
 * daily life, nothing that blames. Pure; texts are valid
 * UTF-8 in NFC. The rules stand in content/README.md. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define LANGUAGE_SENTENCE_MAX 12 /* syllables */
#define LANGUAGE_OUTCOME_MAX 16  /* syllables */
#define LANGUAGE_TITLE_MAX 6     /* syllables */

/* Words separated by spaces that hold a letter or digit. */
size_t language_syllables(const char *text);
size_t language_sentences(const char *text);
/* Syllables of the longest sentence. */
size_t language_longest_sentence(const char *text);

/* The first word that we do not use with learners, outside “quotation marks” (there it
 * is being taught, or somebody else is speaking), or NULL; `*instead_out` says what to
 * write. Static storage. */
const char *language_unwanted(const char *text, const char **instead_out);
