/* The frame of every page: head, woven band, navigation at the side or along the bottom
 * edge of a phone. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "html.h"
#include "icons.h"
#include "page.h"
#include "register.h"
#include "settings.h"

static const struct place {
    const char *path;
    const char *icon;
    const char *word;
    const char *short_word; /* along the bottom edge of a phone; NULL: not there */
    enum access access;
    bool has_period; /* it shows figures of a period */
    enum whose { OF_ALL, OF_COMMUNE, OF_PROVINCE } whose;
} places[] = {
    { "/", ICON_CHART, "Tổng quan", "Tổng quan", FOR_FIGURES, true, OF_COMMUNE },
    { "/cac-xa", ICON_CHART, "Các xã", "Các xã", FOR_FIGURES, true, OF_PROVINCE },
    { "/theo-thon", ICON_PIN, "Theo thôn", "Thôn", FOR_FIGURES, true, OF_COMMUNE },
    { "/theo-bai", ICON_BOOK, "Theo bài học", NULL, FOR_FIGURES, true, OF_COMMUNE },
    { "/bao-cao", ICON_FILE, "Báo cáo", "Báo cáo", FOR_FIGURES, true, OF_COMMUNE },
    { "/theo-nhom", ICON_USERS, "Theo nhóm", NULL, FOR_FIGURES, true, OF_COMMUNE },
    { "/don-vi", ICON_AWARD, "Theo đơn vị", NULL, FOR_FIGURES, true, OF_COMMUNE },
    { "/phong-trao", ICON_STAR, "Phong trào", NULL, FOR_OFFICIALS, false, OF_COMMUNE },
    { "/cac-may", ICON_SCREEN, "Các máy", "Máy", FOR_FIGURES, false, OF_ALL },
    { "/kho-khan", ICON_FLAG, "Khó khăn", NULL, FOR_OFFICIALS, false, OF_COMMUNE },
    { "/thong-bao", ICON_SPEAKER, "Thông báo", NULL, FOR_OFFICIALS, true, OF_COMMUNE },
    { "/goi-bai", ICON_PACK, "Gói bài học", NULL, FOR_FIGURES, false, OF_ALL },
    { "/viec-cho", ICON_BELL, "Việc chờ duyệt", NULL, FOR_INSPECTORS, false, OF_ALL },
    { "/cai-dat", ICON_GEAR, "Cài đặt", NULL, FOR_ADMINISTRATORS, false, OF_COMMUNE },
    { "/can-bo", ICON_SHIELD, "Cán bộ", NULL, FOR_INSPECTORS, false, OF_ALL },
    { "/nhat-ky", ICON_LIST, "Nhật ký", NULL, FOR_INSPECTORS, false, OF_ALL },
};

/* Under "Phong trào". */
static const struct {
    const char *path, *word;
    enum access access;
} emulation[] = {
    { "/phong-trao", "Phong trào", FOR_OFFICIALS },
    { "/de-nghi", "Đề nghị khen thưởng", FOR_OFFICIALS },
    { "/nam-thi-dua", "Năm thi đua", FOR_OFFICIALS },
    { "/kiem-tra", "Kiểm tra tại máy", FOR_INSPECTORS },
    { "/mo-ta-du-lieu", "Mô tả dữ liệu", FOR_OFFICIALS },
};

/* The place under which the page stands. */
static const char *place_of(const char *path)
{
    if (!strcmp(path, "/may"))
        return "/cac-may";
    for (size_t i = 0; i < COUNT(emulation); i++)
        if (!strcmp(path, emulation[i].path))
            return emulation[0].path;
    return register_kind_at(path) ? emulation[0].path : path;
}

void page_emulation_places(const struct visit *v, struct buf *out)
{
    html_raw(out, "<nav class=\"seg under\" aria-label=\"Các trang của phong trào\">");
    for (size_t i = 0; i < COUNT(emulation); i++) {
        if (!gate_may(v->server, v->visitor, emulation[i].access))
            continue;
        html_raw(out, "<a href=\"");
        html_text(out, emulation[i].path);
        html_literal(out, strcmp(v->request->path, emulation[i].path)
                              ? "\">"
                              : "\" aria-current=\"page\">");
        html_text(out, emulation[i].word);
        html_raw(out, "</a>");
    }
    html_raw(out, "</nav>\n");
}

void page_head(struct buf *out, const char *title, const char *commune)
{
    html_raw(out, "<!doctype html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width,"
                  "initial-scale=1\">\n<title>");
    html_text(out, title);
    html_literal(out, *title ? " – " : "");
    html_text(out, commune);
    html_raw(out, " – Bình dân học vụ số</title>\n"
                  "<link rel=\"stylesheet\" href=\"/style.css\"></head>\n<body>\n");
    /* the woven band, the one ornament */
    html_raw(
        out,
        "<svg class=\"weave\" aria-hidden=\"true\"><defs><pattern id=\"w\" "
        "width=\"56\" height=\"14\" patternUnits=\"userSpaceOnUse\">"
        "<rect width=\"56\" height=\"14\" fill=\"#22170E\"/>"
        "<path fill=\"#961B1E\" d=\"M0 0h56v2.5H0zM0 11.5h56V14H0z\"/>"
        "<path fill=\"#F7F0E3\" d=\"M14 3.5L19.5 7 14 10.5 8.5 7zM25 4.5h2v5h-2zM29 "
        "4.5h2v5h-2zM53 4.5h2v5h-2zM1 4.5h2v5H1z\"/>"
        "<path fill=\"#961B1E\" d=\"M14 5.3L16.7 7 14 8.7 11.3 7z\"/>"
        "<path fill=\"#F3B433\" d=\"M42 3.5L47.5 7 42 10.5 36.5 7z\"/></pattern>"
        "</defs><rect width=\"100%\" height=\"14\" fill=\"url(#w)\"/></svg>\n");
}

void page_seal(struct buf *out)
{
    html_raw(out,
             "<svg class=\"seal\" viewBox=\"0 0 44 44\" aria-hidden=\"true\">"
             "<circle cx=\"22\" cy=\"22\" r=\"22\" fill=\"#961B1E\"/>"
             "<path fill=\"#F3B433\" d=\"M22 12l3.1 6.3 6.9 1-5 4.9 1.2 6.9-6.2-3.2"
             "-6.2 3.2 1.2-6.9-5-4.9 6.9-1z\"/></svg>");
}

void page_icon(struct buf *out, const char *path)
{
    html_raw(out, "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">"
                  "<path d=\"");
    html_text(out, path);
    html_raw(out, "\"/></svg>");
}

static void link_to(const struct visit *v, struct buf *out, const struct place *p,
                    const char *word)
{
    const char *period = v->request->query(v->request, "period");
    struct period known;
    const char *here = place_of(v->request->path);

    html_raw(out, "<a href=\"");
    html_text(out, p->path);
    if (p->has_period && period && period_parse(period, &known)) {
        html_raw(out, "?period=");
        html_text(out, period);
    }
    html_raw(out, "\"");
    if (!strcmp(p->path, here))
        html_raw(out, " aria-current=\"page\"");
    html_raw(out, ">");
    page_icon(out, p->icon);
    html_element(out, "span", NULL, word);
    html_raw(out, "</a>\n");
}

void page_form(const struct visit *v, struct buf *out, const char *path,
               const char *class_name)
{
    char token[GATE_TOKEN_CHARS];

    gate_form_token(v->server, v->visitor->token, token);
    html_raw(out, "<form method=\"post\" action=\"");
    html_text(out, path);
    html_raw(out, "\" class=\"");
    html_text(out, class_name);
    html_raw(out, "\"><input type=\"hidden\" name=\"ma\" value=\"");
    html_text(out, token);
    html_raw(out, "\">");
}

void page_me_links(const struct visit *v, struct buf *out)
{
    html_raw(out, "<div class=\"me\">");
    if (!v->visitor->known) {
        html_raw(out, "<a href=\"" GATE_LOGIN "\">");
        page_icon(out, ICON_USER);
        html_raw(out, "<span>Đăng nhập</span></a></div>\n");
        return;
    }
    html_raw(out, "<a href=\"/toi\"");
    if (!strcmp(v->request->path, "/toi"))
        html_raw(out, " aria-current=\"page\"");
    html_raw(out, ">");
    page_icon(out, ICON_USER);
    html_element(out, "span", NULL, v->visitor->staff.name);
    html_raw(out, "</a>\n");
    page_form(v, out, "/dang-xuat", "out");
    html_raw(out, "<button type=\"submit\">");
    page_icon(out, ICON_EXIT);
    html_raw(out, "<span>Đăng xuất</span></button></form></div>\n");
}

static bool is_elsewhere(const struct server *s, const struct place *p)
{
    return p->whose == (s->is_province ? OF_COMMUNE : OF_PROVINCE);
}

bool page_is_elsewhere(const struct server *s, const char *path)
{
    for (size_t i = 0; i < COUNT(places); i++)
        if (!strcmp(places[i].path, path))
            return strcmp(path, "/") && is_elsewhere(s, &places[i]);
    return false;
}

void page_places(const struct visit *v, struct buf *out, bool bottom)
{
    for (size_t i = 0; i < COUNT(places); i++) {
        const struct place *p = &places[i];

        if (is_elsewhere(v->server, p))
            continue;
        if (gate_may(v->server, v->visitor, p->access) && (!bottom || p->short_word))
            link_to(v, out, p, bottom ? p->short_word : p->word);
    }
}

static void bottom(const struct visit *v, struct buf *out)
{
    static const struct place more = { "/them",     ICON_LIST, NULL,  NULL,
                                       FOR_FIGURES, false,     OF_ALL };

    html_raw(out, "<nav class=\"bottom\" aria-label=\"Các trang chính\">");
    page_places(v, out, true);
    link_to(v, out, &more, "Thêm");
    html_raw(out, "</nav>\n");
}

enum err page_begin(const struct visit *v, struct buf *out, const char *title)
{
    struct buf commune;
    enum err err;

    buf_init(&commune, SETTING_VALUE_MAX + 1);
    err = settings_get(v->server, "commune.name", v->server->commune, &commune);
    page_head(out, title, buf_text(&commune));
    html_raw(out,
             "<a class=\"skip\" href=\"#noi-dung\">Tới nội dung</a>\n"
             "<div class=\"house\">\n<header class=\"side\"><div class=\"brand\">");
    page_seal(out);
    html_raw(out, "<p><b>Bình dân học vụ số</b><br>");
    html_text(out, buf_text(&commune));
    html_raw(out, "</p></div>\n<nav aria-label=\"Các trang\">");
    page_places(v, out, false);
    html_raw(out, "</nav>\n");
    page_me_links(v, out);
    html_raw(out, "</header>\n");
    bottom(v, out);
    html_raw(out, "<main id=\"noi-dung\">\n");
    buf_finish(&commune);
    return server_note(v->server, err);
}

void page_end(struct buf *out)
{
    html_raw(out, "</main></div></body></html>\n");
}

void page_top(struct buf *out, const char *title, const char *line)
{
    html_raw(out, "<div class=\"top\"><div class=\"grow\">");
    html_element(out, "h1", NULL, title);
    if (*line)
        html_element(out, "p", "mute", line);
    html_raw(out, "</div>\n");
}

void page_top_end(struct buf *out)
{
    html_raw(out, "</div>\n");
}

enum err page_say(const struct visit *v, struct http_response *r, unsigned status,
                  const char *title, const char *words)
{
    enum err err;

    r->status = status;
    r->type = "text/html; charset=utf-8";
    buf_clear(&r->body);
    err = page_begin(v, &r->body, title);
    page_top(&r->body, title, "");
    page_top_end(&r->body);
    html_element(&r->body, "p", "said", words);
    page_end(&r->body);
    return err;
}

void page_see(struct http_response *r, const char *path)
{
    r->status = 303;
    snprintf(r->location, sizeof(r->location), "%s", path);
}
