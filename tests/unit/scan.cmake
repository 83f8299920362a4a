# The camera's helper: what it tells, and what it reads of synthetic frames.
bdhvs_test(test_scan bdhvs_scan)
bdhvs_test(test_scan_camera bdhvs_scan)
target_link_options(test_scan_camera PRIVATE -Wl,--wrap=ioctl)
add_library(qr_frames STATIC qr_frames.c)
target_link_libraries(qr_frames PUBLIC bdhvs_qr bdhvs_base m)
bdhvs_test(test_scan_read qr_frames)
target_compile_definitions(test_scan_read PRIVATE
    SCAN_PROGRAM="$<TARGET_FILE:bdhvs-scan>")
add_dependencies(test_scan_read bdhvs-scan)
bdhvs_test(test_camera bdhvs_files qr_frames)
add_dependencies(test_camera bdhvs-scan)

add_executable(scan_frames scan_frames.c)
target_link_libraries(scan_frames PRIVATE qr_frames)
set_target_properties(scan_frames PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
