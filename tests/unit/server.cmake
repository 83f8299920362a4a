add_library(server_rig STATIC ${CMAKE_CURRENT_LIST_DIR}/server_rig.c)
target_include_directories(server_rig PUBLIC ${CMAKE_CURRENT_LIST_DIR})
target_link_libraries(server_rig PUBLIC bdhvs_server PRIVATE PkgConfig::cmocka)

bdhvs_test(test_server_ingest server_rig)
bdhvs_test(test_server_html server_rig)
bdhvs_test(test_server_page server_rig)
bdhvs_test(test_server_enrol server_rig)
bdhvs_test(test_server_store server_rig)
