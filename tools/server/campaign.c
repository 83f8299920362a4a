/* See campaign.h. */
#include "campaign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "deeds.h"
#include "record.h"
#include "settings.h"

#define LINES_MAX 500
#define COPIED "Chép từ năm "
#define COPIED_END ", chưa ghi văn bản: cần kiểm tra"

int campaign_year(const char *text)
{
    bool ok = strlen(text) == 4 && strspn(text, "0123456789") == 4 && text[0] == '2' &&
              text[1] <= '1';

    return ok ? (int)strtol(text, NULL, 10) : 0;
}

bool campaign_is_copied(const char *document)
{
    return !strncmp(document, COPIED, strlen(COPIED));
}

/* --- the record --------------------------------------------------------------------------- */

static bool next_part(const char **at, char *out, size_t size)
{
    const char *from = *at + strspn(*at, " ");
    size_t n = strcspn(from, ";"), used = n;

    *at = from + n + (from[n] == ';');
    while (used && from[used - 1] == ' ')
        used--;
    if (!used || used >= size)
        return false;
    memcpy(out, from, used);
    out[used] = 0;
    return true;
}

bool campaign_read(const char *key, const char *value, struct campaign *out,
                   const char **why)
{
    *out = (struct campaign){ .year = campaign_year(key + strlen(CAMPAIGN_GROUP)) };
    *why = "not campaign.YEAR, like campaign.2026";
    if (!out->year)
        return false;
    *why = "not \"title; document; first day; last day\", like "
           "\"Phong trào năm 2026; KH 06/KH-UBND; 2026-01-01; 2026-12-31\"";
    if (!next_part(&value, out->title, sizeof(out->title)) ||
        !next_part(&value, out->document, sizeof(out->document)) ||
        !next_part(&value, out->start, sizeof(out->start)) ||
        !next_part(&value, out->end, sizeof(out->end)) || *value ||
        clock_day_parse(out->start) < 0 || clock_day_parse(out->end) < 0)
        return false;
    *why = "it ends before it begins";
    if (strcmp(out->start, out->end) > 0)
        return false;
    *why = "";
    return true;
}

static const char *write_record(const struct campaign *c, struct arena *a)
{
    return arena_printf(a, "%s; %s; %s; %s", c->title, c->document, c->start, c->end);
}

enum err campaign_set(struct server *s, const char *by, const struct campaign *c,
                      const char **why)
{
    struct arena a = { 0 };
    char year[12];
    enum err err;

    (void)snprintf(year, sizeof(year), "%d", c->year);
    *why = "a title or document has \";\" in it, or is empty";
    if (strchr(c->title, ';') || strchr(c->document, ';'))
        return ERR_REJECTED;
    err = settings_set(s, arena_printf(&a, CAMPAIGN_GROUP "%s", year),
                       write_record(c, &a), why);
    if (!err)
        err = deeds_add(s, by, DEED_CAMPAIGN, year);
    arena_finish(&a);
    return err;
}

/* --- copying ------------------------------------------------------------------------------ */

struct copying {
    struct arena arena;
    int from, to;
    struct setting_line lines[LINES_MAX];
    size_t n;
    bool known; /* the year itself is there */
    bool full;
};

/* The day so many years later; the 29th of February becomes the 28th. */
static const char *later(struct copying *c, const char *day)
{
    int year = (int)strtol(day, NULL, 10) + c->to - c->from;
    char *moved = arena_printf(&c->arena, "%04d%s", year, day + 4);

    return clock_day_parse(moved) < 0 ? arena_printf(&c->arena, "%04d-02-28", year)
                                      : moved;
}

static const char *note(struct copying *c)
{
    return arena_printf(&c->arena, COPIED "%d" COPIED_END, c->from);
}

/* "Phong trào năm 2026" becomes that of 2027. */
static void rename_year(struct copying *c, char *title)
{
    char from[5], to[5];

    (void)snprintf(from, sizeof(from), "%04d", c->from);
    (void)snprintf(to, sizeof(to), "%04d", c->to);
    for (char *at = strstr(title, from); at; at = strstr(at + 4, from))
        memcpy(at, to, 4);
}

static void add(struct copying *c, const char *key, const char *value)
{
    c->full = c->full || c->n == LINES_MAX;
    if (!c->full)
        c->lines[c->n++] = (struct setting_line){ key, value };
}

static void copy_year(struct copying *c, struct campaign *old)
{
    c->known = true;
    rename_year(c, old->title);
    add(c, arena_printf(&c->arena, CAMPAIGN_GROUP "%d", c->to),
        arena_printf(&c->arena, "%s; %s; %s; %s", old->title, note(c),
                     later(c, old->start), later(c, old->end)));
}

/* "target.g2.2026-h2" */
static void copy_target(struct copying *c, const char *key, const struct record *old)
{
    const char *period = strrchr(key, '.') + 1;

    if ((int)strtol(period, NULL, 10) != c->from)
        return; /* of another year, or a phase */
    add(c,
        arena_printf(&c->arena, "%.*s%04d%s", (int)(period - key), key, c->to,
                     period + 4),
        arena_printf(&c->arena, "%lld; %s; %s", (long long)old->numbers[0],
                     later(c, old->day), note(c)));
}

/* Cells of Q_SETTINGS. What belongs to a year is copied here. */
static enum err take(void *ctx, const struct cell *cells)
{
    struct copying *c = ctx;
    const char *key = cells[0].text, *why;
    struct campaign year;
    struct record record;

    if (!strncmp(key, CAMPAIGN_GROUP, strlen(CAMPAIGN_GROUP)) &&
        campaign_read(key, cells[1].text, &year, &why) && year.year == c->from)
        copy_year(c, &year);
    if (!strncmp(key, "target.", 7) && record_read(key, cells[1].text, &record, &why))
        copy_target(c, key, &record);
    return ERR_OK;
}

enum err campaign_copy(struct server *s, const char *by, int from, int to,
                       struct campaign_copy *out, const char **why)
{
    struct copying *c = check_alloc(sizeof(*c));
    enum err err;

    *c = (struct copying){ .from = from, .to = to };
    *out = (struct campaign_copy){ 0 };
    err = server_note(s, store_run_plain(s->store, Q_SETTINGS, take, c));
    *why = !from || !to || to <= from ? "the year to make must be a later one"
           : !c->known                ? "there is no campaign of that year to copy"
           : c->full                  ? "more than 500 settings to copy"
                                      : "";
    if (!err && **why)
        err = ERR_REJECTED;
    if (!err)
        err = settings_add(
            s, c->lines, c->n,
            &(struct settings_deed){ by, DEED_CAMPAIGN,
                                     arena_printf(&c->arena, "%d → %d", from, to) },
            &out->n_added, why);
    out->n_kept = c->n - out->n_added;
    arena_finish(&c->arena);
    free(c);
    return err;
}

/* --- listing ------------------------------------------------------------------------------ */

static enum err list(void *ctx, const struct cell *cells)
{
    struct campaign c;
    const char *why;

    if (!strncmp(cells[0].text, CAMPAIGN_GROUP, strlen(CAMPAIGN_GROUP)) &&
        campaign_read(cells[0].text, cells[1].text, &c, &why))
        buf_printf(ctx, "%d  %s  %s  %s  %s\n", c.year, c.title, c.document, c.start,
                   c.end);
    return ERR_OK;
}

enum err campaign_list(struct server *s, struct buf *out)
{
    return server_note(s, store_run_plain(s->store, Q_SETTINGS, list, out));
}
