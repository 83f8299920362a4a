/* What a unit did of what it took on: months with a class of its own, out of the months
 * that it took. Kiosks count classes by who organises them, but not by thôn and unit or
 * lesson and unit together, so that only months can be told. */
#pragma once

#include "figures.h"
#include "register.h"

struct register_count {
    const char *unit;
    int64_t day;
    bool is_class; /* buổi; else lượt xong bài */
    int64_t value;
};

struct register_counts {
    struct register_count *rows;
    size_t n;
};

struct register_done {
    int months_taken;
    struct figure months;      /* … with a class */
    struct figure classes;     /* buổi, that it organised */
    struct figure completions; /* lượt, by people of the unit */
};

/* Errors: of the store. */
NODISCARD enum err register_counts_read(struct server *s, struct arena *arena,
                                        struct register_counts *out);
/* Not known: that unit never sent anything. */
struct register_done register_done_of(const struct register_counts *c,
                                      const struct entry *e);
struct buf;
/* "3/6 tháng có buổi học, 14 buổi, 120 lượt xong bài", as far as it is known, or "chưa có
 * số liệu". */
void register_done_words(const struct register_done *done, struct buf *out);
