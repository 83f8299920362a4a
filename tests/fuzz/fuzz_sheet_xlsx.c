/* A stranger's workbook: the bytes are the XML of its sheet (a fuzzer does not find its way
 * through a ZIP's checksums), or, when they begin with PK, the whole file. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "commands.h"
#include "package.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char book[] =
    "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"rId1\"/></sheets>"
    "</workbook>";
static const char rels[] =
    "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
    "</Relationships>";
static const char shared[] = "<sst><si><t>Nga</t></si><si><r><t>a</t></r></si></sst>";

static void wrap(const uint8_t *data, size_t size, struct buf *file)
{
    struct package *zip;

    package_create(&zip);
    if (package_add(zip, "xl/workbook.xml", book, sizeof(book) - 1, NULL) ||
        package_add(zip, "xl/_rels/workbook.xml.rels", rels, sizeof(rels) - 1, NULL) ||
        package_add(zip, "xl/sharedStrings.xml", shared, sizeof(shared) - 1, NULL) ||
        package_add(zip, "xl/worksheets/sheet1.xml", (const char *)data, size, NULL) ||
        package_close(zip, file))
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf file, out;
    struct refusal no = { 0 };
    json_value *doc;

    buf_init(&file, 4 << 20);
    buf_init(&out, 16 << 20);
    if (size > 2 && !memcmp(data, "PK", 2))
        buf_add(&file, data, size);
    else
        wrap(data, size, &file);
    if (!sheet_read(&file, &out, &no)) {
        if (json_parse(buf_text(&out), out.len, 4, &doc, NULL, 0))
            __builtin_trap();
        json_free(doc);
    } else if (!no.why) {
        __builtin_trap();
    }
    buf_finish(&file);
    buf_finish(&out);
    return 0;
}
