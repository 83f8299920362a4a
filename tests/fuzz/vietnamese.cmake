# Its seeds stand in corpus/typing.
add_executable(fuzz_typing fuzz_typing.c)
target_link_libraries(fuzz_typing PRIVATE bdhvs_vietnamese)
target_link_options(fuzz_typing PRIVATE -fsanitize=fuzzer)
set_target_properties(fuzz_typing PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
