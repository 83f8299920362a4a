/* Which notice stands on the first page. */
#include "app/notices.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/languages.h"
#include "app/uplink.h"
#include "app/voice_make.h"
#include "app/voice_source.h"

#define LOG_MODULE "notices"
#include "base/log.h"

/* Reads them again; the one with the id `stay` keeps its place. */
static void read_again(struct app *app, const char *stay)
{
    struct notices *b = &app->notices;
    int64_t change_ms = -1;

    arena_finish(&b->arena);
    b->n = b->at = 0;
    memset(b->counted, 0, sizeof(b->counted));
    if (notices_now(app->db, &b->arena, b->list, &b->n, &change_ms)) {
        LOG_WARN("the notices cannot be read");
        b->n = 0;
    }
    b->change_ms = change_ms < 0 ? -1 : clock_mono_ms(app->clock) + change_ms;
    b->taken = uplink_settings_taken(app->uplink);
    b->clock = notices_clock(app->db);
    for (size_t i = 0; i < b->n; i++)
        if (!strcmp(b->list[i].id, stay))
            b->at = i;
}

static void stands(struct notices *b)
{
    if (b->n)
        snprintf(b->last, sizeof(b->last), "%s", b->list[b->at].id);
}

void notices_arrive(struct app *app)
{
    struct notices *b = &app->notices;

    read_again(app, b->last);
    if (b->n && !strcmp(b->list[b->at].id, b->last))
        b->at = (b->at + 1) % b->n;
    stands(b);
}

static bool is_stale(const struct app *app)
{
    const struct notices *b = &app->notices;

    return b->taken != uplink_settings_taken(app->uplink) ||
           b->clock != notices_clock(app->db) || notices_wait_ms(app) == 0;
}

const struct notice *notices_look(struct app *app)
{
    struct notices *b = &app->notices;

    if (is_stale(app)) {
        read_again(app, b->last);
        stands(b);
    }
    return b->n ? &b->list[b->at] : NULL;
}

int notices_wait_ms(const struct app *app)
{
    int64_t at_ms = app->notices.change_ms, wait;

    if (at_ms < 0)
        return -1;
    wait = at_ms - clock_mono_ms(app->clock);
    return wait < 0 ? 0 : wait > INT_MAX ? INT_MAX : (int)wait;
}

void notices_next(struct app *app)
{
    struct notices *b = &app->notices;

    if (!b->n)
        return;
    b->at = (b->at + 1) % b->n;
    stands(b);
}

void notices_count(struct app *app)
{
    struct notices *b = &app->notices;

    if (!b->n || b->counted[b->at] || !app->db)
        return;
    b->counted[b->at] = true;
    saver_add(&app->saver,
              &(struct event){ .kind = EVENT_NOTICE, .unit = b->list[b->at].id });
}

bool notices_can_speak(const struct app *app, const struct notice *n)
{
    if (!app->voice.out)
        return false;
    return voice_source_there(app, LANGUAGE_FIRST, n->text) ||
           (app->voice.make && voice_make_fault(app->voice.make) != ERR_OFFLINE);
}

void notices_listen(struct app *app, const struct notice *n)
{
    voice_say_drafted(app, NOTICE_NODE, n->text);
}

void notices_finish(struct app *app)
{
    arena_finish(&app->notices.arena);
}
