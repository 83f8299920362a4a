/* What pages that print share: the line about it, and the card as it will be on paper. */
#pragma once

#include "app/paper.h"
#include "app/people.h"
#include "app/printing.h"
#include "app/qr.h"
#include "ui/ui.h"

struct buf;
#define PAPER_BYTES (1U << 20)

/* Goes on with app->printing and says in `r` how it stands. */
void paper_state(struct app *app, struct ui *ui, struct rect r);
/* The card of `record` in `r`; `qr` side 0: none could be made. */
void paper_card_draw(struct app *app, struct ui *ui, struct rect r,
                     const struct person_record *record, const struct qr *qr);
/* In a square; side not 0. */
void paper_qr_draw(struct ui *ui, struct rect r, const struct qr *qr);
/* "sinh 1958 · thôn Nước Giáp" in the frame's arena. */
const char *paper_about(struct app *app, struct ui *ui,
                        const struct person_record *record);
/* "1958 · Nước Giáp · thẻ 407 153" in the frame's arena. */
const char *paper_entry(struct app *app, struct ui *ui, const struct people_entry *e);
/* Prints the card of the selected person, who is `record`. */
void paper_card_print(struct app *app, struct ui *ui,
                      const struct person_record *record);
/* Commune, group of the sheet, time: of paper documents. */
struct paper_place paper_place_here(struct app *app, struct ui *ui, const char *group);
/* Starts printing `json`, which is wiped. */
void paper_print(struct app *app, struct buf *json, const char *file);
/* "407 153" */
const char *paper_code(struct ui *ui, const char *code);
