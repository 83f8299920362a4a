/* A server program that is measured: started, asked, looked at, stopped. */
#pragma once

#include <sys/types.h>

struct served {
    pid_t pid;
    int in; /* closed at the end */
    unsigned port;
};

/* Starts the program and reads "http://127.0.0.1:PORT" from what it says; its complaints go
 * to the file `log`. False: it cannot be started, or ended at once. */
int served_start(struct served *s, const char *const *argv, const char *log);
/* Greatest memory that it has held so far, with its children, in MiB. */
double served_rss_mb(const struct served *s);
/* Processor time that it has spent so far, without its children. */
double served_cpu_s(const struct served *s);
void served_stop(struct served *s);
