add_executable(bench_floor floor.c)
target_link_libraries(bench_floor PRIVATE PkgConfig::microhttpd)
add_executable(bench_server server.c crowd.c sender.c served.c years.c)
target_compile_definitions(bench_server PRIVATE
    BDHVS_SERVER="$<TARGET_FILE:bdhvs-server>" BENCH_FLOOR="$<TARGET_FILE:bench_floor>"
    NODE_SERVER="${CMAKE_CURRENT_LIST_DIR}/peers/server.mjs")
target_link_libraries(bench_server PRIVATE server_rig)
add_dependencies(bench_server bdhvs-server)
set_target_properties(bench_floor bench_server PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
