add_test(NAME update COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/update.sh ${CMAKE_BINARY_DIR}/bin)
set_tests_properties(update PROPERTIES LABELS fault TIMEOUT 300)
