/* The reader of a province: figures of a period, commune by commune. A commune tells them
 * by its server, as gauges without small cells, or by kiosks that send here directly. */
#pragma once

#include "figures.h"

enum commune_figure {
    COMMUNE_REGISTERED,  /* người */
    COMMUNE_ACTIVE,      /* người */
    COMMUNE_FINISHED,    /* người: one lesson at least */
    COMMUNE_PATH,        /* người: a path passed whole */
    COMMUNE_COMPLETIONS, /* lượt */
    COMMUNE_ATTENDANCE,  /* lượt */
    COMMUNE_CLASSES,     /* buổi */
    COMMUNE_FIGURES
};

struct commune {
    const char *code;
    const char *name; /* NULL: nobody gave one */
    int64_t seen_ms;  /* of its newest message; 0: none yet */
    struct figure figures[COMMUNE_FIGURES];
};

struct communes {
    struct commune *rows; /* by name, those without last */
    size_t n;
    struct figure sums[COMMUNE_FIGURES]; /* of what is known */
};

/* Into `arena`. Of free days people are not known here. Errors: of the store. */
NODISCARD enum err communes_read(struct server *s, const struct period *period,
                                 struct arena *arena, struct communes *out);
/* "Ghi danh", "người" */
const char *communes_title(enum commune_figure which);
const char *communes_unit(enum commune_figure which);
