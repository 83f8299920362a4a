bdhvs_test(test_jws bdhvs_wire bdhvs_base PkgConfig::sodium)
bdhvs_test(test_jws_key bdhvs_wire bdhvs_base)
bdhvs_test(test_bundle bdhvs_wire bdhvs_base)
bdhvs_test(test_bundle_grammar bdhvs_wire bdhvs_base)
bdhvs_test(test_ack bdhvs_wire bdhvs_base)
bdhvs_test(test_program bdhvs_wire bdhvs_base)
bdhvs_test(test_enrol bdhvs_wire bdhvs_base)
bdhvs_test(test_wire_settings bdhvs_wire bdhvs_base)
bdhvs_test(test_certificate bdhvs_wire bdhvs_base)

# An independent implementation reads ours, and we read its (skipped without npm ci).
find_program(NODE node)
if(NODE)
    add_executable(jws_peer jws_peer.c)
    target_link_libraries(jws_peer PRIVATE bdhvs_wire bdhvs_base)
    set_target_properties(jws_peer PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    add_test(NAME jws_jose
        COMMAND ${NODE} ${CMAKE_CURRENT_SOURCE_DIR}/jws_jose.mjs $<TARGET_FILE:jws_peer>)
    set_tests_properties(jws_jose PROPERTIES SKIP_RETURN_CODE 77)
endif()

bdhvs_test(test_kit bdhvs_wire bdhvs_base)
target_compile_definitions(test_kit PRIVATE
    KIT_MD="${PROJECT_SOURCE_DIR}/tools/server/PROTOCOL-kit.md")
