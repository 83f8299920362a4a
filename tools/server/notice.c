/* See notice.h. */
#include "notice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/utf8.h"
#include "server.h"
#include "vietnamese/nfc.h"

#define NOTICES_MAX 2000 /* with those of past years */

/* --- one line of text --------------------------------------------------------------- */

/* The text in [from, end) without spaces around. */
static bool take_part(const char *from, const char *end, char *out, size_t size)
{
    while (from < end && *from == ' ')
        from++;
    while (end > from && end[-1] == ' ')
        end--;
    if ((size_t)(end - from) >= size)
        return false;
    memcpy(out, from, (size_t)(end - from));
    out[end - from] = 0;
    return true;
}

static bool take_day(const char **at, int64_t *day)
{
    const char *end = strchr(*at, ';');
    char text[16];

    if (!end || !take_part(*at, end, text, sizeof(text)))
        return false;
    *at = end + 1;
    *day = clock_day_parse(text);
    return *day >= 0;
}

bool notice_read(const char *key, const char *value, struct notice *out,
                 const char **why)
{
    const char *id = key + strlen(NOTICE_GROUP), *last, *fault;

    *out = (struct notice){ .id = "" };
    *why = "not notice.tb<number>";
    if (!wire_notice_id_ok(id))
        return false;
    snprintf(out->id, sizeof(out->id), "%s", id);
    *why = "not \"first day; last day; text; source\"";
    if (strlen(value) > SETTING_VALUE_MAX || !take_day(&value, &out->from_day) ||
        !take_day(&value, &out->to_day) || !(last = strrchr(value, ';')) ||
        !take_part(value, last, out->text, sizeof(out->text)) ||
        !take_part(last + 1, last + strlen(last), out->source, sizeof(out->source)))
        return false;
    fault = notice_fault(out);
    *why = fault ? fault : "";
    return !fault;
}

static bool is_line(const char *text, size_t max)
{
    size_t n = strlen(text);

    return utf8_valid(text, n) && !strpbrk(text, "\t\n") && utf8_length(text) <= max;
}

const char *notice_fault(const struct notice *n)
{
    if (n->from_day < 0 || n->to_day < n->from_day)
        return "Ngày chưa đúng: ngày cuối phải là ngày đầu, hoặc sau đó.";
    if (!*n->text)
        return "Chưa có lời thông báo.";
    if (!is_line(n->text, WIRE_NOTICE_TEXT_MAX))
        return "Lời thông báo dài quá 120 chữ cái. Mời viết ngắn lại.";
    if (!is_line(n->source, WIRE_NOTICE_SOURCE_MAX) || strchr(n->source, ';'))
        return "Tên nơi báo dài quá 60 chữ cái, hoặc có dấu chấm phẩy.";
    return NULL;
}

/* --- all of them -------------------------------------------------------------------- */

struct notices {
    struct arena arena;
    struct notice **list;
    size_t n;
};

static enum err take_row(void *ctx, const struct cell *c)
{
    struct notices *l = ctx;
    struct notice one;
    const char *why;

    if (l->n == NOTICES_MAX || strncmp(c[0].text, NOTICE_GROUP, strlen(NOTICE_GROUP)) ||
        !notice_read(c[0].text, c[1].text, &one, &why))
        return ERR_OK;
    l->list[l->n] = arena_alloc(&l->arena, sizeof(one));
    *l->list[l->n++] = one;
    return ERR_OK;
}

static long number_of(const struct notice *n)
{
    return strtol(n->id + strlen(WIRE_NOTICE_PREFIX), NULL, 10);
}

static int newest_first(const void *a, const void *b)
{
    long x = number_of(*(struct notice *const *)a);
    long y = number_of(*(struct notice *const *)b);

    return (x < y) - (x > y);
}

static enum err read_all(struct server *s, struct notices *l)
{
    enum err err;

    *l = (struct notices){ .n = 0 };
    l->list = arena_alloc(&l->arena, NOTICES_MAX * sizeof(struct notice *));
    err = store_run_plain(s->store, Q_SETTINGS, take_row, l);
    if (l->n)
        qsort(l->list, l->n, sizeof(struct notice *), newest_first);
    return server_note(s, err);
}

enum err notice_each(struct server *s, notice_fn *row, void *ctx)
{
    struct notices l;
    enum err err = read_all(s, &l);

    for (size_t i = 0; !err && i < l.n; i++)
        err = row(ctx, l.list[i]);
    arena_finish(&l.arena);
    return err;
}

/* --- changing ----------------------------------------------------------------------- */

static int64_t today_of(const struct server *s)
{
    return clock_day(clock_wall_ms(s->clock));
}

static size_t standing_on(const struct notices *l, int64_t day, const char *but)
{
    size_t n = 0;

    for (size_t i = 0; i < l->n; i++)
        n += strcmp(l->list[i]->id, but) && l->list[i]->from_day <= day &&
             day <= l->list[i]->to_day;
    return n;
}

/* A day of it on which as many stand already as kiosks show. The fullest day is one on
 * which some notice begins. */
static bool is_full(const struct notices *l, const struct notice *n)
{
    bool full = standing_on(l, n->from_day, n->id) >= WIRE_NOTICES_MAX;

    for (size_t i = 0; i < l->n && !full; i++)
        full = l->list[i]->from_day > n->from_day &&
               l->list[i]->from_day <= n->to_day &&
               standing_on(l, l->list[i]->from_day, n->id) >= WIRE_NOTICES_MAX;
    return full;
}

static const char *fault_among(const struct server *s, const struct notices *l,
                               const struct notice *n)
{
    size_t kept = 0;
    const char *why = notice_fault(n);

    for (size_t i = 0; i < l->n; i++)
        kept += l->list[i]->to_day >= today_of(s) && strcmp(l->list[i]->id, n->id) != 0;
    if (!why && n->to_day < today_of(s))
        why = "Ngày cuối đã qua.";
    if (!why && (is_full(l, n) || kept >= NOTICES_KEPT_MAX))
        why = "Đã có đủ 5 thông báo cho những ngày ấy. Mời gỡ bớt một cái, hoặc chọn "
              "ngày khác.";
    return why;
}

static enum err write(struct server *s, const struct notice *n)
{
    char key[SETTING_KEY_MAX], from[11], to[11];
    struct buf value;
    const char *why;
    enum err err = ERR_REJECTED;

    clock_day_text(n->from_day, from);
    clock_day_text(n->to_day, to);
    snprintf(key, sizeof(key), NOTICE_GROUP "%s", n->id);
    buf_init(&value, SETTING_VALUE_MAX);
    buf_printf(&value, "%s; %s; %s; %s", from, to, n->text, n->source);
    if (!value.overflow)
        err = settings_set(s, key, buf_text(&value), &why);
    buf_finish(&value);
    return err;
}

/* Words from a browser may be decomposed; clips and fonts want one form. */
static enum err normalise(struct notice *n)
{
    char text[sizeof(n->text)], source[sizeof(n->source)];
    enum err err = nfc_write(n->text, text, sizeof(text));

    if (!err)
        err = nfc_write(n->source, source, sizeof(source));
    if (err)
        return ERR_REJECTED;
    memcpy(n->text, text, sizeof(text));
    memcpy(n->source, source, sizeof(source));
    return ERR_OK;
}

static const struct notice *find(const struct notices *l, const char *id)
{
    for (size_t i = 0; i < l->n; i++)
        if (!strcmp(l->list[i]->id, id))
            return l->list[i];
    return NULL;
}

enum err notice_save(struct server *s, struct notice *n, const char **why)
{
    struct notices l;
    enum err err = read_all(s, &l);

    *why = "Lời thông báo có ký tự không đọc được.";
    if (!err)
        err = normalise(n);
    if (!err) {
        *why = *n->id && !find(&l, n->id) ? "Thông báo này không còn nữa."
                                          : fault_among(s, &l, n);
        err = *why ? ERR_REJECTED : ERR_OK;
    }
    if (!err && !*n->id)
        snprintf(n->id, sizeof(n->id), WIRE_NOTICE_PREFIX "%ld",
                 l.n ? number_of(l.list[0]) + 1 : 1);
    if (!err) {
        *why = "Lời thông báo dài quá. Mời viết ngắn lại.";
        err = write(s, n);
    }
    arena_finish(&l.arena);
    return err;
}

enum err notice_end(struct server *s, const char *id)
{
    struct notices l;
    enum err err = read_all(s, &l);
    const struct notice *found = err ? NULL : find(&l, id);
    struct notice ended;

    if (!err && (!found || found->to_day < today_of(s)))
        err = ERR_REJECTED;
    if (!err) {
        ended = *found;
        ended.to_day = today_of(s) - 1;
        if (ended.from_day > ended.to_day)
            ended.from_day = ended.to_day;
        err = write(s, &ended);
    }
    arena_finish(&l.arena);
    return err;
}

/* --- for kiosks --------------------------------------------------------------------- */

struct section {
    struct buf *out;
    int64_t today;
};

static enum err append(void *ctx, const struct notice *n)
{
    const struct section *s = ctx;
    char from[11], to[11];

    if (n->to_day < s->today)
        return ERR_OK;
    clock_day_text(n->from_day, from);
    clock_day_text(n->to_day, to);
    json_open(s->out, NULL, '{');
    json_put_text(s->out, "id", n->id);
    json_put_text(s->out, "from", from);
    json_put_text(s->out, "to", to);
    json_put_text(s->out, "text", n->text);
    json_put_text(s->out, "source", n->source);
    json_close(s->out, '}');
    return ERR_OK;
}

enum err notices_json(struct server *s, struct buf *out)
{
    struct section section = { out, today_of(s) };
    enum err err;

    json_open(out, "notices", '[');
    err = notice_each(s, append, &section);
    json_close(out, ']');
    return err;
}

const char *notice_stat(const char *stat, const char *unit)
{
    return !strcmp(stat, "notice_plays") && wire_notice_id_ok(unit) ? NOTICE_STAT
                                                                    : stat;
}
