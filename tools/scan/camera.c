/* A V4L2 camera by its ioctls: memory mapped, luma only. The driver's own buffers are
 * wiped before it gets them back. */
#define _DEFAULT_SOURCE /* MAP_SHARED with ioctl's request type */
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/check.h"
#include "base/hash.h"
#include "source.h"

#define WANT_W 640
#define WANT_H 480
#define WANT_FPS 10 /* more is only warmth: a card is held still */
#define BUFFERS_MAX 4
#define DEVICES 10 /* decoders of a Raspberry Pi begin behind them */

/* What we read of a picture, the best first. */
static const struct kind {
    uint32_t fourcc;
    size_t step, first;
} kinds[] = {
    { V4L2_PIX_FMT_GREY, 1, 0 },   { V4L2_PIX_FMT_YUYV, 2, 0 },
    { V4L2_PIX_FMT_UYVY, 2, 1 },   { V4L2_PIX_FMT_NV12, 1, 0 },
    { V4L2_PIX_FMT_YUV420, 1, 0 },
};

struct camera {
    int fd;
    struct frame_layout layout;
    struct {
        unsigned char *at;
        size_t n;
    } buffers[BUFFERS_MAX];
    size_t n_buffers;
};

static int ask(int fd, unsigned long what, void *arg)
{
    int rc;

    do
        rc = ioctl(fd, what, arg);
    while (rc < 0 && errno == EINTR);
    return rc;
}

static struct v4l2_buffer buffer_of(uint32_t i)
{
    return (struct v4l2_buffer){ .type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
                                 .memory = V4L2_MEMORY_MMAP,
                                 .index = i };
}

/* --- opening -------------------------------------------------------------------------- */

static bool captures(int fd)
{
    struct v4l2_capability cap = { 0 };
    uint32_t can;

    if (ask(fd, VIDIOC_QUERYCAP, &cap) < 0)
        return false;
    can = cap.capabilities & V4L2_CAP_DEVICE_CAPS ? cap.device_caps : cap.capabilities;
    return (can & V4L2_CAP_VIDEO_CAPTURE) && (can & V4L2_CAP_STREAMING);
}

/* Drivers answer with what they can: it counts only if it is what we asked for. */
static enum err choose_kind(struct camera *c)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct v4l2_format f = { .type = V4L2_BUF_TYPE_VIDEO_CAPTURE };

        f.fmt.pix.width = WANT_W;
        f.fmt.pix.height = WANT_H;
        f.fmt.pix.pixelformat = kinds[i].fourcc;
        f.fmt.pix.field = V4L2_FIELD_ANY;
        if (ask(c->fd, VIDIOC_S_FMT, &f) < 0) {
            if (errno == EBUSY)
                return ERR_RETRY;
            continue;
        }
        if (f.fmt.pix.pixelformat != kinds[i].fourcc || f.fmt.pix.width > FRAME_W_MAX ||
            f.fmt.pix.height > FRAME_H_MAX)
            continue;
        c->layout = (struct frame_layout){ (int)f.fmt.pix.width, (int)f.fmt.pix.height,
                                           f.fmt.pix.bytesperline, kinds[i].step,
                                           kinds[i].first };
        if (!c->layout.stride)
            c->layout.stride = f.fmt.pix.width * kinds[i].step;
        return ERR_OK;
    }
    return ERR_OFFLINE;
}

static void slow_down(struct camera *c)
{
    struct v4l2_streamparm p = { .type = V4L2_BUF_TYPE_VIDEO_CAPTURE };

    p.parm.capture.timeperframe = (struct v4l2_fract){ 1, WANT_FPS };
    (void)ask(c->fd, VIDIOC_S_PARM, &p); /* not all can; then frames are left out */
}

static enum err map_buffers(struct camera *c)
{
    struct v4l2_requestbuffers wish = { .count = 1,
                                        .type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
                                        .memory = V4L2_MEMORY_MMAP };

    if (ask(c->fd, VIDIOC_REQBUFS, &wish) < 0)
        return errno == EBUSY ? ERR_RETRY : ERR_OFFLINE;
    for (uint32_t i = 0; i < wish.count && i < BUFFERS_MAX; i++) {
        struct v4l2_buffer b = buffer_of(i);
        void *at;

        if (ask(c->fd, VIDIOC_QUERYBUF, &b) < 0)
            return ERR_OFFLINE;
        at =
            mmap(NULL, b.length, PROT_READ | PROT_WRITE, MAP_SHARED, c->fd, b.m.offset);
        if (at == MAP_FAILED)
            return ERR_OFFLINE;
        c->buffers[i].at = at;
        c->buffers[i].n = b.length;
        c->n_buffers = i + 1;
        if (ask(c->fd, VIDIOC_QBUF, &b) < 0)
            return ERR_OFFLINE;
    }
    return c->n_buffers ? ERR_OK : ERR_OFFLINE;
}

static enum err start(struct camera *c)
{
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;

    if (ask(c->fd, VIDIOC_STREAMON, &type) < 0)
        return errno == EBUSY ? ERR_RETRY : ERR_OFFLINE;
    return ERR_OK;
}

/* --- frames --------------------------------------------------------------------------- */

static enum source_turn camera_next(struct source *s, struct frame *f)
{
    struct camera *c = s->state;
    struct v4l2_buffer b = buffer_of(0);
    bool whole;

    if (ask(c->fd, VIDIOC_DQBUF, &b) < 0)
        return errno == EAGAIN || errno == EIO ? SOURCE_NONE : SOURCE_GONE;
    if (b.index >= c->n_buffers)
        return SOURCE_GONE;
    whole = !(b.flags & V4L2_BUF_FLAG_ERROR) && b.bytesused <= c->buffers[b.index].n &&
            frame_take(f, c->buffers[b.index].at, b.bytesused, &c->layout);
    hash_wipe(c->buffers[b.index].at, c->buffers[b.index].n);
    if (ask(c->fd, VIDIOC_QBUF, &b) < 0)
        return SOURCE_GONE;
    return whole ? SOURCE_FRAME : SOURCE_NONE;
}

static void camera_close(struct source *s)
{
    struct camera *c = s->state;
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;

    (void)ask(c->fd, VIDIOC_STREAMOFF, &type);
    for (size_t i = 0; i < c->n_buffers; i++) {
        hash_wipe(c->buffers[i].at, c->buffers[i].n);
        munmap(c->buffers[i].at, c->buffers[i].n);
    }
    close(c->fd);
    free(c);
}

static enum err open_device(const char *device, struct source *out)
{
    struct camera *c;
    enum err err;
    int fd = open(device, O_RDWR | O_NONBLOCK | O_CLOEXEC);

    if (fd < 0)
        return errno == EBUSY ? ERR_RETRY : ERR_OFFLINE;
    if (!captures(fd)) {
        close(fd);
        return ERR_OFFLINE;
    }
    c = check_alloc(sizeof(*c));
    *c = (struct camera){ .fd = fd };
    *out = (struct source){ fd, c, camera_next, camera_close };
    err = choose_kind(c);
    if (!err) {
        slow_down(c);
        err = map_buffers(c);
    }
    if (!err)
        err = start(c);
    if (err) {
        camera_close(out);
        *out = (struct source){ .fd = -1 };
    }
    return err;
}

enum err camera_open(const char *device, struct source *out)
{
    enum err worst = ERR_OFFLINE;
    char path[32];

    *out = (struct source){ .fd = -1 };
    if (device)
        return open_device(device, out);
    for (int i = 0; i < DEVICES; i++) {
        enum err err;

        (void)snprintf(path, sizeof(path), "/dev/video%d", i);
        err = open_device(path, out);
        if (!err)
            return ERR_OK;
        if (err == ERR_RETRY)
            worst = ERR_RETRY;
    }
    return worst;
}
