/* A report asked for as main.c does it: words, document, file. For the tests of files. */
#pragma once

#include "report_cli.h"
#include "report_rig.h"

#define REPORT_ASK_MAX (16 << 20)

struct asked {
    int code;
    struct buf document, complaint, file;
};

/* The file is read and removed. Give it to report_forget. */
struct asked report_ask(struct rig *r, struct report_wish wish);
/* … of REPORT_PERIOD, to a file of that format. */
struct asked report_ask_format(struct rig *r, const char *format);
void report_forget(struct asked *a);

/* "<dir>/name", in r->arena. */
const char *report_path(struct rig *r, const char *name);
/* A part of a workbook or text document, in r->arena. */
char *report_part(struct rig *r, const struct buf *file, const char *name);
/* A cell as people read it, in r->arena. */
const char *report_cell_text(struct rig *r, const struct report_column *c,
                             const struct value *v);
