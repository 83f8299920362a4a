bdhvs_test(test_items bdhvs_items)
