/* How a practice is played: what a touch does, the way back, hints. What it is made of and
 * whether it can be played: practice_read.c, practice_check.c. */
#include "lesson/practice.h"

#include <string.h>

#include "base/check.h"

#define COUNT_MAX 255

/* Something right stands there. */
static bool leads_on(const struct practice_screen *s)
{
    size_t meant = practice_meant(s);

    return meant < s->n_parts && s->parts[meant].act == ACT_RIGHT;
}

static size_t dial_length(const struct practice_screen *s)
{
    for (size_t i = 0; i < s->n_parts; i++)
        if (s->parts[i].kind == PART_DIAL)
            return strlen(s->parts[i].text);
    return 0;
}

/* Who stands aside has the way in the trail: going back alone leads there. */
bool practice_state_holds(const struct practice *p, const struct practice_state *s)
{
    if (s->at >= p->n_screens || s->n_trail > PRACTICE_TRAIL_MAX ||
        s->help > HELP_HAND || s->typed > dial_length(&p->screens[s->at]))
        return false;
    for (size_t i = 0; i < s->n_trail; i++)
        if (s->trail[i] >= p->n_screens)
            return false;
    return leads_on(&p->screens[s->n_trail ? s->trail[0] : s->at]);
}

static void come_to(struct practice_state *s, int at)
{
    s->at = (unsigned char)at;
    s->help = HELP_NONE;
    s->typed = 0;
    s->coaxed = 0;
}

static void go_aside(struct practice_state *s, int to)
{
    if (s->n_trail ==
        PRACTICE_TRAIL_MAX) { /* the oldest place off the way is forgotten */
        memmove(s->trail + 1, s->trail + 2, PRACTICE_TRAIL_MAX - 2);
        s->n_trail--;
    }
    s->trail[s->n_trail++] = s->at;
    come_to(s, to);
}

static void count_up(unsigned char *n)
{
    if (*n < COUNT_MAX)
        ++*n;
}

enum practice_result practice_gesture(const struct practice *p,
                                      struct practice_state *s, size_t part)
{
    const struct practice_part *touched = &p->screens[s->at].parts[part];

    ASSERT(part < p->screens[s->at].n_parts);
    if (s->done)
        return PRACTICE_DONE;
    switch (touched->act) {
    case ACT_NONE:
        break;
    case ACT_RIGHT:
        if (touched->to == PRACTICE_TO_DONE) {
            s->done = 1;
            return PRACTICE_DONE;
        }
        s->n_trail = 0;
        come_to(s, touched->to);
        return PRACTICE_RIGHT;
    case ACT_WRONG:
        count_up(&s->wrong);
        go_aside(s, touched->to);
        return PRACTICE_WRONG;
    case ACT_GO:
        if (touched->to != PRACTICE_TO_BACK)
            go_aside(s, touched->to);
        else if (s->n_trail)
            come_to(s, s->trail[--s->n_trail]);
        else
            return PRACTICE_STAYS;
        return PRACTICE_MOVED;
    }
    return PRACTICE_STAYS;
}

static bool digits_left(const char *number, size_t typed)
{
    return number[typed + strspn(number + typed, " ")];
}

/* Who cannot hold or push touches twice: nobody stays behind for that. */
enum practice_result practice_touch(const struct practice *p, struct practice_state *s,
                                    size_t part)
{
    const struct practice_part *touched = &p->screens[s->at].parts[part];

    ASSERT(part < p->screens[s->at].n_parts);
    if ((touched->kind == PART_HOLD || touched->kind == PART_SWIPE) &&
        touched->act != ACT_NONE && !s->coaxed) {
        s->coaxed = 1;
        return PRACTICE_COAXES;
    }
    if (touched->kind == PART_DIAL && digits_left(touched->text, s->typed))
        return PRACTICE_COAXES; /* the number first */
    return practice_gesture(p, s, part);
}

enum practice_result practice_digit(const struct practice *p, struct practice_state *s,
                                    size_t part, char digit)
{
    const char *number = p->screens[s->at].parts[part].text;

    ASSERT(part < p->screens[s->at].n_parts);
    while (number[s->typed] == ' ')
        s->typed++;
    if (!number[s->typed])
        return PRACTICE_STAYS;
    if (number[s->typed] != digit)
        return PRACTICE_COAXES;
    s->typed++;
    return PRACTICE_MOVED;
}

enum practice_help practice_hint(struct practice_state *s)
{
    count_up(&s->hints);
    if (s->help == HELP_HAND)
        return HELP_SHOWN;
    return (enum practice_help)++ s->help;
}

/* Right steps from each screen to the end; past PRACTICE_SCREENS_MAX: none lead there. */
static void count_steps(const struct practice *p, size_t steps[PRACTICE_SCREENS_MAX])
{
    for (size_t i = 0; i < p->n_screens; i++)
        steps[i] = PRACTICE_SCREENS_MAX + 1;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < p->n_screens; i++) {
            for (size_t k = 0; k < p->screens[i].n_parts; k++) {
                const struct practice_part *part = &p->screens[i].parts[k];
                size_t n;

                if (part->act != ACT_RIGHT)
                    continue;
                n = part->to < 0 ? 1 : 1 + steps[part->to];
                more = more || n < steps[i];
                steps[i] = n < steps[i] ? n : steps[i];
            }
        }
    }
}

void practice_progress(const struct practice *p, const struct practice_state *s,
                       size_t *at_out, size_t *n_out)
{
    size_t steps[PRACTICE_SCREENS_MAX], all, left;

    count_steps(p, steps);
    all = steps[0];
    left = steps[s->at];

    /* aside: as far as where one comes back to */
    for (size_t i = s->n_trail; left > PRACTICE_SCREENS_MAX && i > 0; i--)
        left = steps[s->trail[i - 1]];
    *n_out = all;
    *at_out = s->done ? all : left < all ? all - left : 0;
}

size_t practice_meant(const struct practice_screen *screen)
{
    size_t back = screen->n_parts;

    for (size_t i = 0; i < screen->n_parts; i++) {
        if (screen->parts[i].act == ACT_RIGHT)
            return i;
        if (screen->parts[i].act == ACT_GO && screen->parts[i].to == PRACTICE_TO_BACK &&
            back == screen->n_parts)
            back = i;
    }
    return back;
}
