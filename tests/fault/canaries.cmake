# Names that must stand in no file and no memory while locked.
add_executable(canaries canaries.c)
target_link_libraries(canaries PRIVATE bdhvs_store bdhvs_wire bdhvs_base)
target_link_options(canaries PRIVATE -Wl,--wrap=vault_seal)
set_target_properties(canaries PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
add_test(NAME canaries COMMAND canaries --n 300)
add_test(NAME canaries_control COMMAND canaries --n 300 --unsealed)
set_tests_properties(canaries canaries_control PROPERTIES LABELS fault)
