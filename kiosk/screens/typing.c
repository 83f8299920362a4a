/* Between ui/keyboard.h and vietnamese/syllable.h. */
#include "screens/typing.h"

#include <stdint.h>

#include "vietnamese/syllable.h"

_Static_assert(FIELD_MAX == TYPING_MAX, "a field is a text that can be typed");

static const struct typing names_telex = { .telex = true,
                                           .vni = true,
                                           .capitals = true };
static const struct typing names_plain = { .vni = true, .capitals = true };
static const struct typing text_telex = { .telex = true };
static const struct typing text_plain = { .telex = false };

static const struct typing *way(void *ctx)
{
    return ctx;
}

static bool character(void *ctx, char *text, unsigned ch)
{
    return typing_char(way(ctx), text, FIELD_MAX, ch);
}

static bool tone(void *ctx, char *text, int which)
{
    return typing_tone(way(ctx), text, FIELD_MAX, (enum typing_mark)which);
}

static bool letter(void *ctx, char *text, const char *which)
{
    return typing_letter(way(ctx), text, FIELD_MAX, which);
}

static void erase(void *ctx, char *text)
{
    typing_erase(way(ctx), text);
}

#define HANDS(typing)                                                  \
    {                                                                  \
        character, tone, letter, erase, (void *)(uintptr_t) & (typing) \
    }

const struct keyboard_hands *typing_names(bool telex)
{
    static const struct keyboard_hands with = HANDS(names_telex),
                                       without = HANDS(names_plain);

    return telex ? &with : &without;
}

const struct keyboard_hands *typing_text(bool telex)
{
    static const struct keyboard_hands with = HANDS(text_telex),
                                       without = HANDS(text_plain);

    return telex ? &with : &without;
}

const struct keyboard_hands *typing_secret(void)
{
    static const struct keyboard_hands hands = HANDS(text_plain);

    return &hands;
}
