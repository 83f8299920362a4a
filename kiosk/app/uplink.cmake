# Included by kiosk/app/CMakeLists.txt: the way to the server stands on its own, so that
# tests can use it without the screens.
add_library(bdhvs_uplink STATIC
    ${CMAKE_CURRENT_LIST_DIR}/fetch.c
    ${CMAKE_CURRENT_LIST_DIR}/health.c
    ${CMAKE_CURRENT_LIST_DIR}/packs.c
    ${CMAKE_CURRENT_LIST_DIR}/packs_beside.c
    ${CMAKE_CURRENT_LIST_DIR}/packs_sweep.c
    ${CMAKE_CURRENT_LIST_DIR}/packs_fill.c
    ${CMAKE_CURRENT_LIST_DIR}/updates.c
    ${CMAKE_CURRENT_LIST_DIR}/updates_fetch.c
    ${CMAKE_CURRENT_LIST_DIR}/updates_place.c
    ${CMAKE_CURRENT_LIST_DIR}/uplink.c
    ${CMAKE_CURRENT_LIST_DIR}/uplink_bundle.c
    ${CMAKE_CURRENT_LIST_DIR}/uplink_courier.c
    ${CMAKE_CURRENT_LIST_DIR}/uplink_enrol.c
    ${CMAKE_CURRENT_LIST_DIR}/uplink_fetch.c
    ${CMAKE_CURRENT_LIST_DIR}/uplink_settings.c)
target_compile_definitions(bdhvs_uplink PRIVATE BDHVS_VERSION="${PROJECT_VERSION}")
target_link_libraries(bdhvs_uplink PUBLIC
    bdhvs_lesson bdhvs_store bdhvs_sync bdhvs_wire bdhvs_base)
