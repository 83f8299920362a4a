/* Everybody's name in memory, for search, lists and the check for duplicates. It exists only
 * while a class is open or staff is signed in, and is wiped afterwards. */
#pragma once

#include "store/people.h"

struct people_index;

struct people_entry {
    unsigned char token[EVENT_TOKEN_BYTES];
    char code[PERSON_CODE_CHARS];
    const char *name; /* in the index */
    int year;
    const char *thon; /* code */
    const char *sex;
};

/* Errors: ERR_OFFLINE (locked), ERR_CORRUPT. A row that cannot be unsealed is left out and
 * counted in people_index_unreadable. */
NODISCARD enum err people_index_open(struct db *db, struct vault *vault,
                                     struct people_index **out);
void people_index_close(struct people_index *ix); /* wipes; NULL is allowed */
/* After register, edit, merge, undo or erase of that token. */
NODISCARD enum err people_index_refresh(struct people_index *ix,
                                        const unsigned char token[EVENT_TOKEN_BYTES]);
size_t people_index_size(const struct people_index *ix);
size_t people_index_unreadable(const struct people_index *ix);

/* Words in any order, without marks, parts of words from their start; a year ("58" or
 * "1958"), a thôn's name, a code. Best first, then by collation (given name). At most
 * `max`; the whole number of hits comes back. ≤ 50 ms at 10 000 people (tests/bench). */
size_t people_search(const struct people_index *ix, const char *query,
                     const struct people_entry **out, size_t max);
/* By given name. */
size_t people_all(const struct people_index *ix, size_t skip,
                  const struct people_entry **out, size_t max);
const struct people_entry *people_entry_of(
    const struct people_index *ix, const unsigned char token[EVENT_TOKEN_BYTES]);

/* People who may be the same: name (without marks, one letter off), year ± 1, thôn: at
 * least two of the three agree, the name being one of them. Likeliest first. */
struct people_likeness {
    const struct people_entry *entry;
    bool name, year, thon;
};
size_t people_alike(const struct people_index *ix, const char *name, int year,
                    const char *thon, struct people_likeness *out, size_t max);
/* The most frequent "family middle" beginnings of this machine's names ("Phạm Thị"). */
size_t people_family_chips(const struct people_index *ix, const char **out, size_t max);
