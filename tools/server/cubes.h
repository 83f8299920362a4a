/* The reader of parts: figures of a period by sex, age, target group, occupation and unit.
 * Lượt and người stand apart, as in figures.h. */
#pragma once

#include "figures.h"

enum cube_kind { CUBE_SEX, CUBE_BAND, CUBE_GROUP, CUBE_JOB, CUBE_UNIT, CUBE_KINDS };

struct cube {
    const char *code;
    const char *name;          /* NULL: nobody gave one */
    struct figure registered;  /* người */
    struct figure finished;    /* người */
    struct figure completions; /* lượt */
    struct figure attendance;  /* lượt */
    struct figure classes;     /* buổi; of units alone */
};

struct cubes {
    struct cube *rows[CUBE_KINDS];
    size_t n_rows[CUBE_KINDS];
};

/* Into `arena`; the known codes in their official order, units by their names, what has
 * no name last. Errors: of the store. */
NODISCARD enum err cubes_read(struct server *s, const struct period *period,
                              struct arena *arena, struct cubes *out);

/* "Nam, nữ": what the kind is called. */
const char *cubes_title(enum cube_kind kind);
/* The row of this code, or NULL. */
const struct cube *cubes_find(const struct cubes *c, enum cube_kind kind,
                              const char *code);
