/* canaries --n N [--unsealed]: registers N people whose names are made of words that occur
 * nowhere else, half of them while the vault is locked, edits, merges, erases and searches,
 * makes backups, totals and a bundle, and locks the vault. Then no such word may stand in
 * any byte of the data folder, the log, the totals, the bundle or the readable memory of
 * the process itself, in capitals or not, as bytes, UTF-16 or UTF-32.
 * The scanner keeps no list that it could find: a word is known by its last six letters,
 * which are a keyed hash of the others.
 * --unsealed is the control: names are written without the seal, and files and memory must
 * both be found out. Prints one JSON line; exit 0 when all is as promised. */
#define _XOPEN_SOURCE 700 /* nftw, pread */
#include <ctype.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "store/backup.h"
#include "store/db.h"
#include "store/journal.h"
#include "store/outbox.h"
#include "store/people.h"
#include "store/people_index.h"
#include "store/vault.h"
#include "wire/bundle.h"

#define START_MS 1795300000000 /* 2026-11-22 */
#define WORD 14 /* letters: two that mark it, six of chance, six of check */
#define CHECKED 8
#define WIDEST 4 /* bytes of a character in UTF-32 */
#define CHUNK (1 << 20)
#define TOUCHED 40 /* people who are edited, merged, erased */
#define ERASED 5
#define PASSPHRASE "mat khau thu"

static unsigned char key[HASH_KEY_BYTES];
static char dir[40], log_path[40];
static bool unsealed, verbose;
static unsigned char chunk[CHUNK];

static int64_t wall(void *ctx)
{
    (void)ctx;
    return START_MS;
}

static const struct clock still = { wall, wall, NULL };

/* In the place of store/vault.c's. */
enum err __real_vault_seal(struct vault *v, const unsigned char *token,
                           const char *column, int64_t version, const void *plain,
                           size_t n, struct buf *out);
enum err __wrap_vault_seal(struct vault *v, const unsigned char *token,
                           const char *column, int64_t version, const void *plain,
                           size_t n, struct buf *out);
enum err __wrap_vault_seal(struct vault *v, const unsigned char *token,
                           const char *column, int64_t version, const void *plain,
                           size_t n, struct buf *out)
{
    if (!unsealed)
        return __real_vault_seal(v, token, column, version, plain, n, out);
    buf_add(out, plain, n);
    return ERR_OK;
}

/* --- words ------------------------------------------------------------------------------ */

static void check_letters(const char letters[CHECKED], char out[WORD - CHECKED])
{
    struct hash_part part = { letters, CHECKED };
    unsigned char hash[HASH_KEY_BYTES];

    hash_keyed(key, &part, 1, hash);
    for (size_t i = 0; i < WORD - CHECKED; i++)
        out[i] = (char)('a' + hash[i] % 26);
}

/* The word of a number, always the same. */
static void make_word(unsigned number, char out[WORD + 1])
{
    struct hash_part part = { &number, sizeof(number) };
    unsigned char hash[HASH_KEY_BYTES];

    hash_keyed(key, &part, 1, hash);
    out[0] = 'z';
    out[1] = 'q';
    for (size_t i = 2; i < CHECKED; i++)
        out[i] = (char)('a' + hash[i] % 26);
    check_letters(out, out + CHECKED);
    out[WORD] = 0;
}

static bool is_word(const unsigned char *at, size_t width)
{
    char letters[WORD], want[WORD - CHECKED];

    for (size_t i = 0; i < WORD; i++)
        letters[i] = (char)tolower(at[i * width]);
    if (letters[0] != 'z' || letters[1] != 'q')
        return false;
    check_letters(letters, want);
    return !memcmp(letters + CHECKED, want, sizeof(want));
}

static int count_words(const unsigned char *bytes, size_t n)
{
    int found = 0;

    for (size_t width = 1; width <= WIDEST; width *= 2)
        for (size_t i = 0; i + (WORD - 1) * width < n; i++)
            if ((bytes[i] | 32) == 'z' && is_word(bytes + i, width))
                found++;
    return found;
}

/* "Zq…… Zq…… Na", every third in capitals. */
static void make_name(unsigned number, char out[PERSON_NAME_MAX])
{
    char word[2][WORD + 1];

    for (unsigned i = 0; i < 2; i++) {
        make_word(4 * number + i, word[i]);
        for (size_t k = 0; k < (number % 3 ? 1 : WORD); k++)
            word[i][k] = (char)toupper((unsigned char)word[i][k]);
    }
    (void)snprintf(out, PERSON_NAME_MAX, "%s %s Na", word[0], word[1]);
    hash_wipe(word, sizeof(word));
}

static void make_details(unsigned number, struct person_details *out)
{
    memset(out, 0, sizeof(*out));
    make_name(2 * number, out->name);
    out->year = number % 4 ? 1958 : 2015;
    if (number % 4 == 0)
        make_name(2 * number + 1, out->guardian_name);
}

/* --- what is done with them -------------------------------------------------------------- */

static const struct person_cohort cohort = { .thon = "t07", .sex = "f", .group = "g2" };

static struct person_card register_one(struct db *db, struct vault *vault,
                                       unsigned number)
{
    struct person_consent consent = { .text_version = "c1",
                                      .day = -1,
                                      .method = CONSENT_TAP,
                                      .witness = "s1",
                                      .guardian = GUARDIAN_MOTHER };
    struct person_details details;
    struct person_card card;

    make_details(number, &details);
    ASSERT(!people_register(db, vault, &details, &cohort, &consent, NULL, "s1", &card));
    hash_wipe(&details, sizeof(details));
    return card;
}

/* Searches by a word in small letters, and asks who is alike. */
static size_t search_for(struct db *db, struct vault *vault, unsigned n)
{
    const struct people_entry *entries[8];
    struct people_likeness alike[4];
    struct people_index *ix;
    char word[WORD + 1], name[PERSON_NAME_MAX];
    size_t found = 0;

    ASSERT(!people_index_open(db, vault, &ix));
    for (unsigned i = 0; i < n; i += n / 50 + 1) {
        make_word(8 * i, word);
        make_name(2 * i, name);
        found += people_search(ix, word, entries, COUNT(entries));
        (void)people_alike(ix, name, 1958, "t07", alike, COUNT(alike));
    }
    people_index_close(ix);
    hash_wipe(word, sizeof(word));
    hash_wipe(name, sizeof(name));
    return found;
}

static void change_some(struct db *db, struct vault *vault,
                        const struct person_card cards[TOUCHED], unsigned n)
{
    struct person_details details;
    struct erase_receipt receipt;

    for (unsigned i = 0; i + 2 < TOUCHED; i += 3) {
        make_details(n + i, &details);
        ASSERT(!people_edit(db, vault, cards[i].token, &details, &cohort, "s1"));
        ASSERT(!people_merge(db, cards[i].token, cards[i + 1].token, "s1"));
        if (i / 3 < ERASED)
            ASSERT(!people_erase(db, cards[i + 2].token, "s1", &receipt));
    }
    hash_wipe(&details, sizeof(details));
}

static size_t live(struct db *db, struct vault *vault, unsigned n)
{
    struct person_card cards[TOUCHED];
    size_t found;

    ASSERT(n >= 2 * TOUCHED);
    for (unsigned i = 0; i < n; i++) {
        struct person_card card;

        if (i == n / 2)
            vault_lock(vault);
        card = register_one(db, vault, i);
        if (i < TOUCHED)
            cards[i] = card;
    }
    ASSERT(!backup_make(db, NULL, 0));
    ASSERT(!vault_unlock(vault, VAULT_PASSPHRASE, PASSPHRASE));
    change_some(db, vault, cards, n);
    found = search_for(db, vault, n);
    ASSERT(!backup_make(db, NULL, 0));
    return found;
}

/* What leaves the kiosk, before it is signed: base64 would hide a name. */
static int count_leaving(struct db *db)
{
    struct arena arena = { 0 };
    struct bundle b = { 0 };
    struct buf out;
    int found;

    buf_init(&out, 1 << 26);
    ASSERT(!journal_totals_json(db, &out));
    ASSERT(!outbox_fill(db, BUNDLE_ROWS_MAX, &arena, &b));
    ASSERT(b.n_runs);
    b.commune = "dtt";
    b.kiosk = "k1";
    b.nonce = "AAAAAAAAAAAAAAAAAAAAAA";
    b.version = "1";
    b.health.db = "ok";
    ASSERT(!bundle_encode(&b, &out));
    found = count_words((unsigned char *)out.data, out.len);
    buf_finish(&out);
    arena_finish(&arena);
    return found;
}

/* --- where they are looked for ------------------------------------------------------------ */

/* `*n_out` grows by the bytes looked at. A piece overlaps the one before it. */
static int count_between(int fd, uint64_t from, uint64_t to, uint64_t *n_out)
{
    int found = 0;

    while (from < to) {
        size_t want = to - from < CHUNK ? (size_t)(to - from) : CHUNK;
        ssize_t got = pread(fd, chunk, want, (off_t)from);

        if (got <= 0)
            break; /* the end; or memory of a device */
        found += count_words(chunk, (size_t)got);
        *n_out += (uint64_t)got;
        if (got < CHUNK)
            from += (uint64_t)got;
        else
            from += CHUNK - WORD * WIDEST;
    }
    hash_wipe(chunk, sizeof(chunk));
    return found;
}

static int file_words;
static uint64_t file_bytes;

static int look_into(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    int fd, found;

    (void)st;
    (void)ftw;
    if (type != FTW_F)
        return 0;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    ASSERT(fd >= 0);
    found = count_between(fd, 0, UINT64_MAX / 2, &file_bytes);
    close(fd);
    if (verbose && found)
        printf("  %d in %s\n", found, path);
    file_words += found;
    return 0;
}

static int count_in_memory(uint64_t *n_out)
{
    static char line[4096];
    FILE *maps = fopen("/proc/self/maps", "re");
    int fd = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    int words = 0;

    ASSERT(maps && fd >= 0);
    while (fgets(line, sizeof(line), maps)) {
        uint64_t from, to;
        char rights[5];
        int found;

        ASSERT(sscanf(line, "%" SCNx64 "-%" SCNx64 " %4s", &from, &to, rights) == 3);
        if (rights[0] != 'r' || strstr(line, "[vvar") || strstr(line, "[vsyscall]"))
            continue;
        found = count_between(fd, from, to, n_out);
        if (verbose && found)
            printf("  %d in %s", found, line);
        words += found;
    }
    fclose(maps);
    close(fd);
    return words;
}

/* The scanner must see what stands in the heap and in other widths. */
static void try_scanner(void)
{
    unsigned char wide[WORD * WIDEST];
    char word[WORD + 1];
    uint64_t n = 0;
    char *kept = check_alloc(WORD + 1);

    make_word(1, word);
    for (size_t width = 1; width <= WIDEST; width *= 2) {
        memset(wide, 0, sizeof(wide));
        for (size_t i = 0; i < WORD; i++)
            wide[i * width] = (unsigned char)toupper((unsigned char)word[i]);
        ASSERT(count_words(wide, sizeof(wide)) == 1);
    }
    hash_wipe(wide, sizeof(wide));
    memcpy(kept, word, sizeof(word));
    hash_wipe(word, sizeof(word));
    ASSERT(count_in_memory(&n) >= 1);
    hash_wipe(kept, WORD);
    free(kept);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *f)
{
    (void)st;
    (void)type;
    (void)f;
    return remove(path);
}

static void read_options(int argc, char **argv, unsigned *n)
{
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--unsealed"))
            unsealed = true;
        else if (!strcmp(argv[i], "--verbose"))
            verbose = true;
        else if (!strcmp(argv[i], "--n") && i + 1 < argc)
            *n = (unsigned)atoi(argv[++i]);
    }
}

int main(int argc, char **argv)
{
    struct db_config config = {
        .dir = dir, .clock = &still, .program_version = "1", .clock_kept = true
    };
    char recovery[VAULT_SECRET_CHARS];
    struct db *db;
    struct vault *vault;
    unsigned n = 300;
    size_t searched;
    uint64_t memory_bytes = 0;
    int leaving, in_memory;
    bool ok;

    read_options(argc, argv, &n);
    hash_init();
    check_no_core();
    hash_random(key, sizeof(key));
    memcpy(dir, "/tmp/bdhvs-canaries-XXXXXX", 27);
    ASSERT(mkdtemp(dir));
    (void)snprintf(log_path, sizeof(log_path), "%s/log", dir);
    ASSERT(freopen(log_path, "w", stderr));
    try_scanner();
    ASSERT(!db_open(&config, &db) && !vault_open(db, &vault) &&
           !vault_create(vault, PASSPHRASE, recovery));
    searched = live(db, vault, n);
    vault_lock(vault);
    leaving = count_leaving(db);
    (void)fflush(stderr);
    ASSERT(!nftw(dir, look_into, 16, FTW_PHYS));
    in_memory = count_in_memory(&memory_bytes);
    vault_close(vault);
    db_close(db);
    ASSERT(!nftw(dir, look_into, 16, FTW_PHYS)); /* as the next start finds it */
    (void)nftw(dir, remove_one, 16, FTW_PHYS | FTW_DEPTH);
    ok = unsealed ? file_words > 0 && in_memory > 0
                  : searched > 0 && !file_words && !in_memory && !leaving;
    printf("{\"people\":%u,\"control\":%s,\"searched\":%zu,\"bytes\":%" PRIu64
           ",\"memory_bytes\":%" PRIu64 ",\"in_files\":%d,\"in_memory\":%d,"
           "\"leaving\":%d,\"ok\":%s}\n",
           n, unsealed ? "true" : "false", searched, file_bytes, memory_bytes,
           file_words, in_memory, leaving, ok ? "true" : "false");
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
