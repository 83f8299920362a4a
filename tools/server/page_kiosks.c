/* /cac-may: each machine in a row; what is wrong and what to do stands above the table. */
#include <inttypes.h>
#include <stdio.h>

#include "base/buf.h"
#include "figures.h"
#include "health.h"
#include "html.h"
#include "icons.h"
#include "pages.h"

static void link_to(struct buf *out, const struct figures_machine *m)
{
    html_raw(out, "<a href=\"/may?id=");
    html_text(out, m->id);
    html_raw(out, "\">");
    html_text(out, m->name);
    html_raw(out, "</a>");
}

static void worries(struct buf *out, const struct figures *f, int64_t pack_ver)
{
    struct health_word words[HEALTH_MAX];
    size_t n_all = 0;

    page_box(out, "can-xem", "", "Máy cần xem");
    html_raw(out, "<ul class=\"alerts\">\n");
    for (size_t i = 0; i < f->n_machines; i++) {
        const struct figures_machine *m = &f->machines[i];
        size_t n = health_words(m, f->now_ms, pack_ver, words);

        for (size_t k = 0; k < n; k++) {
            html_raw(out, "<li>");
            page_icon(out, ICON_WARN);
            html_raw(out, "<p><b>");
            link_to(out, m);
            html_raw(out, ": ");
            html_text(out, words[k].what);
            html_raw(out, "</b><br>");
            html_text(out, words[k].what_to_do);
            html_raw(out, "</p></li>\n");
        }
        n_all += n;
    }
    html_raw(out, "</ul>");
    if (!n_all)
        html_element(out, "p", "mute", "Không có máy nào cần xem.");
    page_box_end(out);
}

static void chip(struct buf *out, const char *kind, const char *word)
{
    html_raw(out, "<span class=\"chip ");
    html_text(out, kind);
    html_raw(out, "\">");
    html_text(out, word);
    html_raw(out, "</span>");
}

static void seen(struct buf *out, const struct figures *f,
                 const struct figures_machine *m)
{
    bool late = health_is_silent(m, f->now_ms);

    if (m->revoked) {
        chip(out, "", "đã ngừng nhận");
        return;
    }
    if (!m->seen_ms) {
        chip(out, "later", "chưa gửi lần nào");
        return;
    }
    html_literal(out,
                 late ? "<span class=\"chip late\">" : "<span class=\"chip good\">");
    if (late)
        page_icon(out, ICON_WARN);
    page_ago(out, f->now_ms - m->seen_ms);
    html_raw(out, "</span>");
}

/* "9,4 GB", "220 MB" */
static void disk(struct buf *out, const struct figure *free_mb)
{
    bool little = free_mb->known && free_mb->value < HEALTH_FREE_MB;

    if (!free_mb->known) {
        html_raw(out, "<span class=\"none\">chưa rõ</span>");
        return;
    }
    html_literal(out, little ? "<span class=\"chip late\">" : "<span>");
    if (free_mb->value < 1024)
        buf_printf(out, "%" PRId64 " MB", free_mb->value);
    else
        buf_printf(out, "%" PRId64 ",%" PRId64 " GB", free_mb->value / 1024,
                   free_mb->value % 1024 * 10 / 1024);
    html_raw(out, "</span>");
}

static void pack(struct buf *out, const struct figures_machine *m, int64_t pack_ver)
{
    if (!m->pack_ver) {
        html_raw(out, "<span class=\"none\">chưa rõ</span>");
        return;
    }
    buf_printf(out, "bản %" PRId64 " ", m->pack_ver);
    if (pack_ver && m->pack_ver >= pack_ver)
        chip(out, "good", "mới nhất");
    else if (pack_ver)
        chip(out, "later", "có bản mới");
}

static void row(struct buf *out, const struct figures *f,
                const struct figures_machine *m, int64_t pack_ver)
{
    html_raw(out, "<tr><th scope=\"row\">");
    link_to(out, m);
    html_raw(out, "</th><td>");
    seen(out, f, m);
    html_raw(out, "</td><td class=\"num\">");
    if (m->seen_ms)
        html_number(out, m->only_here);
    else
        html_raw(out, "?");
    html_raw(out, "</td><td>");
    chip(out,
         health_clock_is_sure(m) ? "good"
         : m->trust.known        ? "later"
                                 : "",
         health_clock(m));
    html_raw(out, "</td><td>");
    html_text(out, *m->version ? m->version : "chưa rõ");
    html_raw(out, "</td><td>");
    pack(out, m, pack_ver);
    html_raw(out, "</td><td>");
    disk(out, &m->free_mb);
    html_raw(out, "</td><td class=\"num\">");
    if (m->temp_c.known)
        buf_printf(out, "%" PRId64 " °C", m->temp_c.value);
    else
        html_raw(out, "–");
    html_raw(out, "</td></tr>\n");
}

static void table(struct buf *out, const struct figures *f, int64_t pack_ver)
{
    html_raw(out, "<div class=\"box\">");
    page_table(out, "Bảng các máy");
    html_raw(out,
             "<tr>"
             "<th scope=\"col\">Máy</th><th scope=\"col\">Tin gần nhất</th>"
             "<th scope=\"col\" class=\"num\">Chờ gửi</th>"
             "<th scope=\"col\">Đồng hồ</th><th scope=\"col\">Bản máy</th>"
             "<th scope=\"col\">Gói bài học</th><th scope=\"col\">Đĩa trống</th>"
             "<th scope=\"col\" class=\"num\">Nhiệt độ</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < f->n_machines; i++)
        row(out, f, &f->machines[i], pack_ver);
    page_table_end(out);
    html_raw(out, "</div>\n");
}

enum err page_kiosks(const struct visit *v, struct http_response *r)
{
    struct arena arena = { 0 };
    struct figures f = { 0 };
    struct buf *out = &r->body;
    int64_t pack_ver;
    enum err err = page_begin(v, out, "Các máy");

    offer_refresh(&v->server->offer);
    pack_ver = *v->server->offer.id ? v->server->offer.ver : 0;
    if (!err)
        err = figures_machines(v->server, &arena, &f);
    if (!err) {
        page_top(
            out, "Các máy",
            "Máy gửi tin mỗi khi có mạng. Không có mạng lâu là chuyện thường, trên 7 "
            "ngày mới cần xem.");
        if (gate_may(v->server, v->visitor, FOR_INSPECTORS))
            html_raw(out, "<a class=\"button\" href=\"/viec-cho\">Thêm máy</a>");
        page_top_end(out);
        if (f.n_machines) {
            worries(out, &f, pack_ver);
            table(out, &f, pack_ver);
        } else {
            html_element(out, "p", "none", "chưa có máy nào");
        }
        page_end(out);
    }
    arena_finish(&arena);
    return err;
}
