/* The faces that staff choose for themselves. */
#pragma once

#include "ui/ui.h"

/* A face in a round sand-coloured frame as wide as r; `picture` of struct staff. */
void face_draw(struct ui *ui, struct rect r, int picture);
