/* For the two implementations of platform.h. */
#pragma once

/* When this process was started, in ms on the clock of platform_t_ms. */
double platform_process_start_ms(void);
