/* Which notices stand today. */
#include "store/notices.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "store/commune_private.h"
#include "store/journal.h"
#include "store/private.h"
#include "store/run.h"

#define DAY_MS 86400000

/* The days that it may be now. */
struct now {
    int64_t wall_ms;
    int64_t first, last;
};

static bool now_of(const struct db *db, struct now *out)
{
    const struct run *run = &db->run;

    if (run->trust < RUN_TRUST_STAFF || run->uncertainty_ms > DAY_MS)
        return false;
    out->wall_ms = run->start_ms + run_mono_ms(db);
    out->first = clock_day(out->wall_ms - run->uncertainty_ms);
    out->last = clock_day(out->wall_ms + run->uncertainty_ms);
    return true;
}

int64_t notices_clock(const struct db *db)
{
    return db ? db->run.start_ms * 8 + db->run.trust : 0;
}

static bool line_ok(const char *text, size_t max)
{
    size_t n = strlen(text);

    return utf8_valid(text, n) && !strpbrk(text, "\t\n") && utf8_length(text) <= max;
}

static int64_t day_of(const json_value *v, const char *key)
{
    const char *text = json_text(json_get(v, key));

    return text ? clock_day_parse(text) : -1;
}

static bool read_one(const json_value *v, struct arena *arena, struct notice *out)
{
    const char *id = json_text(json_get(v, "id"));
    const char *text = json_text(json_get(v, "text"));
    const char *source = json_text(json_get(v, "source"));

    source = source ? source : "";
    if (!id || !wire_notice_id_ok(id) || !text || !*text ||
        !line_ok(text, WIRE_NOTICE_TEXT_MAX) ||
        !line_ok(source, WIRE_NOTICE_SOURCE_MAX))
        return false;
    snprintf(out->id, sizeof(out->id), "%s", id);
    out->from_day = day_of(v, "from");
    out->to_day = day_of(v, "to");
    out->text = arena_strdup(arena, text);
    out->source = arena_strdup(arena, source);
    return out->from_day >= 0 && out->to_day >= out->from_day;
}

enum err notices_now(struct db *db, struct arena *arena, struct notice out[NOTICES_MAX],
                     size_t *n_out, int64_t *change_ms_out)
{
    json_value *doc = db ? commune_grant(db) : NULL;
    const json_value *list = json_get(doc, "notices");
    struct now now;
    struct notice one;
    enum err err = ERR_OK;

    *n_out = 0;
    *change_ms_out = -1;
    if (json_count(list) && !(err = run_need(db)) && now_of(db, &now)) {
        *change_ms_out = clock_day_start(now.last + 1) - now.wall_ms;
        if (now.first != now.last) /* it is near midnight: the other day is over soon */
            *change_ms_out = db->run.uncertainty_ms + 1;
        for (size_t i = 0; i < json_count(list) && *n_out < NOTICES_MAX; i++)
            if (read_one(json_at(list, i), arena, &one) && one.from_day <= now.last &&
                one.to_day >= now.first)
                out[(*n_out)++] = one;
    }
    json_free(doc);
    return err;
}
