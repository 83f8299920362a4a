# The lessons of tests/replay, through the whole program without a window.
add_library(app_stage STATIC app_stage.c)
target_link_libraries(app_stage PUBLIC bdhvs_screens PkgConfig::cmocka)
target_compile_definitions(app_stage PRIVATE
    _XOPEN_SOURCE=700
    REPLAY_PACK="${CMAKE_BINARY_DIR}/tests/replay/pack"
    REPLAY_PACK_KEY="${CMAKE_BINARY_DIR}/tests/replay/content.pub")
add_dependencies(app_stage bdhvs_replay_pack)
bdhvs_test(test_app app_stage)
bdhvs_test(test_stick app_stage)
bdhvs_test(test_plan app_stage)
bdhvs_test(test_group app_stage)
bdhvs_test(test_control bdhvs_app store_fixture)
bdhvs_test(test_provision bdhvs_app store_fixture)
bdhvs_test(test_saver bdhvs_app store_fixture)
bdhvs_test(test_loudness bdhvs_app)
