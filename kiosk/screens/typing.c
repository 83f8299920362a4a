/* Between ui/keyboard.h and vietnamese/syllable.h. */
#include "screens/typing.h"

#include <stdint.h>

#include "app/app.h"
#include "vietnamese/syllable.h"

_Static_assert(FIELD_MAX == TYPING_MAX, "a field is a text that can be typed");

/* How the keys of a field are read */
#define TELEX 1U
#define NAMES 2U /* VNI too, a capital for each word */
#define NEW_TONES 4U
#define WAYS 8U

static struct typing way(void *ctx)
{
    unsigned bits = (unsigned)(uintptr_t)ctx;

    return (struct typing){ .telex = bits & TELEX,
                            .vni = bits & NAMES,
                            .capitals = bits & NAMES,
                            .style = bits & NEW_TONES ? TYPING_NEW : TYPING_OLD };
}

static bool character(void *ctx, char *text, unsigned ch)
{
    struct typing t = way(ctx);

    return typing_char(&t, text, FIELD_MAX, ch);
}

static bool tone(void *ctx, char *text, int which)
{
    struct typing t = way(ctx);

    return typing_tone(&t, text, FIELD_MAX, (enum typing_mark)which);
}

static bool letter(void *ctx, char *text, const char *which)
{
    struct typing t = way(ctx);

    return typing_letter(&t, text, FIELD_MAX, which);
}

static void erase(void *ctx, char *text)
{
    struct typing t = way(ctx);

    typing_erase(&t, text);
}

#define HANDS(bits)                                               \
    {                                                             \
        character, tone, letter, erase, (void *)(uintptr_t)(bits) \
    }

static const struct keyboard_hands hands[WAYS] = { HANDS(0), HANDS(1), HANDS(2),
                                                   HANDS(3), HANDS(4), HANDS(5),
                                                   HANDS(6), HANDS(7) };

static unsigned tones(const struct app *app)
{
    return app->settings.value[SETTING_TONE_NEW] ? NEW_TONES : 0;
}

const struct keyboard_hands *typing_names(const struct app *app, bool telex)
{
    return &hands[NAMES | tones(app) | (telex ? TELEX : 0)];
}

const struct keyboard_hands *typing_text(const struct app *app, bool telex)
{
    return &hands[tones(app) | (telex ? TELEX : 0)];
}

const struct keyboard_hands *typing_secret(void)
{
    return &hands[0];
}
