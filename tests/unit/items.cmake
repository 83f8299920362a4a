bdhvs_test(test_items bdhvs_items)
target_sources(test_items PRIVATE ${CMAKE_CURRENT_LIST_DIR}/item_play.c)
bdhvs_test(test_item_types bdhvs_items)
target_sources(test_item_types PRIVATE ${CMAKE_CURRENT_LIST_DIR}/item_play.c)
