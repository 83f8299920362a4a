/* QR codes in a frame. zbar stays behind this header. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "frame.h"

struct code_reader;

struct code_reader *code_reader_create(void);
void code_reader_destroy(struct code_reader *r); /* NULL is allowed */

/* The bytes of a QR code in `f`, one of ours (telling_is_ours) before others. Borrowed
 * until the next call; they may hold anything. False: there is none. */
bool code_read(struct code_reader *r, const struct frame *f, const char **bytes_out,
               size_t *n_out);
