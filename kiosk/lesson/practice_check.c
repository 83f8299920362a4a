/* Whether a practice can be played: whatever is touched, the end can be reached by what is
 * right and by going back. Words and numbers are the lint's (tools/pack/lint_practice.c). */
#include "lesson/practice.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Where the reason goes. */
struct reason {
    char *why;
    size_t n_why;
};

static enum err refuse(const struct reason *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static enum err refuse(const struct reason *r, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (r->n_why)
        (void)vsnprintf(r->why, r->n_why, format, args);
    va_end(args);
    return ERR_REJECTED;
}

struct walk {
    const struct practice *p;
    bool reached[PRACTICE_SCREENS_MAX];
    bool ends[PRACTICE_SCREENS_MAX];            /* the end can be reached from there */
    unsigned char colour[PRACTICE_SCREENS_MAX]; /* 1: on the way, 2: left behind */
};

static bool has(const struct practice_screen *s, enum practice_act act, int to)
{
    for (size_t i = 0; i < s->n_parts; i++)
        if (s->parts[i].act != ACT_NONE &&
            (act == ACT_NONE || s->parts[i].act == act) &&
            (to == PRACTICE_TO_BACK - 1 || s->parts[i].to == to))
            return true;
    return false;
}

static bool has_right(const struct practice_screen *s)
{
    return has(s, ACT_RIGHT, PRACTICE_TO_BACK - 1);
}

static bool has_back(const struct practice_screen *s)
{
    return has(s, ACT_NONE, PRACTICE_TO_BACK);
}

static void reach(struct walk *w, size_t at)
{
    const struct practice_screen *s = &w->p->screens[at];

    if (w->reached[at])
        return;
    w->reached[at] = true;
    for (size_t i = 0; i < s->n_parts; i++)
        if (s->parts[i].act != ACT_NONE && s->parts[i].to >= 0)
            reach(w, (size_t)s->parts[i].to);
}

/* Right parts alone lead in a circle; returns the screen, or -1. */
static long circle_from(struct walk *w, size_t at)
{
    const struct practice_screen *s = &w->p->screens[at];
    long found = -1;

    if (w->colour[at])
        return w->colour[at] == 1 ? (long)at : -1;
    w->colour[at] = 1;
    for (size_t i = 0; found < 0 && i < s->n_parts; i++)
        if (s->parts[i].act == ACT_RIGHT && s->parts[i].to >= 0)
            found = circle_from(w, (size_t)s->parts[i].to);
    w->colour[at] = 2;
    return found;
}

/* Somebody who came to `at` can go back to a screen from which the end is reached. */
static bool back_ends(const struct walk *w, size_t at)
{
    if (!has_back(&w->p->screens[at]))
        return false;
    for (size_t i = 0; i < w->p->n_screens; i++)
        if (w->ends[i] && has(&w->p->screens[i], ACT_NONE, (int)at))
            return true;
    return false;
}

static void find_ends(struct walk *w)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < w->p->n_screens; i++) {
            const struct practice_screen *s = &w->p->screens[i];
            bool ends = has(s, ACT_RIGHT, PRACTICE_TO_DONE) || back_ends(w, i);

            for (size_t k = 0; k < s->n_parts; k++)
                ends = ends || (s->parts[k].act != ACT_NONE && s->parts[k].to >= 0 &&
                                w->ends[s->parts[k].to]);
            more = more || ends != w->ends[i];
            w->ends[i] = ends;
        }
    }
}

/* On the right way: the first screen, and what right parts lead to. */
static bool is_on_way(const struct practice *p, int to)
{
    if (!to)
        return true;
    for (size_t i = 0; i < p->n_screens; i++)
        if (has(&p->screens[i], ACT_RIGHT, to))
            return true;
    return false;
}

/* A number to dial, one on a screen: what was typed is one count. */
static enum err check_dial(const struct reason *r, const struct practice_screen *s)
{
    bool any = false;

    for (size_t i = 0; i < s->n_parts; i++) {
        const char *number = s->parts[i].text;
        size_t n = strlen(number);

        if (s->parts[i].kind != PART_DIAL)
            continue;
        if (any)
            return refuse(r, "two numbers to dial: make two screens");
        if (n > PRACTICE_DIAL_MAX || strspn(number, "0123456789 ") != n ||
            strspn(number, " ") == n)
            return refuse(r, "“%.40s” is no number to dial: write up to %d digits",
                          number, PRACTICE_DIAL_MAX);
        any = true;
    }
    return ERR_OK;
}

static enum err check_arrows(const struct reason *r, const struct practice *p,
                             size_t at)
{
    const struct practice_screen *s = &p->screens[at];

    for (size_t i = 0; i < s->n_parts; i++) {
        const struct practice_part *part = &s->parts[i];

        if (part->act == ACT_NONE)
            continue;
        if (part->to == PRACTICE_TO_DONE && part->act != ACT_RIGHT)
            return refuse(r, "“%.40s” leads to the end without =>: write => done",
                          part->text);
        if (part->to == PRACTICE_TO_BACK && part->act != ACT_GO)
            return refuse(r, "“%.40s” leads back without ->: write -> back",
                          part->text);
        if (part->to == (int)at)
            return refuse(r, "“%.40s” leads to its own screen", part->text);
        if (part->act == ACT_RIGHT && part->to >= 0 &&
            !has_right(&p->screens[part->to]))
            return refuse(r,
                          "“%.40s” leads on to where nothing is right: give screen "
                          "%.16s a part =>",
                          part->text, p->screens[part->to].id);
        if (part->act == ACT_WRONG &&
            (has_right(&p->screens[part->to]) ? is_on_way(p, part->to)
                                              : !has_back(&p->screens[part->to])))
            return refuse(r,
                          "“%.40s” has no consequence of its own: lead ~> to a screen "
                          "that explains it and has -> back",
                          part->text);
    }
    return ERR_OK;
}

static enum err check_screen(const struct reason *r, const struct walk *w, size_t at)
{
    const struct practice_screen *s = &w->p->screens[at];

    for (size_t i = 0; i < at; i++)
        if (!strcmp(w->p->screens[i].id, s->id))
            return refuse(r, "there are two screens %.16s", s->id);
    if (!has_right(s) && !has_back(s))
        return refuse(r, "a dead end: give it a part with => or with -> back");
    if (has_right(s) && !s->hint && !has(s, ACT_RIGHT, PRACTICE_TO_DONE))
        return refuse(r, "no hint: write hint: and what helps here");
    if (!w->reached[at])
        return refuse(r, "nothing leads here: give a part of another screen an arrow");
    if (!w->ends[at])
        return refuse(r, "from here the end is never reached: lead on with =>");
    return check_dial(r, s) || check_arrows(r, w->p, at) ? ERR_REJECTED : ERR_OK;
}

enum err practice_check(const struct practice *p, size_t *screen_out, char *why,
                        size_t n_why)
{
    const struct reason r = { why, n_why };
    struct walk w = { .p = p };
    long circle = -1;
    bool wrong = false;

    *screen_out = 0;
    if (p->n_screens < PRACTICE_SCREENS_MIN)
        return refuse(&r, "%zu screens: at least %d", p->n_screens,
                      PRACTICE_SCREENS_MIN);
    reach(&w, 0);
    find_ends(&w);
    for (size_t i = 0; i < p->n_screens; i++) {
        *screen_out = i;
        if (check_screen(&r, &w, i))
            return ERR_REJECTED;
        wrong = wrong || has(&p->screens[i], ACT_WRONG, PRACTICE_TO_BACK - 1);
    }
    for (size_t i = 0; circle < 0 && i < p->n_screens; i++)
        circle = circle_from(&w, i);
    *screen_out = circle < 0 ? 0 : (size_t)circle;
    if (circle >= 0)
        return refuse(&r, "right parts lead in a circle: lead one of them on");
    if (!has_right(&p->screens[0]))
        return refuse(&r, "nothing right on the first screen: give a part =>");
    if (!wrong)
        return refuse(&r, "nothing can go wrong: give a part ~> with its consequence");
    return ERR_OK;
}
