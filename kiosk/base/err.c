#include "base/err.h"

const char *err_name(enum err err)
{
    static const char *const names[] = {
        [ERR_OK] = "ok",           [ERR_RETRY] = "retry",
        [ERR_OFFLINE] = "offline", [ERR_REJECTED] = "rejected",
        [ERR_FULL] = "full",       [ERR_CORRUPT] = "corrupt",
    };

    return names[err];
}
