/* Heads: people of a class who do not register. Each change is booked as a difference. */
#include <stdio.h>
#include <string.h>

#include "store/class_private.h"
#include "store/private.h"

enum err class_head_count(struct db *db, struct head_count *out)
{
    struct class_state now;
    sqlite3_stmt *st;
    bool row;
    enum err err = class_need_open(db, &now);

    *out = (struct head_count){ 0 };
    if (err)
        return err;
    st = db_stmt(db, "SELECT unit, sum(value) FROM event WHERE kind = 18"
                     " AND seq > ?1 AND body ->> '$.class' = ?1 GROUP BY unit");
    sqlite3_bind_int64(st, 1, now.seq);
    while (!(err = db_row(db, st, &row)) && row) {
        const char *unit = db_column_text(st, 0);
        int64_t n = sqlite3_column_int64(st, 1);

        if (!strcmp(unit, "all"))
            out->all = n;
        else if (!strcmp(unit, "women"))
            out->women = n;
        else
            out->old = n;
    }
    return err;
}

size_t head_count_events(const struct head_count *was, const struct head_count *now,
                         const char *thon, int64_t class_seq, int64_t elsewhere_day,
                         const char *actor, struct event events[3],
                         char bodies[3][CLASS_BODY_BYTES])
{
    const struct {
        const char *unit, *codes;
        int64_t by;
    } parts[] = { { "all", "", now->all - was->all },
                  { "women", ",\"sex\":\"f\"", now->women - was->women },
                  { "old", ",\"band\":\"b4\"", now->old - was->old } };
    char day[32] = "";
    size_t n = 0;

    if (elsewhere_day >= 0)
        (void)snprintf(day, sizeof(day), ",\"day\":%lld", (long long)elsewhere_day);
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (!parts[i].by)
            continue;
        (void)snprintf(bodies[n], CLASS_BODY_BYTES,
                       "{\"class\":%lld,\"thon\":\"%s\"%s%s}", (long long)class_seq,
                       thon, parts[i].codes, day);
        events[n] = (struct event){ .kind = EVENT_HEAD_COUNT,
                                    .unit = parts[i].unit,
                                    .value = parts[i].by,
                                    .actor = actor,
                                    .body = bodies[n] };
        n++;
    }
    return n;
}

bool head_count_ok(const struct head_count *c)
{
    return c->all >= 0 && c->all <= 2000 && c->women >= 0 && c->women <= c->all &&
           c->old >= 0 && c->old <= c->all;
}

enum err class_set_head_count(struct db *db, const struct head_count *count,
                              const char *actor)
{
    struct class_state now;
    struct head_count was;
    struct event events[3];
    char bodies[3][CLASS_BODY_BYTES];
    size_t n;
    enum err err = class_need_open(db, &now);

    if (!err)
        err = class_head_count(db, &was);
    if (err)
        return err;
    if (!head_count_ok(count))
        return ERR_REJECTED;
    n = head_count_events(&was, count, now.plan.thon, now.seq, -1, actor, events,
                          bodies);
    return n ? class_write(db, events, n) : ERR_OK;
}
