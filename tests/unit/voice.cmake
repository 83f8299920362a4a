bdhvs_test(test_spell bdhvs_spell)
