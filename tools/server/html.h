/* The one writer of HTML: text and attribute values are always escaped; what is not
 * escaped is a literal of ours, so nothing that came over the wire can become markup. */
#pragma once

#include <stdint.h>

struct buf;

#define HTML_NUMBER_CHARS 32

/* Markup: string literals only. */
#define html_raw(out, literal) html_literal(out, "" literal "")
void html_literal(struct buf *out, const char *markup);

/* Text, also inside a quoted attribute. */
void html_text(struct buf *out, const char *text);

/* <tag class="class">text</tag>; `class` may be NULL. Tag and class are literals. */
void html_element(struct buf *out, const char *tag, const char *class_name,
                  const char *text);

/* 1.264: the Vietnamese way. */
void html_number_text(int64_t v, char out[HTML_NUMBER_CHARS]);
void html_number(struct buf *out, int64_t v);
