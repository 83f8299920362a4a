add_executable(bench_minimal minimal.c)
target_link_libraries(bench_minimal PRIVATE PkgConfig::sdl2 PkgConfig::sdl2_ttf
    PkgConfig::sdl2_image)
set_target_properties(bench_minimal PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
add_dependencies(bench_minimal bdhvs_art_copies)
