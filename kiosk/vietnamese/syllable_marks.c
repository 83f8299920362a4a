/* Marks that make other letters: where ă â ê ô ơ ư đ can arise in the syllable there is. */
#include <string.h>

#include "vietnamese/syllable_parts.h"

void syllable_close_horn(struct syllable *s)
{
    struct letter *u, *o;

    if (s->n_nucleus < 2 || s->n <= s->nucleus + 2)
        return;
    u = &s->at[s->nucleus];
    o = u + 1;
    if (u->base != 'u' || o->base != 'o')
        return;
    if ((u->mark == MARK_HORN && o->mark == MARK_NONE) ||
        (u->mark == MARK_NONE && o->mark == MARK_HORN))
        u->mark = o->mark = MARK_HORN;
}

/* Tries `mark` on the letters `which` (bit i: nucleus letter i); false: cannot stand. */
static bool try_mark(struct syllable *s, unsigned which, uint32_t mark)
{
    struct syllable made = *s;

    for (size_t i = 0; i < s->n_nucleus; i++)
        if (which >> i & 1U)
            made.at[made.nucleus + i].mark = mark;
    syllable_close_horn(&made);
    if (!syllable_nucleus_ok(&made))
        return false;
    *s = made;
    return true;
}

static bool is_at(const struct syllable *s, size_t i, char base)
{
    return i < s->n_nucleus && s->at[s->nucleus + i].base == (uint32_t)base;
}

/* The plain letters `base` of the nucleus, the last first. */
bool syllable_mark_one(struct syllable *s, char base, uint32_t mark)
{
    for (size_t i = s->n_nucleus; i-- > 0;)
        if (is_at(s, i, base) && s->at[s->nucleus + i].mark != mark &&
            try_mark(s, 1U << i, mark))
            return true;
    return false;
}

/* Horns: "uo" together, then u, then o; "uo" at the end keeps its u plain (thuở). */
bool syllable_mark_horn(struct syllable *s)
{
    for (size_t i = 0; i + 1 < s->n_nucleus; i++)
        if (is_at(s, i, 'u') && is_at(s, i + 1, 'o') &&
            s->at[s->nucleus + i + 1].mark != MARK_HORN) {
            bool last = s->nucleus + i + 2 == s->n;
            bool had = s->at[s->nucleus + i].mark == MARK_HORN;

            if (last && !had)
                return try_mark(s, 2U << i, MARK_HORN);
            return try_mark(s, 3U << i, MARK_HORN);
        }
    for (size_t i = 0; i < s->n_nucleus; i++) /* the first u of "uu", "ua" */
        if (is_at(s, i, 'u') && s->at[s->nucleus + i].mark != MARK_HORN &&
            try_mark(s, 1U << i, MARK_HORN))
            return true;
    return syllable_mark_one(s, 'o', MARK_HORN);
}

bool syllable_mark_stroke(struct syllable *s)
{
    if (!s->n || s->at[0].base != 'd' || s->at[0].mark)
        return false;
    s->at[0].mark = MARK_STROKE;
    return true;
}

/* Takes `mark` off again: the key pressed twice means its letter. */
bool syllable_unmark(struct syllable *s, const char *bases, uint32_t mark)
{
    bool found = false;

    for (size_t i = 0; i < s->n_nucleus; i++) {
        struct letter *l = &s->at[s->nucleus + i];

        if (l->mark == mark && strchr(bases, (int)l->base)) {
            l->mark = MARK_NONE;
            found = true;
        }
    }
    syllable_find_nucleus(s);
    return found;
}

bool syllable_unmark_stroke(struct syllable *s)
{
    if (!s->n || s->at[0].mark != MARK_STROKE)
        return false;
    s->at[0].mark = MARK_NONE;
    return true;
}
