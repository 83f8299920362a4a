/* See register.h. */
#include "register.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"
#include "deeds.h"

#define OBJECT_BYTES 64 /* "guong-tot 12" in the log */

static const char *const state_names[REGISTER_STATES] = {
    [REGISTER_NOW] = "now",
    [REGISTER_CORRECTED] = "corrected",
    [REGISTER_WITHDRAWN] = "withdrawn",
};

/* --- reading ------------------------------------------------------------------------ */

struct reading {
    struct arena *arena;
    const struct register_kind *kind;
    struct entries *out;
    size_t cap;
};

static enum err take_fields(struct arena *arena, const char *text, struct entry *e)
{
    json_value *doc;
    enum err err = json_parse(text, strlen(text), 2, &doc, NULL, 0);

    if (err)
        return ERR_CORRUPT;
    for (size_t i = 0; i < e->kind->n_fields; i++) {
        const char *v = json_text(json_get(doc, e->kind->fields[i].code));

        e->values[i] = v ? arena_strdup(arena, v) : "";
    }
    json_free(doc);
    return ERR_OK;
}

/* Cells of Q_ENTRIES, Q_ENTRY and Q_ENTRY_VERSIONS: seq root kind day fields state by
 * changed_by changed_day. */
static enum err take_entry(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    struct entry *e;

    if (strcmp(c[2].text, r->kind->code) != 0)
        return ERR_OK;
    if (r->out->n == REGISTER_ROWS_MAX) {
        r->out->n_more++;
        return ERR_OK;
    }
    if (r->out->n == r->cap) {
        struct entry *more;

        r->cap = r->cap ? 2 * r->cap : 16;
        more = arena_alloc(r->arena, r->cap * sizeof(*more));
        if (r->out->n)
            memcpy(more, r->out->rows, r->out->n * sizeof(*more));
        r->out->rows = more;
    }
    e = &r->out->rows[r->out->n++];
    *e = (struct entry){ .seq = c[0].number,
                         .root = c[1].number,
                         .kind = r->kind,
                         .day = arena_strdup(r->arena, c[3].text),
                         .by = arena_strdup(r->arena, c[6].text),
                         .changed_by = arena_strdup(r->arena, c[7].text),
                         .changed_day = arena_strdup(r->arena, c[8].text) };
    for (int i = 0; i < REGISTER_STATES; i++)
        if (!strcmp(state_names[i], c[5].text))
            e->state = (enum register_state)i;
    return take_fields(r->arena, c[4].text, e);
}

enum err register_read(struct server *s, const struct register_kind *k,
                       struct arena *arena, struct entries *out)
{
    struct reading r = { .arena = arena, .kind = k, .out = out };

    *out = (struct entries){ 0 };
    return server_note(
        s, store_run(s->store, Q_ENTRIES, take_entry, &r, PARAM_TEXT(k->code)));
}

enum err register_get(struct server *s, const struct register_kind *k, int64_t seq,
                      struct arena *arena, struct entry *out)
{
    struct entries found = { 0 };
    struct reading r = { .arena = arena, .kind = k, .out = &found };
    enum err err = store_run(s->store, Q_ENTRY, take_entry, &r, PARAM_INT(seq));

    *out = found.n ? found.rows[0] : (struct entry){ .kind = k };
    return server_note(s, err);
}

/* --- writing ------------------------------------------------------------------------ */

static void put_fields(const struct register_kind *k, const char *const *values,
                       struct buf *out)
{
    json_open(out, NULL, '{');
    for (size_t i = 0; i < k->n_fields; i++)
        if (*values[i])
            json_put_text(out, k->fields[i].code, values[i]);
    json_close(out, '}');
}

static void today_of(const struct server *s, char out[11])
{
    clock_day_text(clock_day(clock_wall_ms(s->clock)), out);
}

static enum err note_deed(struct server *s, const char *by, enum deed_what what,
                          const struct register_kind *k, int64_t root)
{
    char object[OBJECT_BYTES];

    snprintf(object, sizeof(object), "%s %lld", k->code, (long long)root);
    return deeds_add(s, by, what, object);
}

static enum err set_state(struct server *s, const char *by, const struct entry *e,
                          enum register_state state)
{
    char today[11];

    today_of(s, today);
    return store_run(s->store, Q_ENTRY_STATE, NULL, NULL, PARAM_INT(e->seq),
                     PARAM_TEXT(state_names[state]), PARAM_TEXT(by), PARAM_TEXT(today));
}

/* What is personal leaves one version. */
static enum err strip(struct server *s, struct entry *e)
{
    const struct register_kind *k = e->kind;
    size_t consent = register_field_of(k, REGISTER_CONSENT);
    struct buf json;
    enum err err;

    for (size_t i = 0; i < k->n_fields; i++)
        if (k->fields[i].personal)
            e->values[i] = "";
    if (*e->values[consent])
        e->values[consent] = REGISTER_GONE;
    buf_init(&json, REGISTER_JSON_MAX);
    put_fields(k, e->values, &json);
    err = store_run(s->store, Q_ENTRY_FIELDS, NULL, NULL, PARAM_INT(e->seq),
                    PARAM_TEXT(buf_text(&json)));
    buf_finish(&json);
    return err;
}

static enum err strip_all(struct server *s, const struct register_kind *k, int64_t root)
{
    struct arena arena = { 0 };
    struct entries versions = { 0 };
    struct reading r = { .arena = &arena, .kind = k, .out = &versions };
    enum err err =
        store_run(s->store, Q_ENTRY_VERSIONS, take_entry, &r, PARAM_INT(root));

    for (size_t i = 0; !err && i < versions.n; i++)
        err = strip(s, &versions.rows[i]);
    arena_finish(&arena);
    return err;
}

/* The day that the entry belongs to. */
static void day_of(const struct server *s, const struct register_kind *k,
                   const char *const *values, char out[11])
{
    today_of(s, out);
    for (size_t i = 0; i < k->n_fields; i++)
        if (k->fields[i].dates && k->fields[i].type == REGISTER_MONTH)
            snprintf(out, 11, "%.7s-01", values[i]);
        else if (k->fields[i].dates)
            snprintf(out, 11, "%.10s", values[i]);
}

static enum err insert(struct server *s, const char *by, const struct register_kind *k,
                       int64_t root, const char *const *values, int64_t *root_out)
{
    int64_t last = 0;
    char today[11];
    char day[11];
    struct buf json;
    enum err err = store_run_plain(s->store, Q_ENTRY_LAST, store_number, &last);

    today_of(s, today);
    day_of(s, k, values, day);
    *root_out = root ? root : last + 1;
    buf_init(&json, REGISTER_JSON_MAX);
    put_fields(k, values, &json);
    if (!err && json.overflow)
        err = ERR_REJECTED;
    if (!err)
        err = store_run(s->store, Q_ENTRY_ADD, NULL, NULL, PARAM_INT(last + 1),
                        PARAM_INT(*root_out), PARAM_TEXT(k->code), PARAM_TEXT(day),
                        PARAM_TEXT(buf_text(&json)), PARAM_TEXT(by), PARAM_TEXT(today));
    buf_finish(&json);
    return err;
}

static enum err end(struct server *s, enum err err)
{
    if (!err)
        err = store_commit(s->store);
    if (err)
        store_rollback(s->store);
    return server_note(s, err);
}

/* Inside the transaction: the entry of `seq` as it is now. ERR_REJECTED: it is not. */
static enum err current(struct server *s, const struct register_kind *k, int64_t seq,
                        struct arena *arena, struct entry *out)
{
    enum err err = register_get(s, k, seq, arena, out);

    return err                                           ? err
           : out->seq == 0 || out->state != REGISTER_NOW ? ERR_REJECTED
                                                         : ERR_OK;
}

static bool agrees(const struct register_kind *k, const char *const *values)
{
    size_t consent = register_field_of(k, REGISTER_CONSENT);

    return consent == k->n_fields || !strcmp(values[consent], REGISTER_YES);
}

enum err register_write(struct server *s, const char *by, const struct register_kind *k,
                        int64_t seq, const char *const *values,
                        struct register_fault *fault)
{
    struct arena arena = { 0 };
    struct entry old = { 0 };
    int64_t root = 0;
    enum err err = register_check(s, k, values, fault);

    if (err)
        return err;
    *fault = (struct register_fault){ NULL, "dòng này vừa được sửa hoặc rút" };
    err = store_begin(s->store);
    if (err)
        return server_note(s, err);
    if (seq)
        err = current(s, k, seq, &arena, &old);
    if (!err && seq)
        err = set_state(s, by, &old, REGISTER_CORRECTED);
    if (!err && seq && !agrees(k, values)) /* it was withdrawn by unticking it */
        err = strip_all(s, k, old.root);
    if (!err)
        err = insert(s, by, k, old.root, values, &root);
    if (!err)
        err =
            note_deed(s, by, seq ? DEED_REGISTER_CORRECT : DEED_REGISTER_ADD, k, root);
    arena_finish(&arena);
    return end(s, err);
}

enum err register_withdraw(struct server *s, const char *by,
                           const struct register_kind *k, int64_t seq)
{
    struct arena arena = { 0 };
    struct entry e = { 0 };
    enum err err = store_begin(s->store);

    if (err)
        return server_note(s, err);
    err = current(s, k, seq, &arena, &e);
    if (!err)
        err = set_state(s, by, &e, REGISTER_WITHDRAWN);
    if (!err)
        err = note_deed(s, by, DEED_REGISTER_WITHDRAW, k, e.root);
    arena_finish(&arena);
    return end(s, err);
}

/* Also of an entry that was taken out before: its name still stands in the database. */
enum err register_forget(struct server *s, const char *by,
                         const struct register_kind *k, int64_t seq)
{
    struct arena arena = { 0 };
    struct entry e = { 0 };
    enum err err;

    if (register_field_of(k, REGISTER_CONSENT) == k->n_fields)
        return ERR_REJECTED;
    err = store_begin(s->store);
    if (err)
        return server_note(s, err);
    err = register_get(s, k, seq, &arena, &e);
    if (!err && e.seq == 0)
        err = ERR_REJECTED;
    if (!err)
        err = strip_all(s, k, e.root);
    if (!err)
        err = note_deed(s, by, DEED_REGISTER_FORGET, k, e.root);
    arena_finish(&arena);
    return end(s, err);
}

/* --- what may be shown -------------------------------------------------------------- */

bool register_is_expired(const struct server *s, const struct entry *e)
{
    int64_t today = clock_day(clock_wall_ms(s->clock));

    for (size_t i = 0; i < e->kind->n_fields; i++)
        if (e->kind->fields[i].expires)
            return !server_clock_is_sane(s) || clock_day_parse(e->values[i]) < today;
    return false;
}

bool register_is_shown(const struct server *s, const struct entry *e)
{
    return e->state == REGISTER_NOW && !register_is_expired(s, e) &&
           (!e->kind->only_with_consent || agrees(e->kind, e->values));
}

bool register_is_of(const struct entry *e, int64_t first_day, int64_t end_day)
{
    size_t months = register_field_of(e->kind, REGISTER_MONTHS);
    int64_t day = clock_day_parse(e->day);
    int64_t from;
    int64_t to;

    if (months < e->kind->n_fields && register_months(e->values[months], &from, &to))
        return from < end_day && to > first_day;
    return day >= first_day && day < end_day;
}
