/* The four panel classes of the design (tokens.md §1): pictures are drawn once for
 * each, and pages choose their measures by them. */
#pragma once

enum panel {
    PANEL_REG,  /* 1280×800, the reference */
    PANEL_CMP,  /* 800×480 and anything lower than 640 dp */
    PANEL_WIDE, /* 1920×1080: the composition of PANEL_REG, larger */
    PANEL_POR,  /* portrait */
    PANEL_COUNT,
};
