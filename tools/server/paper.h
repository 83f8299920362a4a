/* /giay: whether the code of a “Giấy ghi nhận” was signed by a machine of this commune, and
 * what it says. The code is neither logged nor kept; a name is not asked for. */
#pragma once

#include <stddef.h>

#include "base/err.h"
#include "server.h"

struct buf;

/* The form alone, or with the answer to `form` ("ma=BC1…", as a browser posts it). NULL:
 * nothing was asked. Errors: of the store. */
NODISCARD enum err paper_page(struct server *s, const char *form, size_t n,
                              struct buf *out);
