/* See register_words.h. */
#include "register_words.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "titles.h"

#define NAMES_MAX 500 /* of one list */
#define WHO_FIELD "ten"

static const struct {
    const char *prefix;
} lists[REGISTER_LISTS] = {
    [REGISTER_OF_THONS] = { "thon." },
    [REGISTER_OF_UNITS] = { "unit." },
    [REGISTER_OF_MODULES] = { "module." },
};

struct reading {
    struct arena *arena;
    struct register_names *names;
};

static void add_name(struct reading *r, enum register_list list, const char *code,
                     const char *name)
{
    struct register_names *names = r->names;

    for (size_t i = 0; i < names->n[list]; i++)
        if (!strcmp(names->rows[list][i].code, code))
            return;
    if (names->n[list] < NAMES_MAX)
        names->rows[list][names->n[list]++] =
            (struct register_choice){ arena_strdup(r->arena, code),
                                      arena_strdup(r->arena, name) };
}

/* Cells of Q_SETTINGS: key value. */
static enum err take_setting(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;

    for (size_t i = 0; i < REGISTER_LISTS; i++) {
        size_t n = strlen(lists[i].prefix);

        if (!strncmp(c[0].text, lists[i].prefix, n))
            add_name(r, (enum register_list)i, c[0].text + n, c[1].text);
    }
    return ERR_OK;
}

enum err register_names_read(struct server *s, struct arena *arena,
                             struct register_names *out)
{
    struct reading r = { arena, out };
    enum err err;

    *out = (struct register_names){ 0 };
    for (size_t i = 0; i < REGISTER_LISTS; i++)
        out->rows[i] = arena_alloc(arena, NAMES_MAX * sizeof(*out->rows[i]));
    err = store_run_plain(s->store, Q_SETTINGS, take_setting, &r);
    /* a lesson's id is "m09-b03", that of its module "m09" */
    for (size_t i = 0; !err && s->titles && i < s->titles->n_rows; i++)
        if (!strchr(s->titles->rows[i].id, '-'))
            add_name(&r, REGISTER_OF_MODULES, s->titles->rows[i].id,
                     s->titles->rows[i].text);
    return server_note(s, err);
}

bool register_list_of(enum register_type type, enum register_list *out)
{
    switch (type) {
    case REGISTER_THON:
    case REGISTER_THONS:
        *out = REGISTER_OF_THONS;
        return true;
    case REGISTER_UNIT:
        *out = REGISTER_OF_UNITS;
        return true;
    case REGISTER_MODULES:
        *out = REGISTER_OF_MODULES;
        return true;
    default:
        return false;
    }
}

const char *register_name(const struct register_names *names, enum register_list list,
                          const char *code)
{
    for (size_t i = 0; i < names->n[list]; i++)
        if (!strcmp(names->rows[list][i].code, code))
            return names->rows[list][i].word;
    return code;
}

/* --- values ------------------------------------------------------------------------- */

static void code_words(const struct register_names *names,
                       const struct register_field *f, const char *value,
                       struct buf *out)
{
    enum register_list list;
    char code[BUNDLE_ID_MAX + 1];

    if (!register_list_of(f->type, &list))
        return;
    for (const char *at = value; *at;) {
        size_t n = strcspn(at, " ");

        if (n < sizeof(code)) {
            memcpy(code, at, n);
            code[n] = 0;
            buf_str(out, at == value ? "" : ", ");
            buf_str(out, f->type == REGISTER_THON && !strcmp(code, REGISTER_EVERYWHERE)
                             ? "Toàn xã"
                             : register_name(names, list, code));
        }
        at += n + (at[n] == ' ');
    }
}

static void choice_words(const struct register_field *f, const char *value,
                         struct buf *out)
{
    const struct register_choice *c = f->choices;

    while (c->code && strcmp(c->code, value) != 0)
        c++;
    buf_str(out, c->code ? c->word : value);
}

void register_value_words(const struct register_names *names,
                          const struct register_field *f, const char *value,
                          struct buf *out)
{
    if (!*value)
        return;
    switch (f->type) {
    case REGISTER_DAY:
        buf_printf(out, "%.2s/%.2s/%.4s", value + 8, value + 5, value);
        break;
    case REGISTER_MONTH:
        buf_printf(out, "%.2s/%.4s", value + 5, value);
        break;
    case REGISTER_MONTHS:
        buf_printf(out, "%.2s/%.4s đến %.2s/%.4s", value + 5, value, value + 14,
                   value + 9);
        break;
    case REGISTER_CHOICE:
        choice_words(f, value, out);
        break;
    case REGISTER_CONSENT:
        buf_str(out, !strcmp(value, REGISTER_YES) ? "có" : "đã rút");
        break;
    case REGISTER_LINE:
    case REGISTER_LONG:
    case REGISTER_NUMBER:
        buf_str(out, value);
        break;
    default:
        code_words(names, f, value, out);
    }
}

const char *register_value(const struct entry *e, const char *code)
{
    size_t i = register_field_at(e->kind, code);

    return i < e->kind->n_fields ? e->values[i] : "";
}

/* --- who ---------------------------------------------------------------------------- */

bool register_has_who(const struct register_kind *k)
{
    size_t i = register_field_at(k, WHO_FIELD);

    return i < k->n_fields && k->fields[i].personal;
}

void register_who_words(const struct register_names *names, const struct entry *e,
                        bool with_name, struct buf *out)
{
    const char *name = register_value(e, WHO_FIELD);
    const char *thon = register_value(e, "thon");
    const char *unit = register_value(e, "don-vi");

    if (with_name && *name)
        buf_str(out, name);
    else if (*thon && strcmp(thon, REGISTER_EVERYWHERE) != 0)
        buf_printf(out, "một bà con ở thôn %s",
                   register_name(names, REGISTER_OF_THONS, thon));
    else if (*unit)
        buf_printf(out, "một người của %s",
                   register_name(names, REGISTER_OF_UNITS, unit));
    else
        buf_str(out, "một bà con trong xã");
}
