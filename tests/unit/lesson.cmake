bdhvs_test(test_session bdhvs_lesson)
