/* The table of settings. Stored values stand in the database under "set.<key>". */
#include "app/settings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOG_MODULE "settings"
#include "base/log.h"
#include "store/db.h"

#define KEY_BYTES 48

static const struct {
    const char *key;
    long value, min, max;
} table[SETTING_COUNT] = {
    [SETTING_IDLE_S] = { "idle_s", 120, 10, 3600 },
    [SETTING_IDLE_QUIZ_S] = { "idle_quiz_s", 180, 10, 3600 },
    [SETTING_IDLE_GRACE_S] = { "idle_grace_s", 30, 5, 300 },
    [SETTING_HELP_S] = { "help_s", 20, 5, 300 },
    [SETTING_CODE_TRIES] = { "code_tries", 3, 1, 10 },
    [SETTING_CODE_WAIT_S] = { "code_wait_s", 30, 1, 600 },
    [SETTING_STAFF_S] = { "staff_s", 60, 15, 1800 },
    [SETTING_STAFF_NAMES_S] = { "staff_names_s", 30, 15, 1800 },
    [SETTING_TEXT_STEP] = { "text_step", 0, 0, 2 },
    [SETTING_SCREEN_DPI] = { "screen_dpi", 0, 0, 600 },
    [SETTING_VOLUME] = { "volume", 7, 0, 10 },
    [SETTING_BRIGHTNESS] = { "brightness", 10, 2, 10 },
    [SETTING_STILL] = { "still", 0, 0, 1 },
    [SETTING_BAR_LOW] = { "bar_low", 0, 0, 1 },
    [SETTING_GUEST] = { "guest", 1, 0, 1 },
    [SETTING_DISK_LOW_MB] = { "disk_low_mb", 200, 0, 1000000 },
    [SETTING_KEEP_MONTHS] = { "keep_months", 24, 0, 1200 },
    [SETTING_TONE_NEW] = { "tone_new", 0, 0, 1 },
};

static void load_one(struct settings *s, size_t i, struct db *db)
{
    char key[KEY_BYTES];
    const char *text;
    char *end;
    long v;

    snprintf(key, sizeof(key), "set.%s", table[i].key);
    text = db_setting(db, key, NULL);
    if (!text)
        return;
    errno = 0;
    v = strtol(text, &end, 10);
    if (errno || end == text || *end || v < table[i].min || v > table[i].max) {
        LOG_WARN("%s is no number from %ld to %ld, using %ld", key, table[i].min,
                 table[i].max, table[i].value);
        return;
    }
    s->value[i] = v;
}

void settings_load(struct settings *s, struct db *db)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        s->value[i] = table[i].value;
        if (db)
            load_one(s, i, db);
    }
}

enum err settings_write(struct db *db, enum setting which, long value)
{
    char key[KEY_BYTES], text[24];

    if (value < table[which].min || value > table[which].max)
        return ERR_REJECTED;
    snprintf(key, sizeof(key), "set.%s", table[which].key);
    snprintf(text, sizeof(text), "%ld", value);
    return db_set(db, key, text);
}

const char *settings_key(enum setting which)
{
    return table[which].key;
}

enum setting settings_find(const char *key)
{
    size_t i = 0;

    while (i < SETTING_COUNT && strcmp(table[i].key, key) != 0)
        i++;
    return (enum setting)i;
}
