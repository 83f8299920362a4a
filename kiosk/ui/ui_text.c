/* Text: measuring with a cache per word, wrapping, balancing. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/utf8.h"
#include "ui/ui_internal.h"

#define CACHE_SLOTS 8192 /* power of two; a page has a few hundred words */
#define CACHE_FULL (CACHE_SLOTS * 3 / 4)
#define MARK_DX 4.0F     /* dp beside a word that is read aloud */
#define MARK_RADIUS 8.0F /* dp */
#define MARK_LINE 4.0F   /* dp, under it */

struct width_cache {
    size_t n;
    struct {
        uint64_t key; /* 0: empty */
        int width;
    } slots[CACHE_SLOTS];
};

struct word {
    const char *s;
    size_t n;
    int w;       /* px */
    bool broken; /* its end stands on the next line, which no reader expects */
};

struct line {
    size_t first, n; /* words */
};

void ui_widths_destroy(struct width_cache *cache)
{
    free(cache);
}

static uint64_t width_key(bool bold, int size, const char *s, size_t n)
{
    /* multiplied first: else "1" of one size would have the key of "3" of the next */
    uint64_t h =
        (14695981039346656037U ^ ((uint64_t)size << 1 | bold)) * 1099511628211U;

    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 1099511628211U;
    h ^= h >> 29; /* the low bits choose the slot */
    return h ? h : 1;
}

/* Width in px of `n` bytes. */
static int measure(struct ui *ui, bool bold, int size, const char *s, size_t n)
{
    uint64_t key = width_key(bold, size, s, n);
    struct width_cache *c = ui->widths;
    size_t i = key & (CACHE_SLOTS - 1);

    if (n == 0)
        return 0;
    if (!c || c->n >= CACHE_FULL) {
        free(c);
        c = ui->widths = check_alloc(sizeof(*c));
        memset(c, 0, sizeof(*c));
    }
    while (c->slots[i].key && c->slots[i].key != key)
        i = (i + 1) & (CACHE_SLOTS - 1);
    if (!c->slots[i].key) {
        c->slots[i].key = key;
        c->slots[i].width = ui->metrics.text_width(ui->metrics.ctx, bold, size, s, n);
        c->n++;
    }
    return c->slots[i].width;
}

static int font_px(const struct ui *ui, struct ui_font font)
{
    int px = ui_px(ui, font.size);

    return px < 1 ? 1 : px;
}

/* --- wrapping --------------------------------------------------------------------- */

/* One paragraph's words and how wide they are. */
struct paragraph {
    struct word *words;
    size_t n;
    int space; /* px */
};

/* How many bytes of an over-long word fit into `width`; at least one letter with its
 * marks. */
static size_t fitting_bytes(struct ui *ui, struct ui_font font, const char *s, size_t n,
                            int width)
{
    size_t fits = 0;
    size_t at = 0;

    while (at < n) {
        uint32_t cp;
        size_t next = at + utf8_next(s + at, &cp);

        while (next < n) {
            size_t len = utf8_next(s + next, &cp);

            if (cp < 0x300 || cp > 0x36F) /* combining marks stay with their letter */
                break;
            next += len;
        }
        if (fits && measure(ui, font.bold, font_px(ui, font), s, next) > width)
            break;
        fits = at = next;
    }
    return fits;
}

/* An address may be broken anywhere; a word of a sentence may not. */
static bool is_address(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strchr("./@", s[i]))
            return true;
    }
    return false;
}

/* Of an address as many of the `n` bytes as stand before a dot. */
static size_t up_to_dot(const char *s, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        if (s[i - 1] == '.' && i - 1 > 1)
            return i - 1;
    }
    return n;
}

static struct paragraph split_words(struct ui *ui, struct ui_font font, const char *s,
                                    size_t n, int width)
{
    struct paragraph p = { .space = measure(ui, font.bold, font_px(ui, font), " ", 1) };
    const char *end = s + n;

    p.words = arena_alloc(ui_arena(ui), (n + 1) * sizeof(p.words[0]));
    while (s < end) {
        size_t len = 0;
        size_t whole;
        int w;

        if (*s == ' ') {
            s++;
            continue;
        }
        while (s + len < end && s[len] != ' ')
            len++;
        whole = len;
        w = measure(ui, font.bold, font_px(ui, font), s, len);
        if (w > width && width > 0) { /* an address, say: break it where it must */
            len = fitting_bytes(ui, font, s, len, width);
            len = is_address(s, whole) ? up_to_dot(s, len) : len;
            w = measure(ui, font.bold, font_px(ui, font), s, len);
        }
        p.words[p.n++] =
            (struct word){ s, len, w, len < whole && !is_address(s, whole) };
        s += len;
    }
    return p;
}

/* Fills lines greedily; `lines` may be NULL to count only. */
static size_t fill_lines(const struct paragraph *p, int width, struct line *lines)
{
    size_t n = 0;
    size_t i = 0;

    while (i < p->n) {
        size_t first = i;
        int w = p->words[i++].w;

        while (i < p->n && w + p->space + p->words[i].w <= width)
            w += p->space + p->words[i++].w;
        if (lines)
            lines[n] = (struct line){ first, i - first };
        n++;
    }
    return n;
}

static int line_width(const struct paragraph *p, struct line l)
{
    int w = 0;

    for (size_t i = 0; i < l.n; i++)
        w += p->words[l.first + i].w + (i ? p->space : 0);
    return w;
}

static bool is_single_syllable(const struct word *w)
{
    for (size_t i = 0; i + 1 < w->n; i++) {
        if (memcmp(w->s + i, "\xC2\xA0", 2) == 0) /* no-break space */
            return false;
    }
    return true;
}

/* The narrowest width that keeps the line count, then no syllable alone at the end. */
static size_t balance(struct ui *ui, const struct paragraph *p, int width,
                      struct line **out)
{
    size_t n = fill_lines(p, width, NULL);
    struct line *lines = arena_alloc(ui_arena(ui), (n + 1) * sizeof(*lines));
    int low = 0;
    int high = width;

    for (size_t i = 0; i < p->n; i++)
        low = p->words[i].w > low ? p->words[i].w : low;
    while (n > 1 && low < high) {
        int mid = low + (high - low) / 2;

        if (fill_lines(p, mid, NULL) <= n)
            high = mid;
        else
            low = mid + 1;
    }
    fill_lines(p, n > 1 ? high : width, lines);
    if (n > 1) {
        struct line *last = &lines[n - 1];
        struct line *before = &lines[n - 2];
        struct line longer = { last->first - 1, last->n + 1 };

        if (last->n == 1 && before->n > 1 &&
            is_single_syllable(&p->words[last->first]) &&
            line_width(p, longer) <= width) {
            before->n--;
            *last = longer;
        }
    }
    *out = lines;
    return n;
}

/* --- drawing ---------------------------------------------------------------------- */

struct text_place {
    struct rect r;
    struct ui_font font;
    uint32_t colour;
    enum ui_align align;
};

/* Ink that is seen on turmeric; white words of a coloured button are not marked. */
static bool is_dark(uint32_t colour)
{
    return ((colour >> 8) & 0xFF) < 0x80;
}

/* Where `text` begins in what is read aloud: it is all of it, its first sentences, or its
 * last (a bubble whose last sentence is bold). -1: it is something else. */
static long place_in_reading(const struct ui *ui, const char *text)
{
    const char *all = ui->reading_text;
    size_t n = strlen(text), n_all = all ? strlen(all) : 0;

    if (!ui->reading_n || !n || n > n_all)
        return -1;
    if (!strncmp(text, all, n) && (n == n_all || all[n - 1] == ' '))
        return 0;
    if (!strcmp(text, all + n_all - n) && all[n_all - n - 1] == ' ')
        return (long)(n_all - n);
    return -1;
}

/* The word that is being read aloud stands on turmeric; `from`: where it begins in it. */
static void mark_word(struct ui *ui, size_t from, const struct word *w, struct box line)
{
    if (from + w->n <= ui->reading_from || from >= ui->reading_from + ui->reading_n)
        return;
    line.x -= ui_px(ui, MARK_DX);
    line.w = w->w + 2 * ui_px(ui, MARK_DX);
    ui_cmd_add(ui, UI_CMD_FILL, line, HIGHLIGHT)->radius = ui_px(ui, MARK_RADIUS);
    line.y += line.h;
    line.h = ui_px(ui, MARK_LINE);
    line.y -= line.h;
    ui_cmd_add(ui, UI_CMD_FILL, line, NGHE_PRESS)->radius = line.h / 2;
}

static void mark_line(struct ui *ui, const struct text_place *at, const char *text,
                      const struct paragraph *p, struct line l, struct box box)
{
    const char *start = p->words[l.first].s;
    long place = is_dark(at->colour) ? place_in_reading(ui, text) : -1;

    if (place < 0)
        return;
    for (size_t i = 0; i < l.n; i++) {
        const struct word *w = &p->words[l.first + i];
        struct box here = box;

        here.x += measure(ui, at->font.bold, font_px(ui, at->font), start,
                          (size_t)(w->s - start));
        mark_word(ui, (size_t)place + (size_t)(w->s - text), w, here);
    }
}

static void draw_line(struct ui *ui, const struct text_place *at, size_t index,
                      const char *text, const struct paragraph *p, struct line l)
{
    const struct word *a = &p->words[l.first];
    const struct word *b = &p->words[l.first + l.n - 1];
    size_t n = (size_t)(b->s + b->n - a->s);
    int size = font_px(ui, at->font);
    int w = measure(ui, at->font.bold, size, a->s, n);
    float y = at->r.y + ui->shift + (float)index * at->font.line;
    struct box box = { ui_px(ui, at->r.x), ui_px(ui, y), w,
                       ui_px(ui, y + at->font.line) - ui_px(ui, y) };
    struct ui_cmd *c;

    if (at->align == UI_CENTRE)
        box.x += (ui_px(ui, at->r.x + at->r.w) - box.x - w) / 2;
    mark_line(ui, at, text, p, l, box);
    c = ui_cmd_add(ui, UI_CMD_TEXT, box, at->colour);
    c->size = size;
    c->bold = at->font.bold;
    c->value = b->broken;
    c->text = arena_strndup(ui_arena(ui), a->s, n);
}

struct text_size {
    size_t n_lines;
    int widest; /* px */
};

/* Lays out and, with a colour, draws. */
static struct text_size set_text(struct ui *ui, const struct text_place *at,
                                 const char *text)
{
    const char *whole = text;
    int width = (int)floorf(at->r.w * ui->s + 0.5F);
    struct text_size size = { 0 };

    for (;;) {
        size_t n = strcspn(text, "\n");
        struct paragraph p = split_words(ui, at->font, text, n, width);
        struct line *lines;
        size_t n_here = balance(ui, &p, width, &lines);

        for (size_t i = 0; i < n_here; i++) {
            int w = line_width(&p, lines[i]);

            if (at->colour)
                draw_line(ui, at, size.n_lines + i, whole, &p, lines[i]);
            size.widest = w > size.widest ? w : size.widest;
        }
        size.n_lines += n_here ? n_here : 1; /* an empty line has its height too */
        if (!text[n])
            return size;
        text += n + 1;
    }
}

float ui_text(struct ui *ui, struct rect r, const char *text, struct ui_font font,
              uint32_t colour, enum ui_align align)
{
    struct text_place at = { r, font, colour, align };

    return text[0] ? (float)set_text(ui, &at, text).n_lines * font.line : 0;
}

float ui_text_widest(struct ui *ui, const char *text, struct ui_font font, float w)
{
    struct text_place at = { .r = { 0, 0, w, 0 }, .font = font };
    float whole = ui_text_width(ui, text, font);

    if (whole <= w && !strchr(text, '\n'))
        return whole; /* exact; word by word it may be a pixel off */
    return (float)set_text(ui, &at, text).widest / ui->s;
}

void ui_text_middle(struct ui *ui, struct rect r, const char *text, struct ui_font font,
                    uint32_t colour, enum ui_align align)
{
    float h = ui_text(ui, r, text, font, 0, align);

    r.y += (r.h - h) / 2;
    ui_text(ui, r, text, font, colour, align);
}

float ui_text_width(struct ui *ui, const char *text, struct ui_font font)
{
    int px = measure(ui, font.bold, font_px(ui, font), text, strlen(text));

    return (float)px / ui->s;
}
