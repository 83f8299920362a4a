/* A people file of a stranger, as CSV; what is read must be JSON of ours. */
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/json.h"
#include "commands.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf file, out;
    struct refusal no = { 0 };
    json_value *doc;

    buf_init(&file, 1 << 20);
    buf_init(&out, 16 << 20);
    buf_add(&file, data, size);
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
