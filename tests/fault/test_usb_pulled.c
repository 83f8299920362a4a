/* A stick that is pulled, or fails, at every single call of a write and of a reading: never
 * "done", never a half file under the final name, and put in again the same write goes well. */
#define _GNU_SOURCE /* mkdtemp */
#include "../unit/cmocka_all.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/usb.h"
#include "base/buf.h"
#include "base/check.h"

#define NAME "out/a.csv"
#define BYTES 2500 /* three writes of the stick below */
#define LARGE ((1 << 20) + 1)
#define PIECE 1000 /* bytes that a call takes or gives at most */
#define CALLS_MAX 100

/* --- the calls ------------------------------------------------------------------------- */

enum call {
    OPEN,
    STAT,
    MKDIR,
    UNLINK,
    RENAME,
    WRITE,
    READ,
    FSYNC,
    CLOSE,
    SYNC_PART,
    CALL_COUNT
};

static struct {
    bool watched;
    int left;        /* calls that still work; the next one fails first */
    int first, then; /* errno of it, and of all after it; `then` 0: these work */
    enum call failed;
    int synced;   /* calls of fsync since the last rename */
    bool forgets; /* what is read back are zeros */
    bool cut;     /* … or ends early */
} stick;

static bool fails(enum call call)
{
    stick.synced = call == RENAME ? 0 : stick.synced + (call == FSYNC);
    if (!stick.watched || stick.left-- > 0)
        return false;
    errno = stick.left == -1 ? stick.first : stick.then;
    if (stick.left == -1)
        stick.failed = call;
    return errno != 0;
}

/* names by which the linker knows them */
int __real_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
int __real_openat64(int at, const char *path, int flags, ...);
int __wrap_openat64(int at, const char *path, int flags, ...);
ssize_t __real_write(int fd, const void *bytes, size_t n);
ssize_t __wrap_write(int fd, const void *bytes, size_t n);
ssize_t __real_read(int fd, void *out, size_t n);
ssize_t __wrap_read(int fd, void *out, size_t n);
int __real_close(int fd);
int __wrap_close(int fd);

/* A call that does nothing else of its own. */
#define CALL(kind, name, parameters, arguments)            \
    int __real_##name parameters;                          \
    int __wrap_##name parameters;                          \
    int __wrap_##name parameters                           \
    {                                                      \
        return fails(kind) ? -1 : __real_##name arguments; \
    }

CALL(STAT, fstatat64, (int at, const char *path, struct stat *out, int flags),
     (at, path, out, flags))
CALL(STAT, fstat64, (int fd, struct stat *out), (fd, out))
CALL(MKDIR, mkdirat, (int at, const char *path, mode_t mode), (at, path, mode))
CALL(UNLINK, unlinkat, (int at, const char *path, int flags), (at, path, flags))
CALL(RENAME, renameat, (int from_at, const char *from, int to_at, const char *to),
     (from_at, from, to_at, to))
CALL(FSYNC, fsync, (int fd), (fd))
CALL(SYNC_PART, fdatasync, (int fd), (fd))

int __wrap_open64(const char *path, int flags, ...)
{
    return fails(OPEN) ? -1 : __real_open64(path, flags); /* nothing is made by it */
}

int __wrap_openat64(int at, const char *path, int flags, ...)
{
    va_list more;
    mode_t mode;

    va_start(more, flags);
    mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return fails(OPEN) ? -1 : __real_openat64(at, path, flags, mode);
}

ssize_t __wrap_write(int fd, const void *bytes, size_t n)
{
    if (fails(WRITE))
        return -1;
    return __real_write(fd, bytes,
                        stick.watched && n > PIECE && n <= BYTES ? PIECE : n);
}

ssize_t __wrap_read(int fd, void *out, size_t n)
{
    ssize_t got;

    if (fails(READ))
        return -1;
    got = __real_read(fd, out, stick.watched && n > PIECE ? PIECE : n);
    if (stick.forgets && got > 0)
        memset(out, 0, (size_t)got);
    return stick.cut && got > 0 && got < PIECE ? 0 : got;
}

int __wrap_close(int fd)
{
    int rc = __real_close(fd); /* in any case it is closed */

    return fails(CLOSE) ? -1 : rc;
}

/* --- a stick ------------------------------------------------------------------------------ */

struct stage {
    char dir[64];
    struct usb *usb;
    char bytes[BYTES + 1];
};

static int setup(void **state)
{
    struct stage *s = check_alloc(sizeof(*s));

    /* in memory: thousands of syncs need no disk */
    *s = (struct stage){ .dir = "/dev/shm/bdhvs-pulled-XXXXXX" };
    stick.watched = stick.forgets = stick.cut = false;
    for (size_t i = 0; i < BYTES; i++)
        s->bytes[i] = (char)('a' + i % 23);
    if (!mkdtemp(s->dir) || usb_create(s->dir, NULL, NULL, &s->usb))
        return -1;
    *state = s;
    return 0;
}

static void clear(const struct stage *s)
{
    static const char *const names[] = { "A/BDHVS/" NAME,
                                         "A/BDHVS/" NAME ".new",
                                         "A/BDHVS/a.db",
                                         "A/BDHVS/a.db.new",
                                         "A/BDHVS/out",
                                         "A/BDHVS",
                                         "A" };
    char path[128];

    for (size_t i = 0; i < COUNT(names); i++) {
        (void)snprintf(path, sizeof(path), "%s/%s", s->dir, names[i]);
        (void)remove(path);
    }
}

static int teardown(void **state)
{
    struct stage *s = *state;

    usb_destroy(s->usb);
    clear(s);
    (void)rmdir(s->dir);
    free(s);
    return 0;
}

static void fresh(struct stage *s, const char *old)
{
    char path[128];

    clear(s);
    (void)snprintf(path, sizeof(path), "%s/A", s->dir);
    assert_int_equal(mkdir(path, 0755), 0);
    (void)usb_tick(s->usb);
    if (old)
        assert_int_equal(usb_write(s->usb, NAME, old, strlen(old)), USB_DONE);
}

static enum usb_verdict write_pulled(struct stage *s, int after, int first, int then)
{
    enum usb_verdict verdict;

    stick.left = after;
    stick.first = first;
    stick.then = then;
    stick.watched = true;
    verdict = usb_write(s->usb, NAME, s->bytes, BYTES);
    stick.watched = false;
    return verdict;
}

/* Under the final name stands what was there before, or all of the new file. */
static void assert_not_half(struct stage *s, const char *old)
{
    enum usb_verdict verdict;
    struct buf bytes;

    buf_init(&bytes, BYTES * 2);
    verdict = usb_read(s->usb, NAME, &bytes);
    if (verdict == USB_NONE)
        assert_null(old);
    else if (!old || bytes.len != strlen(old) || memcmp(bytes.data, old, bytes.len))
        assert_true(bytes.len == BYTES && !memcmp(bytes.data, s->bytes, BYTES));
    buf_finish(&bytes);
}

static bool has_temporary(const struct stage *s)
{
    char path[128];

    (void)snprintf(path, sizeof(path), "%s/A/BDHVS/" NAME ".new", s->dir);
    return access(path, F_OK) == 0;
}

static void assert_goes_well_now(struct stage *s)
{
    struct buf bytes;

    assert_int_equal(usb_write(s->usb, NAME, s->bytes, BYTES), USB_DONE);
    buf_init(&bytes, BYTES);
    assert_int_equal(usb_read(s->usb, NAME, &bytes), USB_DONE);
    assert_int_equal(bytes.len, BYTES);
    assert_memory_equal(bytes.data, s->bytes, BYTES);
    assert_false(has_temporary(s));
    buf_finish(&bytes);
}

/* --- stories -------------------------------------------------------------------------------- */

/* Which calls were the first to fail. */
static unsigned pull_everywhere(struct stage *s, const char *old, int first, int then,
                                enum usb_verdict one, enum usb_verdict other)
{
    unsigned failed = 0;
    int after = 0;

    for (;; after++) {
        enum usb_verdict verdict;

        assert_true(after < CALLS_MAX);
        fresh(s, old);
        verdict = write_pulled(s, after, first, then);
        if (stick.left >= 0)
            break; /* the write was through before it was pulled */
        failed |= 1U << stick.failed;
        /* nothing hangs on the closing of a folder, nor on the first look at the name */
        if (verdict == USB_DONE)
            assert_true(stick.failed == CLOSE || (stick.failed == STAT && !then));
        else
            assert_true(verdict == one || verdict == other);
        assert_not_half(s, verdict == USB_DONE ? s->bytes : old);
        assert_goes_well_now(s);
    }
    return failed;
}

static void test_pulled_at_any_call_it_is_never_done(void **state)
{
    static const int errors[] = { EIO, ENODEV, ENXIO };
    const unsigned all = (1U << SYNC_PART) - 1; /* a small file has no parts */
    struct stage *s = *state;

    for (size_t i = 0; i < COUNT(errors); i++) {
        assert_int_equal(
            pull_everywhere(s, NULL, errors[i], ENODEV, USB_GONE, USB_GONE), all);
        (void)pull_everywhere(s, "old", errors[i], ENODEV, USB_GONE, USB_GONE);
    }
    /* a bad contact: one call fails, and all others work */
    (void)pull_everywhere(s, "old", EIO, 0, USB_GONE, USB_GONE);
    assert_non_null(strstr(usb_words(USB_GONE), "chưa ghi được"));
}

/* Linux mounts a damaged file system to be read only, in the middle of it. */
static void test_locked_or_full_at_any_call_says_so(void **state)
{
    struct stage *s = *state;

    (void)pull_everywhere(s, "old", EIO, EROFS, USB_GONE, USB_READ_ONLY);
    (void)pull_everywhere(s, "old", EROFS, EROFS, USB_READ_ONLY, USB_READ_ONLY);
    (void)pull_everywhere(s, "old", ENOSPC, ENOSPC, USB_FULL, USB_FULL);
}

/* Large files are synced part by part; what the stick says of one is heard. */
static void test_a_part_that_is_not_taken_ends_the_write(void **state)
{
    static char large[LARGE];
    struct stage *s = *state;

    for (int after = 0;; after++) {
        enum usb_verdict verdict;

        assert_true(after < CALLS_MAX);
        fresh(s, NULL);
        stick.left = after;
        stick.first = EIO;
        stick.then = 0; /* later calls would hide it */
        stick.watched = true;
        verdict = usb_write(s->usb, "a.db", large, LARGE);
        stick.watched = false;
        if (stick.failed != SYNC_PART)
            continue;
        assert_int_equal(verdict, USB_GONE);
        assert_int_equal(usb_read(s->usb, "a.db", NULL), USB_NONE);
        return;
    }
}

/* FAT writes where a file lies and how long it is into its new name only when the file is synced
 * once more; a sync of the folder alone leaves an empty file for who pulls the stick then. */
static void test_a_renamed_file_is_synced_and_its_folder(void **state)
{
    struct stage *s = *state;

    fresh(s, "old");
    assert_int_equal(write_pulled(s, CALLS_MAX, EIO, EIO), USB_DONE);
    assert_int_equal(stick.synced, 2);
}

static void test_a_stick_that_forgets_what_it_took_is_found_out(void **state)
{
    struct stage *s = *state;

    for (int way = 0; way < 2; way++) {
        fresh(s, "old");
        stick.forgets = way == 0;
        stick.cut = way == 1;
        assert_int_equal(write_pulled(s, CALLS_MAX, 0, 0), USB_DIFFERS);
        stick.forgets = stick.cut = false;
        assert_false(has_temporary(s));
        assert_not_half(s, "old");
        assert_goes_well_now(s);
    }
}

static void test_pulled_while_it_is_read_gives_no_half_file(void **state)
{
    struct stage *s = *state;
    struct buf bytes;

    fresh(s, NULL);
    assert_goes_well_now(s);
    buf_init(&bytes, BYTES);
    for (int after = 0;; after++) {
        enum usb_verdict verdict;

        assert_true(after < CALLS_MAX);
        buf_clear(&bytes);
        stick.left = after;
        stick.first = EIO;
        stick.then = ENODEV;
        stick.watched = true;
        verdict = usb_read(s->usb, NAME, &bytes);
        stick.watched = false;
        if (stick.left >= 0)
            break;
        if (verdict == USB_DONE) {
            assert_int_equal(stick.failed, CLOSE);
            assert_int_equal(bytes.len, BYTES);
        } else {
            assert_int_equal(verdict, USB_GONE);
        }
    }
    buf_finish(&bytes);
}

int main(void)
{
#define STICK(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        STICK(test_pulled_at_any_call_it_is_never_done),
        STICK(test_locked_or_full_at_any_call_says_so),
        STICK(test_a_part_that_is_not_taken_ends_the_write),
        STICK(test_a_renamed_file_is_synced_and_its_folder),
        STICK(test_a_stick_that_forgets_what_it_took_is_found_out),
        STICK(test_pulled_while_it_is_read_gives_no_half_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
