add_executable(bench_store store.c)
target_link_libraries(bench_store PRIVATE bdhvs_store)
set_target_properties(bench_store PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
add_executable(bench_people people.c)
target_link_libraries(bench_people PRIVATE bdhvs_store)
set_target_properties(bench_people PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
