bdhvs_test(test_screens app_stage)
bdhvs_test(test_register app_stage)
bdhvs_test(test_staff_desk app_stage)
bdhvs_test(test_class_pages app_stage)
