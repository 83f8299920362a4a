/* A drawing: the scanner that stands before the renderer. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "svg_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct svg_problem problem = { 0 };
    char *svg = malloc(size + 1);

    if (!svg)
        return 0;
    memcpy(svg, data, size);
    svg[size] = 0;
    if (svg_check(svg, size, &problem) == ERR_OK) {
        if (!strstr(svg, "<!--") &&
            (strstr(svg, "<script") || strstr(svg, "<!DOCTYPE")))
            __builtin_trap();
    } else if (problem.line < 1 || !problem.what[0]) {
        __builtin_trap();
    }
    free(svg);
    return 0;
}
