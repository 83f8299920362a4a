/* Six results of a call, named by what the caller does next. */
#pragma once

#define NODISCARD __attribute__((warn_unused_result))

enum err {
    ERR_OK,       /* done; goes on */
    ERR_RETRY,    /* busy or slow: try again soon */
    ERR_OFFLINE,  /* the peer cannot be reached: keep the data, back off */
    ERR_REJECTED, /* the data is wrong: never resend it unchanged, show an adult */
    ERR_FULL,     /* disk or queue full: shed load, keep teaching */
    ERR_CORRUPT,  /* stored bytes fail their checks: set aside, start fresh, report */
};

/* The short English name for logs, e.g. "rejected". Static storage. */
const char *err_name(enum err err);
