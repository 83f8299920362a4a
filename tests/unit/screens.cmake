bdhvs_test(test_screens app_stage)
