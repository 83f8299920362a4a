/* Files of a stick, which is a stranger's: only plain files of plain folders are opened,
 * no link is followed, nothing large is read, and what was written is read back. Every
 * step goes from an open folder, so that nobody changes the way under us. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct arena;
struct buf;

#define USB_LOOKED_MAX 4096 /* entries of a folder that are looked at */
#define USB_FILES_MAX 200   /* that are listed */

enum usb_verdict {
    USB_DONE,
    USB_NONE,      /* no stick, no such folder or file */
    USB_GONE,      /* pulled out meanwhile, or broken */
    USB_FULL,      /* or the file is larger than its file system takes */
    USB_READ_ONLY, /* its switch, or a damaged file system */
    USB_STRANGE,   /* a link, a pipe or a folder stands where a file should */
    USB_LARGE,     /* more than we read */
    USB_DIFFERS,   /* read back, it is not what was written */
    USB_VERDICT_COUNT
};

/* Called after every megabyte that is on a stick or was read back: a large file on a slow one is
 * no program that hangs. NULL: nobody asks. Thread: that of the writes. */
void usb_files_on_step(void (*step)(void));

/* A plain folder, held open. `path` is of a mount point, our own choice. */
enum usb_verdict usb_folder_open(const char *path, int *fd_out);
/* The folder `name` in `at`; made when `make` and missing. */
enum usb_verdict usb_folder_enter(int at, const char *name, bool make, int *fd_out);

/* Temporary name, fsync, rename, fsync of the folder; then read again and compared. A file
 * that did not become whole is not there. `name`: letters, digits, . _ - and no dot first. */
enum usb_verdict usb_file_write(int at, const char *name, const void *bytes, size_t n);
/* Appends at most the ceiling of `out`. */
enum usb_verdict usb_file_read(int at, const char *name, struct buf *out);

/* Names of plain files that end in one of `suffixes` (with NULL at the end), sorted, in
 * `arena`. `*more_out`: there may be others. */
enum usb_verdict usb_file_list(int at, const char *const *suffixes, struct arena *arena,
                               const char ***names_out, size_t *n_out, bool *more_out);

/* For callers without a page. */
enum err usb_err(enum usb_verdict verdict);
const char *usb_verdict_name(enum usb_verdict verdict); /* English, for logs */
