/* A workbook (ECMA-376): inline texts, numbers and dates with styles, and no formula
 * anywhere, so that "=1+1" stays what somebody typed. Written here and not with
 * libxlsxwriter, which keeps every sheet in a temporary file: names would reach a disk. */
#include <stdio.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/utf8.h"
#include "commands.h"
#include "package.h"
#include "tables.h"
#include "xml.h"

#define PART_MAX (64u << 20)
#define LINE_POINTS 15
#define SERIAL_OF_1970 25569 /* days since 1899-12-30 */
#define NS "http://schemas.openxmlformats.org/"
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

/* Positions in cellXfs below. */
enum style {
    STYLE_PLAIN,
    STYLE_HEADER,
    STYLE_TEXT,
    STYLE_INT,
    STYLE_PERCENT,
    STYLE_DATE,
    STYLE_TITLE,
    STYLE_NOTE
};

static const char styles[] = HEAD
    "<styleSheet xmlns=\"" NS "spreadsheetml/2006/main\"><numFmts count=\"2\">"
    "<numFmt numFmtId=\"164\" formatCode=\"0.0%\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"dd/mm/yyyy\"/></numFmts>"
    "<fonts count=\"4\"><font><sz val=\"11\"/><name val=\"Arial\"/></font>"
    "<font><b/><sz val=\"11\"/><name val=\"Arial\"/></font>"
    "<font><b/><sz val=\"14\"/><name val=\"Arial\"/></font>"
    "<font><i/><sz val=\"10\"/><name val=\"Arial\"/></font></fonts>"
    "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>"
    "<fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill "
    "patternType=\"solid\"><fgColor rgb=\"FFE2EAF5\"/></patternFill></fill></fills>"
    "<borders count=\"2\"><border/><border><left style=\"thin\"/><right "
    "style=\"thin\"/><top style=\"thin\"/><bottom style=\"thin\"/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"8\">"
    "<xf xfId=\"0\"/>"
    "<xf xfId=\"0\" fontId=\"1\" fillId=\"2\" borderId=\"1\" numFmtId=\"49\" "
    "applyAlignment=\"1\"><alignment wrapText=\"1\" vertical=\"center\"/></xf>"
    "<xf xfId=\"0\" borderId=\"1\" numFmtId=\"49\" applyNumberFormat=\"1\"/>"
    "<xf xfId=\"0\" borderId=\"1\" numFmtId=\"3\" applyNumberFormat=\"1\"/>"
    "<xf xfId=\"0\" borderId=\"1\" numFmtId=\"164\" applyNumberFormat=\"1\"/>"
    "<xf xfId=\"0\" borderId=\"1\" numFmtId=\"165\" applyNumberFormat=\"1\"/>"
    "<xf xfId=\"0\" fontId=\"2\"/><xf xfId=\"0\" fontId=\"3\"/>"
    "</cellXfs></styleSheet>";

static const char root_rels[] =
    HEAD "<Relationships xmlns=\"" NS
         "package/2006/relationships\"><Relationship Id=\"rId1\" "
         "Type=\"" NS "officeDocument/2006/relationships/officeDocument\" "
         "Target=\"xl/workbook.xml\"/></Relationships>";

/* --- a sheet -------------------------------------------------------------------------- */

/* "A" … "BL" */
static void column_letters(size_t i, char out[4])
{
    if (i < 26)
        (void)snprintf(out, 4, "%c", (char)('A' + i));
    else
        (void)snprintf(out, 4, "%c%c", (char)('A' + i / 26 - 1), (char)('A' + i % 26));
}

static void open_cell(struct buf *out, size_t row, size_t column, enum style style)
{
    char letters[4];

    column_letters(column, letters);
    buf_printf(out, "<c r=\"%s%zu\" s=\"%d\"", letters, row, (int)style);
}

static void text_cell(struct buf *out, size_t row, size_t column, enum style style,
                      const char *text)
{
    open_cell(out, row, column, style);
    buf_str(out, " t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    xml_cell_text(out, text);
    buf_str(out, "</t></is></c>");
}

static void number_cell(struct buf *out, size_t row, size_t column,
                        enum column_kind kind, int64_t v)
{
    static const enum style styles_of[] = { [COLUMN_TEXT] = STYLE_INT,
                                            [COLUMN_INT] = STYLE_INT,
                                            [COLUMN_PERCENT] = STYLE_PERCENT,
                                            [COLUMN_DATE] = STYLE_DATE };

    open_cell(out, row, column, styles_of[kind]);
    if (kind == COLUMN_PERCENT) /* thousandths */
        buf_printf(out, "><v>%s%lld.%03lld</v></c>", v < 0 ? "-" : "",
                   (long long)(v < 0 ? -v : v) / 1000,
                   (long long)(v < 0 ? -v : v) % 1000);
    else
        buf_printf(out, "><v>%lld</v></c>",
                   (long long)v + (kind == COLUMN_DATE ? SERIAL_OF_1970 : 0));
}

static void data_row(struct buf *out, const struct table *t, size_t i, size_t row)
{
    buf_printf(out, "<row r=\"%zu\">", row);
    for (size_t c = 0; c < t->n_columns; c++) {
        const char *text;
        int64_t number = 0;

        switch (table_cell(t, i, c, &text, &number)) {
        case CELL_TEXT:
            text_cell(out, row, c, STYLE_TEXT, text);
            break;
        case CELL_NUMBER:
            number_cell(out, row, c, t->columns[c].kind, number);
            break;
        default:
            open_cell(out, row, c, STYLE_TEXT);
            buf_str(out, "/>");
        }
    }
    buf_str(out, "</row>");
}

static size_t header_row(const struct table *t)
{
    return t->title ? 3 : 1;
}

/* Of its longest name, broken at words: not every program finds the height by itself. */
static size_t header_lines(const struct table *t)
{
    size_t most = 1;

    for (size_t c = 0; c < t->n_columns; c++) {
        size_t width = (size_t)(t->columns[c].width > 4 ? t->columns[c].width - 2 : 2);
        size_t lines = utf8_length(t->columns[c].name) / width + 1;

        most = lines > most ? lines : most;
    }
    return most;
}

static void sheet_start(struct buf *out, const struct table *t)
{
    buf_printf(out,
               HEAD "<worksheet xmlns=\"" NS "spreadsheetml/2006/main\">"
                    "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews>"
                    "<sheetView workbookViewId=\"0\"><pane ySplit=\"%zu\" "
                    "topLeftCell=\"A%zu\" activePane=\"bottomLeft\" state=\"frozen\"/>"
                    "</sheetView></sheetViews><cols>",
               header_row(t), header_row(t) + 1);
    for (size_t c = 0; c < t->n_columns; c++)
        buf_printf(out, "<col min=\"%zu\" max=\"%zu\" width=\"%d\" customWidth=\"1\"/>",
                   c + 1, c + 1, t->columns[c].width);
    buf_str(out, "</cols><sheetData>");
}

static void write_sheet(struct buf *out, const struct table *t)
{
    size_t row = header_row(t);

    sheet_start(out, t);
    if (t->title) {
        buf_str(out, "<row r=\"1\">");
        text_cell(out, 1, 0, STYLE_TITLE, t->title);
        buf_str(out, "</row>");
    }
    buf_printf(out, "<row r=\"%zu\" ht=\"%zu\" customHeight=\"1\">", row,
               header_lines(t) * LINE_POINTS);
    for (size_t c = 0; c < t->n_columns; c++)
        text_cell(out, row, c, STYLE_HEADER, t->columns[c].name);
    buf_str(out, "</row>");
    for (size_t i = 0; i < t->n_rows; i++)
        data_row(out, t, i, ++row);
    row++;
    for (size_t i = 0; i < json_count(t->notes); i++) {
        const char *note = json_text(json_at(t->notes, i));

        buf_printf(out, "<row r=\"%zu\">", ++row);
        text_cell(out, row, 0, STYLE_NOTE, note ? note : "");
        buf_str(out, "</row>");
    }
    buf_str(out, "</sheetData><pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" "
                 "bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup "
                 "paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" "
                 "fitToHeight=\"0\"/></worksheet>");
}

/* --- the workbook --------------------------------------------------------------------- */

struct workbook {
    struct package *zip;
    struct buf types, book, titles, rels, sheet;
};

static void book_start(struct workbook *w)
{
    buf_init(&w->types, PART_MAX);
    buf_init(&w->book, PART_MAX);
    buf_init(&w->titles, PART_MAX);
    buf_init(&w->rels, PART_MAX);
    buf_init(&w->sheet, PART_MAX);
    buf_str(&w->types,
            HEAD "<Types xmlns=\"" NS "package/2006/content-types\"><Default "
                 "Extension=\"rels\" ContentType=\"application/"
                 "vnd.openxmlformats-package.relationships+xml\"/><Default "
                 "Extension=\"xml\" ContentType=\"application/xml\"/><Override "
                 "PartName=\"/xl/workbook.xml\" ContentType=\"application/"
                 "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                 "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/"
                 "vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>");
    buf_str(&w->book,
            HEAD "<workbook xmlns=\"" NS "spreadsheetml/2006/main\" xmlns:r=\"" NS
                 "officeDocument/2006/relationships\"><sheets>");
    buf_str(&w->rels, HEAD "<Relationships xmlns=\"" NS "package/2006/relationships\">"
                           "<Relationship Id=\"rIdS\" Type=\"" NS "officeDocument/2006/"
                           "relationships/styles\" Target=\"styles.xml\"/>");
}

static enum err book_sheet(struct workbook *w, const struct table *t, size_t i)
{
    char name[64];

    buf_printf(&w->types,
               "<Override PartName=\"/xl/worksheets/sheet%zu.xml\" ContentType="
               "\"application/vnd.openxmlformats-officedocument.spreadsheetml."
               "worksheet+xml\"/>",
               i + 1);
    buf_str(&w->book, "<sheet name=\"");
    xml_text(&w->book, t->name);
    buf_printf(&w->book, "\" sheetId=\"%zu\" r:id=\"rId%zu\"/>", i + 1, i + 1);
    /* The header stands on every printed page. */
    buf_printf(&w->titles,
               "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"%zu\">'", i);
    xml_text(&w->titles, t->name);
    buf_printf(&w->titles, "'!$%zu:$%zu</definedName>", header_row(t), header_row(t));
    buf_printf(&w->rels,
               "<Relationship Id=\"rId%zu\" Type=\"" NS "officeDocument/2006/"
               "relationships/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>",
               i + 1, i + 1);
    buf_clear(&w->sheet);
    write_sheet(&w->sheet, t);
    (void)snprintf(name, sizeof(name), "xl/worksheets/sheet%zu.xml", i + 1);
    return w->sheet.overflow
               ? ERR_FULL
               : package_add(w->zip, name, w->sheet.data, w->sheet.len, NULL);
}

static enum err book_end(struct workbook *w)
{
    const struct part {
        const char *name;
        const char *text;
        size_t n;
    } parts[] = {
        { "[Content_Types].xml", buf_text(&w->types), w->types.len },
        { "_rels/.rels", root_rels, sizeof(root_rels) - 1 },
        { "xl/workbook.xml", buf_text(&w->book), w->book.len },
        { "xl/_rels/workbook.xml.rels", buf_text(&w->rels), w->rels.len },
        { "xl/styles.xml", styles, sizeof(styles) - 1 },
    };
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < COUNT(parts); i++)
        err = package_add(w->zip, parts[i].name, parts[i].text, parts[i].n, NULL);
    return err;
}

enum err xlsx_write(const struct buf *json, struct buf *out, struct refusal *no)
{
    struct workbook w = { 0 };
    struct table t;
    json_value *doc;
    enum err err = tables_parse(buf_text(json), json->len, &doc, no);

    if (err)
        return err;
    package_create(&w.zip);
    book_start(&w);
    for (size_t i = 0; !err && i < tables_count(doc); i++) {
        err = tables_read(doc, i, &t, no);
        if (!err)
            err = book_sheet(&w, &t, i);
    }
    buf_str(&w.types, "</Types>");
    buf_str(&w.rels, "</Relationships>");
    buf_str(&w.book, "</sheets><definedNames>");
    buf_add(&w.book, buf_text(&w.titles), w.titles.len);
    buf_str(&w.book, "</definedNames></workbook>");
    if (!err)
        err = book_end(&w);
    if (!err)
        err = package_close(w.zip, out);
    else
        package_drop(w.zip);
    buf_finish(&w.types);
    buf_finish(&w.book);
    buf_finish(&w.titles);
    buf_finish(&w.rels);
    buf_finish(&w.sheet);
    json_free(doc);
    return err;
}
