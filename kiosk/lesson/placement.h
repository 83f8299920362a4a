/* Where somebody might begin: a proposal out of a few answers. Nothing is marked as
 * learnt by it, and every lesson stays open. Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lesson/pack.h"

/* At most three minutes, as the page says (strings.def place.p): a question is heard, thought about and answered. */
#define PLACEMENT_MINUTES 3
#define PLACEMENT_QUESTION_S 25
#define PLACEMENT_QUESTIONS_MAX 6

enum placement_answer { PLACEMENT_NOT_ASKED, PLACEMENT_KNOWN, PLACEMENT_NOT_KNOWN };

struct placement {
    const char *path;  /* id of a path of the pack; NULL: none */
    const char *start; /* id of a module of the pack; NULL: from the first */
};

/* Modules that ask, in teaching order: `modules` gets their indices; how many. */
size_t placement_questions(const struct pack_info *info,
                           size_t modules[PLACEMENT_QUESTIONS_MAX]);

/* `answers[info->n_modules]`. Who knows little begins with the short path, who knows most
 * of it with the path for everyday life, who knows all with everything; at the first
 * module that they do not know. Of a path that the pack lacks, the nearest shorter one. */
struct placement placement_propose(const struct pack_info *info,
                                   const enum placement_answer *answers);
