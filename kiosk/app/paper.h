/* Documents of bdhvs-print (tools/print/README.md): what goes to HELPER_PRINT. Names are
 * in `out` meanwhile; the caller wipes it. */
#pragma once

#include <stddef.h>

#include "store/people.h"

struct buf;

struct paper_place {
    const char *commune; /* "xã Đặng Thùy Trâm" */
    const char *group;   /* what the sheets are for: "Lớp Nước Giáp"; "" */
    int64_t wall_ms;     /* when they are made; stands in the PDF */
};
struct paper_card {
    const char *name;  /* "": a line to write on */
    const char *about; /* "sinh 1958 · thôn Nước Giáp" */
    char code[PERSON_CODE_CHARS];
    char qr[CARD_TEXT_CHARS];
};

/* Sheets of ten. At most 500 cards. */
void paper_cards(const struct paper_place *place, const struct paper_card *cards,
                 size_t n, struct buf *out);
/* The card of one of the staff that opens names; its `code` is "". */
void paper_key_card(const struct paper_place *place, const struct paper_card *card,
                    struct buf *out);
/* The receipt of an erasure: no name, no token. `by`: the alias of who did it. */
void paper_receipt(const struct paper_place *place, const struct erase_receipt *receipt,
                   const char *by, struct buf *out);
/* “Giấy ghi nhận”. Words as they are drawn; `qr` is printed in groups of five, too. */
struct paper_certificate {
    const char *name; /* "": a line to write on */
    const char *part; /* title of the module */
    const char *date, *number;
    const char *qr;
};
void paper_certificate(const struct paper_place *place,
                       const struct paper_certificate *certificate, struct buf *out);
/* The sheet of a lesson (app/sheet.h). Pictures: base64url of a PNG. */
#define PAPER_STEPS_MAX 4
struct paper_sheet {
    const char *id; /* of the lesson, below the QR code */
    const char *qr;
    const char *title, *remember;
    const char *next;      /* title of the next lesson; NULL: this is the last */
    const char *part;      /* title of its module */
    size_t number, of;     /* "Bài 2 trên 3" */
    const char *lead;      /* a picture beside the sentence; NULL: none */
    const char *lead_text; /* what it is of */
    struct paper_step {
        const char *text, *picture;
    } steps[PAPER_STEPS_MAX];
    size_t n_steps;
};
void paper_sheet(const struct paper_place *place, const struct paper_sheet *sheet,
                 struct buf *out);
/* The result sheet of a contest. Teams best first, as they are drawn. */
struct contest_record;
void paper_result(const struct paper_place *place, const struct contest_record *contest,
                  struct buf *out);
/* Lines of label and value about a person, for that person; `passport`: the text of its QR
 * code, "": none. */
struct paper_line {
    const char *label, *value;
};
void paper_person(const struct paper_place *place, const char *title,
                  const struct paper_line *lines, size_t n, const char *passport,
                  struct buf *out);
