/* A report as officials send it on: A4, Times New Roman, tables whose header is repeated
 * on every page. They finish the text themselves. */
#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "commands.h"
#include "docx_text.h"
#include "package.h"
#include "tables.h"
#include "xml.h"

#define PART_MAX (64u << 20)
#define NS "http://schemas.openxmlformats.org/"
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

static const char types[] = HEAD
    "<Types xmlns=\"" NS "package/2006/content-types\"><Default Extension=\"rels\" "
    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override "
    "PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-"
    "officedocument.wordprocessingml.document.main+xml\"/><Override "
    "PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-"
    "officedocument.wordprocessingml.styles+xml\"/><Override "
    "PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-"
    "officedocument.wordprocessingml.header+xml\"/></Types>";
static const char root_rels[] =
    HEAD "<Relationships xmlns=\"" NS
         "package/2006/relationships\"><Relationship Id=\"rId1\" "
         "Type=\"" NS "officeDocument/2006/relationships/officeDocument\" "
         "Target=\"word/document.xml\"/></Relationships>";
static const char rels[] =
    HEAD "<Relationships xmlns=\"" NS
         "package/2006/relationships\"><Relationship Id=\"rId1\" "
         "Type=\"" NS "officeDocument/2006/relationships/styles\" "
         "Target=\"styles.xml\"/><Relationship Id=\"rId2\" "
         "Type=\"" NS "officeDocument/2006/relationships/header\" "
         "Target=\"header1.xml\"/></Relationships>";
/* The number of the page, above the text and in its middle: for papers (docx_paper.c). */
static const char header[] = HEAD
    "<w:hdr xmlns:w=\"" NS "wordprocessingml/2006/main\"><w:p><w:pPr><w:jc "
    "w:val=\"center\"/></w:pPr><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>"
    "<w:instrText xml:space=\"preserve\">PAGE</w:instrText></w:r><w:r><w:fldChar "
    "w:fldCharType=\"end\"/></w:r></w:p></w:hdr>";
static const char styles[] = HEAD
    "<w:styles xmlns:w=\"" NS "wordprocessingml/2006/main\"><w:docDefaults>"
    "<w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New "
    "Roman\" w:cs=\"Times New Roman\" w:eastAsia=\"Times New Roman\"/><w:sz "
    "w:val=\"28\"/><w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault><w:pPrDefault>"
    "<w:pPr><w:spacing w:before=\"60\" w:after=\"60\"/></w:pPr></w:pPrDefault>"
    "</w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" "
    "w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:pPr>"
    "<w:jc w:val=\"center\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/>"
    "<w:pPr><w:keepNext/><w:spacing w:before=\"240\"/><w:outlineLvl w:val=\"0\"/>"
    "</w:pPr><w:rPr><w:b/></w:rPr></w:style><w:style w:type=\"paragraph\" "
    "w:styleId=\"Note\"><w:name w:val=\"Note\"/><w:pPr><w:spacing w:before=\"0\" "
    "w:after=\"0\"/></w:pPr><w:rPr><w:i/><w:sz w:val=\"20\"/></w:rPr></w:style>"
    "</w:styles>";

static void paragraph(struct buf *out, const char *style, const char *text)
{
    buf_str(out, "<w:p>");
    if (style)
        buf_printf(out, "<w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style);
    buf_str(out, "<w:r><w:t xml:space=\"preserve\">");
    xml_text(out, text ? text : "");
    buf_str(out, "</w:t></w:r></w:p>");
}

#define NARROW_COLUMNS 12 /* from here on letters are smaller still: A4 is 25 cm wide */
#define KEPT_ROWS_MAX 15  /* a short table stays on one page */

enum cell_look { CELL_LEFT, CELL_RIGHT, CELL_HEAD };

struct cell_style {
    enum cell_look look;
    bool strong, kept;
};

/* Cells are set smaller than the text: seventeen columns must fit. */
static void cell(struct buf *out, const struct table *t, const struct cell_style *style,
                 const char *text)
{
    static const char *const aligns[] = { "left", "right", "center" };
    int size = t->n_columns > NARROW_COLUMNS ? 16 : 20;

    buf_printf(
        out,
        "<w:tc><w:tcPr><w:vAlign w:val=\"%s\"/></w:tcPr><w:p><w:pPr>%s<w:spacing "
        "w:before=\"20\" w:after=\"20\"/><w:jc w:val=\"%s\"/><w:rPr><w:sz "
        "w:val=\"%d\"/></w:rPr></w:pPr><w:r><w:rPr>%s<w:sz w:val=\"%d\"/></w:rPr>"
        "<w:t xml:space=\"preserve\">",
        style->look == CELL_HEAD ? "center" : "top", style->kept ? "<w:keepNext/>" : "",
        aligns[style->look], size, style->strong ? "<w:b/>" : "", size);
    xml_text(out, text);
    buf_str(out, "</w:t></w:r></w:p></w:tc>");
}

/* "1.234" and "69,9%", as they are written here. */
static void number_text(struct buf *out, enum column_kind kind, int64_t v)
{
    uint64_t left = (uint64_t)(v < 0 ? -v : v), tenths = left % 10;
    char digits[32];
    int n = 0;

    if (kind == COLUMN_DATE) {
        int year, month, day;

        clock_day_civil(v, &year, &month, &day);
        buf_printf(out, "%02d/%02d/%d", day, month, year);
        return;
    }
    if (v < 0)
        buf_char(out, '-');
    if (kind == COLUMN_PERCENT)
        left /= 10;
    for (int group = 0; left || n == 0; left /= 10, group++) {
        if (group && group % 3 == 0)
            digits[n++] = '.';
        digits[n++] = (char)('0' + left % 10);
    }
    while (n)
        buf_char(out, digits[--n]);
    if (kind == COLUMN_PERCENT)
        buf_printf(out, ",%u%%", (unsigned)tenths);
}

static void data_cell(struct buf *out, const struct table *t, size_t row, size_t column,
                      struct cell_style style)
{
    const char *text;
    int64_t number = 0;
    struct buf shown;

    switch (table_cell(t, row, column, &text, &number)) {
    case CELL_TEXT:
        cell(out, t, &style, text);
        break;
    case CELL_NUMBER:
        style.look = CELL_RIGHT;
        buf_init(&shown, 64);
        number_text(&shown, t->columns[column].kind, number);
        cell(out, t, &style, buf_text(&shown));
        buf_finish(&shown);
        break;
    default:
        cell(out, t, &style, "");
    }
}

static bool is_strong(const struct table *t, size_t row)
{
    int64_t n;

    for (size_t i = 0; i < json_count(t->strong); i++)
        if (!json_int(json_at(t->strong, i), 0, JSON_INT_MAX, &n) && (size_t)n == row)
            return true;
    return false;
}

static void write_table(struct buf *out, const struct table *t)
{
    static const struct cell_style head = { CELL_HEAD, .strong = true, .kept = true };

    paragraph(out, "Heading1", t->title ? t->title : t->name);
    buf_str(
        out,
        "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>"
        "<w:top w:val=\"single\" w:sz=\"4\"/><w:left w:val=\"single\" "
        "w:sz=\"4\"/><w:bottom w:val=\"single\" w:sz=\"4\"/><w:right "
        "w:val=\"single\" w:sz=\"4\"/><w:insideH w:val=\"single\" w:sz=\"4\"/>"
        "<w:insideV w:val=\"single\" w:sz=\"4\"/></w:tblBorders><w:tblCellMar><w:left "
        "w:w=\"55\" "
        "w:type=\"dxa\"/><w:right w:w=\"55\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>"
        "<w:tblGrid>");
    for (size_t c = 0; c < t->n_columns; c++)
        buf_printf(out, "<w:gridCol w:w=\"%d\"/>", t->columns[c].width * 100);
    buf_str(out, "</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>");
    for (size_t c = 0; c < t->n_columns; c++)
        cell(out, t, &head, t->columns[c].name);
    buf_str(out, "</w:tr>");
    for (size_t r = 0; r < t->n_rows; r++) {
        buf_str(out, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (size_t c = 0; c < t->n_columns; c++)
            data_cell(out, t, r, c,
                      (struct cell_style){ .strong = is_strong(t, r),
                                           .kept = t->n_rows <= KEPT_ROWS_MAX &&
                                                   r + 1 < t->n_rows });
        buf_str(out, "</w:tr>");
    }
    buf_str(out, "</w:tbl>");
    for (size_t i = 0; i < json_count(t->notes); i++)
        paragraph(out, "Note", json_text(json_at(t->notes, i)));
}

static enum err write_body(struct buf *out, const json_value *doc, struct refusal *no)
{
    const json_value *paragraphs = json_get(doc, "paragraphs");
    const json_value *paper = json_get(doc, "paper");
    struct table t;

    buf_str(out, HEAD "<w:document xmlns:w=\"" NS
                      "wordprocessingml/2006/main\" xmlns:r=\"" NS
                      "officeDocument/2006/relationships\"><w:body>");
    if (paper)
        docx_paper(out, paper);
    if (paper)
        docx_annex(out, paper);
    else
        paragraph(out, "Title", json_text(json_get(doc, "title")));
    for (size_t i = 0; i < json_count(paragraphs); i++) {
        const json_value *v = json_at(paragraphs, i);
        const char *heading = json_text(json_get(v, "heading"));

        paragraph(out, heading ? "Heading1" : NULL, heading ? heading : json_text(v));
    }
    for (size_t i = 0; i < tables_count(doc); i++) {
        enum err err = tables_read(doc, i, &t, no);

        if (err)
            return err;
        write_table(out, &t);
    }
    /* NĐ 30/2020: A4, margins 20 mm, 30 mm on the left; on its side for wide tables. */
    buf_str(out, "<w:sectPr>");
    if (paper)
        buf_str(out, "<w:headerReference w:type=\"default\" r:id=\"rId2\"/>");
    buf_str(out, "<w:pgSz w:w=\"16838\" w:h=\"11906\" "
                 "w:orient=\"landscape\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" "
                 "w:bottom=\"1134\" w:left=\"1701\" w:header=\"567\" w:footer=\"567\" "
                 "w:gutter=\"0\"/></w:sectPr></w:body></w:document>");
    return out->overflow ? ERR_FULL : ERR_OK;
}

enum err docx_write(const struct buf *json, struct buf *out, struct refusal *no)
{
    struct package *zip;
    struct buf body;
    json_value *doc;
    enum err err = tables_parse(buf_text(json), json->len, &doc, no);

    if (err)
        return err;
    package_create(&zip);
    buf_init(&body, PART_MAX);
    err = write_body(&body, doc, no);
    const struct part {
        const char *name;
        const char *text;
        size_t n;
    } parts[] = {
        { "[Content_Types].xml", types, sizeof(types) - 1 },
        { "_rels/.rels", root_rels, sizeof(root_rels) - 1 },
        { "word/document.xml", buf_text(&body), body.len },
        { "word/_rels/document.xml.rels", rels, sizeof(rels) - 1 },
        { "word/styles.xml", styles, sizeof(styles) - 1 },
        { "word/header1.xml", header, sizeof(header) - 1 },
    };
    for (size_t i = 0; !err && i < COUNT(parts); i++)
        err = package_add(zip, parts[i].name, parts[i].text, parts[i].n, NULL);
    if (!err)
        err = package_close(zip, out);
    else
        package_drop(zip);
    buf_finish(&body);
    json_free(doc);
    return err;
}
