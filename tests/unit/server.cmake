add_library(server_rig STATIC ${CMAKE_CURRENT_LIST_DIR}/server_rig.c
    ${CMAKE_CURRENT_LIST_DIR}/server_rig_pages.c)
target_include_directories(server_rig PUBLIC ${CMAKE_CURRENT_LIST_DIR})
target_link_libraries(server_rig PUBLIC bdhvs_server PRIVATE PkgConfig::cmocka)

bdhvs_test(test_server_ingest server_rig)
bdhvs_test(test_server_html server_rig)
bdhvs_test(test_server_page server_rig)
bdhvs_test(test_server_gate server_rig)
bdhvs_test(test_server_login server_rig)
bdhvs_test(test_server_health server_rig)
bdhvs_test(test_server_paper server_rig)
bdhvs_test(test_server_enrol server_rig)
bdhvs_test(test_server_store server_rig PkgConfig::sqlite3)
bdhvs_test(test_server_http server_rig Threads::Threads)
bdhvs_test(test_server_commands server_rig)
# the program itself, as an administrator meets it
add_test(NAME server_cli
    COMMAND ${PROJECT_SOURCE_DIR}/tests/e2e/server_cli.sh $<TARGET_FILE:bdhvs-server>)
set_tests_properties(server_cli PROPERTIES LABELS e2e)
set_tests_properties(test_server_http PROPERTIES LABELS "unit;thread")
