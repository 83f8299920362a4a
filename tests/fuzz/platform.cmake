# Its seeds stand in corpus/replay.
add_executable(fuzz_replay fuzz_replay.c)
target_link_libraries(fuzz_replay PRIVATE bdhvs_platform)
target_link_options(fuzz_replay PRIVATE -fsanitize=fuzzer)
set_target_properties(fuzz_replay PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
