/* verify-certificate: checks the text of a “Giấy ghi nhận” with a key file, and nothing else:
 * no database, no network. */
#pragma once

#include <stdbool.h>

struct options;

bool verify_is(const char *word);
/* `dir`: data folder, whose key is taken when no other is named. Exit code: 0 valid, 1 not,
 * or another name; 64 usage; 66 no key there. */
int verify_run(const struct options *o, const char *dir, int argc,
               const char *const *argv);
