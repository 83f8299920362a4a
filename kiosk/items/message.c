/* Word by word, because links have a colour of their own. */
#include "items/message.h"

#include <string.h>

#define LINK_END "]()"
#define UNDERLINE 3.0F

struct run {
    const char *text;
    size_t n;
    bool link;
};

/* The next piece of one kind at `*at`; false at the end. */
static bool next_run(const char **at, struct run *out)
{
    const char *open = strchr(*at, '[');
    const char *close = open ? strstr(open, LINK_END) : NULL;

    if (!**at)
        return false;
    if (close && open == *at) {
        *out = (struct run){ open + 1, (size_t)(close - open - 1), true };
        *at = close + strlen(LINK_END);
    } else {
        size_t n = close ? (size_t)(open - *at) : strlen(*at);

        *out = (struct run){ *at, n, false };
        *at += n;
    }
    return true;
}

const char *message_plain(struct arena *arena, const char *text)
{
    char *out = arena_alloc(arena, strlen(text) + 1);
    size_t len = 0;
    struct run run;

    while (next_run(&text, &run)) {
        memcpy(out + len, run.text, run.n);
        len += run.n;
    }
    return out;
}

struct pen {
    struct ui *ui;
    struct rect r;
    struct ui_font font;
    uint32_t colour;
    float x, y, space;
    bool spaced; /* a space stands before the next word */
};

/* One word with what clings to it on both sides ("123”"). A word never breaks. */
static void put(struct pen *p, const char *word, bool link)
{
    struct ui_font font = p->font;
    float w;

    font.bold = link;
    w = ui_text_width(p->ui, word, font);
    if (p->spaced)
        p->x += p->space;
    if (p->spaced && p->x + w > p->r.x + p->r.w) {
        p->x = p->r.x;
        p->y += p->font.line;
    }
    if (p->colour) {
        struct rect at = { p->x, p->y, w + 2, font.line };

        ui_text(p->ui, at, word, font, link ? LINK : p->colour, UI_LEFT);
    }
    if (p->colour && link) {
        struct rect under = { p->x, p->y + font.line * 0.5F + font.size * 0.45F, w,
                              UNDERLINE };

        ui_box(p->ui, under, &(struct ui_box_style){ .fill = LINK });
    }
    p->x += w;
    p->spaced = false;
}

/* Bytes of an address, up to one of its dots, that fit on a line; 0: none do. */
static size_t fitting_part(const struct pen *p, const char *address)
{
    struct ui_font font = p->font;
    size_t best = 0;

    font.bold = true;
    for (size_t i = 0; address[i]; i++) {
        const char *part = arena_strndup(ui_arena(p->ui), address, i + 1);

        if (address[i] == '.' && ui_text_width(p->ui, part, font) <= p->r.w)
            best = i + 1;
    }
    return best;
}

/* A number is read in one piece; an address wider than the line goes on after a dot. */
static void put_link(struct pen *p, const char *text)
{
    struct ui_font font = p->font;

    font.bold = true;
    while (ui_text_width(p->ui, text, font) > p->r.w) {
        size_t n = fitting_part(p, text);

        if (!n)
            break;
        put(p, arena_strndup(ui_arena(p->ui), text, n), true);
        p->x = p->r.x;
        p->y += p->font.line;
        text += n;
    }
    put(p, text, true);
}

static void put_run(struct pen *p, const struct run *run)
{
    size_t i = 0;

    if (run->link) {
        put_link(p, arena_strndup(ui_arena(p->ui), run->text, run->n));
        return;
    }
    while (i < run->n) {
        size_t n = strcspn(run->text + i, " \n");

        if (n > run->n - i)
            n = run->n - i;
        if (n)
            put(p, arena_strndup(ui_arena(p->ui), run->text + i, n), false);
        i += n;
        if (i < run->n) {
            p->spaced = true;
            i++;
        }
    }
}

float message_draw(struct ui *ui, struct rect r, const char *text, struct ui_font font,
                   uint32_t colour)
{
    struct pen p = {
        .ui = ui, .r = r, .font = font, .colour = colour, .x = r.x, .y = r.y
    };
    struct run run;

    p.space = ui_text_width(ui, "a a", font) - ui_text_width(ui, "aa", font);
    while (next_run(&text, &run))
        put_run(&p, &run);
    return p.y + font.line - r.y;
}
