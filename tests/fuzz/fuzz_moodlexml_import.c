/* Questions of Moodle XML from elsewhere: whatever is made of them, lessons can read, and
 * reading it once more changes nothing. */
#include <stddef.h>
#include <stdint.h>

#include "again.h"
#include "base/arena.h"
#include "base/buf.h"
#include "import_tidy.h"
#include "moodlexml_import.h"
#include "report.h"

#define OUT_BYTES_MAX (16U * 1024U * 1024U)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { 0 };
    struct report report;
    struct buf text, out;

    if (size == 0 || size > IMPORT_BYTES_MAX)
        return 0;
    report_init(&report);
    buf_init(&text, IMPORT_BYTES_MAX);
    buf_init(&out, OUT_BYTES_MAX);
    buf_add(&text, data, size);
    if (import_tidy(&text, "f", &report)) {
        size_t n = moodlexml_import(buf_text(&text), "f", "bai", &arena, &report, &out);

        again_imported(buf_text(&out), n);
        again_in_lessons(buf_text(&out), n);
    }
    report_finish(&report);
    buf_finish(&text);
    buf_finish(&out);
    arena_finish(&arena);
    return 0;
}
