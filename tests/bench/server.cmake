add_executable(bench_server server.c)
target_link_libraries(bench_server PRIVATE server_rig PkgConfig::cmocka)
set_target_properties(bench_server PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
