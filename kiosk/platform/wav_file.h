/* A microphone that is a file, for tests: 16-bit mono PCM, 48000 a second, as fast as a clock
 * goes; behind its end it is silent. Read anew with every start. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct clock;
struct wav_file;

struct wav_file *wav_file_create(const char *path, const struct clock *clock);
void wav_file_destroy(struct wav_file *w); /* NULL is allowed */

/* Errors: ERR_OFFLINE (not there, or none of those). */
NODISCARD enum err wav_file_start(struct wav_file *w);
size_t wav_file_read(struct wav_file *w, int16_t *out, size_t max);
void wav_file_stop(struct wav_file *w);
