/* See paper.h. */
#include "paper.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/encoding.h"
#include "form.h"
#include "html.h"
#include "page.h"
#include "settings.h"
#include "titles.h"
#include "wire/certificate.h"

#define CODE_MAX 512 /* of what people type, blanks and all */
#define KEY_BYTES 64

/* --- whose it is -------------------------------------------------------------------- */

struct finding {
    const char *text;
    struct certificate paper;
    bool known;   /* a machine of ours has a key of that tag */
    bool valid;   /* … and signed it */
    bool revoked; /* … with a key that is not trusted any more */
    char kiosk[BUNDLE_ID_MAX + 1];
};

static enum err try_key(void *ctx, const struct cell *cells)
{
    struct finding *f = ctx;
    unsigned char public_key[JWS_PUBLIC_BYTES];
    struct jws_key key;

    if (f->valid || !cells[1].text ||
        encoding_unhex(cells[1].text, public_key, sizeof(public_key)))
        return ERR_OK;
    f->known = true;
    jws_key_public(public_key, &key);
    if (certificate_verify(f->text, &key, &f->paper))
        return ERR_OK;
    f->valid = true;
    f->revoked = cells[2].text && !strcmp(cells[2].text, "revoked");
    (void)snprintf(f->kiosk, sizeof(f->kiosk), "%s", cells[0].text);
    return ERR_OK;
}

/* --- words -------------------------------------------------------------------------- */

static void row(struct buf *out, const char *label, const char *value)
{
    html_raw(out, "<tr>");
    html_element(out, "th", NULL, label);
    html_element(out, "td", NULL, value);
    html_raw(out, "</tr>");
}

/* "group.id" of the settings, else `fallback`. */
static enum err named_row(struct server *s, struct buf *out, const char *label,
                          const char *group, const char *id, const char *fallback)
{
    char key[KEY_BYTES];
    struct buf text;
    enum err err;

    (void)snprintf(key, sizeof(key), "%s.%s", group, id);
    buf_init(&text, SETTING_VALUE_MAX + 1);
    err = settings_get(s, key, fallback, &text);
    row(out, label, buf_text(&text));
    buf_finish(&text);
    return err;
}

static const char *module_title(const struct server *s, const char *id)
{
    size_t at = s->titles ? titles_find(s->titles, id) : 0;

    return s->titles && at < s->titles->n_rows ? s->titles->rows[at].text : id;
}

static enum err say_valid(struct server *s, const struct finding *f, struct buf *out)
{
    const struct certificate *c = &f->paper;
    char number[CERTIFICATE_REF_CHARS], day[32] = "máy chưa rõ ngày";
    int y, m, d;
    enum err err;

    certificate_number(c, number);
    if (c->day >= 0) {
        clock_day_civil(c->day, &y, &m, &d);
        (void)snprintf(day, sizeof(day), "%02d/%02d/%d", d, m, y);
    }
    html_element(out, "p", f->revoked ? "chip later" : "chip good",
                 f->revoked ? "Chữ ký đúng, nhưng khóa của máy này đã bị thu hồi: hỏi "
                              "lại điểm học"
                            : "Giấy thật: mã do máy của xã ký");
    html_raw(out, "<table>");
    err = named_row(s, out, "Đã hoàn thành phần", "module", c->unit,
                    module_title(s, c->unit));
    row(out, "Ngày", day);
    row(out, "Số", number);
    if (!err)
        err = named_row(s, out, "Máy", "kiosk", f->kiosk, f->kiosk);
    row(out, "Họ tên",
        c->named ? "có in trên giấy; mã này không chứa tên"
                 : "không in: tên viết tay trên giấy không được mã này xác nhận");
    html_raw(out, "</table><p class=\"mute\">Mời so các dòng trên với tờ giấy. Trang "
                  "này không hỏi tên; muốn biết tên có bị sửa không, người quản trị "
                  "dùng lệnh <b>bdhvs-ctl verify-certificate</b>.</p>");
    return err;
}

static void say_invalid(const struct finding *f, bool readable, struct buf *out)
{
    html_element(out, "p", "chip later", "Chưa xác nhận được giấy này");
    html_element(out, "p", NULL,
                 !readable ? "Mã gõ thiếu hoặc sai. Mời gõ lại, hoặc soi lại ô vuông."
                 : f->known ? "Mã đã bị sửa: chữ ký không khớp."
                            : "Mã không phải của máy nào trong xã này.");
}

static enum err answer(struct server *s, const char *code, struct buf *out)
{
    struct finding f = { .text = code };
    bool readable = !certificate_peek(code, &f.paper);
    enum err err = ERR_OK;
    char tag[CERTIFICATE_TAG_CHARS];

    memcpy(tag, f.paper.tag, sizeof(tag));
    if (readable)
        err = server_note(
            s, store_run(s->store, Q_KIOSK_BY_TAG, try_key, &f, PARAM_TEXT(tag)));
    if (err)
        return err;
    html_raw(out, "<section class=\"box\" role=\"status\">");
    if (f.valid)
        err = say_valid(s, &f, out);
    else
        say_invalid(&f, readable, out);
    html_raw(out, "</section>\n");
    return err;
}

enum err paper_page(struct server *s, const char *form, size_t n, struct buf *out)
{
    char code[CODE_MAX] = "";
    struct buf commune;
    enum err err;

    buf_init(&commune, SETTING_VALUE_MAX + 1);
    err = settings_get(s, "commune.name", s->commune, &commune);
    if (!err) {
        page_head(out, "Kiểm tra giấy ghi nhận", buf_text(&commune));
        html_raw(out, "<main class=\"alone\"><h1>Kiểm tra giấy ghi nhận</h1>\n");
        if (form) {
            form_value(form, n, "ma", code, sizeof(code));
            err = answer(s, code, out);
        }
        html_raw(
            out,
            "<form class=\"box\" method=\"post\" action=\"/giay\"><label "
            "for=\"ma\">Mã trên giấy (bắt đầu bằng BC1), chép hoặc dán vào đây</label>"
            "<textarea id=\"ma\" name=\"ma\" rows=\"5\" maxlength=\"500\" required "
            "autocomplete=\"off\" spellcheck=\"false\"></textarea>"
            "<button class=\"button\">Kiểm tra</button></form>\n"
            "<p class=\"mute\">Giấy ghi nhận không thay thế xác nhận phổ cập kỹ năng "
            "số trên VNeID. Máy chủ không lưu mã này.</p></main></body></html>\n");
    }
    buf_finish(&commune);
    return err;
}
