pack_fuzzer(spell bdhvs_spell)
pack_fuzzer(voice_index bdhvs_lesson)
