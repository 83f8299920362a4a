/* See health.h. */
#include "health.h"

#include <string.h>

#define TRUST_STAFF 2 /* enum run_trust: 0 none, 1 saved, 2 staff, 3 server, 4 chip */
#define SURE_MS (5 * 60000LL)

bool health_is_silent(const struct figures_machine *m, int64_t now_ms)
{
    return !m->revoked && m->seen_ms &&
           now_ms - m->seen_ms > HEALTH_SILENT_DAYS * HEALTH_DAY_MS;
}

bool health_clock_is_sure(const struct figures_machine *m)
{
    return m->trust.known && m->trust.value >= TRUST_STAFF &&
           m->uncertainty_ms <= SURE_MS;
}

const char *health_clock(const struct figures_machine *m)
{
    return !m->trust.known ? "Chưa rõ" : health_clock_is_sure(m) ? "Đúng" : "Chưa chắc";
}

static bool db_is(const struct figures_machine *m, const char *state)
{
    return !strcmp(m->db, state);
}

size_t health_words(const struct figures_machine *m, int64_t now_ms, int64_t pack_ver,
                    struct health_word out[HEALTH_MAX])
{
    const struct {
        bool so;
        struct health_word word;
    } all[] = {
        { m->shared_key,
          { "Có thể hai máy đang dùng chung một khóa",
            "Ghi danh lại một trong hai máy; số liệu không mất" } },
        { db_is(m, "full") || (m->free_mb.known && m->free_mb.value < HEALTH_FREE_MB),
          { "Đĩa sắp đầy",
            "Nhờ người giữ máy xóa bớt gói bài học cũ, hoặc thay thẻ nhớ" } },
        { *m->db && !db_is(m, "ok") && !db_is(m, "full"),
          { "Nơi lưu số liệu của máy gặp trục trặc",
            "Mang USB đến chép số liệu, rồi khởi động lại máy; vẫn vậy thì thay thẻ "
            "nhớ" } },
        { health_is_silent(m, now_ms),
          { "Lâu chưa gửi tin",
            "Gọi tình nguyện viên xem máy và mạng, hoặc chép ra USB "
            "mang về" } },
        { m->undervolt, { "Nguồn điện yếu", "Thay bộ nguồn hoặc dây nguồn tốt hơn" } },
        { m->temp_c.known && m->temp_c.value >= HEALTH_HOT_C,
          { "Máy nóng", "Đặt máy chỗ thoáng, tránh nắng" } },
        { m->trust.known && !health_clock_is_sure(m),
          { "Đồng hồ chưa chắc đúng",
            "Nối mạng một lần, máy tự chỉnh; ngày của số liệu sẽ được ghi đúng" } },
        { pack_ver && m->pack_ver && m->pack_ver < pack_ver,
          { "Gói bài học chưa phải bản mới",
            "Nối mạng lâu hơn, hoặc chép gói bằng USB" } },
    };
    size_t n = 0;

    _Static_assert(sizeof(all) / sizeof(all[0]) == HEALTH_MAX, "room for each");
    for (size_t i = 0; !m->revoked && i < HEALTH_MAX; i++)
        if (all[i].so)
            out[n++] = all[i].word;
    return n;
}
