/* Puts the form of address into texts. */
#include "lesson/address.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "lesson/lesson.h"

static const struct {
    const char *slot, *words;
} forms[] = {
    { "{xh}", "bà con" },
    { "{Xh}", "Bà con" },
};

/* The first slot in `text`, or NULL; `*which` says which one. */
static const char *find_slot(const char *text, size_t *which)
{
    const char *first = NULL;

    for (size_t i = 0; i < COUNT(forms); i++) {
        const char *at = strstr(text, forms[i].slot);

        if (at && (!first || at < first)) {
            first = at;
            *which = i;
        }
    }
    return first;
}

const char *address_fill(struct arena *arena, const char *text)
{
    size_t which = 0;
    const char *at = find_slot(text, &which);

    if (!at)
        return text;
    return arena_printf(arena, "%.*s%s%s", (int)(at - text), text, forms[which].words,
                        address_fill(arena, at + strlen(forms[which].slot)));
}

#define OLD_YEARS 50
#define ADULT_YEARS 18

const char *address_of(int age, const char *sex)
{
    if (age < 0)
        return "";
    if (age >= OLD_YEARS)
        return "bác";
    if (age < ADULT_YEARS)
        return "em";
    return !strcmp(sex, "f") ? "chị" : !strcmp(sex, "m") ? "anh" : "";
}

static void fill(struct arena *arena, const char **text)
{
    if (*text)
        *text = address_fill(arena, *text);
}

static void fill_practice(struct arena *arena, struct practice *p)
{
    for (size_t i = 0; i < p->n_screens; i++) {
        struct practice_screen *s = &p->screens[i];

        fill(arena, &s->say);
        fill(arena, &s->hint);
        for (size_t k = 0; k < s->n_parts; k++) {
            fill(arena, &s->parts[k].text);
            fill(arena, &s->parts[k].note);
        }
    }
}

void address_lesson(struct lesson *lesson, struct arena *arena)
{
    fill(arena, &lesson->outcome);
    fill(arena, &lesson->remember);
    for (size_t i = 0; i < lesson->n_cards; i++) {
        fill(arena, &lesson->cards[i].text);
        fill(arena, &lesson->cards[i].note);
    }
    fill(arena, &lesson->show);
    for (size_t i = 0; i < lesson->n_practices; i++)
        fill_practice(arena, lesson->practices[i]);
    for (size_t i = 0; i < lesson->n_items; i++) {
        struct item *item = &lesson->items[i];

        fill(arena, &item->stem);
        fill(arena, &item->why);
        if (item->type->refill)
            item->type->refill(item, address_fill, arena);
        for (size_t k = 0; k < item->n_options; k++) {
            fill(arena, &item->options[k].text);
            fill(arena, &item->options[k].feedback);
        }
    }
}
