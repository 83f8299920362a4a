/* sheet LESSON OUT.pdf: the sheet of a lesson of the open pack, as a file. */
#include "app/control_private.h"
#include "app/helper.h"
#include "app/paper.h"
#include "app/sheet.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "lesson/pack.h"
#include "store/commune.h"

#define PDF_MAX (32u << 20)

static enum err make(struct control *c, size_t index, struct buf *pdf)
{
    struct arena arena = { 0 };
    struct paper_place place = { c->db ? commune_title(c->db, &arena) : "", "",
                                 clock_wall_ms(&clock_real) };
    struct buf document;
    enum err err;

    buf_init(&document, SHEET_DOCUMENT_MAX);
    err = sheet_document(c->pack, index, &place, &document);
    if (!err)
        err = helper_run(HELPER_PRINT, document.data, document.len, pdf);
    buf_finish(&document);
    arena_finish(&arena);
    return err;
}

int control_sheet(struct control *c, int argc, const char *const *argv, struct buf *out)
{
    struct buf pdf;
    long index;
    enum err err;

    if (argc != 3)
        return control_usage(out, "sheet LESSON OUT.pdf");
    if (!c->pack)
        return control_fail(
            out, "sheet", ERR_OFFLINE,
            "no lessons are open: name them with --pack and --pack-key");
    index = pack_find_lesson(c->pack, argv[1]);
    if (index < 0)
        return control_fail(out, argv[1], ERR_REJECTED,
                            "no lesson has that id: see bdhvs-kiosk --list-lessons");
    buf_init(&pdf, PDF_MAX);
    err = make(c, (size_t)index, &pdf);
    if (!err)
        err = file_replace(argv[2], pdf.data, pdf.len, 0644);
    buf_finish(&pdf);
    if (err)
        return control_fail(out, argv[2], err,
                            "not written: is bdhvs-print installed, and may this "
                            "folder be written to?");
    buf_printf(out, "%s\n", argv[2]);
    return 0;
}
