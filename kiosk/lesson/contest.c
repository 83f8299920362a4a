/* Draw, turns and places of a contest. */
#include "lesson/contest.h"

#include <string.h>

#include "base/check.h"

#define MS_PER_S 1000

/* --- the draw ------------------------------------------------------------------------- */

/* splitmix64 (Steele, Lea, Flood 2014): the same on every machine. */
static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15U;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

void contest_draw(struct contest_ref *pool, size_t n_pool, size_t n, uint64_t seed)
{
    for (size_t i = 0; i < n && i < n_pool; i++) {
        size_t k = i + (size_t)(next(&seed) % (n_pool - i));
        struct contest_ref swap = pool[i];

        pool[i] = pool[k];
        pool[k] = swap;
    }
}

/* --- standing ------------------------------------------------------------------------- */

/* Which questions count: those that everybody answered who was asked. What is half answered
 * (rule 4, or still going on) counts for nobody. */
struct view {
    const struct contest *c;
    bool counts[CONTEST_QUESTIONS_MAX];
};

static bool is_open(const struct contest *c, size_t question, size_t team)
{
    return c->answers[question][team].verdict == CONTEST_OPEN;
}

static bool is_right(const struct view *v, size_t question, size_t team)
{
    return v->counts[question] &&
           v->c->answers[question][team].verdict == CONTEST_RIGHT;
}

static size_t main_right(const struct view *v, size_t team)
{
    size_t n = 0;

    for (size_t q = 0; q < v->c->n_main; q++)
        n += is_right(v, q, team);
    return n;
}

static int64_t main_seconds(const struct view *v, size_t team)
{
    int64_t ms = 0;

    for (size_t q = 0; q < v->c->n_main; q++)
        if (v->counts[q])
            ms += v->c->answers[q][team].ms;
    return ms / MS_PER_S;
}

static int compare(size_t right_a, size_t right_b, int64_t s_a, int64_t s_b)
{
    if (right_a != right_b)
        return right_a > right_b ? 1 : -1;
    return s_a == s_b ? 0 : s_a < s_b ? 1 : -1;
}

/* Above 0: `a` stands before `b`, by the main questions and the first `n_extra` others. */
static int before(const struct view *v, size_t a, size_t b, size_t n_extra)
{
    int ahead = compare(main_right(v, a), main_right(v, b), main_seconds(v, a),
                        main_seconds(v, b));

    for (size_t e = 0; !ahead && e < n_extra; e++) {
        size_t q = v->c->n_main + e;

        if (v->counts[q])
            ahead = compare(is_right(v, q, a), is_right(v, q, b),
                            v->c->answers[q][a].ms / MS_PER_S,
                            v->c->answers[q][b].ms / MS_PER_S);
    }
    return ahead;
}

static bool shares(const struct view *v, size_t team, size_t n_extra)
{
    for (size_t other = 0; other < v->c->n_teams; other++)
        if (other != team && before(v, team, other, n_extra) == 0)
            return true;
    return false;
}

static bool asks(const struct view *v, size_t question, size_t team)
{
    return question < v->c->n_main || shares(v, team, question - v->c->n_main);
}

/* In the order of asking: who is asked an extra question follows from those before it. */
static struct view view_of(const struct contest *c)
{
    struct view v = { .c = c };

    ASSERT(c->n_teams <= CONTEST_TEAMS_MAX &&
           c->n_main + c->n_extra <= CONTEST_QUESTIONS_MAX);
    for (size_t q = 0; q < c->n_main + c->n_extra; q++) {
        bool all = true, any = false;

        for (size_t team = 0; all && team < c->n_teams; team++)
            if (asks(&v, q, team)) {
                any = true;
                all = !is_open(c, q, team);
            }
        v.counts[q] = any && all;
    }
    return v;
}

void contest_places(const struct contest *c, struct contest_place *places)
{
    struct view v = view_of(c);

    for (size_t team = 0; team < c->n_teams; team++) {
        struct contest_place p = { .team = team,
                                   .place = 1,
                                   .shared = shares(&v, team, c->n_extra),
                                   .n_right = main_right(&v, team),
                                   .seconds = main_seconds(&v, team) };
        size_t at = 0;

        for (size_t e = 0; e < c->n_extra; e++)
            p.n_extra_right += is_right(&v, c->n_main + e, team);
        for (size_t other = 0; other < c->n_teams; other++) {
            int ahead = before(&v, other, team, c->n_extra);

            p.place += ahead > 0;
            at += ahead > 0 || (ahead == 0 && other < team);
        }
        places[at] = p;
    }
}

bool contest_is_tied(const struct contest *c)
{
    struct view v = view_of(c);

    for (size_t team = 0; team < c->n_teams; team++)
        if (shares(&v, team, c->n_extra))
            return true;
    return false;
}

bool contest_can_extra(const struct contest *c)
{
    return c->n_main + c->n_extra < c->n_questions && c->n_extra < CONTEST_EXTRA_MAX;
}

size_t contest_n_counted(const struct contest *c)
{
    struct view v = view_of(c);
    size_t n = 0;

    for (size_t q = 0; q < c->n_main; q++)
        n += v.counts[q];
    return n;
}

/* --- turns ---------------------------------------------------------------------------- */

bool contest_asks(const struct contest *c, size_t question, size_t team)
{
    struct view v = view_of(c);

    return question < c->n_main + c->n_extra && asks(&v, question, team);
}

bool contest_told(const struct contest *c, size_t question)
{
    return question < c->n_main + c->n_extra && view_of(c).counts[question];
}

bool contest_turn(const struct contest *c, struct contest_turn *out)
{
    struct view v = view_of(c);

    for (size_t q = 0; q < c->n_main + c->n_extra; q++) {
        for (size_t i = 0; !c->gone[q] && !v.counts[q] && i < c->n_teams; i++) {
            size_t team = (q + i) % c->n_teams;

            if (!asks(&v, q, team) || !is_open(c, q, team))
                continue;
            *out = (struct contest_turn){ q, team };
            return true;
        }
    }
    return false;
}

size_t contest_right_so_far(const struct contest *c, size_t team)
{
    struct view v = view_of(c);
    size_t n = 0;

    for (size_t q = 0; q < c->n_main + c->n_extra; q++)
        n += is_right(&v, q, team);
    return n;
}
