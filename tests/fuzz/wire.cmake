# Their seeds stand in corpus/<name>.
foreach(name fuzz_jws fuzz_bundle fuzz_ack fuzz_certificate)
    add_executable(${name} ${name}.c)
    target_link_libraries(${name} PRIVATE bdhvs_sync bdhvs_wire bdhvs_base)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    set_target_properties(${name} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
endforeach()
