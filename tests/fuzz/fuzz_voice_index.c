/* Any bytes as the index of clips: what is read is found again under its key. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "lesson/voice_index.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { 0 };
    struct voice_index *v;
    char why[200];
    size_t n;

    if (!voice_index_read((const char *)data, size, &arena, &v, why, sizeof(why))) {
        const struct voice_clip *clips = voice_index_clips(v, &n);

        for (size_t i = 1; i < n; i++)
            ASSERT(strcmp(clips[i - 1].lang, clips[i].lang) < 0 ||
                   strcmp(clips[i - 1].key, clips[i].key) < 0);
        (void)voice_index_find(v, "vi", "Tiếp");
    }
    arena_finish(&arena);
    return 0;
}
