bdhvs_test(test_app_disk app_stage cut_vfs)
