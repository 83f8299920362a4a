/* vm_finger: a touch panel for ten fingers that is not there (Linux uinput, multi-touch
 * protocol B), moved by lines on standard input:
 *   d FINGER X Y     down, X and Y in parts of PANEL_MAX of the panel
 *   m FINGER X Y     moves
 *   u FINGER         up
 * A line of "." ends a frame: what changed until then happened at once. Runs as root in the
 * machine of tests/vm; source: Documentation/input/multi-touch-protocol.rst of Linux. */
#include <fcntl.h>
#include <linux/uinput.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define PANEL_MAX 32767
#define FINGERS 10

static int panel;
static int n_down;

static void say(unsigned type, unsigned code, int value)
{
    struct input_event e = { .type = (__u16)type, .code = (__u16)code, .value = value };

    if (write(panel, &e, sizeof(e)) != sizeof(e)) {
        perror("vm_finger: uinput");
        exit(EXIT_FAILURE);
    }
}

static void ask(unsigned long request, int value)
{
    if (ioctl(panel, request, value) < 0) {
        perror("vm_finger: uinput");
        exit(EXIT_FAILURE);
    }
}

static void axis(unsigned code, int max)
{
    struct uinput_abs_setup a = { .code = (__u16)code, .absinfo = { .maximum = max } };

    if (ioctl(panel, UI_ABS_SETUP, &a) < 0) {
        perror("vm_finger: uinput");
        exit(EXIT_FAILURE);
    }
}

static void open_panel(void)
{
    struct uinput_setup setup = { .id = { .bustype = BUS_USB },
                                  .name = "bdhvs test panel" };

    panel = open("/dev/uinput", O_WRONLY | O_CLOEXEC);
    if (panel < 0) {
        perror("vm_finger: /dev/uinput");
        exit(EXIT_FAILURE);
    }
    ask(UI_SET_EVBIT, EV_KEY);
    ask(UI_SET_KEYBIT, BTN_TOUCH);
    ask(UI_SET_EVBIT, EV_ABS);
    ask(UI_SET_PROPBIT, INPUT_PROP_DIRECT);
    axis(ABS_X, PANEL_MAX);
    axis(ABS_Y, PANEL_MAX);
    axis(ABS_MT_SLOT, FINGERS - 1);
    axis(ABS_MT_TRACKING_ID, 65535);
    axis(ABS_MT_POSITION_X, PANEL_MAX);
    axis(ABS_MT_POSITION_Y, PANEL_MAX);
    if (ioctl(panel, UI_DEV_SETUP, &setup) < 0 || ioctl(panel, UI_DEV_CREATE) < 0) {
        perror("vm_finger: uinput");
        exit(EXIT_FAILURE);
    }
}

static void place(int x, int y)
{
    say(EV_ABS, ABS_MT_POSITION_X, x);
    say(EV_ABS, ABS_MT_POSITION_Y, y);
    say(EV_ABS, ABS_X, x);
    say(EV_ABS, ABS_Y, y);
}

static void do_line(const char *line)
{
    static int next_id;
    char what = 0;
    int finger = 0;
    int x = 0;
    int y = 0;

    if (*line == '.') {
        say(EV_SYN, SYN_REPORT, 0);
        return;
    }
    if (sscanf(line, "%c %d %d %d", &what, &finger, &x, &y) < 2 || finger < 0 ||
        finger >= FINGERS)
        return;
    say(EV_ABS, ABS_MT_SLOT, finger);
    if (what == 'd') {
        say(EV_ABS, ABS_MT_TRACKING_ID, next_id++ & 0x7fff);
        if (!n_down++)
            say(EV_KEY, BTN_TOUCH, 1);
        place(x, y);
    } else if (what == 'm') {
        place(x, y);
    } else if (what == 'u') {
        say(EV_ABS, ABS_MT_TRACKING_ID, -1);
        if (!--n_down)
            say(EV_KEY, BTN_TOUCH, 0);
    }
}

int main(void)
{
    char line[64];

    open_panel();
    while (fgets(line, sizeof(line), stdin))
        do_line(line);
    return 0;
}
