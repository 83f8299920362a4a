bdhvs_test(test_nfc bdhvs_vietnamese)
