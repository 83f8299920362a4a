/* Vietnamese as written, and as it is to be heard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/check.h"
#include "spell.h"

static const struct row {
    const char *written, *said;
} rows[] = {
    /* words, pauses */
    { "Mời bà con vào học", "Mời bà con vào học" },
    { "Chào bà con!", "Chào bà con!" },
    { "Chưa đúng. Không sao ạ.", "Chưa đúng. Không sao ạ." },
    { "Máy đang ghi kết quả…", "Máy đang ghi kết quả." },
    { "Quên số? Chạm “Gọi giúp”.", "Quên số? Chạm Gọi giúp." },
    { "đọc là ô-tê-pê", "đọc là ô tê pê" },
    { "Biểu 10 – Theo tháng", "Biểu mười, Theo tháng" },
    { "Nam/Nữ", "Nam, Nữ" },
    { "Người giám hộ (cha, mẹ).", "Người giám hộ, cha, mẹ." },
    { "một dòng\nhai dòng", "một dòng, hai dòng" },
    { "một dòng.\nhai dòng", "một dòng. hai dòng" },
    { "bài · trang", "bài, trang" },
    { "“…”", "" },
    { "–", "" },
    { "", "" },
    { "CHÚ Ý", "CHÚ Ý" },
    /* whole numbers */
    { "0", "không" },
    { "1", "một" },
    { "4", "bốn" },
    { "5", "năm" },
    { "10", "mười" },
    { "11", "mười một" },
    { "14", "mười bốn" },
    { "15", "mười lăm" },
    { "20", "hai mươi" },
    { "21", "hai mươi mốt" },
    { "24", "hai mươi tư" },
    { "25", "hai mươi lăm" },
    { "30", "ba mươi" },
    { "99", "chín mươi chín" },
    { "100", "một trăm" },
    { "101", "một trăm linh một" },
    { "104", "một trăm linh bốn" },
    { "105", "một trăm linh năm" },
    { "110", "một trăm mười" },
    { "121", "một trăm hai mươi mốt" },
    { "555", "năm trăm năm mươi lăm" },
    { "1.000", "một nghìn" },
    { "1.005", "một nghìn không trăm linh năm" },
    { "1.015", "một nghìn không trăm mười lăm" },
    { "4.500", "bốn nghìn năm trăm" },
    { "20.000", "hai mươi nghìn" },
    { "20 000 dòng", "hai mươi nghìn dòng" },
    { "1\u00a0000 chữ", "một nghìn chữ" },
    { "100.000", "một trăm nghìn" },
    { "1.000.000", "một triệu" },
    { "1.200.000", "một triệu hai trăm nghìn" },
    { "1.234.567", "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy" },
    { "2.000.000.000", "hai tỷ" },
    { "70.000 người", "bảy mươi nghìn người" },
    { "500 ngàn", "năm trăm ngàn" },
    { "3 triệu", "ba triệu" },
    { "dưới 20 000 dòng.", "dưới hai mươi nghìn dòng." },
    /* decimals, percentages, units */
    { "3,5", "ba phẩy năm" },
    { "3,14", "ba phẩy mười bốn" },
    { "2,05", "hai phẩy không năm" },
    { "1.200,5", "một nghìn hai trăm phẩy năm" },
    { "100%", "một trăm phần trăm" },
    { "100%, cắt", "một trăm phần trăm, cắt" },
    { "12,5 %", "mười hai phẩy năm phần trăm" },
    { "70 °C", "bảy mươi độ xê" },
    { "64 MB", "sáu mươi tư mê ga bai" },
    { "2 GB.", "hai ghi ga bai." },
    { "5 km", "năm ki lô mét" },
    { "60+ tuổi", "sáu mươi trở lên tuổi" },
    /* money */
    { "50.000 đ", "năm mươi nghìn đồng" },
    { "50.000đ", "năm mươi nghìn đồng" },
    { "50.000đ…", "năm mươi nghìn đồng." },
    { "50.000\u00a0đ", "năm mươi nghìn đồng" },
    { "1.200.000đ", "một triệu hai trăm nghìn đồng" },
    { "20.000 ₫", "hai mươi nghìn đồng" },
    { "300.000 VND", "ba trăm nghìn đồng" },
    { "50.000 đồng", "năm mươi nghìn đồng" },
    { "5 đường", "năm đường" },
    /* dates */
    { "22/11/2026",
      "ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi "
      "sáu" },
    { "ngày 22/11/2026",
      "ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai "
      "mươi sáu" },
    { "Ngày 01/04/2026", "Ngày một tháng tư năm hai nghìn không trăm hai mươi sáu" },
    { "2026-11-22",
      "ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi "
      "sáu" },
    { "22.11.2026",
      "ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi "
      "sáu" },
    { "22/11", "ngày hai mươi hai tháng mười một" },
    { "ngày 2/9", "ngày hai tháng chín" },
    { "11/2026", "tháng mười một năm hai nghìn không trăm hai mươi sáu" },
    { "tháng 11/2026", "tháng mười một năm hai nghìn không trăm hai mươi sáu" },
    { "tháng 4", "tháng tư" },
    { "năm 2026", "năm hai nghìn không trăm hai mươi sáu" },
    { "sinh năm 1975", "sinh năm một nghìn chín trăm bảy mươi lăm" },
    { "từ 1900 đến", "từ một nghìn chín trăm đến" },
    { "3/5", "ba trên năm" },
    { "24/7", "hai mươi tư trên bảy" },
    /* times */
    { "08:40", "tám giờ bốn mươi phút" },
    { "08:00", "tám giờ" },
    { "14:05", "mười bốn giờ năm phút" },
    { "8 giờ", "tám giờ" },
    { "08 giờ", "tám giờ" },
    { "8h30", "tám giờ ba mươi phút" },
    { "8h", "tám giờ" },
    { "8g15", "tám giờ mười lăm phút" },
    { "600 phút", "sáu trăm phút" },
    /* telephones */
    { "0912345678", "không chín một hai, ba bốn năm, sáu bảy tám" },
    { "0912 345 678", "không chín một hai, ba bốn năm, sáu bảy tám" },
    { "0100 000 123.", "không một không không, không không không, một hai ba." },
    { "1900 1234", "một chín không không, một hai ba bốn" },
    { "Gọi 113", "Gọi một một ba" },
    { "112, 113, 114, 115, 111",
      "một một hai, một một ba, một một bốn, một một năm, một một một" },
    { "115 là số cấp cứu", "một một năm là số cấp cứu" },
    { "112 người", "một trăm mười hai người" },
    { "gọi 1022", "gọi một không hai hai" },
    { "116 bài", "một trăm mười sáu bài" },
    /* codes */
    { "482 915", "bốn tám hai, chín một năm" },
    { "mã 123456", "mã một hai ba, bốn năm sáu" },
    { "012345678901", "không một hai, ba bốn năm, sáu bảy tám, chín không một" },
    { "Mã 6 số", "Mã sáu số" },
    { "26 chữ", "hai mươi sáu chữ" },
    { "0730", "không bảy ba không" },
    /* ranges, ordinals, versions */
    { "14–17 tuổi", "mười bốn đến mười bảy tuổi" },
    { "35-59", "ba mươi lăm đến năm mươi chín" },
    { "thứ 1", "thứ nhất" },
    { "thứ 4", "thứ tư" },
    { "thứ 5", "thứ năm" },
    { "lần 1", "lần một" },
    { "bản 1.4.2", "bản một chấm bốn chấm hai" },
    { "Biểu 2b", "Biểu hai bê" },
    { "R01", "e rờ không một" },
    /* short forms and names */
    { "VNeID", "vi en i ai đi" },
    { "“VNeID”.", "vi en i ai đi." },
    { "OTP", "ô tê pê" },
    { "mã QR", "mã quy a" },
    { "CCCD", "căn cước công dân" },
    { "SMS", "ét em ét" },
    { "USB", "u ét bê" },
    { "Wi-Fi", "oai phai" },
    { "Mở Wi-Fi ra", "Mở oai phai ra" },
    { "ATM", "a tê em" },
    { "mã PIN", "mã pin" },
    { "mạng 4G", "mạng bốn gờ" },
    { "4 giờ", "bốn giờ" },
    { "14G", "mười bốn giê" },
    { "QĐ 757", "quyết định bảy trăm năm mươi bảy" },
    { "TCVN3", "tê xê vê en ba" },
    { "VNI", "vê en i" },
    { "UTF-8", "u tê ép tám" },
    { "BDHVS", "bê đê hát vê ét" },
    { "MAI", "MAI" },
    { "THANH", "THANH" },
    { "Câu A", "Câu A" },
    { "Câu B", "Câu bê" },
    { ".xlsx", "chấm ích lờ ét ích" },
    { "Zalo", "da lô" },
    { "Y tế", "Y tế" },
    /* signs */
    { "*101#", "sao một không một thăng" },
    { "dichvucong.gov.vn", "dịch vụ công chấm gốp chấm vê en" },
    { "Sau .gov.vn, có", "Sau chấm gốp chấm vê en, có" },
    { "dichvucong-gov-vn.zz", "dịch vụ công gốp vê en chấm dét dét" },
    { "a@b.vn", "a a còng bê chấm vê en" },
    { "Trần Văn & em", "Trần Văn và em" },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct arena arena = { 0 };
    struct spelling s;

    spell_text(r->written, &arena, &s);
    assert_string_equal(s.say, r->said);
    arena_finish(&arena);
}

static void check_piece(const char *text, const struct spelling *s, size_t i,
                        size_t from, const char *written)
{
    assert_true(i < s->n_pieces);
    assert_int_equal(s->pieces[i].from, from);
    assert_int_equal(s->pieces[i].length, strlen(written));
    assert_memory_equal(text + s->pieces[i].offset, written, strlen(written));
}

static void test_words_keep_their_place_in_the_text(void **state)
{
    static const char text[] = "Gửi 50.000 đ, đến “Nga”";
    struct arena arena = { 0 };
    struct spelling s;

    (void)state;
    spell_text(text, &arena, &s);
    assert_string_equal(s.say, "Gửi năm mươi nghìn đồng, đến Nga");
    assert_int_equal(s.n_pieces, 4);
    check_piece(text, &s, 0, 0, "Gửi");
    check_piece(text, &s, 1, 4, "50.000 đ");
    check_piece(text, &s, 2, 25, "đến");
    check_piece(text, &s, 3, 29, "Nga");
    arena_finish(&arena);
}

/* Pieces stand in order, inside the text, and never overlap. */
static void test_pieces_are_in_order(void **state)
{
    struct arena arena = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t end = 0;
        struct spelling s;

        spell_text(rows[i].written, &arena, &s);
        for (size_t k = 0; k < s.n_pieces; k++) {
            assert_true(s.pieces[k].offset >= end);
            assert_true(s.pieces[k].length > 0);
            assert_true(k == 0 || s.pieces[k].from > s.pieces[k - 1].from);
            end = s.pieces[k].offset + s.pieces[k].length;
        }
        assert_true(end <= strlen(rows[i].written));
    }
    arena_finish(&arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows) + 2];

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[i] = (struct CMUnitTest){ .name = rows[i].written,
                                        .test_func = check_row,
                                        .initial_state = (void *)(uintptr_t)&rows[i] };
    tests[COUNT(rows)] =
        (struct CMUnitTest)cmocka_unit_test(test_words_keep_their_place_in_the_text);
    tests[COUNT(rows) + 1] =
        (struct CMUnitTest)cmocka_unit_test(test_pieces_are_in_order);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
