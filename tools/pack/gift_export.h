/* The quiz of a whole content tree for Moodle, and what Moodle will not see of it. */
#pragma once

struct buf;
struct report;
struct source;

/* One $CATEGORY for each lesson that has questions. Warnings go to `losses`. */
void gift_export(const struct source *s, struct report *losses, struct buf *out);

/* The same as Moodle XML, which has no room for our // lines: those are lost. */
void moodlexml_export(const struct source *s, struct report *losses, struct buf *out);
