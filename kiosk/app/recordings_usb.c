/* Clips first: a row on the stick always has its clip. */
#include "app/recordings_usb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"

#define LIST "voice/manifest.csv"
#define NAME_BYTES 48

static void fail(struct recordings_copy *c, enum usb_verdict verdict)
{
    c->state = COPY_FAILED;
    c->verdict = verdict;
}

static bool is_ours(const struct recordings *r, const struct recording *row)
{
    for (size_t i = 0; i < r->n; i++)
        if (!strcmp(r->rows[i].key, row->key) && !strcmp(r->rows[i].lang, row->lang))
            return true;
    return false;
}

/* Another kiosk's rows stay; ours are written anew. */
static enum usb_verdict read_there(struct recordings_copy *c,
                                   const struct recordings *r, struct usb *usb)
{
    enum usb_verdict verdict;
    size_t n = 0;
    struct buf text;

    buf_init(&text, RECORDINGS_LIST_BYTES);
    verdict = usb_read(usb, LIST, &text);
    if (!verdict && (!text.len || !recordings_read(text.data, &c->arena, c->rows, &n)))
        verdict = USB_STRANGE;
    for (size_t i = 0; i < n; i++)
        if (!is_ours(r, &c->rows[i]))
            c->rows[c->n_rows++] = c->rows[i];
    buf_finish(&text);
    return verdict == USB_NONE ? USB_DONE : verdict;
}

void recordings_copy_begin(struct recordings_copy *c, const struct recordings *r,
                           struct usb *usb)
{
    enum usb_verdict verdict;

    recordings_copy_finish(c);
    c->rows = check_alloc(2 * RECORDINGS_MAX * sizeof(*c->rows));
    c->n = r ? r->n : 0;
    c->state = COPY_GOES_ON;
    verdict = usb_path(usb) ? read_there(c, r, usb) : USB_NONE;
    if (verdict)
        fail(c, verdict);
}

static void copy_clip(struct recordings_copy *c, struct recordings *r, struct usb *usb)
{
    struct recording *row = &r->rows[c->at++];
    char name[NAME_BYTES] = "voice/";
    enum usb_verdict verdict;
    struct buf clip;
    int ms;

    recording_name(row, name + strlen(name));
    buf_init(&clip, RECORDING_BYTES);
    if (!recordings_clip(r, row->lang, row->text, &clip, &ms)) {
        verdict = usb_write(usb, name, clip.data, clip.len);
        if (verdict) {
            fail(c, verdict);
        } else {
            c->rows[c->n_rows++] = *row;
            c->n_copied++;
        }
    }
    buf_finish(&clip);
}

static void write_list(struct recordings_copy *c, struct usb *usb)
{
    enum usb_verdict verdict;
    struct buf csv;

    buf_init(&csv, 2 * RECORDINGS_LIST_BYTES);
    recordings_write(c->rows, c->n_rows, &csv);
    verdict = usb_write(usb, LIST, csv.data, csv.len);
    buf_finish(&csv);
    if (verdict)
        fail(c, verdict);
    else
        c->state = COPY_DONE;
}

void recordings_copy_step(struct recordings_copy *c, struct recordings *r,
                          struct usb *usb)
{
    if (c->state != COPY_GOES_ON)
        return;
    if (c->at < c->n)
        copy_clip(c, r, usb);
    else
        write_list(c, usb);
}

void recordings_copy_finish(struct recordings_copy *c)
{
    arena_finish(&c->arena);
    free(c->rows);
    *c = (struct recordings_copy){ .state = COPY_NONE };
}
