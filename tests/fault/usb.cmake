# A stick that is pulled at each call of a write (test_usb_pulled.c), seen by the linker.
bdhvs_test(test_usb_pulled bdhvs_files)
foreach(call open64 openat64 fstatat64 fstat64 mkdirat unlinkat renameat write read fsync
        fdatasync close)
    target_link_options(test_usb_pulled PRIVATE -Wl,--wrap=${call})
endforeach()
