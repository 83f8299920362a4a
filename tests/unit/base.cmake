bdhvs_test(test_encoding bdhvs_base)
bdhvs_test(test_json bdhvs_base)
bdhvs_test(test_row bdhvs_base)
bdhvs_test(test_clock bdhvs_base)
bdhvs_test(test_file bdhvs_base)
set_source_files_properties(test_clock.c test_file.c PROPERTIES COMPILE_DEFINITIONS _TIME_BITS=64) # as clock.c, file.c
bdhvs_test(test_memory bdhvs_base)
bdhvs_test(test_options bdhvs_base)
bdhvs_test(test_service bdhvs_service)
