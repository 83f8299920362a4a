# pack_fuzzer(<name> <libraries>…): fuzz_<name>.c; its seeds stand in corpus/<name>
function(pack_fuzzer name)
    add_executable(fuzz_${name} fuzz_${name}.c)
    target_link_libraries(fuzz_${name} PRIVATE ${ARGN})
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    set_target_properties(fuzz_${name} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
endfunction()

add_library(fuzz_again STATIC again.c)
target_include_directories(fuzz_again PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(fuzz_again PUBLIC bdhvs_pack bdhvs_items)

pack_fuzzer(gift bdhvs_pack)
pack_fuzzer(gift_import fuzz_again)
pack_fuzzer(moodlexml_import fuzz_again)
pack_fuzzer(lesson_json bdhvs_lesson)
pack_fuzzer(lesson_source bdhvs_pack)
pack_fuzzer(manifest bdhvs_lesson)
pack_fuzzer(session bdhvs_lesson)
pack_fuzzer(practice bdhvs_lesson)
pack_fuzzer(practice_source bdhvs_pack)
pack_fuzzer(svg bdhvs_svg)
