/* The string table's keys and texts, and filling in {names}. */
#include "ui/strings.h"

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"

static const char *const keys[] = {
#define S(name, key, vi) key,
#include "ui/strings.def"
#undef S
};

static const char *const texts[] = {
#define S(name, key, vi) vi,
#include "ui/strings.def"
#undef S
};

const char *text_key(enum text_id id)
{
    ASSERT((size_t)id < COUNT(keys));
    return keys[id];
}

const char *text_of(enum text_id id)
{
    ASSERT((size_t)id < COUNT(texts));
    return texts[id];
}

const char *text_key_n(struct arena *arena, enum text_id id, size_t n)
{
    return arena_printf(arena, "%s#%zu", text_key(id), n);
}

/* The value given for the name of `n` bytes, or NULL. */
static const char *value_for(const char *name, size_t n, va_list args)
{
    const char *found = NULL;
    const char *arg;

    while (!found && (arg = va_arg(args, const char *)) != NULL) {
        const char *value = va_arg(args, const char *);

        if (strlen(arg) == n && memcmp(arg, name, n) == 0)
            found = value;
    }
    return found;
}

/* Walks `text` once; copies to `out` unless it is NULL. Returns the length. */
static size_t fill_into(char *out, const char *text, va_list args)
{
    size_t len = 0;

    while (*text) {
        const char *close = *text == '{' ? strchr(text, '}') : NULL;
        const char *piece = text;
        size_t n = 1;

        if (close) {
            va_list again;
            const char *value;

            va_copy(again, args);
            value = value_for(text + 1, (size_t)(close - text - 1), again);
            va_end(again);
            if (value) {
                piece = value;
                n = strlen(value);
                text = close;
            }
        }
        if (out)
            memcpy(out + len, piece, n);
        len += n;
        text++;
    }
    return len;
}

const char *text_fill(struct arena *arena, const char *text, ...)
{
    va_list args;
    size_t n;
    char *out;

    va_start(args, text);
    n = fill_into(NULL, text, args);
    va_end(args);
    out = arena_alloc(arena, n + 1);
    va_start(args, text);
    fill_into(out, text, args);
    va_end(args);
    return out;
}
