/* Lines into screens and parts:
 *   title: …
 *   [id] kind
 *   key: value
 *   - part: text | option value | … => target */
#include "practice_source.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "report.h"

struct targets {
    const char *of[PRACTICE_SCREENS_MAX][PRACTICE_PARTS_MAX];
};

struct reading {
    struct source_practice *p;
    struct targets *targets;
    struct arena *arena;
    struct report *report;
    const char *file;
    int line;
};

static void problem(struct reading *r, const char *what, ...)
    __attribute__((format(printf, 2, 3)));

static void problem(struct reading *r, const char *what, ...)
{
    char words[200];
    va_list args;

    va_start(args, what);
    (void)vsnprintf(words, sizeof(words), what, args);
    va_end(args);
    r->p->whole = false;
    report_problem(r->report, r->file, r->line, "%s", words);
}

static char *trimmed(struct arena *arena, const char *from, size_t n)
{
    char *s = arena_alloc(arena, n + 1);

    memcpy(s, from, n);
    s[n] = 0;
    while (n && isspace((unsigned char)s[n - 1]))
        s[--n] = 0;
    while (isspace((unsigned char)*s))
        s++;
    return s;
}

typedef const char *(*names)(size_t i);

static int find_name(names name, const char *text)
{
    for (int i = 0; name((size_t)i); i++)
        if (!strcmp(name((size_t)i), text))
            return i;
    return -1;
}

static struct practice_screen *screen_at_hand(struct reading *r)
{
    struct practice *p = &r->p->practice;

    return p->n_screens ? &p->screens[p->n_screens - 1] : NULL;
}

/* --- a screen ------------------------------------------------------------------------- */

static bool is_id(const char *s)
{
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");

    return n && n <= PRACTICE_ID_MAX && !s[n];
}

static void open_screen(struct reading *r, const char *line)
{
    struct practice *p = &r->p->practice;
    const char *end = strchr(line, ']');
    struct practice_screen *s;
    const char *id, *kind;
    int found;

    if (!end) {
        problem(r, "a screen without its ]: write [id] kind");
        return;
    }
    if (p->n_screens == PRACTICE_SCREENS_MAX) {
        problem(r, "more than 20 screens: make two practices");
        return;
    }
    id = trimmed(r->arena, line + 1, (size_t)(end - line - 1));
    kind = trimmed(r->arena, end + 1, strlen(end + 1));
    found = find_name(practice_kind_name, kind);
    if (!is_id(id))
        problem(r, "screen “%.40s”: use 1 to 16 of a-z 0-9 -", id);
    if (!strcmp(id, "done") || !strcmp(id, "back"))
        problem(r, "screen %s: this word is a target: use another", id);
    if (found < 0)
        problem(r, "screen of kind “%.40s”: not known, see content/README.md", kind);
    r->p->screen_line[p->n_screens] = r->line;
    s = &p->screens[p->n_screens++];
    s->id = id;
    s->kind = found < 0 ? PHONE_LIST : (enum practice_kind)found;
}

static void set_key(struct reading *r, const char *key, char *value)
{
    struct practice_screen *s = screen_at_hand(r);
    int tone;

    if (!*value) {
        problem(r, "%s: is empty: write something or leave the line out", key);
        return;
    }
    if (!strcmp(key, "title") && !s) {
        r->p->practice.title = value;
        return;
    }
    if (!s) {
        problem(r, "“%.40s” before the first screen: begin with title: and [id] kind",
                key);
        return;
    }
    if (!strcmp(key, "say"))
        s->say = value;
    else if (!strcmp(key, "hint"))
        s->hint = value;
    else if (!strcmp(key, "top"))
        s->top = value;
    else if (!strcmp(key, "sub"))
        s->sub = value;
    else if (!strcmp(key, "face"))
        s->face = strchr(value, '.')
                      ? trimmed(r->arena, value, (size_t)(strchr(value, '.') - value))
                      : value;
    else if (!strcmp(key, "clock"))
        s->clock = value;
    else if (!strcmp(key, "tone") && (tone = find_name(practice_tone_name, value)) >= 0)
        s->tone = (enum practice_tone)tone;
    else
        problem(r, "“%.40s”: not known for a screen, see content/README.md", key);
}

/* --- a part ----------------------------------------------------------------------------- */

/* The line was trimmed: what follows its last arrow is missing. */
static bool ends_in_arrow(const char *line)
{
    size_t n = strlen(line);

    return n > 2 && line[n - 3] == ' ' && line[n - 1] == '>' &&
           strchr("=~-", line[n - 2]);
}

/* Cuts the arrow and its target off the end of `line`. */
static void cut_arrow(struct reading *r, char *line, struct practice_part *part,
                      const char **to)
{
    static const struct {
        const char *arrow;
        enum practice_act act;
    } arrows[] = { { " => ", ACT_RIGHT }, { " ~> ", ACT_WRONG }, { " -> ", ACT_GO } };

    for (size_t i = 0; i < COUNT(arrows); i++) {
        char *at = NULL;

        for (char *next = line; (next = strstr(next, arrows[i].arrow)); next++)
            at = next;
        if (!at)
            continue;
        *to = trimmed(r->arena, at + 4, strlen(at + 4));
        if (!is_id(*to))
            problem(r, "“%.40s” is no target: write a screen's id, done or back", *to);
        part->act = arrows[i].act;
        *at = 0;
        return;
    }
    if (ends_in_arrow(line))
        problem(r, "an arrow without a target: write a screen's id, done or back");
}

static bool set_word(struct practice_part *part, const char *word)
{
    int tone = find_name(practice_tone_name, word), way;

    if (!strcmp(word, "on") || !strcmp(word, "off")) {
        part->on = word[1] == 'n';
        return true;
    }
    if (tone >= 0) {
        part->tone = (enum practice_tone)tone;
        return true;
    }
    way = *word ? find_name(practice_way_name, word) : -1;
    if (way > 0)
        part->way = (enum practice_way)way;
    return way > 0;
}

static void set_option(struct reading *r, struct practice_part *part,
                       struct gift_picture *picture, char *option)
{
    char *value = strchr(option, ' ');

    if (!value) {
        if (!set_word(part, option))
            problem(r, "option “%.40s”: not known, see content/README.md", option);
        return;
    }
    *value++ = 0;
    value = trimmed(r->arena, value, strlen(value));
    if (!strcmp(option, "note"))
        part->note = value;
    else if (!strcmp(option, "value"))
        part->value = value;
    else if (!strcmp(option, "icon"))
        part->icon = value;
    else if (!strcmp(option, "picture"))
        *picture =
            (struct gift_picture){ value, picture->alt ? picture->alt : "", r->line };
    else if (!strcmp(option, "alt"))
        picture->alt = value;
    else if (strcmp(option, "tone") != 0 || !set_word(part, value))
        problem(r, "option “%.40s”: not known, see content/README.md", option);
}

static void add_part(struct reading *r, char *line)
{
    struct practice_screen *s = screen_at_hand(r);
    char *colon = strchr(line, ':'), *text, *next;
    size_t at_screen = r->p->practice.n_screens - 1;
    struct practice_part *part;
    const char *name;
    int kind;

    if (!s || !colon) {
        problem(r, "“%.40s”: write - part: text below a screen", line);
        return;
    }
    if (s->n_parts == PRACTICE_PARTS_MAX) {
        problem(r, "more than 12 parts on a screen: make two screens");
        return;
    }
    name = trimmed(r->arena, line, (size_t)(colon - line));
    kind = find_name(practice_part_name, name);
    if (kind < 0) {
        problem(r, "part “%.40s”: not known, see content/README.md", name);
        return;
    }
    r->p->part_line[at_screen][s->n_parts] = r->line;
    part = &s->parts[s->n_parts];
    part->kind = (enum practice_part_kind)kind;
    text = colon + 1;
    cut_arrow(r, text, part, &r->targets->of[at_screen][s->n_parts]);
    next = strstr(text, " | ");
    if (next)
        *next = 0;
    part->text = trimmed(r->arena, text, strlen(text));
    while (next) {
        char *option = next + 3;

        next = strstr(option, " | ");
        if (next)
            *next = 0;
        set_option(r, part, &r->p->pictures[at_screen][s->n_parts],
                   trimmed(r->arena, option, strlen(option)));
    }
    if (!*part->text)
        problem(r, "a %s without words: write some", name);
    s->n_parts++;
}

/* --- the block ----------------------------------------------------------------------- */

static void read_line(struct reading *r, char *line)
{
    char *colon;

    if (!*line)
        return;
    if (*line == '[') {
        open_screen(r, line);
        return;
    }
    if (line[0] == '-' && line[1] == ' ') {
        add_part(r, line + 2);
        return;
    }
    colon = strchr(line, ':');
    if (!colon) {
        problem(r, "“%.40s”: write [id] kind, key: value, or - part: text", line);
        return;
    }
    *colon = 0;
    set_key(r, line, trimmed(r->arena, colon + 1, strlen(colon + 1)));
}

static void resolve(struct reading *r)
{
    struct practice *p = &r->p->practice;

    for (size_t i = 0; i < p->n_screens; i++) {
        for (size_t k = 0; k < p->screens[i].n_parts; k++) {
            struct practice_part *part = &p->screens[i].parts[k];
            const char *to = r->targets->of[i][k];

            if (part->act == ACT_NONE)
                continue;
            part->to = !strcmp(to, "done") ? PRACTICE_TO_DONE : PRACTICE_TO_BACK;
            for (size_t j = 0; j < p->n_screens; j++)
                if (!strcmp(p->screens[j].id, to))
                    part->to = (int)j;
            r->line = r->p->part_line[i][k];
            if (part->to == PRACTICE_TO_BACK && strcmp(to, "back") != 0)
                problem(r, "there is no screen “%.40s”: write its id as in [id]", to);
        }
    }
}

static void need_words(struct reading *r)
{
    struct practice *p = &r->p->practice;

    r->line = r->p->line;
    if (!p->title)
        problem(r, "a practice without title: write title: Tập: …");
    if (!p->n_screens)
        problem(r, "a practice without screens: write [id] kind");
    for (size_t i = 0; i < p->n_screens; i++) {
        r->line = r->p->screen_line[i];
        if (!p->screens[i].say)
            problem(r, "screen %s: nothing is said: write say: and the tutor's words",
                    p->screens[i].id);
    }
}

void practice_source_read(const char *text, const char *file, int line,
                          struct arena *arena, struct report *report,
                          struct source_practice *out)
{
    struct reading r = { .p = out,
                         .targets = arena_alloc(arena, sizeof(*r.targets)),
                         .arena = arena,
                         .report = report,
                         .file = file };

    memset(out, 0, sizeof(*out));
    out->line = line;
    out->whole = true;
    for (r.line = line; *text; r.line++) {
        size_t n = strcspn(text, "\n");

        read_line(&r, trimmed(arena, text, n));
        text += n + (text[n] == '\n');
    }
    resolve(&r);
    need_words(&r);
}
