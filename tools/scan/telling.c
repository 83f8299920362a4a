/* Memory of what was told. */
#include "telling.h"

#include <string.h>

#include "base/check.h"

#define DARK_MEAN 16  /* of 255: a covered lens, a room at night */
#define LIGHT_MEAN 24 /* above it is light again; between the two nothing changes */
#define DARK_FRAMES 4 /* a hand that passes is no darkness */
#define PREFIX_CHARS 2

/* Cards and passports. */
static const char *const ours[] = { "BD", "BP" };

bool telling_is_ours(const char *bytes, size_t n)
{
    bool found = false;

    if (n <= PREFIX_CHARS || n > TELLING_CODE_MAX)
        return false;
    for (size_t i = 0; i < COUNT(ours); i++)
        found = found || !memcmp(bytes, ours[i], PREFIX_CHARS);
    if (!found)
        return false;
    for (size_t i = 0; i < n; i++)
        if (bytes[i] < ' ' || bytes[i] > '~')
            return false;
    return true;
}

/* The place of that code, or the one that was not seen for longest. */
static size_t place_of(const struct telling *t, const char *text)
{
    size_t oldest = 0;

    for (size_t i = 0; i < TELLING_CODES; i++) {
        if (t->codes[i].used && !strcmp(t->codes[i].text, text))
            return i;
        if (!t->codes[i].used ||
            (t->codes[oldest].used && t->codes[i].seen_ms < t->codes[oldest].seen_ms))
            oldest = i;
    }
    return oldest;
}

bool telling_code(struct telling *t, const char *bytes, size_t n, int64_t now_ms,
                  const char **text_out)
{
    char text[TELLING_CODE_MAX + 1] = "";
    size_t i;
    bool held;

    if (telling_is_ours(bytes, n))
        memcpy(text, bytes, n);
    i = place_of(t, text);
    held = t->codes[i].used && !strcmp(t->codes[i].text, text) &&
           now_ms - t->codes[i].seen_ms < TELLING_AGAIN_MS;
    memcpy(t->codes[i].text, text, sizeof(text));
    t->codes[i].seen_ms = now_ms;
    t->codes[i].used = true;
    *text_out = t->codes[i].text;
    return !held;
}

bool telling_set(struct telling *t, enum telling_state state)
{
    bool changed = t->state != state;

    t->state = state;
    return changed;
}

bool telling_light(struct telling *t, int mean)
{
    if (mean >= LIGHT_MEAN)
        t->n_dark = 0;
    else if (mean < DARK_MEAN && t->n_dark < DARK_FRAMES)
        t->n_dark++;
    if (t->n_dark == DARK_FRAMES)
        return telling_set(t, TELLING_DARK);
    return t->n_dark == 0 && telling_set(t, TELLING_READY);
}

const char *telling_word(enum telling_state state)
{
    static const char *const words[] = {
        [TELLING_NOTHING] = "",
        [TELLING_READY] = "ready",
        [TELLING_DARK] = "dark",
        [TELLING_BUSY] = "busy",
        [TELLING_NO_CAMERA] = "no_camera",
    };

    ASSERT((size_t)state < COUNT(words));
    return words[state];
}
