# A content tree that tests may spoil.
add_library(test_tree STATIC tree.c)
target_include_directories(test_tree PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_compile_definitions(test_tree PRIVATE
    CONTENT_ONE="${PROJECT_SOURCE_DIR}/tests/unit/content-one")
target_link_libraries(test_tree PUBLIC bdhvs_base)

bdhvs_test(test_lint bdhvs_pack bdhvs_items test_tree)
bdhvs_test(test_lint_quiz bdhvs_pack bdhvs_items test_tree)
# The example content as a signed pack.
add_library(test_packed STATIC packed.c)
target_link_libraries(test_packed PUBLIC bdhvs_pack bdhvs_items test_tree
    PRIVATE PkgConfig::cmocka)
bdhvs_test(test_build test_packed)
bdhvs_test(test_pack test_packed)
bdhvs_test(test_sign bdhvs_pack test_tree)
bdhvs_test(test_gift bdhvs_pack)
bdhvs_test(test_language bdhvs_pack)
bdhvs_test(test_svg bdhvs_svg)
bdhvs_test(test_pack_cli test_tree)
target_compile_definitions(test_pack_cli PRIVATE
    PACK_PROGRAM="$<TARGET_FILE:bdhvs-pack>" DRAFTS="${BDHVS_DRAFTS}")
add_dependencies(test_pack_cli bdhvs-pack bdhvs-voice bdhvs_content)
bdhvs_test(test_packs test_packed bdhvs_uplink)
bdhvs_test(test_upkeep bdhvs_app)
bdhvs_test(test_bulletin bdhvs_pack)
