bdhvs_test(test_sync_fault bdhvs_sync bdhvs_wire bdhvs_base Threads::Threads)
target_sources(test_sync_fault PRIVATE loopback.c)
bdhvs_test(test_sync_tls bdhvs_sync bdhvs_wire bdhvs_base PkgConfig::microhttpd)
