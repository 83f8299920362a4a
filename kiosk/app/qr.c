/* libqrencode stays behind this file. */
#include "app/qr.h"

#include <qrencode.h>

#define VERSION_MAX 11

enum err qr_make(const char *text, struct qr *out)
{
    /* Smallest version that fits; capitals and digits take 5.5 bits each. */
    QRcode *code = *text ? QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) : 0;
    enum err err = ERR_OK;

    *out = (struct qr){ 0 };
    if (!code)
        return ERR_REJECTED;
    if (code->version > VERSION_MAX) {
        err = ERR_REJECTED;
    } else {
        out->side = code->width;
        for (int y = 0; y < code->width; y++)
            for (int x = 0; x < code->width; x++)
                out->dark[y][x] = code->data[y * code->width + x] & 1;
    }
    QRcode_free(code);
    return err;
}
