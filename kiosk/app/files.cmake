# Included by kiosk/app/CMakeLists.txt: helper programs, sticks and files of people and
# reports stand on their own, so that tests can use them without the screens.
add_library(bdhvs_qr STATIC ${CMAKE_CURRENT_LIST_DIR}/qr.c)
target_link_libraries(bdhvs_qr PUBLIC bdhvs_base PRIVATE PkgConfig::qrencode)

add_library(bdhvs_files STATIC
    ${CMAKE_CURRENT_LIST_DIR}/camera.c
    ${CMAKE_CURRENT_LIST_DIR}/camera_lines.c
    ${CMAKE_CURRENT_LIST_DIR}/child.c
    ${CMAKE_CURRENT_LIST_DIR}/helper.c
    ${CMAKE_CURRENT_LIST_DIR}/paper.c
    ${CMAKE_CURRENT_LIST_DIR}/people_columns.c
    ${CMAKE_CURRENT_LIST_DIR}/people_file.c
    ${CMAKE_CURRENT_LIST_DIR}/people_file_write.c
    ${CMAKE_CURRENT_LIST_DIR}/people_row.c
    ${CMAKE_CURRENT_LIST_DIR}/report_csv.c
    ${CMAKE_CURRENT_LIST_DIR}/recordings.c
    ${CMAKE_CURRENT_LIST_DIR}/recordings_usb.c
    ${CMAKE_CURRENT_LIST_DIR}/lists.c
    ${CMAKE_CURRENT_LIST_DIR}/report_file.c
    ${CMAKE_CURRENT_LIST_DIR}/report_sheet.c
    ${CMAKE_CURRENT_LIST_DIR}/sheet.c
    ${CMAKE_CURRENT_LIST_DIR}/usb.c
    ${CMAKE_CURRENT_LIST_DIR}/usb_files.c
    ${CMAKE_CURRENT_LIST_DIR}/voice_make.c)
target_compile_definitions(bdhvs_files PRIVATE
    BDHVS_LIBEXEC="${CMAKE_INSTALL_FULL_BINDIR}")
target_link_libraries(bdhvs_files PUBLIC bdhvs_store bdhvs_lesson bdhvs_vietnamese bdhvs_sync bdhvs_ui bdhvs_base bdhvs_qr)
