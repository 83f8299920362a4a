# A content tree that tests may spoil.
add_library(test_tree STATIC tree.c)
target_include_directories(test_tree PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_compile_definitions(test_tree PRIVATE
    CONTENT_ONE="${PROJECT_SOURCE_DIR}/tests/unit/content-one")
target_link_libraries(test_tree PUBLIC bdhvs_base)

bdhvs_test(test_lint bdhvs_pack bdhvs_items test_tree)
bdhvs_test(test_lint_quiz bdhvs_pack bdhvs_items test_tree)
bdhvs_test(test_lint_practice bdhvs_pack bdhvs_items test_tree)
target_compile_definitions(test_lint_practice PRIVATE
    ICONS="${PROJECT_SOURCE_DIR}/kiosk/icons" CONTENT="${PROJECT_SOURCE_DIR}/content")
bdhvs_test(test_practice_source bdhvs_pack)
bdhvs_test(test_practice_walk bdhvs_pack)
target_compile_definitions(test_practice_walk PRIVATE
    CONTENT="${PROJECT_SOURCE_DIR}/content")
# The example content as a signed pack.
add_library(test_packed STATIC packed.c)
target_link_libraries(test_packed PUBLIC bdhvs_pack bdhvs_items test_tree
    PRIVATE PkgConfig::cmocka)
bdhvs_test(test_build test_packed)
bdhvs_test(test_pack test_packed)
bdhvs_test(test_sign bdhvs_pack test_tree)
bdhvs_test(test_gift bdhvs_pack)
add_library(test_gift_world STATIC gift_world.c)
target_include_directories(test_gift_world PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(test_gift_world PUBLIC bdhvs_pack PRIVATE PkgConfig::cmocka)
bdhvs_test(test_gift_import test_gift_world)
target_compile_definitions(test_gift_import PRIVATE
    GIFT_FOLDER="${CMAKE_CURRENT_SOURCE_DIR}/gift")
bdhvs_test(test_xml_tree bdhvs_pack)
bdhvs_test(test_moodlexml_import test_gift_world)
target_compile_definitions(test_moodlexml_import PRIVATE
    XML_FOLDER="${CMAKE_CURRENT_SOURCE_DIR}/moodlexml")
bdhvs_test(test_gift_export test_gift_world)
target_compile_definitions(test_gift_export PRIVATE
    CONTENT="${PROJECT_SOURCE_DIR}/content"
    CONTENT_TYPES="${PROJECT_SOURCE_DIR}/tests/replay/content-types")
bdhvs_test(test_language bdhvs_pack)
bdhvs_test(test_shared_text bdhvs_pack bdhvs_items test_tree)
bdhvs_test(test_overlay bdhvs_pack bdhvs_items test_tree)
bdhvs_test(test_svg bdhvs_svg)
add_library(test_cli STATIC pack_cli.c)
target_include_directories(test_cli PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_compile_definitions(test_cli PRIVATE PACK_PROGRAM="$<TARGET_FILE:bdhvs-pack>")
target_link_libraries(test_cli PUBLIC test_tree PRIVATE PkgConfig::cmocka)
add_dependencies(test_cli bdhvs-pack bdhvs-voice)
bdhvs_test(test_pack_cli test_cli)
target_compile_definitions(test_pack_cli PRIVATE DRAFTS="${BDHVS_DRAFTS}")
add_dependencies(test_pack_cli bdhvs_content)
bdhvs_test(test_preview test_cli)
add_dependencies(test_preview bdhvs-preview)
bdhvs_test(test_packs test_packed bdhvs_uplink)
bdhvs_test(test_packs_beside test_packed bdhvs_uplink)
bdhvs_test(test_pack_beside test_packed)
bdhvs_test(test_upkeep bdhvs_app)
bdhvs_test(test_bulletin bdhvs_pack)
