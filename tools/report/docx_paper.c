/* The frame of NĐ 30/2020/NĐ-CP, Phụ lục I: what stands where, and in which letters. */
#include "base/buf.h"
#include "base/check.h"
#include "docx_text.h"
#include "xml.h"

#define MM 57 /* twentieths of a point, rounded */
/* A4 upright, 20 mm above and below, 30 mm left, 15 mm right */
#define LEFT_WIDTH 3700
#define RIGHT_WIDTH 5650
#define PAGE                                                                        \
    "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"850\" " \
    "w:bottom=\"1134\" w:left=\"1701\" w:header=\"567\" w:footer=\"567\" "          \
    "w:gutter=\"0\"/>"

static void letters(struct buf *out, const struct docx_look *look)
{
    buf_str(out, "<w:rPr>");
    if (look->bold)
        buf_str(out, "<w:b/>");
    if (look->italic)
        buf_str(out, "<w:i/>");
    if (look->capitals)
        buf_str(out, "<w:caps/>");
    if (look->half_points)
        buf_printf(out, "<w:sz w:val=\"%d\"/>", look->half_points);
    buf_str(out, "</w:rPr>");
}

void docx_paragraph(struct buf *out, const struct docx_look *look, const char *text)
{
    static const char *const aligns[] = { "left", "center", "right", "both" };

    buf_str(out, "<w:p><w:pPr>");
    if (look->kept)
        buf_str(out, "<w:keepNext/>");
    if (look->line_margin_mm)
        buf_str(out, "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" "
                     "w:color=\"000000\"/></w:pBdr>");
    if (look->open)
        buf_printf(out,
                   "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"%d\"/>"
                   "</w:tabs>",
                   LEFT_WIDTH + RIGHT_WIDTH);
    buf_printf(out, "<w:spacing w:before=\"%d\" w:after=\"%d\"/>",
               look->no_gap ? 0 : 120, look->no_gap ? 0 : 60);
    if (look->line_margin_mm)
        buf_printf(out, "<w:ind w:left=\"%d\" w:right=\"%d\"/>",
                   look->line_margin_mm * MM, look->line_margin_mm * MM);
    else if (look->indented)
        buf_str(out, "<w:ind w:firstLine=\"720\"/>");
    buf_printf(out, "<w:jc w:val=\"%s\"/>", aligns[look->align]);
    letters(out, look); /* of the mark at its end: an empty one is as high as that */
    buf_str(out, "</w:pPr><w:r>");
    letters(out, look);
    buf_str(out, "<w:t xml:space=\"preserve\">");
    xml_text(out, text ? text : "");
    buf_str(out, "</w:t>");
    if (look->open)
        buf_str(out, "<w:tab/>");
    buf_str(out, "</w:r></w:p>");
}

/* --- two columns without borders ----------------------------------------------------------- */

static void columns_open(struct buf *out)
{
    buf_printf(
        out,
        "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout "
        "w:type=\"fixed\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"%d\"/><w:gridCol "
        "w:w=\"%d\"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>",
        LEFT_WIDTH + RIGHT_WIDTH, LEFT_WIDTH, RIGHT_WIDTH);
}

static void column_open(struct buf *out, int width)
{
    buf_printf(out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", width);
}

static void column_close(struct buf *out)
{
    buf_str(out, "</w:tc>");
}

static void columns_close(struct buf *out)
{
    buf_str(out, "</w:tr></w:tbl>");
}

static const char *text_of(const json_value *paper, const char *key)
{
    const char *text = json_text(json_get(paper, key));

    return text ? text : "";
}

/* --- the head -------------------------------------------------------------------------------- */

static void issuer(struct buf *out, const json_value *paper)
{
    static const struct docx_look plain = {
        .align = DOCX_CENTRE, .half_points = 26, .capitals = true, .no_gap = true
    };
    static const struct docx_look strong = { .align = DOCX_CENTRE,
                                             .half_points = 26,
                                             .bold = true,
                                             .capitals = true,
                                             .no_gap = true };
    static const struct docx_look line = {
        .align = DOCX_CENTRE, .half_points = 4, .no_gap = true, .line_margin_mm = 20
    };
    static const struct docx_look number = { .align = DOCX_CENTRE, .half_points = 26 };

    column_open(out, LEFT_WIDTH);
    if (*text_of(paper, "parent"))
        docx_paragraph(out, &plain, text_of(paper, "parent"));
    docx_paragraph(out, &strong, text_of(paper, "agency"));
    docx_paragraph(out, &strong, text_of(paper, "agency_place"));
    docx_paragraph(out, &line, "");
    docx_paragraph(out, &number, text_of(paper, "number"));
    column_close(out);
}

static void nation(struct buf *out, const json_value *paper)
{
    static const struct docx_look name = {
        .align = DOCX_CENTRE, .half_points = 26, .bold = true, .no_gap = true
    };
    static const struct docx_look motto = {
        .align = DOCX_CENTRE, .half_points = 28, .bold = true, .no_gap = true
    };
    static const struct docx_look line = {
        .align = DOCX_CENTRE, .half_points = 4, .no_gap = true, .line_margin_mm = 17
    };
    static const struct docx_look day = { .align = DOCX_CENTRE,
                                          .half_points = 28,
                                          .italic = true };

    column_open(out, RIGHT_WIDTH);
    docx_paragraph(out, &name, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    docx_paragraph(out, &motto, "Độc lập - Tự do - Hạnh phúc");
    docx_paragraph(out, &line, "");
    docx_paragraph(out, &day, text_of(paper, "day"));
    column_close(out);
}

static void subject(struct buf *out, const json_value *paper)
{
    static const struct docx_look gap = { .half_points = 12, .no_gap = true };
    static const struct docx_look kind = { .align = DOCX_CENTRE,
                                           .half_points = 28,
                                           .bold = true,
                                           .capitals = true,
                                           .no_gap = true,
                                           .kept = true };
    static const struct docx_look about = { .align = DOCX_CENTRE,
                                            .half_points = 28,
                                            .bold = true,
                                            .no_gap = true,
                                            .kept = true };
    static const struct docx_look line = {
        .align = DOCX_CENTRE, .half_points = 4, .no_gap = true, .line_margin_mm = 60
    };

    docx_paragraph(out, &gap, "");
    docx_paragraph(out, &kind, text_of(paper, "kind"));
    docx_paragraph(out, &about, text_of(paper, "about"));
    docx_paragraph(out, &line, "");
}

/* --- the body -------------------------------------------------------------------------------- */

static void body(struct buf *out, const json_value *lines)
{
    static const struct docx_look heading = {
        .align = DOCX_JUSTIFIED, .bold = true, .indented = true, .kept = true
    };
    static const struct docx_look text = { .align = DOCX_JUSTIFIED, .indented = true };
    static const struct docx_look last = { .align = DOCX_JUSTIFIED,
                                           .indented = true,
                                           .kept = true }; /* with the signature */
    static const struct docx_look open = { .indented = true, .open = true };

    for (size_t i = 0; i < json_count(lines); i++) {
        const json_value *line = json_at(lines, i);
        const char *words;

        if ((words = json_text(json_get(line, "heading"))))
            docx_paragraph(out, &heading, words);
        else if ((words = json_text(json_get(line, "open"))))
            docx_paragraph(out, &open, words);
        else
            docx_paragraph(out, i + 1 < json_count(lines) ? &text : &last,
                           json_text(json_get(line, "text")));
    }
}

/* --- the foot -------------------------------------------------------------------------------- */

static void recipients(struct buf *out, const json_value *list)
{
    static const struct docx_look word = {
        .half_points = 24, .bold = true, .italic = true, .no_gap = true, .kept = true
    };
    static const struct docx_look one = { .half_points = 22, .no_gap = true };

    column_open(out, LEFT_WIDTH + 800);
    docx_paragraph(out, &word, "Nơi nhận:");
    for (size_t i = 0; i < json_count(list); i++)
        docx_paragraph(out, &one, json_text(json_at(list, i)));
    column_close(out);
}

/* Room for the signature and the seal; the name is typed by whoever signs. */
static void signer(struct buf *out, const json_value *lines)
{
    static const struct docx_look strong = { .align = DOCX_CENTRE,
                                             .half_points = 28,
                                             .bold = true,
                                             .capitals = true,
                                             .no_gap = true };

    column_open(out, RIGHT_WIDTH - 800);
    for (size_t i = 0; i < json_count(lines); i++)
        docx_paragraph(out, &strong, json_text(json_at(lines, i)));
    for (int i = 0; i < 6; i++)
        docx_paragraph(out, &strong, "");
    column_close(out);
}

void docx_paper(struct buf *out, const json_value *paper)
{
    static const struct docx_look gap = { .half_points = 12,
                                          .no_gap = true,
                                          .kept = true };

    columns_open(out);
    issuer(out, paper);
    nation(out, paper);
    columns_close(out);
    subject(out, paper);
    body(out, json_get(paper, "body"));
    docx_paragraph(out, &gap, "");
    columns_open(out);
    recipients(out, json_get(paper, "recipients"));
    signer(out, json_get(paper, "signer"));
    columns_close(out);
    /* No number on the first page. */
    buf_str(out, "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" "
                 "w:lineRule=\"exact\"/><w:rPr><w:sz "
                 "w:val=\"2\"/></w:rPr><w:sectPr><w:headerReference w:type=\"default\" "
                 "r:id=\"rId2\"/>" PAGE "<w:titlePg/></w:sectPr></w:pPr></w:p>");
}

void docx_annex(struct buf *out, const json_value *paper)
{
    static const struct docx_look head = {
        .align = DOCX_CENTRE, .half_points = 28, .bold = true, .no_gap = true
    };
    static const struct docx_look title = { .align = DOCX_CENTRE,
                                            .half_points = 28,
                                            .bold = true,
                                            .capitals = true,
                                            .no_gap = true };
    static const struct docx_look of = {
        .align = DOCX_CENTRE, .half_points = 28, .italic = true, .no_gap = true
    };

    docx_paragraph(out, &head, text_of(paper, "annex"));
    docx_paragraph(out, &title, text_of(paper, "annex_title"));
    docx_paragraph(out, &of, text_of(paper, "annex_of"));
}
