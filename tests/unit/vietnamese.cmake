bdhvs_test(test_nfc bdhvs_vietnamese)
bdhvs_test(test_typing bdhvs_vietnamese)
bdhvs_test(test_person_name bdhvs_vietnamese)
# Others' work that ours is measured by, in tests alone: tools/test installs it, who only
# builds need not have it.
pkg_check_modules(icu QUIET IMPORTED_TARGET icu-i18n)
if(icu_FOUND)
    bdhvs_test(test_collate bdhvs_vietnamese PkgConfig::icu)
else()
    message(STATUS "test_collate is left out: apt-get install libicu-dev")
endif()
pkg_check_modules(m17n QUIET IMPORTED_TARGET m17n-shell)
if(m17n_FOUND AND EXISTS /usr/share/m17n/vi-telex.mim
   AND EXISTS /usr/share/hunspell/vi_VN.dic)
    bdhvs_test(test_typing_oracles bdhvs_vietnamese PkgConfig::m17n PkgConfig::utf8proc)
else()
    message(STATUS
        "test_typing_oracles is left out: apt-get install libm17n-dev m17n-db hunspell-vi")
endif()
