bdhvs_test(test_spell bdhvs_spell)
bdhvs_test(test_speech bdhvs_speech m)
bdhvs_test(test_take bdhvs_speech m)
# the drafts of the lessons are made with the lessons
bdhvs_test(test_voice test_packed)
target_compile_definitions(test_voice PRIVATE CONTENT="${PROJECT_SOURCE_DIR}/content"
    DRAFTS="${BDHVS_DRAFTS}" VOICE_PROGRAM="$<TARGET_FILE:bdhvs-voice>")
add_dependencies(test_voice bdhvs_content bdhvs-voice)
bdhvs_test(test_voice_make bdhvs_files)
target_compile_definitions(test_voice_make PRIVATE VOICE_PROGRAM="$<TARGET_FILE:bdhvs-voice>")
add_dependencies(test_voice_make bdhvs-voice)
