/* Text into XML. */
#pragma once

struct buf;

/* Escapes markup; what XML cannot hold is left out. In a cell "_x0041_" is kept from
 * being taken for a letter, as spreadsheets do. */
void xml_text(struct buf *out, const char *text);
void xml_cell_text(struct buf *out, const char *text);
