/* The two font files have a glyph for every letter the program shows. */
#include "cmocka_all.h"

#include <SDL_ttf.h>
#include <string.h>

#include "base/check.h"
#include "base/utf8.h"
#include "ui/strings.h"

static const char *const files[] = { FONT_FOLDER "/NotoSans-Regular.ttf",
                                     FONT_FOLDER "/NotoSans-Bold.ttf" };

/* 12 vowels with 6 tones, and đ: 73 small letters and their capitals. */
static const char vietnamese[] = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíị"
                                 "oòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
                                 "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊ"
                                 "OÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴĐ";

static void assert_glyphs(TTF_Font *font, const char *text)
{
    uint32_t cp;
    size_t n;

    while ((n = utf8_next(text, &cp)) > 0) {
        if (cp != '\n' && !TTF_GlyphIsProvided32(font, cp))
            fail_msg("no glyph for U+%04X in \"%s\"", cp, text);
        text += n;
    }
}

static void test_every_vietnamese_letter_has_a_glyph(void **state)
{
    (void)state;
    assert_int_equal(utf8_length(vietnamese), 146);
    for (size_t i = 0; i < COUNT(files); i++) {
        TTF_Font *font = TTF_OpenFont(files[i], 32);

        assert_non_null(font);
        assert_glyphs(font, vietnamese);
        assert_glyphs(font, "0123456789 \xC2\xA0.,:;!?…“”–-%/()+×");
        assert_glyphs(font, "\xCC\x80\xCC\x81\xCC\x82\xCC\x83\xCC\x86\xCC\x89\xCC\xA3");
        TTF_CloseFont(font);
    }
}

static void test_every_character_of_the_strings_has_a_glyph(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        TTF_Font *font = TTF_OpenFont(files[i], 32);

        assert_non_null(font);
        for (int id = 0; id < T_COUNT; id++)
            assert_glyphs(font, text_of((enum text_id)id));
        TTF_CloseFont(font);
    }
}

/* Stacked marks must fit into the font's own line box: lines neither jump nor clip. */
static void test_stacked_marks_make_no_line_taller(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        TTF_Font *font = TTF_OpenFont(files[i], 40);
        int plain;
        int marked;

        assert_non_null(font);
        assert_int_equal(TTF_SizeUTF8(font, "xxx", NULL, &plain), 0);
        assert_int_equal(TTF_SizeUTF8(font, "ẪỖẶỰỴ", NULL, &marked), 0);
        assert_int_equal(plain, marked);
        TTF_CloseFont(font);
    }
}

static int start_ttf(void **state)
{
    (void)state;
    return TTF_Init();
}

static int stop_ttf(void **state)
{
    (void)state;
    TTF_Quit();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_vietnamese_letter_has_a_glyph),
        cmocka_unit_test(test_every_character_of_the_strings_has_a_glyph),
        cmocka_unit_test(test_stacked_marks_make_no_line_taller),
    };

    return cmocka_run_group_tests(tests, start_ttf, stop_ttf);
}
