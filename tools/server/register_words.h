/* Entries of the registers in words: for pages, tables for spreadsheets, the report. Plain
 * text; whoever writes it into HTML or CSV escapes it there. */
#pragma once

#include "register.h"

struct buf;

enum register_list {
    REGISTER_OF_THONS,
    REGISTER_OF_UNITS,
    REGISTER_OF_MODULES,
    REGISTER_LISTS
};

struct register_names {
    struct register_choice *rows[REGISTER_LISTS]; /* code and name, by code */
    size_t n[REGISTER_LISTS];
};

/* What the commune calls its thôn, units and modules. Errors: of the store. */
NODISCARD enum err register_names_read(struct server *s, struct arena *arena,
                                       struct register_names *out);
/* The list that a field of this type chooses from; false: from none. */
bool register_list_of(enum register_type type, enum register_list *out);
/* The name of a code, or the code. */
const char *register_name(const struct register_names *names, enum register_list list,
                          const char *code);

/* "22/11/2026", "Nước Giáp, Bùi Hui", "07/2026 đến 12/2026". */
void register_value_words(const struct register_names *names,
                          const struct register_field *f, const char *value,
                          struct buf *out);
/* Does the register name people? */
bool register_has_who(const struct register_kind *k);
/* Who an entry is about: the name while they agree, else "một bà con ở thôn Nước Giáp". */
void register_who_words(const struct register_names *names, const struct entry *e,
                        bool with_name, struct buf *out);
/* The value of this field, "" when the kind has none. */
const char *register_value(const struct entry *e, const char *code);
