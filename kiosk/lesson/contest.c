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
    if (n >= n_pool)
        return;
    for (size_t i = 0; i < n; i++) {
        size_t k = i + (size_t)(next(&seed) % (n_pool - i));
        struct contest_ref swap = pool[i];

        pool[i] = pool[k];
        pool[k] = swap;
    }
}

/* --- standing ------------------------------------------------------------------------- */

static const struct contest_answer *answer_of(const struct contest *c, size_t question,
                                              size_t team)
{
    return &c->answers[question][team];
}

static bool is_right(const struct contest *c, size_t question, size_t team)
{
    return !c->gone[question] && answer_of(c, question, team)->verdict == CONTEST_RIGHT;
}

static size_t main_right(const struct contest *c, size_t team)
{
    size_t n = 0;

    for (size_t q = 0; q < c->n_main; q++)
        n += is_right(c, q, team);
    return n;
}

static int64_t main_seconds(const struct contest *c, size_t team)
{
    int64_t ms = 0;

    for (size_t q = 0; q < c->n_main; q++)
        if (!c->gone[q])
            ms += answer_of(c, q, team)->ms;
    return ms / MS_PER_S;
}

/* Above 0: `a` stands before `b`, by the main questions and the first `n_extra` others. */
static int before(const struct contest *c, size_t a, size_t b, size_t n_extra)
{
    size_t right_a = main_right(c, a), right_b = main_right(c, b);
    int64_t s_a = main_seconds(c, a), s_b = main_seconds(c, b);

    for (size_t q = c->n_main;; q++) {
        if (right_a != right_b)
            return right_a > right_b ? 1 : -1;
        if (s_a != s_b)
            return s_a < s_b ? 1 : -1;
        while (q < c->n_main + n_extra && c->gone[q])
            q++;
        if (q >= c->n_main + n_extra)
            return 0;
        right_a = is_right(c, q, a);
        right_b = is_right(c, q, b);
        s_a = answer_of(c, q, a)->ms / MS_PER_S;
        s_b = answer_of(c, q, b)->ms / MS_PER_S;
    }
}

static bool shares(const struct contest *c, size_t team, size_t n_extra)
{
    for (size_t other = 0; other < c->n_teams; other++)
        if (other != team && before(c, team, other, n_extra) == 0)
            return true;
    return false;
}

void contest_places(const struct contest *c, struct contest_place *places)
{
    for (size_t team = 0; team < c->n_teams; team++) {
        struct contest_place p = { .team = team,
                                   .place = 1,
                                   .shared = shares(c, team, c->n_extra),
                                   .n_right = main_right(c, team),
                                   .seconds = main_seconds(c, team) };
        size_t at = 0;

        for (size_t e = 0; e < c->n_extra; e++)
            p.n_extra_right += is_right(c, c->n_main + e, team);
        for (size_t other = 0; other < c->n_teams; other++) {
            int ahead = before(c, other, team, c->n_extra);

            p.place += ahead > 0;
            at += ahead > 0 || (ahead == 0 && other < team);
        }
        places[at] = p;
    }
}

bool contest_is_tied(const struct contest *c)
{
    for (size_t team = 0; team < c->n_teams; team++)
        if (shares(c, team, c->n_extra))
            return true;
    return false;
}

bool contest_can_extra(const struct contest *c)
{
    return c->n_main + c->n_extra < c->n_questions && c->n_extra < CONTEST_EXTRA_MAX;
}

/* --- turns ---------------------------------------------------------------------------- */

bool contest_asks(const struct contest *c, size_t question, size_t team)
{
    if (question < c->n_main)
        return true;
    return question < c->n_main + c->n_extra && shares(c, team, question - c->n_main);
}

bool contest_told(const struct contest *c, size_t question)
{
    if (question >= c->n_main + c->n_extra)
        return false;
    for (size_t team = 0; team < c->n_teams; team++)
        if (contest_asks(c, question, team) &&
            answer_of(c, question, team)->verdict == CONTEST_OPEN)
            return false;
    return true;
}

bool contest_turn(const struct contest *c, struct contest_turn *out)
{
    ASSERT(c->n_main + c->n_extra <= CONTEST_QUESTIONS_MAX);
    for (size_t q = 0; q < c->n_main + c->n_extra; q++) {
        for (size_t i = 0; !c->gone[q] && i < c->n_teams; i++) {
            size_t team = (q + i) % c->n_teams;

            if (!contest_asks(c, q, team) ||
                answer_of(c, q, team)->verdict != CONTEST_OPEN)
                continue;
            *out = (struct contest_turn){ q, team };
            return true;
        }
    }
    return false;
}

size_t contest_right_so_far(const struct contest *c, size_t team)
{
    size_t n = 0;

    for (size_t q = 0; q < c->n_main + c->n_extra; q++)
        n += contest_told(c, q) && is_right(c, q, team);
    return n;
}
