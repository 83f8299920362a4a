add_library(store_fixture STATIC store_fixture.c)
target_link_libraries(store_fixture PUBLIC bdhvs_store PkgConfig::cmocka PkgConfig::sqlite3)
bdhvs_test(test_journal store_fixture)
bdhvs_test(test_outbox store_fixture)
