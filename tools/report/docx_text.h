/* Pieces of a text document's body, shared by its tables and its frame. */
#pragma once

#include <stdbool.h>

#include "base/json.h"

struct buf;

enum docx_align { DOCX_LEFT, DOCX_CENTRE, DOCX_RIGHT, DOCX_JUSTIFIED };

struct docx_look {
    enum docx_align align;
    int half_points; /* size of letters; 0: the document's */
    bool bold, italic, capitals;
    bool no_gap;        /* no space before and after */
    bool indented;      /* first line, 1,27 cm */
    bool kept;          /* on the page of what follows */
    bool open;          /* dots up to the margin, to be written on */
    int line_margin_mm; /* > 0: a line below, this much shorter at both ends */
};

void docx_paragraph(struct buf *out, const struct docx_look *look, const char *text);

/* The page of an official paper (NĐ 30/2020, Phụ lục I) and everything before the annex,
 * up to its section's end: issuer, quốc hiệu, number and day left open, kind and subject,
 * body, recipients and signature (README.md, "paper"). */
void docx_paper(struct buf *out, const json_value *paper);
/* Above the annex: "Phụ lục", its title, of which paper it is. */
void docx_annex(struct buf *out, const json_value *paper);
