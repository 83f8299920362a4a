bdhvs_test(test_spell bdhvs_spell)
bdhvs_test(test_voice_index bdhvs_lesson)
