/* What is a letter here: Latin with marks, of any script that people use. */
#pragma once

#include <stdbool.h>

/* Whether a letter begins at `s`, which is valid UTF-8. */
bool letter_at(const char *s);
