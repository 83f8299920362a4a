/* The mock phone as data, and how it is played. */
#include "lesson/practice.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "lesson/lesson.h"

#define COUNT_MAX 255

/* --- names ---------------------------------------------------------------------------- */

#define X(name, text) text,
static const char *const kinds[] = { PRACTICE_KINDS(X) };
static const char *const parts[] = { PRACTICE_PARTS(X) };
static const char *const tones[] = { PRACTICE_TONES(X) };
static const char *const ways[] = { PRACTICE_WAYS(X) };
#undef X
static const char *const acts[] = { "", "right", "wrong", "go" };

const char *practice_kind_name(size_t kind)
{
    return kind < COUNT(kinds) ? kinds[kind] : NULL;
}

const char *practice_part_name(size_t part)
{
    return part < COUNT(parts) ? parts[part] : NULL;
}

const char *practice_tone_name(size_t tone)
{
    return tone < COUNT(tones) ? tones[tone] : NULL;
}

const char *practice_way_name(size_t way)
{
    return way < COUNT(ways) ? ways[way] : NULL;
}

/* --- reading -------------------------------------------------------------------------- */

struct reader {
    struct arena *arena;
    char *why;
    size_t n_why;
};

static enum err refuse(const struct reader *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static enum err refuse(const struct reader *r, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (r->n_why)
        (void)vsnprintf(r->why, r->n_why, format, args);
    va_end(args);
    return ERR_REJECTED;
}

/* Absent: `otherwise`. */
static enum err read_name(const struct reader *r, const json_value *v, const char *key,
                          const char *const *names, size_t n, int otherwise, int *out)
{
    const json_value *member = json_get(v, key);
    const char *name = json_text(member);

    *out = otherwise;
    if (!member && otherwise >= 0)
        return ERR_OK;
    for (size_t i = 0; name && i < n; i++) {
        if (!strcmp(names[i], name)) {
            *out = (int)i;
            return ERR_OK;
        }
    }
    return refuse(r, "%s “%.32s” is not known here", key, name ? name : "(none)");
}

static enum err read_text(const struct reader *r, const json_value *v, const char *key,
                          bool may_lack, const char **out)
{
    const json_value *member = json_get(v, key);

    *out = NULL;
    if (!member && may_lack)
        return ERR_OK;
    *out = lesson_read_text(member, r->arena);
    return *out ? ERR_OK : refuse(r, "%s is no text", key);
}

static enum err read_target(const struct reader *r, const json_value *v,
                            struct practice_part *out, const char **to_out)
{
    int act;
    enum err err = read_name(r, v, "act", acts, COUNT(acts), ACT_NONE, &act);

    *to_out = NULL;
    if (err)
        return err;
    out->act = (enum practice_act)act;
    return act == ACT_NONE ? ERR_OK : read_text(r, v, "to", false, to_out);
}

static enum err read_part(const struct reader *r, const json_value *v,
                          struct practice_part *out, const char **to_out)
{
    int kind = 0, tone = 0, way = 0;
    enum err err = read_name(r, v, "part", parts, COUNT(parts), -1, &kind);

    if (!err)
        err = read_name(r, v, "tone", tones, COUNT(tones), TONE_PLAIN, &tone);
    if (!err)
        err = read_name(r, v, "way", ways, COUNT(ways), WAY_NONE, &way);
    if (!err)
        err = read_text(r, v, "text", false, &out->text);
    if (!err)
        err = read_text(r, v, "note", true, &out->note);
    if (!err)
        err = read_text(r, v, "value", true, &out->value);
    if (!err)
        err = read_text(r, v, "icon", true, &out->icon);
    if (!err && lesson_read_picture(json_get(v, "picture"), r->arena, &out->picture))
        err = refuse(r, "picture needs alt and four objects");
    if (err)
        return err;
    out->kind = (enum practice_part_kind)kind;
    out->tone = (enum practice_tone)tone;
    out->way = (enum practice_way)way;
    out->on = json_bool(json_get(v, "on"), false);
    return read_target(r, v, out, to_out);
}

struct targets {
    const char *of[PRACTICE_SCREENS_MAX][PRACTICE_PARTS_MAX];
};

static enum err read_screen(const struct reader *r, const json_value *v,
                            struct practice_screen *out,
                            const char *to[PRACTICE_PARTS_MAX])
{
    const json_value *list = json_get(v, "parts");
    int kind = 0, tone = 0;
    enum err err = read_text(r, v, "id", false, &out->id);

    if (!err)
        err = read_name(r, v, "kind", kinds, COUNT(kinds), -1, &kind);
    if (!err)
        err = read_name(r, v, "tone", tones, COUNT(tones), TONE_PLAIN, &tone);
    if (!err)
        err = read_text(r, v, "say", false, &out->say);
    if (!err)
        err = read_text(r, v, "hint", true, &out->hint);
    if (!err)
        err = read_text(r, v, "top", true, &out->top);
    if (!err)
        err = read_text(r, v, "sub", true, &out->sub);
    if (!err)
        err = read_text(r, v, "face", true, &out->face);
    if (!err)
        err = read_text(r, v, "clock", true, &out->clock);
    if (err)
        return err;
    out->kind = (enum practice_kind)kind;
    out->tone = (enum practice_tone)tone;
    if (json_kind_of(list) != JSON_IS_ARRAY || json_count(list) > PRACTICE_PARTS_MAX)
        return refuse(r, "parts are not at most %d", PRACTICE_PARTS_MAX);
    for (; !err && out->n_parts < json_count(list); out->n_parts++)
        err = read_part(r, json_at(list, out->n_parts), &out->parts[out->n_parts],
                        &to[out->n_parts]);
    return err;
}

static int find_screen(const struct practice *p, const char *id)
{
    for (size_t i = 0; i < p->n_screens; i++)
        if (!strcmp(p->screens[i].id, id))
            return (int)i;
    return PRACTICE_TO_BACK - 1;
}

static enum err resolve(const struct reader *r, struct practice *p,
                        const struct targets *t)
{
    for (size_t i = 0; i < p->n_screens; i++) {
        for (size_t k = 0; k < p->screens[i].n_parts; k++) {
            struct practice_part *part = &p->screens[i].parts[k];
            const char *to = t->of[i][k];

            if (part->act == ACT_NONE)
                continue;
            part->to = !strcmp(to, "done")   ? PRACTICE_TO_DONE
                       : !strcmp(to, "back") ? PRACTICE_TO_BACK
                                             : find_screen(p, to);
            if (part->to < PRACTICE_TO_BACK)
                return refuse(r, "there is no screen %.32s", to);
        }
    }
    return ERR_OK;
}

enum err practice_read(const json_value *v, struct arena *arena, struct practice **out,
                       char *why, size_t n_why)
{
    const struct reader r = { arena, why, n_why };
    struct practice *p = arena_alloc(arena, sizeof(*p));
    struct targets *t = arena_alloc(arena, sizeof(*t));
    const json_value *list = json_get(v, "screens");
    size_t at;
    enum err err = read_text(&r, v, "title", false, &p->title);

    *out = NULL;
    if (err)
        return err;
    if (json_kind_of(list) != JSON_IS_ARRAY || !json_count(list) ||
        json_count(list) > PRACTICE_SCREENS_MAX)
        return refuse(&r, "screens are not 1 to %d", PRACTICE_SCREENS_MAX);
    for (; !err && p->n_screens < json_count(list); p->n_screens++)
        err = read_screen(&r, json_at(list, p->n_screens), &p->screens[p->n_screens],
                          t->of[p->n_screens]);
    if (!err)
        err = resolve(&r, p, t);
    if (!err)
        err = practice_check(p, &at, why, n_why);
    if (!err)
        *out = p;
    return err;
}

/* --- whether it can be played -------------------------------------------------------- */

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
static enum err check_dial(const struct reader *r, const struct practice_screen *s)
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

static enum err check_arrows(const struct reader *r, const struct practice *p,
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

static enum err check_screen(const struct reader *r, const struct walk *w, size_t at)
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
    const struct reader r = { NULL, why, n_why };
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

/* --- playing ------------------------------------------------------------------------- */

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
    return has_right(&p->screens[s->n_trail ? s->trail[0] : s->at]);
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
