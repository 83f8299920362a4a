/* Fixed lists: code and words in one table each. */
#include "app/lists.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "store/commune.h"
#include "ui/strings.h"

struct fixed {
    enum list_kind kind;
    const char *code;
    enum text_id words;
};

static const struct fixed fixed[] = {
    { LIST_GROUP, "g1", T_li_g1 }, { LIST_GROUP, "g2", T_li_g2 },
    { LIST_GROUP, "g3", T_li_g3 }, { LIST_GROUP, "g4", T_li_g4 },
    { LIST_JOB, "j1", T_li_j1 },   { LIST_JOB, "j2", T_li_j2 },
    { LIST_JOB, "j3", T_li_j3 },   { LIST_JOB, "j4", T_li_j4 },
    { LIST_JOB, "j5", T_li_j5 },   { LIST_JOB, "j6", T_li_j6 },
    { LIST_JOB, "j7", T_li_j7 },   { LIST_JOB, "j8", T_li_j8 },
    { LIST_JOB, "j9", T_li_j9 },   { LIST_SEX, "f", T_li_f },
    { LIST_SEX, "m", T_li_m },     { LIST_BAND, "b0", T_li_b0 },
    { LIST_BAND, "b1", T_li_b1 },  { LIST_BAND, "b2", T_li_b2 },
    { LIST_BAND, "b3", T_li_b3 },  { LIST_BAND, "b4", T_li_b4 },
    { LIST_HELP, "h1", T_li_h1 },  { LIST_HELP, "h2", T_li_h2 },
    { LIST_HELP, "h3", T_li_h3 },  { LIST_HELP, "h4", T_li_h4 },
    { LIST_HELP, "h5", T_li_h5 },  { LIST_HELP, "h6", T_li_h6 },
    { LIST_VNEID, "v0", T_li_v0 }, { LIST_VNEID, "v1", T_li_v1 },
    { LIST_VNEID, "v2", T_li_v2 }, { LIST_VNEID, "v3", T_li_v3 },
};

/* DOMAIN §2: names of before the thôn were joined; the commune says which hold. */
const char *const list_thon_ideas[] = { "Đồng Răm", "Vẫy Ốc",    "Nước Giáp",
                                        "Hố Sâu",   "Nước Đang", "Bùi Hui",
                                        "Con Dóc",  "Con Riêng", "Cây Muối",
                                        NULL };
/* DOMAIN §3: units of the plan. */
const char *const list_unit_ideas[] = { "Ủy ban Mặt trận Tổ quốc xã",
                                        "Hội Nông dân xã",
                                        "Hội Liên hiệp Phụ nữ xã",
                                        "Hội Cựu chiến binh xã",
                                        "Đoàn Thanh niên xã",
                                        "Phòng Văn hóa – Xã hội",
                                        "Trung tâm Cung ứng dịch vụ xã",
                                        "Ban Xây dựng Đảng",
                                        "Hội đồng Thi đua – Khen thưởng xã",
                                        "Văn phòng HĐND và UBND xã",
                                        NULL };

static bool is_communes(enum list_kind kind, enum commune_list *out)
{
    *out = kind == LIST_THON ? COMMUNE_THON : COMMUNE_UNIT;
    return kind == LIST_THON || kind == LIST_UNIT;
}

static enum err read_communes(struct db *db, enum commune_list list,
                              struct arena *arena, struct list_entry **out,
                              size_t *n_out)
{
    struct commune_entry *entries;
    size_t n = 0;
    enum err err = commune_read(db, list, arena, &entries, &n);

    *out = arena_alloc(arena, (n + 1) * sizeof(**out));
    for (size_t i = 0; !err && i < n; i++)
        if (!entries[i].gone)
            (*out)[(*n_out)++] =
                (struct list_entry){ entries[i].code, entries[i].name };
    return err;
}

enum err list_read(struct db *db, enum list_kind kind, struct arena *arena,
                   struct list_entry **out, size_t *n_out)
{
    enum commune_list list;

    *n_out = 0;
    if (is_communes(kind, &list))
        return read_communes(db, list, arena, out, n_out);
    *out = arena_alloc(arena, COUNT(fixed) * sizeof(**out));
    for (size_t i = 0; i < COUNT(fixed); i++)
        if (fixed[i].kind == kind)
            (*out)[(*n_out)++] =
                (struct list_entry){ fixed[i].code, text_of(fixed[i].words) };
    return ERR_OK;
}

const char *list_words(struct db *db, enum list_kind kind, const char *code,
                       struct arena *arena)
{
    enum commune_list list;

    if (!*code)
        return text_of(T_li_none);
    if (is_communes(kind, &list))
        return commune_name(db, list, code, arena);
    for (size_t i = 0; i < COUNT(fixed); i++)
        if (fixed[i].kind == kind && !strcmp(fixed[i].code, code))
            return text_of(fixed[i].words);
    return arena_strdup(arena, code);
}

bool list_of_dimension(const char *dimension, enum list_kind *out)
{
    static const char *const names[] = {
        [LIST_THON] = "thon", [LIST_UNIT] = "unit", [LIST_GROUP] = "group",
        [LIST_JOB] = "job",   [LIST_SEX] = "sex",   [LIST_BAND] = "band",
        [LIST_HELP] = "kind", [LIST_VNEID] = "s",
    };

    for (size_t i = 0; i < COUNT(names); i++)
        if (!strcmp(names[i], dimension)) {
            *out = (enum list_kind)i;
            return true;
        }
    return false;
}
