/* camera.c before a driver that is played: its ioctls come here (ld --wrap), its buffers
 * are pages of a memfd, which is opened as the device. No kernel driver took part. */
#define _GNU_SOURCE /* memfd_create */
#include <errno.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "source.h"

#define W 8
#define H 4
#define STRIDE 24 /* a driver may pad its lines */
#define PAGE 4096
#define BUFFERS 2

static struct driver {
    int fd;
    uint32_t caps, fourcc;      /* what it can */
    int refuse_request, refuse; /* an ioctl, and the errno it fails with */
    bool queued[BUFFERS], streams;
    uint32_t flags, bytes; /* of the next frame */
} driver;

static int take_buffer(struct v4l2_buffer *b)
{
    for (uint32_t i = 0; i < BUFFERS; i++)
        if (driver.streams && driver.queued[i]) {
            driver.queued[i] = false;
            b->index = i;
            b->flags = driver.flags;
            b->bytesused = driver.bytes;
            return 0;
        }
    errno = EAGAIN;
    return -1;
}

static void set_format(struct v4l2_format *f)
{
    assert_true(f->fmt.pix.width >= W && f->fmt.pix.height >= H);
    f->fmt.pix.width = W;
    f->fmt.pix.height = H;
    f->fmt.pix.bytesperline = STRIDE;
    f->fmt.pix.pixelformat =
        driver.fourcc; /* as drivers do: what it can, not an error */
}

int __wrap_ioctl(int fd, unsigned long what, ...);
int __wrap_ioctl(int fd, unsigned long what, ...)
{
    va_list args;
    void *arg;

    (void)fd;
    va_start(args, what);
    arg = va_arg(args, void *);
    va_end(args);
    if (driver.refuse && (unsigned)driver.refuse_request == (unsigned)what) {
        errno = driver.refuse;
        return -1;
    }
    switch ((unsigned)what) {
    case VIDIOC_QUERYCAP:
        ((struct v4l2_capability *)arg)->capabilities = driver.caps;
        return 0;
    case VIDIOC_S_FMT:
        set_format(arg);
        return 0;
    case VIDIOC_REQBUFS:
        ((struct v4l2_requestbuffers *)arg)->count = BUFFERS;
        return 0;
    case VIDIOC_QUERYBUF:
        ((struct v4l2_buffer *)arg)->length = PAGE;
        ((struct v4l2_buffer *)arg)->m.offset =
            ((struct v4l2_buffer *)arg)->index * PAGE;
        return 0;
    case VIDIOC_QBUF:
        driver.queued[((struct v4l2_buffer *)arg)->index] = true;
        return 0;
    case VIDIOC_DQBUF:
        return take_buffer(arg);
    case VIDIOC_STREAMON:
    case VIDIOC_STREAMOFF:
        driver.streams = (unsigned)what == VIDIOC_STREAMON;
        return 0;
    default:
        return 0;
    }
}

/* --- opening -------------------------------------------------------------------------- */

#define CAN (V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING)

static enum err open_it(struct source *s)
{
    char path[64];

    driver.fd = memfd_create("camera", MFD_CLOEXEC);
    assert_int_equal(ftruncate(driver.fd, BUFFERS * PAGE), 0);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", driver.fd);
    return camera_open(path, s);
}

static const struct row {
    const char *name;
    struct driver driver;
    enum err want;
} rows[] = {
    { "grey", { .caps = CAN, .fourcc = V4L2_PIX_FMT_GREY }, ERR_OK },
    { "YUYV, as cameras on USB", { .caps = CAN, .fourcc = V4L2_PIX_FMT_YUYV }, ERR_OK },
    { "NV12", { .caps = CAN, .fourcc = V4L2_PIX_FMT_NV12 }, ERR_OK },
    { "MJPEG alone", { .caps = CAN, .fourcc = V4L2_PIX_FMT_MJPEG }, ERR_OFFLINE },
    { "a device that captures nothing",
      { .caps = V4L2_CAP_VIDEO_OUTPUT | V4L2_CAP_STREAMING,
        .fourcc = V4L2_PIX_FMT_YUYV },
      ERR_OFFLINE },
    { "others set its format",
      { .caps = CAN,
        .fourcc = V4L2_PIX_FMT_YUYV,
        .refuse_request = (int)VIDIOC_S_FMT,
        .refuse = EBUSY },
      ERR_RETRY },
    { "others have its buffers",
      { .caps = CAN,
        .fourcc = V4L2_PIX_FMT_YUYV,
        .refuse_request = (int)VIDIOC_REQBUFS,
        .refuse = EBUSY },
      ERR_RETRY },
    { "others stream",
      { .caps = CAN,
        .fourcc = V4L2_PIX_FMT_YUYV,
        .refuse_request = (int)VIDIOC_STREAMON,
        .refuse = EBUSY },
      ERR_RETRY },
    { "a rate that cannot be set is no fault",
      { .caps = CAN,
        .fourcc = V4L2_PIX_FMT_YUYV,
        .refuse_request = (int)VIDIOC_S_PARM,
        .refuse = ENOTTY },
      ERR_OK },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct source s;

    driver = r->driver;
    assert_int_equal(open_it(&s), r->want);
    assert_int_equal(driver.streams, r->want == ERR_OK);
    if (!r->want)
        s.close(&s);
    assert_false(driver.streams);
    close(driver.fd);
}

/* --- frames --------------------------------------------------------------------------- */

static void test_luma_comes_out_and_the_driver_gets_its_buffer_back_wiped(void **state)
{
    unsigned char yuyv[STRIDE * H], after[STRIDE * H], nothing[STRIDE * H] = { 0 };
    struct source s;
    struct frame f;

    (void)state;
    driver = (struct driver){ .caps = CAN,
                              .fourcc = V4L2_PIX_FMT_YUYV,
                              .bytes = sizeof(yuyv) };
    assert_int_equal(open_it(&s), ERR_OK);
    assert_true(frame_open(&f));
    for (size_t i = 0; i < sizeof(yuyv); i++)
        yuyv[i] = (unsigned char)(i % 2 ? 200 : i / STRIDE * 10 + i % STRIDE / 2);
    assert_int_equal(pwrite(driver.fd, yuyv, sizeof(yuyv), 0), sizeof(yuyv));
    assert_int_equal(s.next(&s, &f), SOURCE_FRAME);
    assert_int_equal(f.w, W);
    for (int i = 0; i < W * H; i++)
        assert_int_equal(f.luma[i], i / W * 10 + i % W);
    assert_int_equal(pread(driver.fd, after, sizeof(after), 0), sizeof(after));
    assert_memory_equal(after, nothing, sizeof(after));
    assert_true(driver.queued[0] && driver.queued[1]);
    frame_close(&f);
    s.close(&s);
    close(driver.fd);
}

static void test_frames_that_are_spoiled_or_missing_are_left_out(void **state)
{
    struct source s;
    struct frame f;

    (void)state;
    driver = (struct driver){ .caps = CAN,
                              .fourcc = V4L2_PIX_FMT_YUYV,
                              .bytes = STRIDE * H,
                              .flags = V4L2_BUF_FLAG_ERROR };
    assert_int_equal(open_it(&s), ERR_OK);
    assert_true(frame_open(&f));
    assert_int_equal(s.next(&s, &f), SOURCE_NONE);
    driver.flags = 0;
    driver.bytes = STRIDE; /* cut off */
    assert_int_equal(s.next(&s, &f), SOURCE_NONE);
    driver.bytes = PAGE + 1; /* more than there is room for */
    assert_int_equal(s.next(&s, &f), SOURCE_NONE);
    driver.queued[0] = driver.queued[1] = false;
    assert_int_equal(s.next(&s, &f), SOURCE_NONE);
    driver.refuse_request = (int)VIDIOC_DQBUF;
    driver.refuse = ENODEV; /* pulled out */
    assert_int_equal(s.next(&s, &f), SOURCE_GONE);
    frame_close(&f);
    s.close(&s);
    close(driver.fd);
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(test_luma_comes_out_and_the_driver_gets_its_buffer_back_wiped),
        cmocka_unit_test(test_frames_that_are_spoiled_or_missing_are_left_out),
    };
    struct CMUnitTest tests[COUNT(rows) + COUNT(others)];

    memcpy(tests, others, sizeof(others));
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[COUNT(others) + i] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
