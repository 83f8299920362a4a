/* zbar, told to look for QR codes alone and to hand over their bytes as they are. */
#include "code.h"

#include <stdlib.h>
#include <zbar.h>

#include "base/check.h"
#include "telling.h"

#define FOURCC_Y800 0x30303859

struct code_reader {
    zbar_image_scanner_t *scanner;
    zbar_image_t *image;
};

struct code_reader *code_reader_create(void)
{
    struct code_reader *r = check_alloc(sizeof(*r));

    r->scanner = zbar_image_scanner_create();
    r->image = zbar_image_create();
    ASSERT(r->scanner && r->image);
    zbar_image_scanner_set_config(r->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(r->scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config(r->scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    zbar_image_set_format(r->image, FOURCC_Y800);
    return r;
}

void code_reader_destroy(struct code_reader *r)
{
    if (!r)
        return;
    zbar_image_destroy(r->image);
    zbar_image_scanner_destroy(r->scanner);
    free(r);
}

bool code_read(struct code_reader *r, const struct frame *f, const char **bytes_out,
               size_t *n_out)
{
    bool found = false;

    zbar_image_set_size(r->image, (unsigned)f->w, (unsigned)f->h);
    zbar_image_set_data(r->image, f->luma, (unsigned long)f->w * (unsigned long)f->h,
                        NULL);
    if (zbar_scan_image(r->scanner, r->image) <= 0)
        return false;
    for (const zbar_symbol_t *s = zbar_image_first_symbol(r->image); s;
         s = zbar_symbol_next(s)) {
        const char *bytes = zbar_symbol_get_data(s);
        size_t n = zbar_symbol_get_data_length(s);

        if (zbar_symbol_get_type(s) != ZBAR_QRCODE)
            continue;
        if (found && !telling_is_ours(bytes, n))
            continue;
        *bytes_out = bytes;
        *n_out = n;
        found = true;
    }
    return found;
}
