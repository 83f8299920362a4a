/* A passport before the scanner or the camera, on pages of residents. */
#pragma once

#include <stddef.h>

#include "store/passport_in.h"

struct app;

/* What the last one was, for the sheet that says so. */
struct passport_told {
    enum passport_in what;
    size_t n; /* lessons that are new here */
};

/* Books it: for whoever learns here now, else for whoever it belongs to. It opens no visit,
 * because a lost card is revoked and a sheet of paper is not. What was refused is noted for
 * the page of the machine's health. */
void app_passport(struct app *app, const char *scanned);
