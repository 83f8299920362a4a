/* What both exports share. Only for gift_export.c and moodlexml_export.c. */
#pragma once

#include <stdbool.h>

struct buf;
struct gift_item;
struct report;
struct source_lesson;
struct source_module;

/* A warning for each thing of the item that Moodle sees otherwise or not at all. */
void export_losses(const struct gift_item *item, const char *file,
                   struct report *losses);

/* "m09 Title/m09-b03 Title": the category of a lesson. */
void export_category(struct buf *b, const struct source_module *m,
                     const struct source_lesson *l);

/* Whether Moodle reads it as a short answer: choices that are all right. */
bool export_is_short(const struct gift_item *item);
