bdhvs_test(test_nfc bdhvs_vietnamese)
bdhvs_test(test_typing bdhvs_vietnamese)
bdhvs_test(test_person_name bdhvs_vietnamese)
# Others' work that ours is measured by, in tests alone.
pkg_check_modules(icu REQUIRED IMPORTED_TARGET icu-i18n)
bdhvs_test(test_collate bdhvs_vietnamese PkgConfig::icu)
pkg_check_modules(m17n REQUIRED IMPORTED_TARGET m17n-shell)
bdhvs_test(test_typing_oracles bdhvs_vietnamese PkgConfig::m17n PkgConfig::utf8proc)
