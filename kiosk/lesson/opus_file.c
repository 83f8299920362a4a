/* Pages, one after the other. */
#include "lesson/opus_file.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "lesson/voice_index.h"

#define HEAD 27 /* bytes of a page before its table of segments */
#define FLAGS_AT 5
#define GRANULE_AT 6
#define CHECKSUM_AT 22
#define SEGMENTS_AT 26
#define FLAG_END 4
#define POLYNOMIAL 0x04C11DB7U
#define RATE 48000 /* of Opus, always */
#define OPUS_HEAD 19

static uint64_t little(const unsigned char *p, int n)
{
    uint64_t v = 0;

    while (n--)
        v = v << 8 | p[n];
    return v;
}

/* The page's own four bytes count as zero. */
static uint32_t checksum(const unsigned char *page, size_t n)
{
    uint32_t crc = 0;

    for (size_t i = 0; i < n; i++) {
        unsigned byte = i >= CHECKSUM_AT && i < CHECKSUM_AT + 4 ? 0 : page[i];

        crc ^= (uint32_t)byte << 24;
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 0x80000000U ? crc << 1 ^ POLYNOMIAL : crc << 1;
    }
    return crc;
}

/* Bytes of the page; 0: it is not whole. */
static size_t page_size(const unsigned char *page, size_t left)
{
    size_t n = HEAD;

    if (left < HEAD || memcmp(page, "OggS", 4) != 0 ||
        left < HEAD + (size_t)page[SEGMENTS_AT])
        return 0;
    n += page[SEGMENTS_AT];
    for (size_t i = 0; i < page[SEGMENTS_AT]; i++)
        n += page[HEAD + i];
    return n <= left && checksum(page, n) == little(page + CHECKSUM_AT, 4) ? n : 0;
}

/* Samples to leave out at the beginning; -1: no mono Opus. */
static int64_t skip_of(const unsigned char *page, size_t n)
{
    const unsigned char *packet = page + HEAD + page[SEGMENTS_AT];

    if ((size_t)(packet - page) + OPUS_HEAD > n || memcmp(packet, "OpusHead", 8) != 0 ||
        packet[9] != 1)
        return -1;
    return (int64_t)little(packet + 10, 2);
}

enum err opus_file_check(const void *bytes, size_t n, int *ms_out)
{
    const unsigned char *page = bytes;
    int64_t skip = -1, samples = 0;
    bool ended = false;

    *ms_out = 0;
    while (n && !ended) {
        size_t size = page_size(page, n);

        if (!size)
            return ERR_CORRUPT;
        if (skip < 0 && (skip = skip_of(page, size)) < 0)
            return ERR_REJECTED;
        samples = (int64_t)little(page + GRANULE_AT, 8) - skip;
        ended = page[FLAGS_AT] & FLAG_END;
        page += size;
        n -= size;
    }
    if (!ended || n)
        return ERR_CORRUPT;
    if (samples <= 0 || samples > (int64_t)RATE * VOICE_MS_MAX / 1000)
        return ERR_REJECTED;
    *ms_out = (int)(samples * 1000 / RATE);
    return *ms_out ? ERR_OK : ERR_REJECTED;
}
