/* Notices for the first page of the kiosks, a setting of one line each:
 *   notice.<id>  "2026-11-20; 2026-11-30; Sáng thứ bảy có lớp ở nhà văn hóa.; UBND xã"
 * (first day; last day; text; who says so, may be empty). The text may contain ";". Ids are
 * tb1, tb2 …, never used twice: kiosks count what was shown under them. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "settings.h"
#include "wire/settings.h"

struct buf;
struct server;

#define NOTICE_GROUP "notice." /* what a key begins with */
#define NOTICES_KEPT_MAX 40    /* that are not over */

struct notice {
    char id[WIRE_NOTICE_ID_MAX + 1]; /* "": a new one */
    int64_t from_day, to_day;        /* both are days on which it stands */
    char text[SETTING_VALUE_MAX + 1];
    char source[SETTING_VALUE_MAX + 1];
};

/* False: `*why` says what is wrong. */
bool notice_read(const char *key, const char *value, struct notice *out,
                 const char **why);
/* What is wrong with it, in words for officials; NULL: nothing. */
const char *notice_fault(const struct notice *n);

typedef enum err notice_fn(void *ctx, const struct notice *n);
/* All of them, newest first. Errors: of the store, row's. */
NODISCARD enum err notice_each(struct server *s, notice_fn *row, void *ctx);

/* Writes it; a new one gets its id. Errors: ERR_REJECTED (`*why` says, in words for
 * officials: a fault, or too many at once), and those of the store. */
NODISCARD enum err notice_save(struct server *s, struct notice *n, const char **why);
/* Takes it down: its last day was yesterday. It stays in the list, for its number must not
 * be given again and its plays belong to it. Errors: ERR_REJECTED (there is none, or it is
 * over), and those of the store. */
NODISCARD enum err notice_end(struct server *s, const char *id);

/* Appends the member "notices": those that are not over. Errors: of the store. */
NODISCARD enum err notices_json(struct server *s, struct buf *out);

/* Kiosks book a lesson that the loudspeakers played and a notice on the first page as the
 * same notice_plays; readers tell them apart by the unit. */
#define NOTICE_STAT "notice_shown"
const char *notice_stat(const char *stat, const char *unit);
