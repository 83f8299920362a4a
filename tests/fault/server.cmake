add_executable(histories histories.c histories_copies.c histories_judge.c
    histories_server.c histories_talk.c histories_world.c)
target_link_libraries(histories PRIVATE server_rig bdhvs_store bdhvs_server
    PkgConfig::sqlite3 PkgConfig::cmocka)
set_target_properties(histories PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
add_test(NAME histories_a COMMAND histories --n 50 --seed 1)
add_test(NAME histories_b COMMAND histories --n 50 --seed 101)
add_test(NAME histories_postgresql COMMAND histories --n 5 --seed 201)
set_tests_properties(histories_postgresql PROPERTIES LABELS fault
    ENVIRONMENT BDHVS_TEST_DB=postgresql)
# the controls: the same histories must come out wrong without the rule
foreach(control increments no-run no-entropy no-odd)
    add_test(NAME histories_${control} COMMAND histories --n 40 --variant ${control})
endforeach()
set_tests_properties(histories_a histories_b histories_increments histories_no-run
    histories_no-entropy histories_no-odd PROPERTIES LABELS fault)
bdhvs_test(test_server_kills server_rig)
