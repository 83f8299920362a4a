# Its seeds stand in corpus/http_body.
add_executable(fuzz_http_body fuzz_http_body.c)
target_link_libraries(fuzz_http_body PRIVATE server_rig)
target_link_options(fuzz_http_body PRIVATE -fsanitize=fuzzer)
set_target_properties(fuzz_http_body PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
