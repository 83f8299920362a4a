/* See difficulty.h. */
#include "difficulty.h"

#include <string.h>

#include "base/check.h"
#include "base/utf8.h"

const struct difficulty_kind difficulty_kinds[] = {
    { "mang", "Mạng" },     { "dien", "Điện" },   { "giong", "Giọng đọc" },
    { "gio", "Thời gian" }, { "bai", "Bài học" }, { "duong", "Đi lại" },
    { "khac", "Khác" },     { NULL, NULL },
};

static const char *const state_names[DIFFICULTY_STATES] = {
    [DIFFICULTY_NEW] = "new",
    [DIFFICULTY_DOING] = "doing",
    [DIFFICULTY_DONE] = "done",
};

static const struct difficulty_kind *find_kind(const char *code)
{
    const struct difficulty_kind *kind = difficulty_kinds;

    while (kind->code && strcmp(kind->code, code) != 0)
        kind++;
    return kind;
}

const char *difficulty_kind_word(const char *code)
{
    const struct difficulty_kind *kind = find_kind(code);

    return kind->code ? kind->word : code;
}

enum err difficulty_add(struct server *s, const struct difficulty *d)
{
    size_t n = strlen(d->words);

    if (!find_kind(d->kind)->code || !bundle_id_ok(d->place) || !n ||
        n > DIFFICULTY_WORDS_MAX || !utf8_valid(d->words, n) ||
        (*d->who && !bundle_id_ok(d->who)))
        return ERR_REJECTED;
    return server_note(s, store_run(s->store, Q_DIFFICULTY_ADD, NULL, NULL,
                                    PARAM_TEXT(d->day), PARAM_TEXT(d->place),
                                    PARAM_TEXT(d->kind), PARAM_TEXT(d->words),
                                    PARAM_TEXT(d->who), PARAM_INT(d->in_report)));
}

enum err difficulty_move(struct server *s, int64_t seq, enum difficulty_state state)
{
    int64_t known = 0;
    char today[11];
    enum err err =
        store_run(s->store, Q_DIFFICULTY_KNOWN, store_number, &known, PARAM_INT(seq));

    if (!err && !known)
        return ERR_REJECTED;
    clock_day_text(clock_day(clock_wall_ms(s->clock)), today);
    if (!err)
        err = store_run(s->store, Q_DIFFICULTY_STATE, NULL, NULL, PARAM_INT(seq),
                        PARAM_TEXT(state_names[state]), PARAM_TEXT(today));
    return server_note(s, err);
}

struct walking {
    difficulty_fn *row;
    void *ctx;
};

/* Cells of Q_DIFFICULTIES: seq day place name kind words who state in_report changed. */
static enum err take_row(void *ctx, const struct cell *c)
{
    const struct walking *w = ctx;
    struct difficulty d = {
        .seq = c[0].number,
        .day = c[1].text,
        .place = c[2].text,
        .place_name = c[3].text,
        .kind = c[4].text,
        .words = c[5].text,
        .who = c[6].text,
        .in_report = c[8].number != 0,
        .changed_day = c[9].text,
    };

    for (int i = 0; i < DIFFICULTY_STATES; i++)
        if (!strcmp(state_names[i], c[7].text))
            d.state = (enum difficulty_state)i;
    return w->row(w->ctx, &d);
}

enum err difficulty_each(struct server *s, difficulty_fn *row, void *ctx)
{
    struct walking w = { row, ctx };

    return server_note(s, store_run_plain(s->store, Q_DIFFICULTIES, take_row, &w));
}
