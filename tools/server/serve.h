/* `serve`: opens the database, binds the address, answers until it is told to stop. */
#pragma once

/* Reads the program's options. Returns the exit code. */
int serve_run(void);
