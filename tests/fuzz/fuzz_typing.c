/* Keys in any order, letters of other keyboards and backspace among them: the text stays
 * UTF-8 in NFC and in its field, a refused key changes nothing, what stands before the last
 * word is never touched, and backspace empties any text. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "vietnamese/collate.h"
#include "vietnamese/fold.h"
#include "vietnamese/nfc.h"
#include "vietnamese/person_name.h"
#include "vietnamese/syllable.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fact)
{
    if (!fact)
        __builtin_trap();
}

/* The first byte of a key: ASCII is itself, 0x80… choose the other kinds. */
static bool press(const struct typing *t, char *text, size_t size, const uint8_t **at,
                  const uint8_t *end)
{
    static const char *const letters[] = { "ă", "â", "ê", "ô", "ơ", "ư", "đ",
                                           "Đ", "a", "á", "ñ", "",  "ab" };
    uint8_t key = *(*at)++;
    unsigned wide;

    if (key < 0x80)
        return typing_char(t, text, size, key);
    if (key < 0x90)
        return typing_tone(t, text, size, (enum typing_mark)(key % 5));
    if (key < 0xA0)
        return typing_letter(t, text, size, letters[key % 13]);
    if (key < 0xC0) {
        typing_erase(t, text);
        return true;
    }
    if (end - *at < 2)
        return false;
    wide = (unsigned)(key & 0x1F) << 16 | (unsigned)(*at)[0] << 8 | (*at)[1];
    *at += 2;
    return typing_char(t, text, size, wide);
}

static void look(const char *before, const char *text, size_t size, bool taken)
{
    const char *word = strrchr(before, ' ');

    must(strlen(text) < size);
    must(utf8_valid(text, strlen(text)));
    must(nfc_is(text));
    must(taken || !strcmp(before, text));
    must(!word || !strncmp(before, text, (size_t)(word - before)));
}

static void use(const char *text)
{
    char name[PERSON_NAME_MAX], again[PERSON_NAME_MAX], out[1024];

    if (person_name_clean(text, name) == NAME_OK)
        must(person_name_clean(name, again) == NAME_OK && !strcmp(name, again));
    must(collate_key(text, out, sizeof(out)) == strlen(out));
    must(fold_text(text, out, sizeof(out)) == strlen(out));
    must(utf8_valid(out, strlen(out)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[TYPING_MAX] = "", before[TYPING_MAX];
    const uint8_t *at = data, *end = data + size;
    struct typing t;
    size_t room;

    if (size < 2)
        return 0;
    t = (struct typing){ .telex = *at & 1,
                         .vni = *at & 2,
                         .capitals = *at & 4,
                         .style = *at & 8 ? TYPING_NEW : TYPING_OLD };
    room = 1 + at[1] % TYPING_MAX;
    at += 2;
    while (at < end) {
        bool taken;

        memcpy(before, text, sizeof(before));
        taken = press(&t, text, room, &at, end);
        look(before, text, room, taken);
    }
    use(text);
    for (size_t i = 0; *text; i++) {
        must(i < 2 * TYPING_MAX);
        typing_erase(&t, text);
        look("", text, room, true);
    }
    return 0;
}
