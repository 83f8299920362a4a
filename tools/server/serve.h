/* `serve`: opens the database, binds the address, answers until it is told to stop. */
#pragma once

/* Reads the program's options. `forward` tells the parent once, from a process of its own. Returns the exit code. */
int serve_run(void (*forward)(void));
