/* /cai-dat: the commune's settings, one box for each kind: what stands there, and a form for one
 * more line or another value. A kind is a row of `kinds`; what is wrong is found by settings.c.
 * Pages, reports and kiosks (settings.h) read the result. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/utf8.h"
#include "form.h"
#include "html.h"
#include "pages.h"
#include "settings.h"

#define PATH "/cai-dat"
#define FIELDS_MAX 7
#define FIELD_BYTES 400
#define ACT_BYTES 32

enum type { LINE, NUMBER, DAY, GROUP, THON };

struct field {
    const char *word, *hint;
    enum type type;
    bool of_key; /* else of the value */
};

static const struct kind {
    const char *code, *prefix; /* "target." */
    const char *title, *line;
    struct field fields[FIELDS_MAX];
} kinds[] = {
    { "xa",
      "commune.",
      "Tên xã",
      "Đứng trên trang, trên máy và trong báo cáo.",
      { { "Tên xã", "Xã Đặng Thùy Trâm", LINE, false } } },
    { "thon",
      "thon.",
      "Các thôn",
      "Mã như t01 không đổi; tên thì đổi được.",
      { { "Mã thôn", "t01", LINE, true }, { "Tên thôn", "Nước Giáp", LINE, false } } },
    { "don-vi",
      "unit.",
      "Đơn vị, tổ chức",
      "Ai mở buổi học, ai có cán bộ đi học.",
      { { "Mã đơn vị", "u01", LINE, true }, { "Tên", "Hội Phụ nữ xã", LINE, false } } },
    { "chi-tieu",
      "target.",
      "Chỉ tiêu",
      "Số người xong ít nhất một bài.",
      { { "Nhóm", "", GROUP, true },
        { "Kỳ", "2026-H2, 2026, 2026-11, P1", LINE, true },
        { "Số người", "1200", NUMBER, false },
        { "Hạn", "", DAY, false },
        { "Văn bản giao", "KH 06/KH-UBND", LINE, false } } },
    { "dan-so",
      "base.",
      "Dân số để tính tỷ lệ",
      "Chưa biết số nào thì ghi dấu -.",
      { { "Thôn", "", THON, true },
        { "Năm", "2026", NUMBER, true },
        { "Số hộ", "90", LINE, false },
        { "Số người", "360", LINE, false },
        { "Người lớn", "240", LINE, false },
        { "Ngày", "", DAY, false },
        { "Nguồn", "Công an xã", LINE, false } } },
    { "chi-so",
      "index.",
      "Chỉ số chuyển đổi số (Biểu 8)",
      "Mã bắt đầu bằng g (chính quyền số), e (kinh tế số), s (xã hội số).",
      { { "Mã", "e01", LINE, true },
        { "Kỳ", "2026-H2", LINE, true },
        { "Tên chỉ số", "Hộ kinh doanh có mã QR", LINE, false },
        { "Giá trị", "34", LINE, false },
        { "Đơn vị tính", "hộ", LINE, false },
        { "Ngày", "", DAY, false },
        { "Nguồn", "Phòng Kinh tế", LINE, false } } },
    { "bao-cao",
      "report.",
      "Khung của báo cáo",
      "Mục: agency, agency-place, parent, symbol, place, signer, recipients, path, "
      "phase1-end. Nhiều dòng thì ngăn bằng dấu ;",
      { { "Mục", "signer", LINE, true },
        { "Lời", "TM. Ủy ban nhân dân; Chủ tịch", LINE, false } } },
    { "may",
      "kiosk.",
      "Nơi đặt máy",
      "Mã máy có ở trang Các máy.",
      { { "Mã máy", "", LINE, true },
        { "Nơi đặt", "Nhà văn hóa Nước Giáp", LINE, false } } },
};

static const struct {
    const char *code, *word;
} groups[] = { { "all", "Toàn xã" },
               { "g1", "Học sinh, sinh viên" },
               { "g2", "Người dân" },
               { "g3", "Cán bộ, công chức, viên chức" },
               { "g4", "Người lao động" } };

/* --- what stands there -------------------------------------------------------------------- */

struct listing {
    const struct visit *visit;
    const struct kind *kind;
    struct buf rows;
    struct buf thons; /* options of a choice */
};

static enum err add_row(void *ctx, const struct cell *c)
{
    struct listing *l = ctx;
    size_t n = strlen(l->kind->prefix);

    if (strncmp(c[0].text, l->kind->prefix, n) != 0)
        return ERR_OK;
    html_raw(&l->rows, "<tr><th scope=\"row\">");
    html_text(&l->rows, c[0].text + n);
    html_raw(&l->rows, "</th><td class=\"words\">");
    html_text(&l->rows, c[1].text);
    html_raw(&l->rows, "</td><td>");
    page_form(l->visit, &l->rows, PATH, "row-act");
    html_raw(&l->rows, "<input type=\"hidden\" name=\"viec\" value=\"bo\">"
                       "<input type=\"hidden\" name=\"khoa\" value=\"");
    html_text(&l->rows, c[0].text);
    html_raw(&l->rows,
             "\"><label class=\"check\"><input type=\"checkbox\" name=\"chac\""
             " value=\"co\"> Chắc</label><button class=\"button danger\""
             " type=\"submit\">Bỏ</button></form></td></tr>\n");
    return ERR_OK;
}

static enum err add_thon(void *ctx, const struct cell *c)
{
    struct listing *l = ctx;

    if (strncmp(c[0].text, "thon.", 5) != 0)
        return ERR_OK;
    html_raw(&l->thons, "<option value=\"");
    html_text(&l->thons, c[0].text + 5);
    html_raw(&l->thons, "\">");
    html_text(&l->thons, c[1].text);
    html_raw(&l->thons, "</option>");
    return ERR_OK;
}

static size_t n_fields(const struct kind *k)
{
    size_t n = 0;

    while (n < FIELDS_MAX && k->fields[n].word)
        n++;
    return n;
}

static void put_choice(const struct listing *l, struct buf *out, enum type type)
{
    if (type == THON) {
        buf_add(out, buf_text(&l->thons), l->thons.len);
        return;
    }
    for (size_t i = 0; i < COUNT(groups); i++) {
        html_raw(out, "<option value=\"");
        html_text(out, groups[i].code);
        html_raw(out, "\">");
        html_text(out, groups[i].word);
        html_raw(out, "</option>");
    }
}

static void put_field(const struct listing *l, struct buf *out, size_t i)
{
    static const char *const types[] = {
        [LINE] = "text", [NUMBER] = "number", [DAY] = "date"
    };
    const struct field *f = &l->kind->fields[i];
    char id[48];

    snprintf(id, sizeof(id), "%s-%zu", l->kind->code, i);
    html_raw(out, "<label for=\"");
    html_text(out, id);
    html_raw(out, "\">");
    html_text(out, f->word);
    html_raw(out, "</label>");
    if (f->type == GROUP || f->type == THON) {
        buf_printf(out, "<select id=\"%s\" name=\"o%zu\">", id, i);
        put_choice(l, out, f->type);
        html_raw(out, "</select>");
        return;
    }
    buf_printf(out,
               "<input id=\"%s\" name=\"o%zu\" type=\"%s\" required maxlength=\"%d\"",
               id, i, types[f->type], FIELD_BYTES);
    html_raw(out, " placeholder=\"");
    html_text(out, f->hint);
    html_raw(out, "\">");
}

static enum err put_kind(struct listing *l, struct buf *out)
{
    enum err err;

    buf_clear(&l->rows);
    err = store_run_plain(l->visit->server->store, Q_SETTINGS, add_row, l);
    page_box(out, l->kind->code, "", l->kind->title);
    html_element(out, "p", "mute", l->kind->line);
    if (l->rows.len) {
        page_table(out, l->kind->title);
        html_raw(out, "<tr><th scope=\"col\">Mã</th><th scope=\"col\">Đang ghi</th>"
                      "<th scope=\"col\">Việc</th></tr></thead><tbody>\n");
        buf_add(out, buf_text(&l->rows), l->rows.len);
        page_table_end(out);
    }
    html_raw(out, "<details><summary>Ghi thêm, hoặc ghi lại</summary>");
    page_form(l->visit, out, PATH, "stack");
    html_raw(out, "<input type=\"hidden\" name=\"viec\" value=\"ghi\">"
                  "<input type=\"hidden\" name=\"loai\" value=\"");
    html_text(out, l->kind->code);
    html_raw(out, "\">");
    for (size_t i = 0; i < n_fields(l->kind); i++)
        put_field(l, out, i);
    html_raw(out, "<button class=\"button\" type=\"submit\">Ghi lại</button></form>"
                  "</details>");
    page_box_end(out);
    return err;
}

enum err page_settings(const struct visit *v, struct http_response *r)
{
    struct listing l = { .visit = v };
    struct buf *out = &r->body;
    enum err err = page_begin(v, out, "Cài đặt của xã");

    buf_init(&l.rows, out->max);
    buf_init(&l.thons, out->max);
    page_top(out, "Cài đặt của xã", "Máy và báo cáo dùng những điều ghi ở đây.");
    page_top_end(out);
    if (!err)
        err = store_run_plain(v->server->store, Q_SETTINGS, add_thon, &l);
    html_raw(out, "<div class=\"boxes-two\">");
    for (size_t i = 0; !err && i < COUNT(kinds); i++) {
        l.kind = &kinds[i];
        err = put_kind(&l, out);
    }
    html_raw(out, "</div>\n");
    page_end(out);
    buf_finish(&l.rows);
    buf_finish(&l.thons);
    return server_note(v->server, err);
}

/* --- what is posted ----------------------------------------------------------------------- */

static const struct kind *kind_of(const char *code)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (!strcmp(kinds[i].code, code))
            return &kinds[i];
    return NULL;
}

/* Key and value out of the fields: parts of a key joined by dots, of a value by "; ". False: one
 * is missing or no text. */
static bool read_fields(const struct http_request *q, const struct kind *k,
                        struct buf *key, struct buf *value)
{
    buf_str(key, k->prefix);
    for (size_t i = 0; i < n_fields(k); i++) {
        bool of_key = k->fields[i].of_key;
        struct buf *to = of_key ? key : value;
        char name[8], text[FIELD_BYTES + 1];

        snprintf(name, sizeof(name), "o%zu", i);
        if (!form_value(q->body, q->n_body, name, text, sizeof(text)) || !*text ||
            !utf8_valid(text, strlen(text)))
            return false;
        if (to->len && (!of_key || to->len > strlen(k->prefix)))
            buf_str(to, of_key ? "." : "; ");
        for (char *c = text; of_key && *c; c++) /* 2026-H2 as the keys have it */
            if (*c >= 'A' && *c <= 'Z')
                *c = (char)(*c - 'A' + 'a');
        buf_str(to, text);
    }
    if (!strcmp(k->code, "xa"))
        buf_str(key, "name");
    return !key->overflow && !value->overflow;
}

/* Only what a kind of this page names: keys of the server's own trust are set where it stands. */
static bool is_shown(const char *key)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (!strncmp(kinds[i].prefix, key, strlen(kinds[i].prefix)))
            return true;
    return false;
}

static enum err change(const struct visit *v, struct buf *key, struct buf *value)
{
    const struct http_request *q = v->request;
    char act[ACT_BYTES], text[FIELD_BYTES + 1];
    const struct kind *kind;

    form_value(q->body, q->n_body, "viec", act, sizeof(act));
    if (!strcmp(act, "ghi")) {
        form_value(q->body, q->n_body, "loai", text, sizeof(text));
        kind = kind_of(text);
        return kind && read_fields(q, kind, key, value) ? ERR_OK : ERR_REJECTED;
    }
    form_value(q->body, q->n_body, "chac", text, sizeof(text));
    if (strcmp(act, "bo") != 0 || strcmp(text, "co") != 0)
        return ERR_REJECTED;
    form_value(q->body, q->n_body, "khoa", text, sizeof(text));
    buf_str(key, text);
    return is_shown(text) ? ERR_OK : ERR_REJECTED;
}

enum err page_settings_post(const struct visit *v, struct http_response *r)
{
    struct buf key, value;
    const char *why = "";
    enum err err;

    buf_init(&key, SETTING_KEY_MAX);
    buf_init(&value, SETTING_VALUE_MAX);
    err = change(v, &key, &value);
    if (!err)
        err = settings_set_by(v->server, v->visitor->staff.name, buf_text(&key),
                              buf_text(&value), &why);
    buf_finish(&key);
    buf_finish(&value);
    if (err == ERR_REJECTED)
        return page_say(
            v, r, 400, "Chưa ghi gì cả",
            "Có ô viết chưa đúng: mã là chữ thường không dấu và số, kỳ như "
            "2026-H2, ngày có thật, lời không có dấu chấm phẩy trừ khung báo "
            "cáo. Muốn bỏ thì đánh dấu Chắc. Mời trở lại trang Cài đặt.");
    if (!err)
        page_see(r, PATH);
    return server_note(v->server, err);
}
