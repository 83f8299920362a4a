/* The part of the contract about the registers of the movement. */
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "contract.h"

static void add(struct contract *c, int64_t seq, int64_t root, const char *kind,
                const char *day)
{
    DO(c, Q_ENTRY_ADD, N(seq), N(root), T(kind), T(day), T("{\"ten\":\"Ưa\"}"),
       T("lan"), T("2026-11-22"));
}

static void test_entries_have_versions_and_are_read_by_kind(void **state)
{
    struct contract *c = *state;

    assert_string_equal(ROWS_PLAIN(c, Q_ENTRY_LAST, 1), "0\n");
    add(c, 1, 1, "sang-kien", "2026-11-01");
    add(c, 2, 2, "sang-kien", "2026-11-20");
    add(c, 3, 1, "sang-kien", "2026-11-01");
    add(c, 4, 4, "guong-tot", "2026-11-02");
    DO(c, Q_ENTRY_STATE, N(1), T("corrected"), T("minh"), T("2026-11-23"));
    assert_string_equal(ROWS_PLAIN(c, Q_ENTRY_LAST, 1), "4\n");
    assert_string_equal(ROWS(c, Q_ENTRY, 9, N(1)),
                        "1|1|sang-kien|2026-11-01|{\"ten\":\"Ưa\"}|corrected|lan|minh|"
                        "2026-11-23\n");
    assert_string_equal(ROWS(c, Q_ENTRIES, 2, T("sang-kien")), "2|2\n3|1\n1|1\n");
    assert_string_equal(ROWS(c, Q_ENTRIES, 2, T("dong-gop")), "");
    assert_string_equal(ROWS(c, Q_ENTRY_VERSIONS, 1, N(1)), "1\n3\n");
    contract_reopen(c);
    assert_string_equal(ROWS_PLAIN(c, Q_ENTRY_LAST, 1), "4\n");
}

static void test_fields_of_an_entry_can_lose_a_name(void **state)
{
    struct contract *c = *state;

    add(c, 1, 1, "guong-tot", "2026-11-01");
    DO(c, Q_ENTRY_FIELDS, N(1), T("{}"));
    assert_string_equal(ROWS(c, Q_ENTRY, 6, N(1)), "1|1|guong-tot|2026-11-01|{}|now\n");
}

static void test_numbers_states_and_length_are_watched(void **state)
{
    static char much[40000];
    struct contract *c = *state;

    memset(much, 'x', sizeof(much) - 1);
    add(c, 1, 1, "guong-tot", "2026-11-01");
    assert_int_not_equal(store_run(c->store, Q_ENTRY_ADD, NULL, NULL, N(1), N(1),
                                   T("k"), T("d"), T("{}"), T("lan"), T("d")),
                         ERR_OK);
    assert_int_not_equal(store_run(c->store, Q_ENTRY_STATE, NULL, NULL, N(1), T("away"),
                                   T("lan"), T("d")),
                         ERR_OK);
    assert_int_not_equal(store_run(c->store, Q_ENTRY_FIELDS, NULL, NULL, N(1), T(much)),
                         ERR_OK);
    assert_string_equal(ROWS(c, Q_ENTRY, 6, N(1)),
                        "1|1|guong-tot|2026-11-01|{\"ten\":\"Ưa\"}|now\n");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, contract_setup, contract_teardown)

int contract_registers(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_entries_have_versions_and_are_read_by_kind),
        CASE(test_fields_of_an_entry_can_lose_a_name),
        CASE(test_numbers_states_and_length_are_watched),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
