bdhvs_test(test_backoff bdhvs_sync)
bdhvs_test(test_mailbox bdhvs_sync bdhvs_base Threads::Threads)
bdhvs_test(test_answer bdhvs_sync bdhvs_wire bdhvs_base)
bdhvs_test(test_watch bdhvs_sync)
