/* Two PNGs, pixel by pixel. */
#pragma once

/* 0 when no channel differs by more than the rounding of another processor; else 1,
 * and the way to accept `got` is told on stderr. */
int compare_pictures(const char *wanted, const char *got);
