/* One line per action; `wait` lines keep timers that fired in between. */
#include "platform/record.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/check.h"
#include "ui/ui_core.h"

#define LOG_MODULE "record"
#include "base/log.h"

struct record {
    FILE *file;
    int64_t last_ms; /* of the last line; before the first action: of the opening */
    bool started;
};

static const char *const key_names[] = {
    [UI_KEY_BACK] = "esc",
    [UI_KEY_LISTEN] = "f1",
    [UI_KEY_HELP] = "f2",
    [UI_KEY_ERASE] = "erase",
};

enum err record_open(const char *path, struct record **out)
{
    FILE *file = fopen(path, "we");

    *out = NULL;
    if (!file) {
        LOG_ERR("%s cannot be written", path);
        return ERR_FULL;
    }
    *out = check_alloc(sizeof(**out));
    **out = (struct record){ .file = file };
    return ERR_OK;
}

void record_frame(struct record *r, const struct ui *ui, int64_t now_ms)
{
    struct ui_taken taken;

    if (!r)
        return;
    if (!r->started) {
        r->started = true;
        r->last_ms = now_ms;
    }
    taken = ui_taken(ui);
    if (taken.kind == UI_TAKEN_NONE)
        return;
    if (now_ms > r->last_ms)
        fprintf(r->file, "wait %lld\n", (long long)(now_ms - r->last_ms));
    r->last_ms = now_ms;
    switch (taken.kind) {
    case UI_TAKEN_NONE:
        break;
    case UI_TAKEN_TAP:
        fprintf(r->file, "tap %s\n", taken.text);
        break;
    case UI_TAKEN_KEY:
        fprintf(r->file, "key %s\n", key_names[taken.key]);
        break;
    case UI_TAKEN_CHAR:
        if (taken.ch < 0x80)
            fprintf(r->file, "text %c\n", (char)taken.ch);
        else
            fprintf(r->file, "# a letter of an input method\n");
        break;
    case UI_TAKEN_SCAN:
        fprintf(r->file, "scan %s\n", taken.text);
        break;
    case UI_TAKEN_SWIPE:
        fprintf(r->file, "# a finger pushed %s\n", taken.text);
        break;
    }
    fflush(r->file); /* what led to a crash is the part that matters */
}

void record_close(struct record *r)
{
    if (!r)
        return;
    fclose(r->file);
    free(r);
}
