/* One line per fact on stderr, for journald. Never names, codes or answers.
 * Define LOG_MODULE before including. */
#pragma once

enum log_level { LOG_LEVEL_ERR, LOG_LEVEL_WARN, LOG_LEVEL_INFO, LOG_LEVEL_DBG };

#ifdef LOG_MODULE
#define LOG_ERR(...) \
    log_line(LOG_LEVEL_ERR, LOG_MODULE, __FILE__, __LINE__, __VA_ARGS__)
#define LOG_WARN(...) \
    log_line(LOG_LEVEL_WARN, LOG_MODULE, __FILE__, __LINE__, __VA_ARGS__)
#define LOG_INFO(...) \
    log_line(LOG_LEVEL_INFO, LOG_MODULE, __FILE__, __LINE__, __VA_ARGS__)
#define LOG_DBG(...) \
    log_line(LOG_LEVEL_DBG, LOG_MODULE, __FILE__, __LINE__, __VA_ARGS__)
#endif

void log_line(enum log_level level, const char *module, const char *file, int line,
              const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Lines above `level` are dropped; LOG_LEVEL_INFO at start. Thread: any, but set it
 * before the sync thread starts. */
void log_set_level(enum log_level level);
