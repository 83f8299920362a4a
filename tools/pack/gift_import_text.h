/* Texts of a GIFT file from elsewhere. Only for gift_import*.c. */
#pragma once

#include "gift_text.h"

struct buf;

enum text_format {
    FORMAT_NONE,
    FORMAT_PLAIN,
    FORMAT_MOODLE,
    FORMAT_MARKDOWN,
    FORMAT_HTML
};

/* What is said once for each question. */
enum {
    SAID_FORMAT = 1,
    SAID_TAGS = 2,
    SAID_LOOKS = 4,
    SAID_BREAKS = 8,
    SAID_WEIGHT = 16,
    SAID_ARROW = 32,
    SAID_NFC = 64,
};

struct importing {
    struct gift g;
    const char *lesson;      /* for numbers */
    const char *story;       /* id of the story whose parts may follow; NULL: none */
    unsigned said;           /* SAID_…, of the question at hand */
    enum text_format format; /* of its text: answers take it over */
    size_t n_numbered, n_items, n_questions;
    const char *category; /* NULL: none yet */
    bool is_open;         /* a block is */
    struct buf *out;
};

/* Something was changed; the question stays. `once` is SAID_… or 0. */
void import_note(struct importing *im, unsigned once, int line, const char *what);

/* Text up to an unescaped sign of `stops`, or "####" if `stops` has #; with # missing in
 * it, single # are text. As gift_piece otherwise, and \n is a line break. */
const char *import_piece(struct importing *im, const char *stops, bool ends_at_why);

/* The words of a text: its [format] and its tags taken out, the picture at its front (in
 * HTML, anywhere) to `picture`. */
const char *import_words(struct importing *im, const char *text, int line,
                         struct gift_picture *picture);
/* Of "![alt](file) words" the words; the picture to `picture`, unless one is there. */
const char *import_front_picture(struct importing *im, const char *text, int line,
                                 struct gift_picture *picture);

/* {…} at `im->g.at`, into the item; afterwards `at` is on the closing brace. */
void import_answers(struct importing *im, struct gift_item *item);

/* What follows T or F; `side` 1: T. */
void import_sides(struct importing *im, struct gift_item *item, int side);
/* "#…" at `im->g.at`. */
void import_numbers(struct importing *im, struct gift_item *item);

/* "%50%" at `im->g.at`: what stands between; NULL when there is none. */
const char *import_weight(struct importing *im);
double import_worth(const char *weight); /* 0 for NULL */
/* "#…" of one answer, "" when there is none; "####…" of the question as a whole. */
const char *import_feedback(struct importing *im);
void import_why(struct importing *im, struct gift_item *item);
