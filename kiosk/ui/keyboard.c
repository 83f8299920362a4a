/* Keys as rows of a table. The rows share the height, each its width. */
#include "ui/keyboard.h"

#include <string.h>

#include "base/utf8.h"
#include "ui/ui_internal.h"

enum key_kind {
    KEY_LETTER,
    KEY_TONE,
    KEY_SHIFT,
    KEY_ERASE,
    KEY_CLEAR,
    KEY_SPACE,
    KEY_PAGE
};

struct key {
    enum key_kind kind;
    const char *text; /* the letter; of a tone its example */
    const char *name; /* of a tone */
    float wide;       /* parts of the row; 0: one */
    int tone;
};

#define L(letter)                      \
    {                                  \
        KEY_LETTER, letter, NULL, 0, 0 \
    }

static const struct key tones[] = {
    { KEY_TONE, "á", "sắc", 0, 0 },  { KEY_TONE, "à", "huyền", 0, 1 },
    { KEY_TONE, "ả", "hỏi", 0, 2 },  { KEY_TONE, "ã", "ngã", 0, 3 },
    { KEY_TONE, "ạ", "nặng", 0, 4 },
};
static const struct key vowels[] = { L("ă"), L("â"), L("ê"), L("ô"),
                                     L("ơ"), L("ư"), L("đ") };
static const struct key top[] = { L("q"), L("w"), L("e"), L("r"), L("t"),
                                  L("y"), L("u"), L("i"), L("o"), L("p") };
static const struct key middle[] = { L("a"), L("s"), L("d"), L("f"), L("g"),
                                     L("h"), L("j"), L("k"), L("l") };
static const struct key bottom[] = { { KEY_SHIFT, "shift", NULL, 1.4F, 0 },
                                     L("z"),
                                     L("x"),
                                     L("c"),
                                     L("v"),
                                     L("b"),
                                     L("n"),
                                     L("m"),
                                     { KEY_ERASE, "back2", NULL, 1.4F, 0 } };
static const struct key digits[] = { L("1"), L("2"), L("3"), L("4"), L("5"),
                                     L("6"), L("7"), L("8"), L("9"), L("0") };
static const struct key signs[] = { L("/"), L(","), L("."), L(":"), L(";"),
                                    L("("), L(")"), L("+"), L("?") };
static const struct key more[] = { { KEY_SHIFT, "shift", NULL, 1.4F, 0 },
                                   L("!"),
                                   L("&"),
                                   L("%"),
                                   L("="),
                                   L("@"),
                                   L("#"),
                                   L("*"),
                                   { KEY_ERASE, "back2", NULL, 1.4F, 0 } };
static const struct key rarer_top[] = { L("["), L("]"), L("{"), L("}"), L("<"),
                                        L(">"), L("_"), L("$"), L("^"), L("~") };
static const struct key rarer[] = { L("\""), L("'"), L("`"), L("\\"), L("|"),
                                    L("/"),  L("?"), L("!"), L("+") };
static const struct key rarer_bottom[] = {
    L("@"), L("#"), L("%"), L("&"),
    L("*"), L("="), L("."), { KEY_ERASE, "back2", NULL, 1.4F, 0 }
};
static const struct key last[] = {
    { KEY_CLEAR, NULL, NULL, 1.8F, 0 }, { KEY_SPACE, NULL, NULL, 7, 0 }, L("’"), L("-")
};
static const struct key last_with_digits[] = { { KEY_CLEAR, NULL, NULL, 1.8F, 0 },
                                               { KEY_PAGE, NULL, NULL, 1.2F, 0 },
                                               { KEY_SPACE, NULL, NULL, 5.8F, 0 },
                                               L("’"),
                                               L("-") };

static const struct key last_ascii[] = { { KEY_CLEAR, NULL, NULL, 1.8F, 0 },
                                         { KEY_PAGE, NULL, NULL, 1.6F, 0 },
                                         { KEY_SPACE, NULL, NULL, 5.4F, 0 },
                                         L("."),
                                         L("-") };

struct row {
    const struct key *keys;
    size_t n;
    float inset; /* parts of a key, at both ends */
};
#define ROW(keys, inset)                              \
    {                                                 \
        keys, sizeof(keys) / sizeof((keys)[0]), inset \
    }
#define ROWS_MAX 6

/* --- looks ------------------------------------------------------------------------------- */

static float gap(const struct ui *ui)
{
    return ui_dim(ui, 8, 5, 4);
}

static uint32_t fill_of(const struct key *k)
{
    if (k->kind == KEY_TONE)
        return INDIGO_TINT;
    if (k->kind != KEY_LETTER && k->kind != KEY_SPACE)
        return SAND;
    if (k->text && !strchr("’-", k->text[0]) && (unsigned char)k->text[0] >= 0x80)
        return strcmp(k->text, "’") ? NGHE_TINT : SAND;
    return k->text && (*k->text == '-') ? SAND : SURFACE;
}

static const char *shown(struct ui *ui, const struct keyboard *kb, const struct key *k)
{
    static const char *const uppers[][2] = { { "ă", "Ă" }, { "â", "Â" }, { "ê", "Ê" },
                                             { "ô", "Ô" }, { "ơ", "Ơ" }, { "ư", "Ư" },
                                             { "đ", "Đ" } };

    if (!kb->shift || !k->text)
        return k->text;
    if (k->text[0] >= 'a' && k->text[0] <= 'z')
        return arena_printf(ui_arena(ui), "%c", k->text[0] - 'a' + 'A');
    for (size_t i = 0; i < sizeof(uppers) / sizeof(uppers[0]); i++)
        if (!strcmp(uppers[i][0], k->text))
            return uppers[i][1];
    return k->text;
}

/* What the key to another page leads to. */
static const char *page_words(const struct keyboard *kb)
{
    if (kb->ascii && kb->digits && !kb->signs)
        return "[_$";
    return kb->digits ? "abc" : "123";
}

static void turn_page(struct keyboard *kb)
{
    bool more_signs = kb->ascii && kb->digits && !kb->signs;

    kb->digits = more_signs || !kb->digits;
    kb->signs = more_signs;
}

static void draw_words(struct ui *ui, const struct keyboard *kb, const struct key *k,
                       struct rect r)
{
    float size = ui_dim(ui, 32, 25, 27), small = ui_dim(ui, 22, 18, 19);
    struct ui_font letter = { size, size * 1.2F, true };
    struct ui_font tone = { small, small * 1.15F, true };
    struct ui_font name = { ui_dim(ui, 16, 15, 14), ui_dim(ui, 18.4F, 16.5F, 15.4F),
                            true };
    struct ui_font word = { ui_dim(ui, 18, 15, 14), ui_dim(ui, 23, 19, 18),
                            k->kind != KEY_SPACE };
    float icon = ui_dim(ui, 40, 30, 28);

    switch (k->kind) {
    case KEY_LETTER:
        ui_text_middle(ui, r, shown(ui, kb, k), letter, INK, UI_CENTRE);
        break;
    case KEY_TONE:
        r.y += (r.h - tone.line - name.line) / 2;
        ui_text(ui, r, k->text, tone, INDIGO, UI_CENTRE);
        r.y += tone.line;
        ui_text(ui, r, k->name, name, INDIGO, UI_CENTRE);
        break;
    case KEY_SHIFT:
    case KEY_ERASE:
        ui_icon(ui, rect_centre(r, icon, icon), k->text, INK);
        break;
    case KEY_CLEAR:
        ui_text_middle(ui, r, text_of(T_kb_clear), word, INK, UI_CENTRE);
        break;
    case KEY_SPACE:
        ui_text_middle(ui, r, text_of(T_kb_space), word, INK, UI_CENTRE);
        break;
    case KEY_PAGE:
        ui_text_middle(ui, r, page_words(kb), word, INK, UI_CENTRE);
        break;
    }
}

static const char *id_of(struct ui *ui, const struct key *k)
{
    static const char *const ids[] = { [KEY_SHIFT] = "kb.shift",
                                       [KEY_ERASE] = "kb.del",
                                       [KEY_CLEAR] = "kb.clear",
                                       [KEY_SPACE] = "kb.space",
                                       [KEY_PAGE] = "kb.page" };
    static const char *const tone_ids[] = { "kb.sac", "kb.huyen", "kb.hoi", "kb.nga",
                                            "kb.nang" };

    if (k->kind == KEY_TONE)
        return tone_ids[k->tone];
    return k->kind == KEY_LETTER ? arena_printf(ui_arena(ui), "kb.%s", k->text)
                                 : ids[k->kind];
}

static const char *said_of(struct ui *ui, const struct keyboard *kb,
                           const struct key *k)
{
    switch (k->kind) {
    case KEY_TONE:
        return k->name;
    case KEY_SHIFT:
        return text_of(T_kb_shift);
    case KEY_ERASE:
        return text_of(T_code_del);
    case KEY_CLEAR:
        return text_of(T_kb_clear);
    case KEY_SPACE:
        return text_of(T_kb_space);
    case KEY_PAGE:
        return page_words(kb);
    case KEY_LETTER:
        break;
    }
    return shown(ui, kb, k);
}

static bool draw_key(struct ui *ui, const struct keyboard *kb, const struct key *k,
                     struct rect r)
{
    unsigned got = 0;
    bool on = k->kind == KEY_SHIFT && kb->shift;
    bool tapped = ui_target(ui, UI_ROLE_KEY, id_of(ui, k), said_of(ui, kb, k), r,
                            on ? UI_SELECTED : 0, &got);
    struct ui_box_style style = { .fill = on ? HIGHLIGHT : fill_of(k),
                                  .border = k->kind == KEY_TONE ? INDIGO : LINE2,
                                  .line = LINE_DECORATIVE,
                                  .radius = ui_dim(ui, 14, 10, 11),
                                  .lip = SAND2,
                                  .lip_dy = 4 };

    if (got & UI_PRESSED) {
        r.y += 3;
        style.lip_dy = 1;
        style.fill = SAND2;
    }
    if (got & UI_FOCUS)
        ui_focus_ring(ui, r, style.radius);
    ui_box(ui, r, &style);
    draw_words(ui, kb, k, r);
    return tapped;
}

/* --- what keys do -------------------------------------------------------------------------- */

static bool type_key(struct keyboard *kb, const struct key *k, const char *letter,
                     struct field *f, const struct keyboard_hands *hands)
{
    uint32_t ch;
    bool changed;

    switch (k->kind) {
    case KEY_TONE:
        return hands->tone(hands->ctx, f->text, k->tone);
    case KEY_SHIFT:
        kb->shift = !kb->shift;
        return false;
    case KEY_PAGE:
        turn_page(kb);
        return false;
    case KEY_ERASE:
        hands->erase(hands->ctx, f->text);
        return true;
    case KEY_CLEAR:
        memset(f->text, 0, sizeof(f->text));
        return true;
    case KEY_SPACE:
        return hands->character(hands->ctx, f->text, ' ');
    case KEY_LETTER:
        break;
    }
    utf8_next(letter, &ch);
    changed = ch < 0x80 || k->text[0] == "’"[0]
                  ? hands->character(hands->ctx, f->text, ch)
                  : hands->letter(hands->ctx, f->text, letter);
    kb->shift = false;
    return changed;
}

static bool draw_row(struct ui *ui, struct rect r, const struct row *row,
                     struct keyboard *kb, struct field *f,
                     const struct keyboard_hands *hands)
{
    float parts = 2 * row->inset, x, one;
    bool changed = false;

    for (size_t i = 0; i < row->n; i++)
        parts += row->keys[i].wide > 0 ? row->keys[i].wide : 1;
    one = (r.w - gap(ui) * ((float)row->n - 1 + 2 * row->inset)) / parts;
    x = r.x + row->inset * (one + gap(ui));
    for (size_t i = 0; i < row->n; i++) {
        const struct key *k = &row->keys[i];
        float w = one * (k->wide > 0 ? k->wide : 1);

        if (draw_key(ui, kb, k, (struct rect){ x, r.y, w, r.h - 4 }))
            changed |= type_key(kb, k, shown(ui, kb, k), f, hands);
        x += w + gap(ui);
    }
    return changed;
}

/* In landscape tones and vowels stand in one row, in portrait in two. */
static size_t list_rows(const struct ui *ui, const struct keyboard *kb,
                        struct row out[ROWS_MAX], struct key together[12])
{
    static const struct row letters[] = { ROW(top, 0), ROW(middle, 0.4F),
                                          ROW(bottom, 0) };
    static const struct row others[] = { ROW(digits, 0), ROW(signs, 0.4F),
                                         ROW(more, 0) };
    static const struct row rare[] = { ROW(rarer_top, 0), ROW(rarer, 0.4F),
                                       ROW(rarer_bottom, 0.4F) };
    static const struct row foot = ROW(last, 0), foot_digits = ROW(last_with_digits, 0),
                            foot_ascii = ROW(last_ascii, 0);
    size_t n = 0;

    if (!kb->plain && ui_panel(ui) == PANEL_POR) {
        out[n++] = (struct row)ROW(tones, 0);
        out[n++] = (struct row)ROW(vowels, 0);
    } else if (!kb->plain) {
        memcpy(together, tones, sizeof(tones));
        memcpy(together + 5, vowels, sizeof(vowels));
        out[n++] = (struct row){ together, 12, 0 };
    }
    memcpy(out + n, kb->signs ? rare : kb->digits ? others : letters, sizeof(letters));
    n += 3;
    out[n++] = kb->ascii ? foot_ascii : kb->with_digits ? foot_digits : foot;
    return n;
}

float keyboard_height(const struct ui *ui, const struct keyboard *kb)
{
    struct row rows[ROWS_MAX];
    struct key together[12];
    size_t n = list_rows(ui, kb, rows, together);

    return ui_panel(ui) == PANEL_POR ? (float)n * 81.3F
                                     : ui_dim(ui, 105.7F, 63.2F, 0) * (float)n;
}

bool keyboard_frame(struct ui *ui, struct rect r, struct keyboard *kb, struct field *f,
                    const struct keyboard_hands *hands)
{
    struct row rows[ROWS_MAX];
    struct key together[12];
    size_t n = list_rows(ui, kb, rows, together);
    float h = (r.h - gap(ui) * (float)(n - 1)) / (float)n;
    uint32_t typed = ui_typed(ui);
    bool changed = false;

    ui_wants_text(ui);
    for (size_t i = 0; i < n; i++)
        changed |=
            draw_row(ui, (struct rect){ r.x, r.y + (float)i * (h + gap(ui)), r.w, h },
                     &rows[i], kb, f, hands);
    if (typed)
        changed |= hands->character(hands->ctx, f->text, typed);
    if (ui_key(ui, UI_KEY_ERASE)) {
        hands->erase(hands->ctx, f->text);
        changed = true;
    }
    return changed;
}

/* --- the field ------------------------------------------------------------------------------- */

#define DOTS_MAX 40

bool field_frame(struct ui *ui, const char *id, const char *words, struct rect r,
                 const struct field *f, bool has_keys)
{
    float size = ui_dim(ui, 42, 31, 36), pad = ui_dim(ui, 24, 16, 16), w;
    struct ui_font font = { size, size * 1.3F, true };
    struct ui_font faint = { ui_dim(ui, 26, 21, 22), ui_dim(ui, 34, 28, 28), false };
    unsigned got = 0;
    bool touched =
        ui_target(ui, UI_ROLE_FIELD, id, f->hidden || f->secret ? words : f->text, r,
                  f->bad     ? UI_NOT_YET
                  : has_keys ? UI_SELECTED
                             : 0,
                  &got);
    char dots[3 * DOTS_MAX + 1] = "";
    const char *text = f->text;
    struct rect in = { r.x + pad, r.y, r.w - 2 * pad - 8, r.h };

    ui_box(ui, r,
           &(struct ui_box_style){ .fill = SURFACE,
                                   .border = f->bad     ? SON
                                             : has_keys ? INDIGO
                                                        : LINE2,
                                   .line = has_keys || f->bad ? ui_dim(ui, 4, 3, 4) : 3,
                                   .radius = ui_dim(ui, 20, 16, 18) });
    if (f->hidden) {
        size_t n = utf8_length(f->text);

        for (size_t i = 0; i < n && i < DOTS_MAX; i++)
            memcpy(dots + 3 * i, "•", 4);
        text = dots;
    }
    w = ui_text_width(ui, text, font);
    if (w > in.w) { /* smaller, so that the end is seen */
        font.size *= in.w / w * 0.98F;
        w = ui_text_width(ui, text, font);
    }
    if (*text)
        ui_text_middle(ui, (struct rect){ in.x, in.y, w + 2, in.h }, text, font, INK,
                       UI_LEFT);
    else if (words)
        ui_text_middle(ui, (struct rect){ in.x + 14, in.y, in.w, in.h }, words, faint,
                       INK2, UI_LEFT);
    if (has_keys) {
        float h = ui_dim(ui, 50, 38, 42);

        ui_box(ui, (struct rect){ in.x + w + 3, r.y + (r.h - h) / 2, 4, h },
               &(struct ui_box_style){ .fill = INDIGO });
    }
    return touched;
}
