/* Finding people by what staff type, and those who may be the same. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "people_fixture.h"
#include "store/commune.h"
#include "store/people_index.h"

static void name_places(struct people_stage *s)
{
    static const struct commune_entry places[] = {
        { .code = "t01", .name = "Đồng Răm" },
        { .code = "t02", .name = "Vẫy Ốc" },
        { .code = "t07", .name = "Nước Giáp" },
    };

    for (size_t i = 0; i < COUNT(places); i++) {
        struct commune_entry entry = places[i];

        assert_int_equal(commune_set(s->store.db, COMMUNE_THON, &entry), ERR_OK);
    }
}

static const struct {
    const char *name;
    int year;
    const char *thon;
} village[] = {
    { "Phạm Thị Nga", 1958, "t07" },  { "Phạm Văn Ngà", 1961, "t01" },
    { "Nga Thị Phạm", 1958, "t01" },  { "Đinh Thị Đào", 1977, "t07" },
    { "Phạm Thị Nga", 1985, "t02" },  { "Nguyễn Văn Nước", 1990, "t01" },
    { "Phạm Thị Ngân", 1958, "t02" },
};
static struct person_card cards[COUNT(village)];

static struct people_index *open_index(struct people_stage *s)
{
    struct people_index *ix;

    name_places(s);
    for (size_t i = 0; i < COUNT(village); i++)
        cards[i] = people_make(s, village[i].name, village[i].year, village[i].thon);
    assert_int_equal(people_index_open(s->store.db, s->vault, &ix), ERR_OK);
    assert_int_equal(people_index_size(ix), COUNT(village));
    return ix;
}

static const struct search_row {
    const char *query;
    size_t n_hits;
    const char *first; /* name, or NULL */
    int first_year;
} searches[] = {
    { "nga pham", 5, "Phạm Thị Nga", 1958 }, /* given name first; Ngân by its start */
    { "PHẠM THỊ NGA", 4, "Phạm Thị Nga", 1958 },
    { "Pha\xCC\xA3m thi\xCC\xA3 nga", 4, "Phạm Thị Nga", 1958 }, /* NFD */
    { "dao", 1, "Đinh Thị Đào", 1977 },
    { "đào dinh", 1, "Đinh Thị Đào", 1977 },
    { "58", 3, NULL, 1958 },
    { "1958 nga", 3, "Phạm Thị Nga", 1958 },
    { "58 nuoc giap", 1, "Phạm Thị Nga", 1958 },
    { "nuoc", 3, "Nguyễn Văn Nước", 1990 }, /* a name before a place */
    { "nga t02", 2, "Phạm Thị Nga", 1985 },
    { "giap nga 1961", 0, NULL, 0 },
    { "ga", 0, NULL, 0 }, /* words from their start only */
    { "", COUNT(village), NULL, 0 },
    { "  ", COUNT(village), NULL, 0 },
    { "1234567890", 0, NULL, 0 },
};

static void test_people_are_found_by_what_staff_type(void **state)
{
    struct people_stage *s = *state;
    struct people_index *ix = open_index(s);
    const struct people_entry *out[16];

    for (size_t i = 0; i < COUNT(searches); i++) {
        const struct search_row *r = &searches[i];
        size_t n = people_search(ix, r->query, out, COUNT(out));

        if (n != r->n_hits)
            fail_msg("\"%s\": %zu hits, not %zu", r->query, n, r->n_hits);
        if (r->first && strcmp(out[0]->name, r->first) != 0)
            fail_msg("\"%s\": first %s", r->query, out[0]->name);
        if (r->first_year)
            assert_int_equal(out[0]->year, r->first_year);
    }
    people_index_close(ix);
}

static void test_a_code_finds_one(void **state)
{
    struct people_stage *s = *state;
    struct people_index *ix = open_index(s);
    const struct people_entry *out[4];

    assert_int_equal(people_search(ix, cards[3].code, out, 4), 1);
    assert_memory_equal(out[0]->token, cards[3].token, EVENT_TOKEN_BYTES);
    assert_int_equal(people_search(ix, "nga", out, 1), 5); /* all are counted */
    people_index_close(ix);
}

static void test_the_list_is_by_given_name(void **state)
{
    struct people_stage *s = *state;
    struct people_index *ix = open_index(s);
    const struct people_entry *out[COUNT(village)];
    static const char *const order[] = { "Đinh Thị Đào",  "Phạm Thị Nga",
                                         "Phạm Thị Nga",  "Phạm Văn Ngà",
                                         "Phạm Thị Ngân", "Nguyễn Văn Nước",
                                         "Nga Thị Phạm" };

    assert_int_equal(people_all(ix, 0, out, COUNT(out)), COUNT(order));
    for (size_t i = 0; i < COUNT(order); i++)
        assert_string_equal(out[i]->name, order[i]);
    assert_int_equal(people_all(ix, 5, out, COUNT(out)), 2);
    assert_string_equal(out[0]->name, order[5]);
    people_index_close(ix);
}

static void test_who_may_be_the_same_is_told_likeliest_first(void **state)
{
    struct people_stage *s = *state;
    struct people_index *ix = open_index(s);
    struct people_likeness out[8];

    /* the same without marks, a year off, the same thôn */
    assert_int_equal(people_alike(ix, "pham thi nga", 1959, "t07", out, 8), 2);
    assert_memory_equal(out[0].entry->token, cards[0].token, EVENT_TOKEN_BYTES);
    assert_true(out[0].name && out[0].year && out[0].thon);
    assert_string_equal(out[1].entry->name, "Phạm Thị Ngân"); /* one letter, the year */
    /* the name and the thôn agree */
    assert_int_equal(people_alike(ix, "Đinh Thị Đạo", 0, "t07", out, 8), 1);
    assert_false(out[0].year);
    /* only one of three, or not the name */
    assert_int_equal(people_alike(ix, "Phạm Thị Nga", 1970, "t05", out, 8), 0);
    assert_int_equal(people_alike(ix, "Lê Văn Tám", 1958, "t07", out, 8), 0);
    assert_int_equal(people_alike(ix, "", 1958, "t07", out, 8), 0);
    assert_int_equal(people_alike(ix, "Phạm Thị Nga", 1958, "t07", out, 1), 1);
    people_index_close(ix);
}

static void test_frequent_beginnings_are_offered(void **state)
{
    struct people_stage *s = *state;
    struct people_index *ix = open_index(s);
    const char *chips[3];

    assert_int_equal(people_family_chips(ix, chips, 3), 3);
    assert_string_equal(chips[0], "Phạm Thị");
    people_index_close(ix);
}

static void test_changes_are_seen_after_a_refresh(void **state)
{
    struct people_stage *s = *state;
    struct people_index *ix = open_index(s);
    struct person_card card = people_make(s, "Hồ Thị An", 1999, "t01");
    const struct people_entry *out[4];
    struct person_details details = { .name = "Hồ Thị Ân", .year = 1998 };
    struct person_cohort cohort = { .thon = "t02", .sex = "f" };
    struct erase_receipt receipt;

    assert_int_equal(people_index_refresh(ix, card.token), ERR_OK);
    assert_int_equal(people_search(ix, "ho", out, 4), 1);
    assert_int_equal(
        people_edit(s->store.db, s->vault, card.token, &details, &cohort, "s1"),
        ERR_OK);
    assert_int_equal(people_index_refresh(ix, card.token), ERR_OK);
    assert_int_equal(people_search(ix, "ho 98 vay oc", out, 4), 1);
    assert_string_equal(out[0]->name, "Hồ Thị Ân");
    assert_int_equal(people_merge(s->store.db, cards[0].token, card.token, "s1"),
                     ERR_OK);
    assert_int_equal(people_index_refresh(ix, card.token), ERR_OK);
    assert_int_equal(people_search(ix, "ho", out, 4), 0);
    assert_null(people_entry_of(ix, card.token));
    assert_int_equal(people_erase(s->store.db, cards[0].token, "s1", &receipt), ERR_OK);
    assert_int_equal(people_index_refresh(ix, cards[0].token), ERR_OK);
    assert_int_equal(people_index_size(ix), COUNT(village) - 1);
    people_index_close(ix);
}

static void test_locked_there_is_no_index(void **state)
{
    struct people_stage *s = *state;
    struct people_index *ix;

    vault_lock(s->vault);
    assert_int_equal(people_index_open(s->store.db, s->vault, &ix), ERR_OFFLINE);
    assert_null(ix);
    people_index_close(ix);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, people_setup, people_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_people_are_found_by_what_staff_type),
        CASE(test_a_code_finds_one),
        CASE(test_the_list_is_by_given_name),
        CASE(test_who_may_be_the_same_is_told_likeliest_first),
        CASE(test_frequent_beginnings_are_offered),
        CASE(test_changes_are_seen_after_a_refresh),
        CASE(test_locked_there_is_no_index),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
