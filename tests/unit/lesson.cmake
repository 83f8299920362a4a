bdhvs_test(test_lesson bdhvs_lesson)
bdhvs_test(test_review bdhvs_lesson)
bdhvs_test(test_session bdhvs_lesson)
bdhvs_test(test_voice_index bdhvs_lesson)
