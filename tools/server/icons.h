/* Drawings of 24 units, as paths of round lines 2.3 wide: the design's icons. */
#pragma once

#define ICON_CHART "M4 4v16h16M8.5 16.5v-5M13 16.5V8M17.5 16.5v-3"
#define ICON_PIN                                                          \
    "M12 21.5c-4.5-4.8-6.5-8-6.5-11a6.5 6.5 0 0 1 13 0c0 3-2 6.2-6.5 11z" \
    "M9.7 10.3a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0-4.6 0"
#define ICON_BOOK                                                            \
    "M12 6.5C9.5 4.5 6.5 4 3 4v14.5c3.5 0 6.5.5 9 2.5 2.5-2 5.5-2.5 9-2.5V4" \
    "c-3.5 0-6.5.5-9 2.5zM12 6.5V21"
#define ICON_SPEAKER \
    "M4 9.5v5h3.5l5 4v-13l-5 4zM16 9a4.5 4.5 0 0 1 0 6M18.7 6.2a8.5 8.5 0 0 1 0 11.6"
#define ICON_FLAG "M5.5 21V4M5.5 4.5h12l-2.5 4 2.5 4h-12"
#define ICON_FILE "M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h7"
#define ICON_USERS                                                           \
    "M5.5 8.5a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M2.5 20c.5-4 3-6 6.5-6s6 2" \
    " 6.5 6M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.5c2.3.7 3.7 2.5 4 5.5"
#define ICON_AWARD \
    "M6 9a6 6 0 1 0 12 0a6 6 0 1 0-12 0M8.5 14L7 21.5l5-2.5 5 2.5-1.5-7.5"
#define ICON_STAR "M12 3.5l2.6 5.6 6 .8-4.4 4.2 1.1 6-5.3-3-5.3 3 1.1-6L3.4 9.9l6-.8z"
#define ICON_SCREEN "M3 4.5h18v12H3zM9 20.5h6M12 16.5v4"
#define ICON_BELL "M6 10a6 6 0 0 1 12 0c0 5 2 6.5 2 6.5H4S6 15 6 10M10 20.5c1 1 3 1 4 0"
#define ICON_PACK "M4 7.5l8-4 8 4v9l-8 4-8-4zM4 7.5l8 4 8-4M12 11.5v9M8 5.5l8 4"
#define ICON_SHIELD \
    "M12 3l8 3v5.5c0 5-3.5 8-8 9.5-4.5-1.5-8-4.5-8-9.5V6zM8.5 12l2.5 2.5 4.5-5"
#define ICON_LIST "M8.5 6H21M8.5 12H21M8.5 18H21M4 6h.2M4 12h.2M4 18h.2"
#define ICON_USER                                                            \
    "M8 8a4 4 0 1 0 8 0a4 4 0 1 0-8 0M4.5 20.5c.6-4.5 3.5-6.5 7.5-6.5s6.9 2" \
    " 7.5 6.5"
#define ICON_EXIT "M10 4H4.5v16H10M9.5 12h11M16 7.5l4.5 4.5-4.5 4.5"
#define ICON_WARN "M12 3.5l9.5 17h-19zM12 10v5M12 17.7v.2"
#define ICON_CLOCK "M3.3 12a8.7 8.7 0 1 0 17.4 0a8.7 8.7 0 1 0-17.4 0M12 7v5.3l3.5 2"
#define ICON_OFFLINE                                                        \
    "M3 3l18 18M2.5 9.5C4.3 7.9 6.4 6.8 8.7 6.2M12.8 5.8c3.2.2 6.3 1.5 8.7" \
    " 3.7M6 13.3c1.3-1.1 2.8-1.8 4.4-2.2M9.3 16.8a4.2 4.2 0 0 1 5.4 0M12 20v.2"
#define ICON_DOWNLOAD "M12 4v11M7 10.5l5 5 5-5M4 20h16"
#define ICON_LOCK "M5 11h14v9.5H5zM8 11V8a4 4 0 0 1 8 0v3"
#define ICON_GEAR                                                                 \
    "M8.8 12a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0M12 2.8v3M12 18.2v3M2.8 12h3" \
    "M18.2 12h3M5.5 5.5l2.1 2.1M16.4 16.4l2.1 2.1M5.5 18.5l2.1-2.1M16.4 7.6l2.1-2.1"
