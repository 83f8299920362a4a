/* Questions from elsewhere on their way in: what the readers of GIFT and of Moodle XML
 * share. Only for import_*.c, gift_import*.c and moodlexml_*.c. */
#pragma once

#include "gift_text.h"

struct buf;

#define IMPORT_PIECE_MAX 4000 /* bytes of a text; gift.c reads no longer ones */

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
    SAID_WHOLE = 128,
    SAID_HINTS = 256,
};

struct importing {
    struct gift g;           /* of Moodle XML: without a text to be at */
    const char *lesson;      /* for numbers */
    const char *story;       /* id of the story whose parts may follow; NULL: none */
    unsigned said;           /* SAID_…, of the question at hand */
    enum text_format format; /* GIFT: of its text; answers take it over */
    size_t n_numbered, n_items, n_questions;
    const char *category; /* NULL: none yet */
    bool is_open;         /* a block is */
    struct buf *out;
};

/* Something was changed; the question stays. `once` is SAID_… or 0. */
void import_note(struct importing *im, unsigned once, int line, const char *what);

/* --- import_words.c: one text ------------------------------------------------------- */
/* "[html]" and its like are taken off the front of `*text`; without one, `otherwise`. */
enum text_format import_take_format(const char **text, enum text_format otherwise);
/* The words of a text in one line: its tags taken out, the picture at its front (in HTML,
 * anywhere) to `picture`. */
const char *import_words(struct importing *im, enum text_format format,
                         const char *text, int line, struct gift_picture *picture);
/* Of "![alt](file) words" the words; the picture to `picture`, unless one is there. */
const char *import_front_picture(struct importing *im, const char *text, int line,
                                 struct gift_picture *picture);

/* --- import_answers.c: the answers of a question ------------------------------------ */
/* Bytes of the number at `text` that a weight can be; 0: it is none. */
size_t import_weight_bytes(const char *text);
double import_worth(const char *weight); /* 0 for NULL */
/* Who is right where the weights alone say so. */
void import_weigh(struct importing *im, struct gift_item *item);
/* Some are right without a weight: no other has one. */
void import_drop_weights(struct importing *im, struct gift_item *item);
/* None of the answer's words may be taken for a sign when it is read again. */
void import_plain_signs(struct importing *im, struct gift_option *o);
/* Pairs that fit nothing are left out; two must be left. */
void import_keep_pairs(struct importing *im, struct gift_item *item);
/* True or false has no reason for the whole: it goes to the sides without one. */
void import_spread_why(struct importing *im, struct gift_item *item);

/* --- import_items.c: questions and their blocks ------------------------------------- */
void import_category(struct importing *im, const char *name); /* a new block */
void import_stem_picture(struct importing *im, struct gift_item *item, int line,
                         const struct gift_picture *picture);
bool import_is_id(const char *title); /* one of ours; NULL is allowed */
/* The item as it was read gets its type and its id, and is written; NULL: no title. */
void import_item(struct importing *im, struct gift_item *item, const char *title);
void import_close(struct importing *im); /* after the last item */
