/* What the steps of setting a contest up share. */
#pragma once

#include "app/app.h"
#include "app/contest_run.h"
#include "screens/desk.h"
#include "ui/keyboard.h"

#define CONTEST_OWN_MAX CONTEST_TEAMS_MAX /* names of teams that were typed */

enum contest_step {
    CONTEST_HOME, /* what there is already */
    CONTEST_NAME,
    CONTEST_PARTS,
    CONTEST_TEAMS,
    CONTEST_TIME
};
#define CONTEST_STEPS 4 /* after the first page */

struct contest_setup {
    enum contest_step step;
    char name[CONTEST_NAME_BYTES];
    size_t first; /* of the list on the page */
    /* parts */
    bool *modules; /* [n_modules] of the pack */
    size_t count;  /* index of the number of questions */
    /* teams: those of the thôn, then those that were typed */
    struct commune_entry *thon;
    size_t n_thon;
    bool *thon_on;
    char own[CONTEST_OWN_MAX][CONTEST_TEAM_BYTES];
    bool own_on[CONTEST_OWN_MAX];
    size_t n_own;
    bool by_one; /* persons, by number */
    size_t n_ones;
    size_t time; /* index of the seconds */
    /* the keys lie open */
    bool typing;
    struct field typed;
    struct keyboard keyboard;
    bool ask; /* whether the running one is called off */
    const char *say;
    enum chip_tone tone;
};

/* Frame, title and foot of a step; what is left for it. "Tiếp" (`next`) in *next_out. The line
 * of the foot says `say`, or what went wrong. */
struct rect contest_step_frame(struct ui *ui, struct contest_setup *s,
                               enum text_id title, enum text_id next, const char *say,
                               bool *back_out, bool *next_out);
/* The step changes; words of the old one go. */
void contest_step_go(struct contest_setup *s, enum contest_step step);
/* The keys lie open from the next frame on. */
void contest_keys_open(struct contest_setup *s);
/* Keys under a field, for a name of up to `n` bytes with the NUL; true once it is in `out`. */
bool contest_typed(const struct app *app, struct ui *ui, struct contest_setup *s,
                   enum text_id title, const char *note, char *out, size_t n);

void contest_parts_frame(struct app *app, struct ui *ui, struct contest_setup *s);
void contest_teams_frame(struct app *app, struct ui *ui, struct contest_setup *s);
/* What is chosen there. */
size_t contest_questions(const struct contest_setup *s); /* 0: all */
size_t contest_n_teams(const struct contest_setup *s);
void contest_team_names(const struct contest_setup *s, struct ui *ui,
                        char out[CONTEST_TEAMS_MAX][CONTEST_TEAM_BYTES]);
