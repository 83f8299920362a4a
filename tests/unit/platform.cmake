bdhvs_test(test_draw_canvas bdhvs_platform)
bdhvs_test(test_draw_damage bdhvs_platform)
bdhvs_test(test_platform_burst bdhvs_platform)
bdhvs_test(test_platform_null bdhvs_platform)
bdhvs_test(test_platform_record bdhvs_platform)
bdhvs_test(test_platform_sdl bdhvs_platform PkgConfig::sdl2 PkgConfig::sdl2_image)
bdhvs_test(test_fonts bdhvs_ui PkgConfig::sdl2_ttf)
target_compile_definitions(test_fonts PRIVATE
    FONT_FOLDER="${CMAKE_BINARY_DIR}/share/bdhvs/fonts")
