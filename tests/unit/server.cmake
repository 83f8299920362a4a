add_library(server_rig STATIC ${CMAKE_CURRENT_LIST_DIR}/server_rig.c
    ${CMAKE_CURRENT_LIST_DIR}/pg_cluster.c ${CMAKE_CURRENT_LIST_DIR}/server_rig_pages.c)
target_include_directories(server_rig PUBLIC ${CMAKE_CURRENT_LIST_DIR})
target_link_libraries(server_rig PUBLIC bdhvs_server
    PRIVATE PkgConfig::cmocka PkgConfig::pq)
set_source_files_properties(${CMAKE_CURRENT_LIST_DIR}/pg_cluster.c PROPERTIES
    COMPILE_DEFINITIONS "PG_CLUSTER_SH=\"${CMAKE_CURRENT_LIST_DIR}/pg_cluster.sh\"")

bdhvs_test(test_server_ingest server_rig)
bdhvs_test(test_server_group server_rig)
bdhvs_test(test_server_outside server_rig)
bdhvs_test(test_server_forward server_rig)
bdhvs_test(test_server_forward_timer server_rig)
bdhvs_test(test_server_html server_rig)
bdhvs_test(test_server_page server_rig)
bdhvs_test(test_server_gate server_rig)
bdhvs_test(test_server_login server_rig)
bdhvs_test(test_server_health server_rig)
bdhvs_test(test_server_register server_rig)
bdhvs_test(test_server_paper server_rig)
bdhvs_test(test_server_enrol server_rig)
add_library(update_made STATIC ${CMAKE_CURRENT_LIST_DIR}/update_made.c
    ${PROJECT_SOURCE_DIR}/tools/pack/sign.c)
target_include_directories(update_made PUBLIC ${CMAKE_CURRENT_LIST_DIR} PRIVATE ${PROJECT_SOURCE_DIR}/tools/pack)
target_link_libraries(update_made PUBLIC bdhvs_wire bdhvs_base PRIVATE PkgConfig::cmocka PkgConfig::sodium)
bdhvs_test(test_server_programs server_rig update_made)
bdhvs_test(test_server_notices server_rig)
bdhvs_test(test_server_store server_rig PkgConfig::sqlite3)
bdhvs_test(test_store_contract server_rig)
target_sources(test_store_contract PRIVATE contract.c contract_totals.c contract_reports.c contract_officials.c
    contract_upwards.c contract_registers.c)
bdhvs_test(test_server_http server_rig Threads::Threads)
bdhvs_test(test_server_tls server_rig bdhvs_sync Threads::Threads)
bdhvs_test(test_server_metrics server_rig)
target_compile_definitions(test_server_metrics PRIVATE
    README_MD="${PROJECT_SOURCE_DIR}/tools/server/README.md")
bdhvs_test(test_conformance server_rig Threads::Threads)
bdhvs_test(test_server_commands server_rig)
add_library(report_rig STATIC ${CMAKE_CURRENT_LIST_DIR}/report_rig.c
    ${CMAKE_CURRENT_LIST_DIR}/report_ask.c)
target_link_libraries(report_rig PUBLIC server_rig bdhvs_report PRIVATE PkgConfig::cmocka)
bdhvs_test(test_server_report report_rig)
bdhvs_test(test_server_emulation report_rig)
foreach(test dossier files frozen office outside) # they start bdhvs-report
    bdhvs_test(test_server_report_${test} report_rig PkgConfig::sqlite3)
    add_dependencies(test_server_report_${test} bdhvs-report)
endforeach()
# the program itself, as an administrator meets it
add_test(NAME server_cli
    COMMAND ${PROJECT_SOURCE_DIR}/tests/e2e/server_cli.sh $<TARGET_FILE:bdhvs-server>)
add_test(NAME server_postgres
    COMMAND ${PROJECT_SOURCE_DIR}/tests/e2e/server_postgres.sh $<TARGET_FILE:bdhvs-server>
            ${CMAKE_CURRENT_LIST_DIR}/pg_cluster.sh)
add_test(NAME server_conformance
    COMMAND ${PROJECT_SOURCE_DIR}/tests/e2e/server_conformance.sh $<TARGET_FILE:bdhvs-server>)
add_test(NAME server_tls
    COMMAND ${PROJECT_SOURCE_DIR}/tests/e2e/server_tls.sh $<TARGET_FILE:bdhvs-server> $<TARGET_FILE:bdhvs-ctl>)
set_tests_properties(server_cli server_postgres server_conformance server_tls PROPERTIES LABELS e2e)
set_tests_properties(test_server_http test_server_tls test_conformance PROPERTIES LABELS "unit;thread")
foreach(test test_store_postgres test_store_months)
    bdhvs_test(${test} server_rig)
    target_sources(${test} PRIVATE contract.c)
endforeach()

# the same tests on PostgreSQL, each program with a cluster of its own
foreach(test test_store_contract test_server_ingest test_server_group test_server_enrol test_server_notices test_server_page test_server_commands
        test_server_store test_server_forward test_server_register)
    add_test(NAME ${test}_postgresql COMMAND ${test})
    set_tests_properties(${test}_postgresql PROPERTIES LABELS unit
        ENVIRONMENT BDHVS_TEST_DB=postgresql)
endforeach()
