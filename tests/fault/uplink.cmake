foreach(name test_uplink_courier test_uplink_enrol test_uplink_fault test_uplink_settings
        test_uplink_trouble)
    bdhvs_test(${name} bdhvs_uplink bdhvs_sync bdhvs_store bdhvs_wire bdhvs_base
        Threads::Threads)
    target_sources(${name} PRIVATE kiosk_and_server.c loopback.c)
    # nftw
    target_compile_definitions(${name} PRIVATE _XOPEN_SOURCE=700)
endforeach()
