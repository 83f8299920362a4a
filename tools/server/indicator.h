/* A digital indicator that the commune enters by hand, a setting of one line:
 *   index.<code>.<period>  "Hộ kinh doanh có mã QR; 34; hộ; 2026-12-15; Phòng Kinh tế"
 * (name; value, "-": not known; unit; day; source). The code's first letter is the pillar:
 * g chính quyền số, e kinh tế số, s xã hội số. */
#pragma once

#include <stdbool.h>

#define INDICATOR_GROUP "index." /* what a key begins with */
#define INDICATOR_TEXT_BYTES 200

struct indicator {
    char code[17];
    char period[11]; /* as in the key: "2026-h2" */
    char name[INDICATOR_TEXT_BYTES];
    char value[24]; /* "34", "85,5", or "-" */
    char unit[48];
    char day[11];
    char source[INDICATOR_TEXT_BYTES];
};

/* False: `*why` says what is wrong. */
bool indicator_read(const char *key, const char *value, struct indicator *out,
                    const char **why);
