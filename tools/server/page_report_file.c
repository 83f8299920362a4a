/* The report as a file, and the figures that are kept for good: beside the printed page of
 * /bao-cao. Workbooks and text documents are made by bdhvs-report in a process of its own; the
 * server waits for it, a few seconds at most. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "form.h"
#include "frozen.h"
#include "html.h"
#include "icons.h"
#include "pages.h"
#include "report_command.h"
#include "report_file.h"
#include "report_make.h"

#define PATH "/bao-cao/tai"
#define KEEP_PATH "/bao-cao/chot"
#define DOCUMENT_MAX (8u << 20)
#define HELPER_SECONDS 15 /* kiosks wait meanwhile */
#define FIELD_CHARS 64
#define WHY_MAX 512

static const struct choice {
    const char *code, *word, *format, *ending;
    enum report_shape shape;
} choices[] = {
    { "docx", "Word: cả báo cáo", "docx", "docx", REPORT_WHOLE },
    { "muc", "Word: mục để chèn vào báo cáo khác", "docx", "docx", REPORT_SECTION },
    { "xlsx", "Excel: các biểu và từ điển số liệu", "xlsx", "xlsx", REPORT_WHOLE },
    { "csv", "CSV", "csv", "csv", REPORT_WHOLE },
    { "json", "JSON", "json", "json", REPORT_WHOLE },
    { "dhis2", "DHIS2", "dhis2", "dhis2.json", REPORT_WHOLE },
};

/* --- the boxes on /bao-cao ---------------------------------------------------------------- */

static void download(struct buf *out, const char *period)
{
    html_raw(out, "<form method=\"get\" action=\"" PATH "\" class=\"box stack\">"
                  "<h2>Tải báo cáo</h2>"
                  "<input type=\"hidden\" name=\"period\" value=\"");
    html_text(out, period);
    html_raw(out, "\"><label for=\"dang\">Loại tệp</label><select id=\"dang\""
                  " name=\"dang\">");
    for (size_t i = 0; i < COUNT(choices); i++) {
        html_raw(out, "<option value=\"");
        html_text(out, choices[i].code);
        html_raw(out, "\">");
        html_text(out, choices[i].word);
        html_raw(out, "</option>");
    }
    html_raw(out, "</select><label class=\"check\"><input type=\"checkbox\""
                  " name=\"ngoai\" value=\"1\"> Gửi ra ngoài xã: gộp số dưới 5</label>"
                  "<button class=\"button\" type=\"submit\">");
    page_icon(out, ICON_DOWNLOAD);
    html_raw(out, "Tải về</button></form>\n");
}

static void keep(const struct visit *v, struct buf *out, const char *period,
                 int64_t version)
{
    bool may = gate_may(v->server, v->visitor, FOR_ADMINISTRATORS);

    if (!version && !may)
        return;
    html_raw(out, "<section class=\"box stack\"><h2>Chốt số liệu</h2><p>");
    if (version)
        buf_printf(out, "Kỳ này đã chốt, bản %" PRId64 ". Tệp tải về là số của bản ấy.",
                   version);
    else
        html_raw(out, "Chốt khi gửi báo cáo: từ đó số của kỳ này không đổi nữa.");
    html_raw(out, "</p>");
    if (may) {
        page_form(v, out, KEEP_PATH, "stack");
        html_raw(out, "<input type=\"hidden\" name=\"period\" value=\"");
        html_text(out, period);
        html_literal(out, version ? "\"><input type=\"hidden\" name=\"viec\" "
                                    "value=\"sua\"><button class=\"button plain\""
                                    " type=\"submit\">Chốt bản sửa, nếu số đã khác"
                                  : "\"><input type=\"hidden\" name=\"viec\" "
                                    "value=\"chot\"><button class=\"button plain\""
                                    " type=\"submit\">Chốt số liệu kỳ này");
        html_raw(out, "</button></form>");
    }
    html_raw(out, "</section>\n");
}

enum err page_report_files(const struct visit *v, const struct period *p,
                           struct buf *out)
{
    struct arena arena = { 0 };
    char name[PERIOD_NAME_CHARS];
    const char *period = name;
    int64_t version = 0;
    enum err err;

    period_name(p, name);
    err = report_period(v->server, name, &arena, &period);
    if (!err)
        err = frozen_last(v->server, period, &version);
    if (!err) {
        download(out, period);
        keep(v, out, period, version);
    }
    arena_finish(&arena);
    return server_note(v->server, err);
}

/* --- what is asked ------------------------------------------------------------------------ */

/* 0, or a status after nothing was done. `document` may be NULL. */
static unsigned ask(const struct visit *v, const char *period, const char *how,
                    struct buf *document)
{
    struct control_question q = { .words = { "report", period, how },
                                  .n_words = 3,
                                  .kiosk = "" };
    struct buf why;
    int code;

    buf_init(&why, WHY_MAX); /* in English, for the command line */
    code = report_answer(v->server, v->visitor->staff.name, &q, document, &why);
    buf_finish(&why);
    return !code ? 0 : code == 1 ? 503 : 400;
}

static enum err say_no(const struct visit *v, struct http_response *r, unsigned status)
{
    return page_say(v, r, status, "Chưa làm được tệp",
                    status == 400
                        ? "Không có kỳ hoặc loại tệp ấy. DHIS2 chỉ nhận tháng, quý, 6 "
                          "tháng, năm. Mời trở lại trang Báo cáo."
                        : "Máy chủ đang bận, hoặc thiếu chương trình làm tệp "
                          "(bdhvs-report). Mời thử lại, hoặc tải CSV.");
}

static const struct choice *choice_of(const char *code)
{
    for (size_t i = 0; code && i < COUNT(choices); i++)
        if (!strcmp(choices[i].code, code))
            return &choices[i];
    return NULL;
}

enum err page_report_file(const struct visit *v, struct http_response *r)
{
    const struct http_request *q = v->request;
    const struct choice *choice = choice_of(q->query(q, "dang"));
    const char *period = q->query(q, "period"), *why;
    struct report_file file = { .map = "", .seconds = HELPER_SECONDS };
    struct buf document;
    unsigned status = 400;
    size_t n_small;

    if (!choice || !period || strlen(period) >= PERIOD_NAME_CHARS)
        return say_no(v, r, 400);
    buf_init(&document, DOCUMENT_MAX);
    status = ask(v, period, "given", &document);
    if (!status) {
        file.format = report_format_of(choice->format);
        file.document = &document;
        file.shape = choice->shape;
        file.outside = q->query(q, "ngoai") != NULL;
        switch (report_file_write(&file, &r->body, &n_small, &why)) {
        case ERR_OK:
            r->type = file.format->type;
            snprintf(r->file_name, sizeof(r->file_name), "bao-cao-%s.%s", period,
                     choice->ending);
            break;
        case ERR_REJECTED:
            status = 400;
            break;
        default:
            status = 503;
        }
    }
    buf_finish(&document);
    return status ? say_no(v, r, status) : ERR_OK;
}

enum err page_report_keep_post(const struct visit *v, struct http_response *r)
{
    const struct http_request *q = v->request;
    char act[FIELD_CHARS], period[FIELD_CHARS];
    struct period known;
    struct buf document;
    unsigned status = 400;

    form_value(q->body, q->n_body, "viec", act, sizeof(act));
    form_value(q->body, q->n_body, "period", period, sizeof(period));
    buf_init(&document, DOCUMENT_MAX);
    if (period_parse(period, &known) && (!strcmp(act, "chot") || !strcmp(act, "sua")))
        status = ask(v, period, !strcmp(act, "sua") ? "correct" : "freeze", &document);
    buf_finish(&document);
    if (status)
        return page_say(v, r, status, "Chưa chốt được",
                        "Giờ của máy chủ chưa đúng, kỳ không có, hoặc máy đang bận. "
                        "Chưa có gì thay đổi.");
    snprintf(r->location, sizeof(r->location), "/bao-cao?period=%s", period);
    r->status = 303;
    return ERR_OK;
}
