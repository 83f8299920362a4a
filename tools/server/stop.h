/* SIGTERM and SIGINT as something that a loop can wait for. */
#pragma once

#include <stdbool.h>

/* `*fd_out` becomes readable with the first of them. SIGPIPE is ignored from here on. */
bool stop_catch(int *fd_out);
