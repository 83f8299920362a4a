bdhvs_test(test_helper bdhvs_files)
bdhvs_test(test_usb bdhvs_files)
bdhvs_test(test_qr bdhvs_qr)
