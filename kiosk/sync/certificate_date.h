/* The dates of a server's certificate, as libcurl tells them. Not curl_getdate: where time_t
 * has 32 bits (armhf of Debian 12) it knows no day after 2038-01-19, and a certificate made
 * in 2028 for ten years would be refused. */
#pragma once

#include <stdint.h>

/* Seconds since 1970 of "Nov 27 16:04:57 2026 GMT" (by OpenSSL) or "2026-11-27 16:04:57 GMT"
 * (by GnuTLS); -1 for anything else. */
int64_t certificate_date_s(const char *text);
